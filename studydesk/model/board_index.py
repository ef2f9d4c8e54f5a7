"""Finds the strokes in a rectangle of an endless board: a loose hierarchy of grids.

Each stroke lies in exactly one cell: that of its centre, in the grid whose cells are at least as large as the
stroke (Ulrich 2000, "Loose octrees", in two dimensions). Adding and removing cost the same for any length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor, log2
from operator import attrgetter

from studydesk.model.board import Bounds, Stroke
from studydesk.model.board_geometry import overlap, stroke_bounds, united

SMALLEST_CELL = 256.0
"""Side of a cell of the finest grid, in board units."""

_Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A stroke with the rectangle that its ink covers."""

    stroke: Stroke
    bounds: Bounds
    order: tuple[int, str]


class BoardIndex:
    """All strokes of a board, by id and by place."""

    def __init__(self) -> None:
        self._placed: dict[str, Placed] = {}
        self._grids: dict[int, dict[_Cell, dict[str, Placed]]] = {}
        self._extent: Bounds | None = None

    def __len__(self) -> int:
        return len(self._placed)

    def __contains__(self, stroke_id: object) -> bool:
        return stroke_id in self._placed

    def __iter__(self) -> Iterator[Stroke]:
        return (placed.stroke for placed in self._placed.values())

    def get(self, stroke_id: str) -> Placed | None:
        return self._placed.get(stroke_id)

    def add(self, stroke: Stroke) -> Placed:
        """Put a stroke in its place; one with the same id is replaced."""
        self.remove(stroke.id)
        placed = Placed(stroke, stroke_bounds(stroke), stroke.order)
        level, cell = _home(placed.bounds)
        self._grids.setdefault(level, {}).setdefault(cell, {})[stroke.id] = placed
        self._placed[stroke.id] = placed
        if len(self._placed) == 1:
            self._extent = placed.bounds
        elif self._extent is not None:
            self._extent = united(self._extent, placed.bounds)
        return placed

    def remove(self, stroke_id: str) -> Placed | None:
        """Take a stroke away and return it, or None if it isn't here."""
        placed = self._placed.pop(stroke_id, None)
        if placed is None:
            return None
        level, cell = _home(placed.bounds)
        grid = self._grids[level]
        del grid[cell][stroke_id]
        if not grid[cell]:
            del grid[cell]
        if not grid:
            del self._grids[level]
        if _on_edge(placed.bounds, self._extent):
            self._extent = None
        return placed

    def clear(self) -> None:
        self._placed.clear()
        self._grids.clear()
        self._extent = None

    def extent(self) -> Bounds | None:
        """Return the rectangle around everything, or None for an empty board."""
        if self._extent is None and self._placed:
            columns = list(zip(*(placed.bounds for placed in self._placed.values()), strict=True))
            self._extent = min(columns[0]), min(columns[1]), max(columns[2]), max(columns[3])
        return self._extent if self._placed else None

    def inside(self, area: Bounds) -> list[Placed]:
        """Return what overlaps `area`, the lowest first."""
        found = [
            placed
            for level, grid in self._grids.items()
            for cell in _cells(grid, level, area)
            for placed in cell.values()
            if overlap(placed.bounds, area)
        ]
        found.sort(key=attrgetter("order"))
        return found

    def is_empty(self, area: Bounds) -> bool:
        """Tell whether nothing overlaps `area`."""
        return not any(
            overlap(placed.bounds, area)
            for level, grid in self._grids.items()
            for cell in _cells(grid, level, area)
            for placed in cell.values()
        )


def _home(bounds: Bounds) -> tuple[int, _Cell]:
    left, top, right, bottom = bounds
    size = max(right - left, bottom - top)
    level = 0 if size <= SMALLEST_CELL else ceil(log2(size / SMALLEST_CELL))
    side = SMALLEST_CELL * (1 << level)
    return level, (floor((left + right) / 2 / side), floor((top + bottom) / 2 / side))


def _cells(grid: dict[_Cell, dict[str, Placed]], level: int, area: Bounds) -> Iterable[dict[str, Placed]]:
    """Yield the cells whose strokes may reach into `area`: these are at most half a cell away."""
    side = SMALLEST_CELL * (1 << level)
    left, top = floor(area[0] / side - 0.5), floor(area[1] / side - 0.5)
    right, bottom = floor(area[2] / side + 0.5), floor(area[3] / side + 0.5)
    if (right - left + 1) * (bottom - top + 1) > len(grid):
        return [cell for (x, y), cell in grid.items() if left <= x <= right and top <= y <= bottom]
    places = ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
    return [grid[place] for place in places if place in grid]


def _on_edge(bounds: Bounds, extent: Bounds | None) -> bool:
    return extent is not None and (
        bounds[0] <= extent[0] or bounds[1] <= extent[1] or bounds[2] >= extent[2] or bounds[3] >= extent[3]
    )
