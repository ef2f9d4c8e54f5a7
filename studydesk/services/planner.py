"""The planner: goals, tasks, sessions and the week's minutes. Undo place "planner"."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from studydesk.foundation.changes import Changed
from studydesk.model.quick_add import QuickTask, parse_quick_task
from studydesk.model.views.planner import (
    DayMinutes,
    DeckDue,
    GoalView,
    SessionKind,
    SessionView,
    TaskFilter,
    TaskView,
    TodayView,
)
from studydesk.services.base import Facade
from studydesk.services.lazy import LazyModule

if TYPE_CHECKING:
    from typing import Unpack

    from studydesk.model import planner as store
    from studydesk.model import planner_goals as goal_store
    from studydesk.model import planner_sessions as session_store
    from studydesk.model import planner_today as today_store
else:
    store = LazyModule("studydesk.model.planner")
    goal_store = LazyModule("studydesk.model.planner_goals")
    session_store = LazyModule("studydesk.model.planner_sessions")
    today_store = LazyModule("studydesk.model.planner_today")

__all__ = [
    "DayMinutes",
    "DeckDue",
    "GoalFields",
    "GoalView",
    "Planner",
    "QuickTask",
    "SessionFields",
    "SessionKind",
    "SessionView",
    "TaskFields",
    "TaskFilter",
    "TaskView",
    "TodayView",
    "parse_quick_task",
]

PLACE = "planner"


class TaskFields(TypedDict, total=False):
    """Fields of a task that `update_task` takes; those left out stay."""

    title: str
    due: date | None
    planned: date | None
    minutes: int | None
    goal_id: str | None
    notes: str


class GoalFields(TypedDict, total=False):
    """Fields of a goal that `update_goal` takes; those left out stay."""

    title: str
    notes: str
    due: date | None
    done_at: datetime | None


class SessionFields(TypedDict, total=False):
    """Fields of a session that `update_session` takes; those left out stay."""

    title: str
    kind: str
    start: datetime
    end: datetime
    zone: str
    place: str
    room_id: str | None
    with_whom: str
    notes: str


class Planner(Facade):
    """Use cases over goals, tasks and sessions. Each method returns a future at once.

    Futures raise Fault for an unknown id, an empty title, an end before its start, or a full disk.
    Days are local calendar days; moments are aware and kept in UTC.
    """

    def today(self, day: date | None = None) -> Future[TodayView]:
        """Return all that Today shows; `day` defaults to the local date of the desk's clock."""
        clock = self._context.clock
        return self._query(lambda session: today_store.today(session, clock, day))

    def week(self, day: date) -> Future[tuple[DayMinutes, ...]]:
        """Return minutes planned and done for the seven days of the week of `day`, from Monday."""
        clock = self._context.clock
        return self._query(lambda session: today_store.week(session, clock, day))

    def tasks(
        self, which: TaskFilter = TaskFilter.OPEN, day: date | None = None, goal_id: str | None = None
    ) -> Future[tuple[TaskView, ...]]:
        """List tasks in the person's own order. `day` is the day that TODAY means (default: today)."""
        clock = self._context.clock
        return self._query(lambda session: store.tasks(session, clock, which, day, goal_id))

    def task(self, task_id: str) -> Future[TaskView]:
        """Return one task."""
        return self._query(lambda session: store.task(session, task_id))

    def add_task(
        self,
        title: str,
        due: date | None = None,
        planned: date | None = None,
        minutes: int | None = None,
        goal_id: str | None = None,
        notes: str = "",
        source: str = "me",
    ) -> Future[Changed[TaskView]]:
        """Add a task at the end. `source` is "me" or the id of the room that set it."""
        clock = self._context.clock
        quick = QuickTask(title=title, due=due, minutes=minutes)
        return self._command(
            lambda session: store.add_task(session, clock, quick, planned, goal_id, notes, source), PLACE
        )

    def add_task_from_text(self, text: str) -> Future[Changed[TaskView]]:
        """Add a task from words such as "read chapter 4 friday 1h #sql" (see `parse_quick_task`).

        `#sql` means the goal with that word in its title; where there is none it becomes a tag.
        """
        clock = self._context.clock
        return self._command(lambda session: store.add_task_from_text(session, clock, text), PLACE)

    def set_done(self, task_id: str, done: bool = True) -> Future[Changed[TaskView]]:
        """Tick or untick a task."""
        clock = self._context.clock
        return self._command(lambda session: store.set_done(session, clock, task_id, done), PLACE)

    def update_task(self, task_id: str, **fields: Unpack[TaskFields]) -> Future[Changed[TaskView]]:
        """Alter the named fields of a task."""
        return self._command(lambda session: store.update_task(session, task_id, dict(fields)), PLACE)

    def delete_task(self, task_id: str) -> Future[Changed[str]]:
        """Remove a task; undo brings it back. Resolves to its title."""
        return self._command(lambda session: store.delete_task(session, task_id), PLACE)

    def reorder(self, task_ids: Sequence[str]) -> Future[Changed[None]]:
        """Put these tasks in this order, among the places that they held."""
        ids = tuple(task_ids)
        return self._command(lambda session: store.reorder(session, ids), PLACE)

    def goals(self, with_done: bool = False) -> Future[tuple[GoalView, ...]]:
        """List goals with their progress, in order."""
        return self._query(lambda session: goal_store.goals(session, with_done))

    def add_goal(self, title: str, due: date | None = None, notes: str = "") -> Future[Changed[GoalView]]:
        """Add a goal at the end."""
        clock = self._context.clock
        return self._command(lambda session: goal_store.add_goal(session, clock, title, due, notes), PLACE)

    def update_goal(self, goal_id: str, **fields: Unpack[GoalFields]) -> Future[Changed[GoalView]]:
        """Alter the named fields of a goal."""
        return self._command(lambda session: goal_store.update_goal(session, goal_id, dict(fields)), PLACE)

    def delete_goal(self, goal_id: str) -> Future[Changed[str]]:
        """Remove a goal; its tasks stay, without a goal. Resolves to its title."""
        return self._command(lambda session: goal_store.delete_goal(session, goal_id), PLACE)

    def sessions(self, start: datetime, end: datetime) -> Future[tuple[SessionView, ...]]:
        """List sessions that overlap the span from `start` to `end`, by their start."""
        return self._query(lambda session: session_store.sessions(session, start, end))

    def session(self, session_id: str) -> Future[SessionView]:
        """Return one session."""
        return self._query(lambda session: session_store.session_view(session, session_id))

    def add_session(
        self,
        title: str,
        start: datetime,
        end: datetime,
        place: str = "",
        kind: SessionKind = SessionKind.SESSION,
        room_id: str | None = None,
        with_whom: str = "",
        zone: str = "",
        notes: str = "",
    ) -> Future[Changed[SessionView]]:
        """Add a dated meeting or slot. `start` and `end` are aware; `zone` is an IANA name (default: UTC)."""
        clock = self._context.clock
        fields = SessionFields(
            title=title,
            kind=kind,
            start=start,
            end=end,
            zone=zone,
            place=place,
            room_id=room_id,
            with_whom=with_whom,
            notes=notes,
        )
        return self._command(lambda session: session_store.add_session(session, clock, dict(fields)), PLACE)

    def update_session(
        self, session_id: str, **fields: Unpack[SessionFields]
    ) -> Future[Changed[SessionView]]:
        """Alter the named fields of a session."""
        return self._command(
            lambda session: session_store.update_session(session, session_id, dict(fields)), PLACE
        )

    def move_session(self, session_id: str, start: datetime) -> Future[Changed[SessionView]]:
        """Let a session begin at another moment; its length stays."""
        return self._command(lambda session: session_store.move_session(session, session_id, start), PLACE)

    def delete_session(self, session_id: str) -> Future[Changed[str]]:
        """Remove a session; undo brings it back. Resolves to its title."""
        return self._command(lambda session: session_store.delete_session(session, session_id), PLACE)

    def add_time(
        self, minutes: int, task_id: str | None = None, start: datetime | None = None
    ) -> Future[Changed[str]]:
        """Note time spent, on a task or by itself; `start` defaults to `minutes` ago. Resolves to the entry's id."""
        clock = self._context.clock
        return self._command(
            lambda session: session_store.add_time(session, clock, minutes, task_id, start), PLACE
        )
