"""Sessions and tasks while they are being typed."""

from datetime import date, datetime

import pytest

from studydesk.services.planner import SessionKind
from studydesk.ui.planner.draft import check_session, check_task
from studydesk.ui.planner.reading import Problem

TODAY = date(2026, 11, 24)
TYPED = {
    "title": " SQL,  3 ",
    "date": "27 Nov",
    "start": "14",
    "end": "16:30",
    "place": "Lyon",
    "with": "Marta",
}


def test_a_session_is_read() -> None:
    draft = check_session(TYPED, SessionKind.SESSION, None, TODAY).value
    assert draft is not None
    assert (draft.title, draft.place, draft.with_whom) == ("SQL, 3", "Lyon", "Marta")
    assert (draft.start, draft.end) == (datetime(2026, 11, 27, 14), datetime(2026, 11, 27, 16, 30))


def test_midnight_as_an_end_is_the_midnight_after() -> None:
    draft = check_session({**TYPED, "end": "0:00"}, SessionKind.OWN, None, TODAY).value
    assert draft is not None
    assert draft.end == datetime(2026, 11, 28)


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("title", "  ", Problem.EMPTY),
        ("date", "31 November", Problem.MONTH_TOO_SHORT),
        ("start", "25", Problem.HOUR_TOO_LARGE),
        ("end", "13:00", Problem.END_BEFORE_START),
    ],
)
def test_what_is_wrong_stands_at_its_field(field: str, text: str, problem: Problem) -> None:
    checked = check_session({**TYPED, field: text}, SessionKind.OWN, None, TODAY)
    assert checked.value is None
    assert {name: fault.problem for name, fault in checked.faults.items()} == {field: problem}


def test_a_task_needs_only_a_title() -> None:
    blank = {"title": "Read", "due": "", "planned": "", "minutes": "", "notes": ""}
    draft = check_task(blank, None, TODAY).value
    assert draft is not None
    assert (draft.due, draft.planned, draft.minutes) == (None, None, None)


def test_all_faults_of_a_task_are_told_at_once() -> None:
    typed = {"title": "", "due": "31/11", "planned": "", "minutes": "long", "notes": ""}
    assert set(check_task(typed, None, TODAY).faults) == {"title", "due", "minutes"}
