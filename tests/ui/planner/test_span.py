"""Which days the planner shows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.ui.planner.span import Mode, Span, monday_of, shown_span, step, whole_week

TUESDAY = date(2026, 11, 24)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_a_week_shows_its_five_working_days() -> None:
    assert shown_span(Mode.WEEK, TUESDAY, 5, weekend=False) == Span(date(2026, 11, 23), 5)


@pytest.mark.parametrize(("fitting", "weekend"), [(7, False), (5, True)])
def test_the_weekend_shows_where_there_is_room_or_something_on_it(fitting: int, weekend: bool) -> None:
    assert shown_span(Mode.WEEK, TUESDAY, fitting, weekend) == whole_week(TUESDAY)


def test_a_narrow_window_shows_three_days_from_the_chosen_one() -> None:
    assert shown_span(Mode.WEEK, TUESDAY, 3, weekend=False).days == tuple(
        TUESDAY + timedelta(days=n) for n in range(3)
    )


@given(DAYS, st.sampled_from(Mode), st.sampled_from((1, 3, 5, 7)), st.booleans())
def test_the_chosen_day_is_always_shown(day: date, mode: Mode, fitting: int, weekend: bool) -> None:
    assert day in shown_span(mode, day, fitting, weekend)


@given(DAYS, st.sampled_from(Mode), st.sampled_from((3, 5, 7)))
def test_one_page_on_and_one_back_is_the_same_page(day: date, mode: Mode, fitting: int) -> None:
    span = shown_span(mode, day, fitting, weekend=False)
    later = shown_span(mode, step(span, mode, 1), fitting, weekend=False)
    assert shown_span(mode, step(later, mode, -1), fitting, weekend=False).first == span.first


def test_stepping_beyond_the_last_year_stays() -> None:
    assert step(Span(date.max, 1), Mode.DAY, 1) == date.max


@given(DAYS)
def test_a_span_lasts_whole_local_days(day: date) -> None:
    start, end = whole_week(day).moments()
    assert (start.hour, end.hour) == (0, 0)
    assert end.date() - start.date() == timedelta(days=7)
    assert start.date() == monday_of(day)
