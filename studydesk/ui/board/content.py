"""The strokes that a canvas shows: taken in slices when there are many, and changed one by one."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from operator import attrgetter
from time import perf_counter

from studydesk.services.strokes import BoardIndex, Bounds, Stroke, hits
from studydesk.ui.board.ink import InkColours
from studydesk.ui.board.picture import BoardPicture

AT_ONCE = 2_000
"""So many strokes are taken in within one frame."""

_FEW = 50


class BoardContent:
    """An index of strokes and its picture, kept in step. Methods return the areas to paint again."""

    def __init__(self, colours: InkColours) -> None:
        self.index = BoardIndex()
        self.picture = BoardPicture(self.index, colours)
        self._waiting: deque[Stroke] = deque()
        self._later: list[tuple[Sequence[Stroke], Sequence[str]]] = []

    @property
    def is_loading(self) -> bool:
        """Tell whether some of a big board is still to be taken in."""
        return bool(self._waiting)

    def load(self, strokes: Sequence[Stroke]) -> None:
        """Hold these instead of all before; a big board comes in by `take_in`."""
        self.index.clear()
        self._later.clear()
        self._waiting = deque(sorted(strokes, key=attrgetter("order")))
        if len(self._waiting) <= AT_ONCE:
            self.take_in(float("inf"))
        self.picture.start_over()

    def take_in(self, deadline: float) -> None:
        """Take in more of a big board until `deadline` (of `perf_counter`)."""
        while self._waiting and perf_counter() < deadline:
            for _ in range(min(50, len(self._waiting))):
                self.index.add(self._waiting.popleft())
        if not self._waiting:
            for added, removed in self._later:
                self._change(added, removed)
            self._later.clear()
            self.picture.start_over()

    def apply(self, added: Sequence[Stroke], removed: Sequence[str]) -> list[Bounds]:
        """Add and remove strokes; a known id is replaced, and not drawn anew if it looks the same."""
        if self.is_loading:
            self._later.append((added, removed))
            return []
        return self._change(added, removed)

    def under(self, start: tuple[float, float], end: tuple[float, float], radius: float) -> list[Stroke]:
        """Return the strokes that a round tool touches on its way."""
        reach = (
            min(start[0], end[0]) - radius,
            min(start[1], end[1]) - radius,
            max(start[0], end[0]) + radius,
            max(start[1], end[1]) + radius,
        )
        return [one.stroke for one in self.index.inside(reach) if hits(one.stroke, start, end, radius)]

    def _change(self, added: Sequence[Stroke], removed: Sequence[str]) -> list[Bounds]:
        areas = [placed.bounds for placed in map(self.index.remove, removed) if placed is not None]
        self.picture.changed(areas)
        for stroke in added:
            areas += self._put(stroke, one_by_one=len(added) <= _FEW)
        self.picture.choose_overview()
        return areas

    def _put(self, stroke: Stroke, one_by_one: bool) -> list[Bounds]:
        known = self.index.get(stroke.id)
        placed = self.index.add(stroke)
        if known is not None and known.stroke.looks_like(stroke):
            return []
        if known is not None:
            self.picture.changed([known.bounds])
        if one_by_one:
            self.picture.added(placed)
        else:
            self.picture.changed([placed.bounds])
        return [placed.bounds] if known is None else [placed.bounds, known.bounds]
