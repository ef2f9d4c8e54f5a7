"""The others on the board: their cursors with name plates, and the strokes they are drawing."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import exp
from time import monotonic

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPolygonF

from studydesk.services.strokes import (
    PEN_COUNT,
    Bounds,
    LiveStroke,
    Points,
    Presence,
    inflated,
)
from studydesk.ui.board.camera import Camera
from studydesk.ui.board.ink import InkColours

SMOOTHING = 0.08
"""Seconds in which a cursor covers 63 % of the way to where it was last seen."""

LONGEST = 8_000
"""Of a live stroke with more points only the end is shown until it is finished."""

FADE_AFTER = 4.0
FADE_FOR = 0.4
FADED = 0.4
PLATE_HEIGHT = 20
_ARROW = ((0.0, 0.0), (4.6, 12.4), (6.6, 7.0), (12.2, 4.8))


class _Other:
    """One other: where their cursor is shown now, and their stroke put together from its pieces."""

    def __init__(self, presence: Presence, now: float) -> None:
        self.presence = presence
        self.shown = presence.cursor
        self.moved_at = now
        self.live: LiveStroke | None = None
        self.take(presence, now)

    def take(self, presence: Presence, now: float) -> None:
        if presence.cursor != self.presence.cursor:
            self.moved_at = now
        if self.shown is None or presence.cursor is None:
            self.shown = presence.cursor
        self.presence = presence
        self.live = _end_of(joined(self.live, presence.live)) if presence.live else None

    def step(self, seconds: float, smoothing: float) -> bool:
        """Move the shown cursor towards the real one; tell whether it is still on its way."""
        target = self.presence.cursor
        if target is None or self.shown is None or self.shown == target:
            return False
        share = 1 - exp(-seconds / smoothing) if smoothing else 1.0
        x = self.shown[0] + (target[0] - self.shown[0]) * share
        y = self.shown[1] + (target[1] - self.shown[1]) * share
        near = abs(x - target[0]) + abs(y - target[1]) < 0.2
        self.shown = target if near else (x, y)
        return not near

    def opacity(self, now: float) -> float:
        late = min(1.0, max(0.0, (now - self.moved_at - FADE_AFTER) / FADE_FOR))
        return 1.0 - (1.0 - FADED) * late


class Others:
    """All others. Times are seconds of `monotonic`; nothing here starts a timer."""

    def __init__(self) -> None:
        self._others: dict[str, _Other] = {}
        self.smoothing = SMOOTHING

    def show(self, present: Sequence[Presence], now: float | None = None) -> None:
        """Show exactly these."""
        now = monotonic() if now is None else now
        for presence in present:
            known = self._others.get(presence.key)
            if known is None:
                self._others[presence.key] = _Other(presence, now)
            else:
                known.take(presence, now)
        for key in set(self._others) - {presence.key for presence in present}:
            del self._others[key]

    def forget_live(self, stroke_ids: Sequence[str]) -> None:
        """Stop showing live strokes that have come as finished ones."""
        for other in self._others.values():
            if other.live is not None and other.live.id in stroke_ids:
                other.live = None

    def lives(self) -> list[LiveStroke]:
        """Return the strokes being drawn now."""
        return [other.live for other in self._others.values() if other.live is not None]

    def cursors(self) -> list[tuple[float, float]]:
        """Return where cursors are shown, in board units."""
        return [other.shown for other in self._others.values() if other.shown is not None]

    def step(self, seconds: float) -> bool:
        """Move the cursors on; tell whether one is still moving."""
        moving = [other.step(seconds, self.smoothing) for other in self._others.values()]
        return any(moving)

    def next_fade(self, now: float) -> float | None:
        """Return the seconds until a name plate changes its opacity: 0 during a fade, None when none will."""
        waits = [
            max(0.0, other.moved_at + FADE_AFTER - now)
            for other in self._others.values()
            if other.shown is not None and now < other.moved_at + FADE_AFTER + FADE_FOR
        ]
        return min(waits, default=None)

    def live_areas(self) -> list[Bounds]:
        """Return the rectangles of the strokes being drawn."""
        return [inflated(live.points.bounds(), live.width) for live in self.lives()]

    def paint_cursors(self, painter: QPainter, camera: Camera, colours: InkColours, font: QFont) -> None:
        """Paint the cursors in logical pixels of the view."""
        now = monotonic()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for other in self._others.values():
            if other.shown is not None:
                painter.setOpacity(other.opacity(now))
                x, y = camera.to_view(*other.shown)
                _paint_cursor(painter, x, y, other.presence, colours, font)
        painter.setOpacity(1.0)


def joined(before: LiveStroke | None, piece: LiveStroke) -> LiveStroke:
    """Put a piece of a live stroke to what was known of it; what does not fit stands alone."""
    if before is None or before.id != piece.id or before.start or not 0 < piece.start <= len(before.points):
        return piece
    if piece.start + len(piece.points) > LONGEST or bool(before.points.pressure) != bool(
        piece.points.pressure
    ):
        return piece
    xy = array("i", before.points.xy[: 2 * piece.start])
    xy.extend(piece.points.xy)
    pressure = before.points.pressure[: piece.start] + piece.points.pressure
    return LiveStroke(piece.id, piece.colour, piece.width, Points(xy, pressure))


def _end_of(live: LiveStroke) -> LiveStroke:
    more = len(live.points) - LONGEST
    if more <= 0:
        return live
    return LiveStroke(live.id, live.colour, live.width, live.points.tail(more), live.start + more)


def _paint_cursor(
    painter: QPainter, x: float, y: float, presence: Presence, colours: InkColours, font: QFont
) -> None:
    pen = presence.colour % PEN_COUNT
    painter.setPen(QColor(colours.paper))
    painter.setBrush(QColor(colours.pens[pen]))
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in _ARROW]))
    name = QFontMetricsF(font).elidedText(presence.name, Qt.TextElideMode.ElideRight, 160)
    plate = QRectF(x + 11, y + 13, QFontMetricsF(font).horizontalAdvance(name) + 16, PLATE_HEIGHT)
    path = QPainterPath()
    path.addRoundedRect(plate, 4, 4)
    painter.fillPath(path, QColor(colours.pens[pen]))
    painter.setFont(font)
    painter.setPen(QColor(colours.pen_labels[pen]))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, name)
