"""Where one looks at the board from: pure arithmetic between board units and the pixels of the view."""

from __future__ import annotations

from dataclasses import dataclass

from studydesk.services.strokes import MAX_COORDINATE, Bounds

SMALLEST_ZOOM = 1 / 256
LARGEST_ZOOM = 16.0
STOPS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 8.0)
"""Zooms that the plus and minus keys stop at."""


@dataclass(frozen=True)
class Camera:
    """`zoom` is logical pixels for each board unit, `ratio` device pixels for each logical one.

    `left` and `top` are the device pixels between the origin of the board and the view's upper left corner: whole
    numbers, so that tiles fall on pixels.
    """

    zoom: float = 1.0
    left: int = 0
    top: int = 0
    ratio: float = 1.0

    @property
    def scale(self) -> float:
        """Device pixels for each board unit."""
        return self.zoom * self.ratio

    def to_board(self, x: float, y: float) -> tuple[float, float]:
        """Map logical pixels of the view to board units."""
        return (x * self.ratio + self.left) / self.scale, (y * self.ratio + self.top) / self.scale

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        """Map board units to logical pixels of the view."""
        return (x * self.scale - self.left) / self.ratio, (y * self.scale - self.top) / self.ratio

    def area(self, width: float, height: float) -> Bounds:
        """Return what a view of this size in logical pixels shows, in board units."""
        return (*self.to_board(0, 0), *self.to_board(width, height))

    def moved(self, dx: float, dy: float) -> Camera:
        """Move the view over the board by logical pixels."""
        return self._at(self.zoom, self.left + dx * self.ratio, self.top + dy * self.ratio)

    def zoomed(self, zoom: float, x: float, y: float) -> Camera:
        """Change the zoom so that what is under the point (x, y) of the view stays there."""
        zoom = min(LARGEST_ZOOM, max(SMALLEST_ZOOM, zoom))
        board_x, board_y = self.to_board(x, y)
        scale = zoom * self.ratio
        return self._at(zoom, board_x * scale - x * self.ratio, board_y * scale - y * self.ratio)

    def fitted(self, extent: Bounds, width: float, height: float, margin: float = 48) -> Camera:
        """Show all of `extent` in the middle of a view of this size, at most at 100 %."""
        wide, high = max(extent[2] - extent[0], 1.0), max(extent[3] - extent[1], 1.0)
        room_x, room_y = max(width - 2 * margin, 16.0), max(height - 2 * margin, 16.0)
        zoom = max(SMALLEST_ZOOM, min(1.0, room_x / wide, room_y / high))
        return self.centred((extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2, width, height, zoom)

    def centred(self, x: float, y: float, width: float, height: float, zoom: float | None = None) -> Camera:
        """Put the board's point (x, y) in the middle of a view of this size."""
        zoom = zoom or self.zoom
        scale = zoom * self.ratio
        return self._at(zoom, x * scale - width * self.ratio / 2, y * scale - height * self.ratio / 2)

    def with_ratio(self, ratio: float) -> Camera:
        """Look at the same place on a screen of another density."""
        share = ratio / self.ratio
        return Camera(self.zoom, round(self.left * share), round(self.top * share), ratio)

    def next_stop(self, direction: int) -> float:
        """Return the next larger (1) or smaller (-1) zoom of STOPS, or the present one at the end."""
        if direction > 0:
            return next((stop for stop in STOPS if stop > self.zoom * 1.001), self.zoom)
        return next((stop for stop in reversed(STOPS) if stop < self.zoom * 0.999), self.zoom)

    def _at(self, zoom: float, left: float, top: float) -> Camera:
        edge = MAX_COORDINATE * zoom * self.ratio
        return Camera(zoom, round(min(edge, max(-edge, left))), round(min(edge, max(-edge, top))), self.ratio)
