"""Undo takes back what I did, and never what others did."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studydesk.model.board import Points, Stroke
from studydesk.model.board_history import BoardHistory, Step

DOT = Points.from_units([(0, 0)])


def stroke(name: str) -> Stroke:
    return Stroke(name, 0, 2.0, DOT)


class Table:
    """A board in memory, with my history beside it."""

    def __init__(self) -> None:
        self.there: dict[str, Stroke] = {}
        self.mine = BoardHistory()

    def draw(self, name: str) -> None:
        self.there[name] = stroke(name)
        self.mine.drew([stroke(name)])

    def erase(self, *names: str) -> None:
        self.mine.erased([self.there.pop(name) for name in names])

    def undo(self) -> None:
        self._take(self.mine.undo(self.there))

    def redo(self) -> None:
        self._take(self.mine.redo(self.there))

    def _take(self, step: Step | None) -> None:
        if step is not None:
            for added in step.add:
                assert added.id not in self.there
                self.there[added.id] = added
            for gone in step.remove:
                del self.there[gone]


def test_undo_removes_what_i_drew_and_redo_brings_it_back() -> None:
    table = Table()
    table.draw("a")
    table.undo()
    assert not table.there
    assert table.mine.can_redo
    table.redo()
    assert set(table.there) == {"a"}


def test_undo_brings_back_what_i_erased_even_if_another_drew_it() -> None:
    table = Table()
    table.there["theirs"] = stroke("theirs")
    table.erase("theirs")
    table.undo()
    assert set(table.there) == {"theirs"}


def test_undo_skips_what_others_have_settled_already() -> None:
    table = Table()
    table.draw("a")
    table.draw("b")
    del table.there["b"]  # somebody else erased it
    table.undo()
    assert not table.there


def test_redo_does_not_bring_back_what_another_erased_before_my_undo() -> None:
    table = Table()
    table.there |= {"x": stroke("x"), "y": stroke("y")}
    table.erase("x", "y")
    table.there["x"] = stroke("x")  # another's undo restored it
    table.undo()
    table.redo()
    assert set(table.there) == {"x"}


def test_a_new_deed_ends_redo() -> None:
    table = Table()
    table.draw("a")
    table.undo()
    table.draw("b")
    assert not table.mine.can_redo


def test_nothing_to_undo_is_none() -> None:
    assert BoardHistory().undo(set()) is None
    assert BoardHistory().redo(set()) is None


def test_the_history_is_bounded() -> None:
    history = BoardHistory(depth=3)
    for name in "abcde":
        history.drew([stroke(name)])
    undone = [history.undo(set("abcde")) for _ in range(5)]
    assert [step.remove for step in undone if step] == [("e",), ("d",), ("c",)]


@given(st.lists(st.sampled_from(["draw", "erase", "other draws", "other erases"]), max_size=30))
def test_undoing_all_removes_all_of_mine_and_redoing_all_restores_the_board(deeds: list[str]) -> None:
    table = Table()
    for number, deed in enumerate(deeds):
        if deed == "draw":
            table.draw(f"mine{number}")
        elif deed == "other draws":
            table.there[f"other{number}"] = stroke(f"other{number}")
        elif table.there:
            name = sorted(table.there)[number % len(table.there)]
            if deed == "erase":
                table.erase(name)
            else:
                del table.there[name]
    after = set(table.there)
    while table.mine.can_undo:
        table.undo()
    assert not any(name.startswith("mine") for name in table.there)
    while table.mine.can_redo:
        table.redo()
    assert set(table.there) == after
