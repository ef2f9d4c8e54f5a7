"""What the review says of intervals and days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.services.review import DayDue
from studydesk.ui.review import words

NOON = datetime(2026, 3, 10, 12).astimezone()


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (timedelta(seconds=20), "in 1 min"),
        (timedelta(minutes=5), "in 5 min"),
        (timedelta(hours=3), "in 3 h"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(days=8), "in 8 days"),
        (timedelta(days=120), "in 4 months"),
        (timedelta(days=1100), "in 3 years"),
    ],
)
def test_intervals_are_said_in_the_unit_a_person_would_use(wait: timedelta, said: str) -> None:
    assert words.until(NOON + wait, NOON) == said


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=36_000)))
def test_every_interval_has_words_without_zero(wait: timedelta) -> None:
    said = words.until(NOON + wait, NOON)
    assert said.startswith("in ")
    assert not said.startswith("in 0")


def test_the_next_cards_are_named_by_their_day() -> None:
    today = date(2026, 3, 10)
    week = [DayDue(today + timedelta(days=number), 0) for number in range(7)]
    assert "seven days" in words.next_ones(week, today)
    week[1] = DayDue(week[1].day, 4)
    assert words.next_ones(week, today) == "The next ones are due tomorrow."
    week[0] = DayDue(today, 1)
    assert words.next_ones(week, today) == "The next ones are due later today."


def test_decks_are_named_by_their_roots_and_no_more_than_two() -> None:
    assert words.decks(["SQL/Joins", "SQL/Dates", "Safety"]) == "SQL and Safety"
    assert words.decks(["SQL/Joins", "SQL/Dates"]) == "SQL"
    assert words.decks(["a", "b", "c", "d"]).endswith("2 more")
    assert words.decks([]) == ""
