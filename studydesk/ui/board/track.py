"""The way of the pen while it is down: samples smoothed without lag, ready to draw, send and keep."""

from __future__ import annotations

from array import array

from studydesk.services.strokes import UNITS_PER_STEP, LiveStroke, Points, simplified

SPLIT_AT = 8_000
"""After this many points a stroke ends and the next begins, so that no stroke grows without bound."""

_WHOLE_UP_TO = 1_000
_TAIL = 600


class PenTrack:
    """One stroke being drawn. Positions are in board units; `pixel` is the size of a logical pixel there."""

    def __init__(self, stroke_id: str, colour: int | str, width: float, pixel: float) -> None:
        self.id = stroke_id
        self.colour = colour
        self.width = width
        self._pixel = pixel
        self._raw: list[tuple[float, float]] = []
        self._xy = array("i")
        self._pressure = bytearray()

    def __len__(self) -> int:
        return len(self._raw)

    def add(self, x: float, y: float, pressure: float | None = None) -> bool:
        """Take a sample (`pressure` 0 to 1, None without a pen that feels it); False if it is too near the last."""
        if self._raw and max(abs(x - self._raw[-1][0]), abs(y - self._raw[-1][1])) < 0.75 * self._pixel:
            return False
        self._raw.append((x, y))
        self._xy.extend((0, 0))
        self._set(len(self._raw) - 1, x, y)
        self._soften_last_but_one()
        if pressure is not None:
            self._add_pressure(pressure)
        return True

    def recent(self) -> tuple[float, float, float, float]:
        """Return the rectangle around the points that the last sample moved or added, with the ink's width."""
        xs = [x for x, _ in self._raw[-4:]]
        ys = [y for _, y in self._raw[-4:]]
        reach = 0.7 * self.width + 2 * self._pixel
        return min(xs) - reach, min(ys) - reach, max(xs) + reach, max(ys) + reach

    def points(self) -> Points:
        """Return all points so far."""
        return Points(self._xy, self._even_pressure())

    def live(self) -> LiveStroke:
        """Return what the others need to draw it now: all of a short stroke, the tail of a long one."""
        start = 0 if len(self) <= _WHOLE_UP_TO else len(self) - _TAIL
        return LiveStroke(self.id, self.colour, self.width, self.points().tail(start), start)

    def drawn(self) -> LiveStroke:
        """Return all of it, to be painted in this window."""
        return LiveStroke(self.id, self.colour, self.width, self.points())

    def finished(self) -> Points:
        """Return the points to keep: without those that nobody would miss."""
        return simplified(Points(self._xy[:], self._even_pressure()), 0.15 * self._pixel)

    def _set(self, index: int, x: float, y: float) -> None:
        self._xy[2 * index] = round(x * UNITS_PER_STEP)
        self._xy[2 * index + 1] = round(y * UNITS_PER_STEP)

    def _soften_last_but_one(self) -> None:
        """Weigh it 1 2 1 with its neighbours; the newest point stays under the pen."""
        if len(self._raw) >= 3:
            (ax, ay), (bx, by), (cx, cy) = self._raw[-3:]
            self._set(len(self._raw) - 2, (ax + 2 * bx + cx) / 4, (ay + 2 * by + cy) / 4)

    def _add_pressure(self, pressure: float) -> None:
        value = min(255, max(0, round(pressure * 255)))
        if self._pressure:
            value = (2 * self._pressure[-1] + value) // 3
        self._pressure.append(value)

    def _even_pressure(self) -> bytes:
        return bytes(self._pressure) if len(self._pressure) == len(self._raw) else b""
