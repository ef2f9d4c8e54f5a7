"""Dates, times and lengths as people type them."""

from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.ui.planner.reading import Misread, Problem, read_date, read_minutes, read_time

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    ["2026-11-27", "27/11", "27.11.2026", "27 November", "Nov 27", "Fri 27 Nov", "27 novembre", "friday"],
)
def test_a_day_is_read_in_the_forms_people_write(text: str) -> None:
    assert read_date(text, TODAY) == date(2026, 11, 27)


def test_a_day_without_a_year_is_the_nearest() -> None:
    assert read_date("3 March", TODAY) == date(2027, 3, 3)
    assert read_date("3 December", date(2027, 1, 10)) == date(2026, 12, 3)


@pytest.mark.parametrize(("text", "month", "year"), [("31 November", 11, 2026), ("29 feb 2027", 2, 2027)])
def test_a_day_that_the_month_lacks_names_the_month(text: str, month: int, year: int) -> None:
    with pytest.raises(Misread) as caught:
        read_date(text, TODAY)
    assert (caught.value.problem, caught.value.month, caught.value.year) == (
        Problem.MONTH_TOO_SHORT,
        month,
        year,
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.EMPTY),
        ("soon", Problem.UNREADABLE),
        ("12/13", Problem.NO_SUCH_MONTH),
        ("ju 3", Problem.UNREADABLE),
    ],
)
def test_what_is_no_day_says_why(text: str, problem: Problem) -> None:
    with pytest.raises(Misread) as caught:
        read_date(text, TODAY)
    assert caught.value.problem is problem


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("14:00", time(14)),
        ("14h30", time(14, 30)),
        ("9", time(9)),
        ("930", time(9, 30)),
        ("1400", time(14)),
        ("2 pm", time(14)),
        ("12 am", time(0)),
    ],
)
def test_a_time_is_read_in_the_forms_people_write(text: str, wanted: time) -> None:
    assert read_time(text) == wanted


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.EMPTY),
        ("noonish", Problem.UNREADABLE),
        ("25:00", Problem.HOUR_TOO_LARGE),
        ("14:75", Problem.MINUTE_TOO_LARGE),
        ("13 pm", Problem.UNREADABLE),
    ],
)
def test_what_is_no_time_says_why(text: str, problem: Problem) -> None:
    with pytest.raises(Misread) as caught:
        read_time(text)
    assert caught.value.problem is problem


@pytest.mark.parametrize(
    ("text", "minutes"), [("25", 25), ("25 min", 25), ("1h30", 90), ("1.5 h", 90), ("", None)]
)
def test_a_length_is_read(text: str, minutes: int | None) -> None:
    assert read_minutes(text) == minutes


def _said(read: Callable[[], object]) -> Problem | None:
    try:
        read()
    except Misread as misread:
        return misread.problem
    return None


@given(st.text(max_size=20))
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    for read in (lambda: read_date(text, TODAY), lambda: read_time(text), lambda: read_minutes(text)):
        assert _said(read) in {None, *Problem}


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_a_written_day_is_read_back(day: date) -> None:
    assert read_date(day.strftime("%d/%m/%Y"), TODAY) == day
    assert read_date(day.isoformat(), TODAY) == day
