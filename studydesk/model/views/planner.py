"""What the planner and Today show: goals, tasks, sessions, and minutes of a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from studydesk.model.views.library import ResourceView


class SessionKind(StrEnum):
    """Kinds of dated meetings and slots."""

    SESSION = "session"
    OWN = "own"
    REVIEW = "review"


class TaskFilter(StrEnum):
    """Which tasks to list: all open ones, those of a day and late ones, unplanned ones, done ones, or all."""

    OPEN = "open"
    TODAY = "today"
    UNPLANNED = "unplanned"
    DONE = "done"
    ALL = "all"


@dataclass(frozen=True)
class GoalView:
    """A goal. `progress` from 0 to 1 is the share of its minutes (or tasks, when none says minutes) that is done."""

    id: str
    title: str
    notes: str
    due: date | None
    done_at: datetime | None
    progress: float
    tasks: int
    tasks_done: int
    minutes: int
    minutes_done: int


@dataclass(frozen=True)
class TaskView:
    """A task. `late` says that its due or planned day is before the day asked about. Source "me" or a room's id."""

    id: str
    title: str
    due: date | None
    planned: date | None
    minutes: int | None
    done_at: datetime | None
    goal_id: str | None
    goal_title: str | None
    notes: str
    source: str
    tags: tuple[str, ...]
    created: datetime

    @property
    def done(self) -> bool:
        return self.done_at is not None

    def late_since(self, today: date) -> date | None:
        """Return the day since when this open task is late, or None."""
        day = self.planned if self.planned is not None else self.due
        if self.due is not None and day is not None:
            day = min(day, self.due)
        return day if day is not None and day < today and not self.done else None


@dataclass(frozen=True)
class SessionView:
    """A dated meeting or study slot; `start` and `end` are UTC, `zone` names the zone it was set in."""

    id: str
    title: str
    kind: str
    start: datetime
    end: datetime
    zone: str
    place: str
    room_id: str | None
    with_whom: str
    notes: str

    @property
    def minutes(self) -> int:
        return max(0, int((self.end - self.start).total_seconds() // 60))


@dataclass(frozen=True)
class DayMinutes:
    """Minutes planned and minutes done on one day."""

    day: date
    planned: int
    done: int


@dataclass(frozen=True)
class DeckDue:
    """How many cards of a deck are due."""

    deck: str
    count: int


@dataclass(frozen=True)
class TodayView:
    """All that Today shows of one's own desk.

    `todo` holds open tasks due, planned or late for the day, then those done that day. `week` runs from
    Monday to Sunday.
    """

    day: date
    todo: tuple[TaskView, ...]
    next_session: SessionView | None
    sessions: tuple[SessionView, ...]
    due_cards: int
    due_decks: tuple[DeckDue, ...]
    resume: tuple[ResourceView, ...]
    goals: tuple[GoalView, ...]
    week: tuple[DayMinutes, ...]

    @property
    def open_count(self) -> int:
        return sum(not task.done for task in self.todo)
