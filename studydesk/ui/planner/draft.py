"""A session or task while it is being typed: what was typed, and what it means. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from studydesk.services.planner import SessionKind
from studydesk.ui.planner.reading import Misread, Problem, read_date, read_minutes, read_time

T = TypeVar("T")


@dataclass(frozen=True)
class SessionDraft:
    """A session that can be kept; `start` and `end` are naive local times."""

    title: str
    start: datetime
    end: datetime
    kind: SessionKind = SessionKind.SESSION
    place: str = ""
    with_whom: str = ""
    room_id: str | None = None


@dataclass(frozen=True)
class TaskDraft:
    """A task that can be kept."""

    title: str
    due: date | None = None
    planned: date | None = None
    minutes: int | None = None
    goal_id: str | None = None
    notes: str = ""


@dataclass(frozen=True)
class Checked(Generic[T]):
    """What typed words came to: a value, or what is wrong with which field (in the order of the form)."""

    value: T | None = None
    faults: Mapping[str, Misread] = field(default_factory=dict)


class _Reader:
    """Reads fields one by one and collects what is wrong."""

    def __init__(self) -> None:
        self.faults: dict[str, Misread] = {}

    def read(self, name: str, function: Callable[[], T]) -> T | None:
        try:
            return function()
        except Misread as fault:
            self.faults[name] = fault
            return None


def check_session(
    typed: Mapping[str, str], kind: SessionKind, room_id: str | None, today: date
) -> Checked[SessionDraft]:
    """Read "title", "date", "start", "end", "place" and "with"."""
    reader = _Reader()
    title = reader.read("title", lambda: _words(typed["title"]))
    day = reader.read("date", lambda: read_date(typed["date"], today))
    start = reader.read("start", lambda: read_time(typed["start"]))
    end = reader.read("end", lambda: read_time(typed["end"]))
    if title is None or day is None or start is None or end is None:
        return Checked(faults=reader.faults)
    first, last = datetime.combine(day, start), _end(day, end)
    if last <= first:
        return Checked(faults={"end": Misread(Problem.END_BEFORE_START)})
    return Checked(
        SessionDraft(title, first, last, kind, typed["place"].strip(), typed["with"].strip(), room_id)
    )


def _end(day: date, end: time) -> datetime:
    """Midnight as an end means the midnight after."""
    return datetime.combine(day + timedelta(days=1), end) if end == time() else datetime.combine(day, end)


def check_task(typed: Mapping[str, str], goal_id: str | None, today: date) -> Checked[TaskDraft]:
    """Read "title", "due", "planned", "minutes" and "notes"; empty days and lengths mean none."""
    reader = _Reader()
    title = reader.read("title", lambda: _words(typed["title"]))
    due = reader.read("due", lambda: _optional_day(typed["due"], today))
    planned = reader.read("planned", lambda: _optional_day(typed["planned"], today))
    minutes = reader.read("minutes", lambda: read_minutes(typed["minutes"]))
    if title is None or reader.faults:
        return Checked(faults=reader.faults)
    return Checked(TaskDraft(title, due, planned, minutes, goal_id, typed["notes"].strip()))


def _optional_day(text: str, today: date) -> date | None:
    return read_date(text, today) if text.strip() else None


def _words(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise Misread(Problem.EMPTY)
    return words
