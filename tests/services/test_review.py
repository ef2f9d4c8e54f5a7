"""The review's use cases, over a real database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydesk.foundation.clock import ManualClock
from studydesk.foundation.errors import Fault
from studydesk.model.schedule import Schedule, answered
from studydesk.services.base import DeskContext
from studydesk.services.review import Review
from tests.services.conftest import done


@pytest.fixture
def review(context: DeskContext) -> Review:
    return Review(context)


def test_a_new_card_is_due_and_shows_four_choices_in_order(review: Review) -> None:
    done(review.add_card("What?", "That", " SQL /  Joins"))
    (due,) = done(review.due())
    assert due.card.deck == "SQL/Joins"
    assert [choice.rating for choice in due.choices] == [1, 2, 3, 4]
    assert sorted(choice.due for choice in due.choices) == [choice.due for choice in due.choices]


def test_an_answer_does_what_the_choice_said(review: Review) -> None:
    card = done(review.add_card("f", "b")).value
    (due,) = done(review.due())
    answered_card = done(review.answer(card.id, 4)).value
    assert answered_card.due == due.choices[3].due
    assert (answered_card.reviews, answered_card.recalled) == (1, 1)
    assert done(review.due()) == ()


def test_an_answer_can_be_taken_back_and_given_again(review: Review, context: DeskContext) -> None:
    card = done(review.add_card("f", "b")).value
    after = done(review.answer(card.id, 3)).value
    done(context.undo.undo("review"))
    assert done(review.cards()) == (card,)
    assert done(review.counts()).answered_today == 0
    done(context.undo.redo("review"))
    assert done(review.cards()) == (after,)
    assert done(review.counts()).answered_today == 1


def test_counts_look_seven_days_ahead_and_late_counts_as_today(review: Review, clock: ManualClock) -> None:
    done(review.add_card("f", "b", "d"))
    clock.advance(timedelta(days=3))
    counts = done(review.counts())
    assert [day.count for day in counts.next_days] == [1, 0, 0, 0, 0, 0, 0]
    assert (counts.cards, counts.due, counts.due_decks[0].deck) == (1, 1, "d")


def test_a_buried_card_waits_until_tomorrow(review: Review, clock: ManualClock) -> None:
    card = done(review.add_card("f", "b")).value
    done(review.bury(card.id))
    assert done(review.due()) == ()
    clock.advance(timedelta(days=1))
    assert len(done(review.due())) == 1


def test_a_deck_holds_those_below_it_and_no_namesakes(review: Review) -> None:
    for deck in ("SQL", "SQL/Joins", "SQL%", "SQLite"):
        done(review.add_card("f", "b", deck))
    assert {card.deck for card in done(review.cards("SQL"))} == {"SQL", "SQL/Joins"}


def test_deleting_a_card_is_undone_with_its_answers(review: Review, context: DeskContext) -> None:
    card = done(review.add_card("f", "b", tags=["t"])).value
    answered_card = done(review.answer(card.id, 3)).value
    done(review.delete_card(card.id))
    done(context.undo.undo("review"))
    assert done(review.cards()) == (answered_card,)


def test_another_answer_than_four_is_refused(review: Review) -> None:
    card = done(review.add_card("f", "b")).value
    with pytest.raises(Fault, match="1 again"):
        done(review.answer(card.id, 5))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 60 * 24 * 40)), max_size=12))
def test_a_schedule_never_goes_backwards(answers: list[tuple[int, int]]) -> None:
    now = ManualClock(datetime(2026, 1, 5, tzinfo=UTC))
    schedule = Schedule(now.now())
    for rating, minutes in answers:
        now.advance(timedelta(minutes=minutes))
        schedule = answered(schedule, rating, now.now())
        assert schedule.due > now.now()
        assert schedule.stability is not None
        assert schedule.stability > 0
