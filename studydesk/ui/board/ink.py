"""Draws strokes: the one place that knows how ink looks at a zoom.

Measured with 60 points in a stroke: an antialiased round pen costs 65 microseconds, a hairline 4, making a QPolygon
by QDataStream 4 and from a Python list 21. So polygons are made by stream and not kept, thin ink is drawn as a
hairline, and only the curves of a close view are kept.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from sys import byteorder

from PySide6.QtCore import QByteArray, QDataStream, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygon

from studydesk.services.strokes import (
    MARKER,
    UNITS_PER_STEP,
    LiveStroke,
    Placed,
    Points,
    Stroke,
    every,
    pressed_widths,
    smoothed,
)

HAIRLINE = 1.2
"""Ink up to this many device pixels wide is a hairline."""

DRAFT_HAIRLINE = 2.4
"""The same in a draft."""

CLOSE_VIEW = 1.3
"""From this many device pixels for each unit on, corners between points would show: curves instead."""

LONG = 1_000
"""Strokes with more points are drawn piece by piece, only where the painter's clip is."""

_KEPT_CURVES = 2_000
_KEPT_PIECES = 100
_PIECE = 256
_WIDTH_STEPS = 12
_STREAM_ORDER = (
    QDataStream.ByteOrder.LittleEndian if byteorder == "little" else QDataStream.ByteOrder.BigEndian
)


@dataclass(frozen=True)
class InkColours:
    """The colours of a board in one theme, as `#rrggbb`."""

    paper: str
    grid: str
    marker: str
    pens: tuple[str, ...]
    pen_labels: tuple[str, ...]

    def of(self, colour: int | str) -> str:
        """Return the colour that a stroke is drawn in."""
        if isinstance(colour, str):
            return colour
        return self.marker if colour == MARKER else self.pens[colour]


def polygon(xy: array[int]) -> QPolygon:
    """Make a QPolygon of x and y alternately, ten times as fast as point by point."""
    data = QByteArray((len(xy) // 2).to_bytes(4, byteorder) + xy.tobytes())
    stream = QDataStream(data)
    stream.setByteOrder(_STREAM_ORDER)
    made = QPolygon()
    stream >> made
    return made


class InkPainter:
    """Draws strokes with a painter whose device pixels are `scale` to the board unit. Keeps pens and curves."""

    def __init__(self, colours: InkColours) -> None:
        self._colours = colours
        self._pens: dict[tuple[int | str, float, float], QPen] = {}
        self._curves: OrderedDict[str, tuple[Points, QPolygon]] = OrderedDict()
        self._pieces: OrderedDict[str, tuple[Points, list[tuple[QRect, QPolygon]]]] = OrderedDict()

    @property
    def colours(self) -> InkColours:
        return self._colours

    def set_colours(self, colours: InkColours) -> None:
        """Draw in another theme from now on."""
        self._colours = colours
        self._pens.clear()

    def prepare(self, painter: QPainter, scale: float, left: float, top: float) -> None:
        """Let the painter count in sixteenths of a unit; `left` and `top` are its origin in device pixels."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-left, -top)
        painter.scale(scale / UNITS_PER_STEP, scale / UNITS_PER_STEP)

    def draw_placed(self, painter: QPainter, placed: Placed, scale: float, draft: bool) -> None:
        """Draw a stroke of the index, thinned to the zoom."""
        stroke = placed.stroke
        left, top, right, bottom = placed.bounds
        size = max(right - left, bottom - top) * scale
        wide = stroke.width * scale
        if wide <= (DRAFT_HAIRLINE if draft else HAIRLINE):
            room = max(2.0, size if draft else 3 * size)
            self._hairline(painter, stroke, every(stroke.points, int(len(stroke.points) / room)), wide)
        elif len(stroke.points) > LONG:
            self._long(painter, stroke)
        elif scale > CLOSE_VIEW and not stroke.points.pressure:
            painter.setPen(self._pen(stroke.colour, stroke.width, 1.0))
            _line(painter, self._curve(stroke))
        else:
            self.draw(painter, stroke)

    def draw(self, painter: QPainter, stroke: Stroke | LiveStroke) -> None:
        """Draw a stroke at full detail, whether finished or not."""
        for width, xy in _runs(stroke):
            painter.setPen(self._pen(stroke.colour, width, 1.0))
            _line(painter, polygon(xy))

    def _hairline(self, painter: QPainter, stroke: Stroke, xy: array[int], wide: float) -> None:
        painter.setPen(self._pen(stroke.colour, 0.0, max(0.5, min(1.0, round(wide, 1)))))
        _line(painter, polygon(xy))

    def _pen(self, colour: int | str, width: float, opacity: float) -> QPen:
        """Return a pen `width` units wide, or a cosmetic one of one pixel for 0."""
        key = colour, width, opacity
        pen = self._pens.get(key)
        if pen is None:
            if len(self._pens) > 1_000:
                self._pens.clear()
            pen = self._pens[key] = self._new_pen(colour, width, opacity)
        return pen

    def _new_pen(self, colour: int | str, width: float, opacity: float) -> QPen:
        shade = QColor(self._colours.of(colour))
        shade.setAlphaF(opacity)
        pen = QPen(shade, width * UNITS_PER_STEP or 1.0)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCosmetic(width == 0)
        return pen

    def _long(self, painter: QPainter, stroke: Stroke) -> None:
        """Draw the pieces of a very long stroke that the clip shows; their round ends hide the joints."""
        painter.setPen(self._pen(stroke.colour, stroke.width, 1.0))
        reach = round(stroke.width * UNITS_PER_STEP) + UNITS_PER_STEP
        shown = painter.clipBoundingRect().toAlignedRect().adjusted(-reach, -reach, reach, reach)
        for place, piece in self._pieces_of(stroke):
            if place.intersects(shown):
                _line(painter, piece)

    def _pieces_of(self, stroke: Stroke) -> list[tuple[QRect, QPolygon]]:
        kept = self._pieces.get(stroke.id)
        if kept is not None and kept[0] is stroke.points:
            self._pieces.move_to_end(stroke.id)
            return kept[1]
        xy = stroke.points.xy
        made = [polygon(xy[start : start + 2 * _PIECE + 2]) for start in range(0, len(xy) - 2, 2 * _PIECE)]
        pieces = [(piece.boundingRect().adjusted(-1, -1, 1, 1), piece) for piece in made]
        self._pieces[stroke.id] = stroke.points, pieces
        if len(self._pieces) > _KEPT_PIECES:
            self._pieces.popitem(last=False)
        return pieces

    def _curve(self, stroke: Stroke) -> QPolygon:
        kept = self._curves.get(stroke.id)
        if kept is not None and kept[0] is stroke.points:
            self._curves.move_to_end(stroke.id)
            return kept[1]
        curve = polygon(smoothed(stroke.points, 1.0))
        self._curves[stroke.id] = stroke.points, curve
        if len(self._curves) > _KEPT_CURVES:
            self._curves.popitem(last=False)
        return curve


def _line(painter: QPainter, line: QPolygon) -> None:
    if line.size() == 1 or (line.size() == 2 and line.at(0) == line.at(1)):
        painter.drawPoint(QPoint(line.at(0)))
    else:
        painter.drawPolyline(line)


def _runs(stroke: Stroke | LiveStroke) -> Iterator[tuple[float, array[int]]]:
    """Split a stroke where its width changes with the pressure; neighbours share a point."""
    xy = stroke.points.xy
    if not stroke.points.pressure:
        yield stroke.width, xy
        return
    step = stroke.width / _WIDTH_STEPS
    start = 0
    for level, run in groupby(round(width / step) for width in pressed_widths(stroke)):
        length = sum(1 for _ in run)
        yield max(1, level) * step, xy[2 * max(0, start - 1) : 2 * (start + length)]
        start += length
