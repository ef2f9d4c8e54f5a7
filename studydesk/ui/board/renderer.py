"""Makes one tile, a few strokes at a time, so that no frame waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from time import perf_counter

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from studydesk.services.strokes import BoardIndex, Bounds, Placed
from studydesk.ui.board.grid import GridDots
from studydesk.ui.board.ink import InkPainter
from studydesk.ui.board.tiles import TILE, Key, Tile, TileCache

_WHOLE = QRect(0, 0, TILE, TILE)


class TileJob:
    """One tile being made, or mended where it is stale. It works on a picture of its own until it is done."""

    def __init__(
        self, key: Key, index: BoardIndex, ink: InkPainter, dots: GridDots, cache: TileCache
    ) -> None:
        old = cache.get(key)
        self.key = key
        self._ink = ink
        self._dots = dots
        mend = old is not None and old.image is not None and old.stale is not None
        self._clip = _pixels(key, old.stale) if mend and old is not None and old.stale else _WHOLE
        placed = index.inside(_units(key, self._clip))
        self.picture = cache.new_picture() if mend or placed else None
        if self.picture is not None and mend and old is not None and old.image is not None:
            _copy(old.image, self.picture)
        self._todo: Iterator[Placed] = iter(_bottom_up(placed))
        self._begun = False

    def run(self, deadline: float) -> Tile | None:
        """Work until done or until `deadline` (of `perf_counter`); return the tile when it is done."""
        if self.picture is None:
            return Tile(None)
        painter = QPainter(self.picture)
        painter.setClipRect(self._clip)
        if not self._begun:
            paint_paper(painter, self.key, self._clip, self._ink, self._dots)
            self._begun = True
        done = self._paint_ink(painter, deadline)
        painter.end()
        return Tile(self.picture) if done else None

    def _paint_ink(self, painter: QPainter, deadline: float) -> bool:
        level = self.key.level
        self._ink.prepare(painter, level.scale, self.key.x * TILE, self.key.y * TILE)
        draw = self._ink.draw_placed
        for placed in self._todo:
            draw(painter, placed, level.scale, level.draft)
            if perf_counter() > deadline:
                return False
        return True


def paint_paper(painter: QPainter, key: Key, where: QRect, ink: InkPainter, dots: GridDots) -> None:
    """Paint the empty board of a tile. A draft has no dots, since it is shown at other sizes."""
    painter.fillRect(where, QColor(ink.colours.paper))
    if not key.level.draft:
        dots.paint(painter, _WHOLE, QPoint(key.x * TILE, key.y * TILE), key.level.scale)


def _copy(source: QImage, target: QImage) -> None:
    painter = QPainter(target)
    painter.drawImage(QPoint(0, 0), source)
    painter.end()


def add_on_top(tile: Tile, key: Key, placed: Placed, ink: InkPainter) -> None:
    """Draw a new topmost stroke onto a finished tile."""
    if tile.image is None:
        raise ValueError("a tile without a picture cannot be drawn on")
    painter = QPainter(tile.image)
    painter.setClipRect(_WHOLE)
    ink.prepare(painter, key.level.scale, key.x * TILE, key.y * TILE)
    ink.draw_placed(painter, placed, key.level.scale, key.level.draft)
    painter.end()


def empty_picture(key: Key, ink: InkPainter, dots: GridDots, image: QImage) -> QImage:
    """Paint a tile without strokes on a picture and return it."""
    painter = QPainter(image)
    paint_paper(painter, key, _WHOLE, ink, dots)
    painter.end()
    return image


def _bottom_up(placed: list[Placed]) -> list[Placed]:
    """Markers lie beneath all ink."""
    markers = [one for one in placed if one.stroke.is_marker]
    return markers + [one for one in placed if not one.stroke.is_marker] if markers else placed


def _pixels(key: Key, area: Bounds) -> QRect:
    """Return the pixels of a tile that show `area`, with two to spare for soft edges."""
    scale, x, y = key.level.scale, key.x * TILE, key.y * TILE
    left, top = floor(area[0] * scale) - x - 2, floor(area[1] * scale) - y - 2
    right, bottom = ceil(area[2] * scale) - x + 2, ceil(area[3] * scale) - y + 2
    return QRect(left, top, right - left, bottom - top).intersected(_WHOLE)


def _units(key: Key, pixels: QRect) -> Bounds:
    """Return the area of some pixels of a tile, with one pixel to spare for hairlines."""
    scale, x, y = key.level.scale, key.x * TILE, key.y * TILE
    return (
        (pixels.left() + x - 1) / scale,
        (pixels.top() + y - 1) / scale,
        (pixels.right() + x + 2) / scale,
        (pixels.bottom() + y + 2) / scale,
    )
