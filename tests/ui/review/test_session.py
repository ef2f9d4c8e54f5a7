"""The order of one round: what is asked next, and what counts."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from studydesk.services.review import CardView, DueCard
from studydesk.ui.review.session import ReviewRound

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def due(*names: str) -> tuple[DueCard, ...]:
    return tuple(
        DueCard(CardView(name, "", name, "", (), NOW, None, None, None, None, None, 0, 0), ())
        for name in names
    )


def test_the_card_that_is_asked_stays_when_others_become_due_before_it() -> None:
    asked = ReviewRound().with_due(due("a", "b"), 2).reveal()
    again = asked.with_due(due("c", "b", "a"), 3)
    assert again.asked is not None
    assert again.asked.card.id == "a"
    assert again.revealed


def test_the_next_card_does_not_show_its_answer() -> None:
    state = ReviewRound().with_due(due("a", "b"), 2).reveal().answered()
    assert state.asked is not None
    assert (state.asked.card.id, state.revealed, state.done, state.due) == ("b", False, 1, 1)


def test_a_card_deleted_elsewhere_is_not_asked_and_not_revealed() -> None:
    state = ReviewRound().with_due(due("a", "b"), 2).reveal().with_due(due("b"), 1)
    assert state.asked is not None
    assert (state.asked.card.id, state.revealed) == ("b", False)


def test_an_answer_that_is_taken_back_does_not_count() -> None:
    assert ReviewRound().with_due(due("a"), 1).answered().taken_back().done == 0


@given(st.lists(st.sampled_from(["answer", "pass", "back", "load", "reveal"]), max_size=30))
def test_the_share_stays_between_nothing_and_all(steps: list[str]) -> None:
    state = ReviewRound().with_due(due("a", "b", "c"), 3)
    for step in steps:
        state = {
            "answer": state.answered,
            "pass": state.passed,
            "back": state.taken_back,
            "reveal": state.reveal,
            "load": lambda state=state: state.with_due(due("c", "d"), 2),
        }[step]()
        assert 0 <= state.share <= 1
        assert state.asked is not None or not state.revealed
