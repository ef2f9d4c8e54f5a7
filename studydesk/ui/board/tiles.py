"""Tiles: square pictures of the board, kept for each zoom within a bound of memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor
from typing import NamedTuple

from PySide6.QtGui import QImage

from studydesk.services.strokes import Bounds, united

TILE = 256
"""Side of a tile in device pixels."""

_BYTES = TILE * TILE * 4
_MOST_TILES = 4_096
_FEW = 64
_MOST_SPARE = 32


class Level(NamedTuple):
    """One zoom that tiles are made for: device pixels for each unit; a draft shows only the way of the ink."""

    scale: float
    draft: bool = False


class Key(NamedTuple):
    """One tile: its level, and its column and row counted from the origin of the board."""

    level: Level
    x: int
    y: int

    def area(self) -> Bounds:
        """Return what the tile shows, in board units."""
        side = TILE / self.level.scale
        return self.x * side, self.y * side, (self.x + 1) * side, (self.y + 1) * side


class Range(NamedTuple):
    """A block of tiles of one level; right and bottom are included."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def number(self) -> int:
        return max(0, self.right - self.left + 1) * max(0, self.bottom - self.top + 1)

    def grown(self, by: int) -> Range:
        return Range(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def keys(self, level: Level) -> Iterator[Key]:
        for y in range(self.top, self.bottom + 1):
            for x in range(self.left, self.right + 1):
                yield Key(level, x, y)


def tiles_over(area: Bounds, level: Level, pad: float = 0.0) -> Range:
    """Return the tiles of a level that show some of `area`, seen `pad` device pixels larger."""
    left, top, right, bottom = (value * level.scale for value in area)
    return Range(
        floor((left - pad) / TILE),
        floor((top - pad) / TILE),
        floor((right + pad) / TILE),
        floor((bottom + pad) / TILE),
    )


@dataclass(slots=True)
class Tile:
    """A finished picture; None: nothing is drawn there. `stale` is the area that has changed since."""

    image: QImage | None
    stale: Bounds | None = None


class TileCache:
    """Keeps the tiles that were used last, up to `budget` bytes of pictures. Pinned levels stay."""

    def __init__(self, budget: int = 32 << 20) -> None:
        self.budget = budget
        self.pinned: Level | None = None
        self._tiles: OrderedDict[Key, Tile] = OrderedDict()
        self._in_level: dict[Level, int] = {}
        self._pictures = 0
        self._spare: list[QImage] = []

    def __len__(self) -> int:
        return len(self._tiles)

    @property
    def bytes(self) -> int:
        """Memory of all pictures."""
        return self._pictures * _BYTES

    def levels(self) -> list[Level]:
        """Return the levels that have tiles now."""
        return list(self._in_level)

    def get(self, key: Key) -> Tile | None:
        """Return a tile without marking it as used."""
        return self._tiles.get(key)

    def use(self, key: Key) -> Tile | None:
        """Return a tile and keep it longer for that."""
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
        return tile

    def put(self, key: Key, tile: Tile) -> None:
        """Keep a tile; the ones used longest ago make room."""
        self.drop(key)
        self._tiles[key] = tile
        self._in_level[key.level] = self._in_level.get(key.level, 0) + 1
        self._pictures += tile.image is not None
        self._make_room()

    def drop(self, key: Key) -> None:
        tile = self._tiles.pop(key, None)
        if tile is None:
            return
        if tile.image is not None:
            self._pictures -= 1
            self.give_back(tile.image)
        self._in_level[key.level] -= 1
        if not self._in_level[key.level]:
            del self._in_level[key.level]

    def new_picture(self) -> QImage:
        """Return a picture to paint a tile on. Old ones are used again: to free and allocate them in turn tears
        holes into the heap that once doubled the memory of a long pan."""
        return self._spare.pop() if self._spare else QImage(TILE, TILE, QImage.Format.Format_RGB32)

    def give_back(self, picture: QImage) -> None:
        """Take a picture that nobody needs any more."""
        if len(self._spare) < _MOST_SPARE:
            self._spare.append(picture)

    def clear(self) -> None:
        for key in list(self._tiles):
            self.drop(key)
        self._tiles.clear()
        self._in_level.clear()
        self._pictures = 0

    def touched(self, area: Bounds) -> list[Key]:
        """Return the tiles that show some of `area`, with two pixels to spare for soft edges."""
        found: list[Key] = []
        for level in self._in_level:
            block = tiles_over(area, level, 2.0)
            if block.number <= _FEW:
                found += [key for key in block.keys(level) if key in self._tiles]
            else:
                found += [
                    key
                    for key in self._tiles
                    if key.level == level
                    and block.left <= key.x <= block.right
                    and block.top <= key.y <= block.bottom
                ]
        return found

    def mark_stale(self, key: Key, area: Bounds) -> None:
        """Remember that `area` must be drawn anew on a tile."""
        tile = self._tiles[key]
        tile.stale = area if tile.stale is None else united(tile.stale, area)

    def _make_room(self) -> None:
        if self.bytes <= self.budget and len(self._tiles) <= _MOST_TILES:
            return
        for key in list(self._tiles):
            if self.bytes <= self.budget and len(self._tiles) <= _MOST_TILES:
                return
            if key.level != self.pinned:
                self.drop(key)
