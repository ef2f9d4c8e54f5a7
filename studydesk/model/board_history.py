"""Undo and redo of my own strokes on a board that others change at the same time."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass

from studydesk.model.board import Stroke


@dataclass(frozen=True)
class Step:
    """What to put on the board and what to remove from it."""

    add: tuple[Stroke, ...] = ()
    remove: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.add or self.remove)


@dataclass(frozen=True)
class _Deed:
    """Something I did: drew strokes, or erased some (maybe others')."""

    drawn: tuple[Stroke, ...] = ()
    erased: tuple[Stroke, ...] = ()


class BoardHistory:
    """Two stacks of my deeds. A step never removes or restores what is not there to be removed or restored.

    `present` in each call is the set of ids on the board now. When others have undone a deed already (they
    erased my stroke, say), nothing is left of it, and the deed below is taken instead.
    """

    def __init__(self, depth: int = 500) -> None:
        self._depth = depth
        self._done: list[_Deed] = []
        self._undone: list[_Deed] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def drew(self, strokes: Sequence[Stroke]) -> None:
        """Remember that I drew these."""
        self._remember(_Deed(drawn=tuple(strokes)))

    def erased(self, strokes: Sequence[Stroke]) -> None:
        """Remember that I erased these."""
        self._remember(_Deed(erased=tuple(strokes)))

    def undo(self, present: Container[str]) -> Step | None:
        """Return what takes back my last deed, or None when there is nothing to take back."""
        return _move(self._done, self._undone, lambda deed: _effect(deed.erased, deed.drawn, present))

    def redo(self, present: Container[str]) -> Step | None:
        """Return what does again the deed that was taken back last, or None when there is nothing."""
        return _move(self._undone, self._done, lambda deed: _effect(deed.drawn, deed.erased, present))

    def _remember(self, deed: _Deed) -> None:
        self._done.append(deed)
        del self._done[: -self._depth]
        self._undone.clear()


def _effect(add: Iterable[Stroke], remove: Iterable[Stroke], present: Container[str]) -> Step:
    return Step(
        tuple(stroke for stroke in add if stroke.id not in present),
        tuple(stroke.id for stroke in remove if stroke.id in present),
    )


def _move(source: list[_Deed], target: list[_Deed], effect: Callable[[_Deed], Step]) -> Step | None:
    """Take deeds from `source` until one still has an effect, and keep in `target` only what it has."""
    while source:
        deed = source.pop()
        step = effect(deed)
        if step:
            target.append(_what_took_effect(deed, step))
            return step
    return None


def _what_took_effect(deed: _Deed, step: Step) -> _Deed:
    """Leave out strokes that others had settled before, so that the way back doesn't touch them."""
    touched = {stroke.id for stroke in step.add} | set(step.remove)
    return _Deed(
        tuple(stroke for stroke in deed.drawn if stroke.id in touched),
        tuple(stroke for stroke in deed.erased if stroke.id in touched),
    )
