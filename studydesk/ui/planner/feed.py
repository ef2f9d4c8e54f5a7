"""Reads what the planner shows from the desk, and gives it to the widgets as one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studydesk.services.planner import DayMinutes, GoalView, SessionView, TaskFilter, TaskView
from studydesk.ui.planner.blocks import Block, blocks_of, local
from studydesk.ui.planner.span import AGENDA_DAYS, Span, whole_week

if TYPE_CHECKING:
    from studydesk.ui.context import UiContext


@dataclass(frozen=True)
class Snapshot:
    """All of one reading. `week` is Monday to Sunday around the day asked for; `now` is naive local time."""

    day: date
    week: Span
    now: datetime
    blocks: tuple[Block, ...] = ()
    tasks: tuple[TaskView, ...] = ()
    minutes: tuple[DayMinutes, ...] = ()
    goals: tuple[GoalView, ...] = ()

    @property
    def minutes_done(self) -> int:
        return sum(day.done for day in self.minutes)

    @property
    def minutes_planned(self) -> int:
        return sum(day.planned for day in self.minutes)

    def has_weekend(self) -> bool:
        """Tell whether anything lies on Saturday or Sunday of the week."""
        weekend = self.week.days[5:]
        by_task = any(task.due in weekend or task.planned in weekend for task in self.tasks if not task.done)
        return by_task or any(block.start.date() in weekend for block in self.blocks)


@dataclass
class _Reading:
    """Answers as they come in."""

    number: int
    sessions: tuple[SessionView, ...] | None = None
    tasks: tuple[TaskView, ...] | None = None
    minutes: tuple[DayMinutes, ...] | None = None
    goals: tuple[GoalView, ...] | None = None


class PlannerFeed(QObject):
    """Reads on demand. Of several readings under way only the last is told."""

    loaded = Signal(object)
    """A Snapshot."""

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._number = 0

    def now(self) -> datetime:
        """Return the naive local time of the desk's clock."""
        return local(self._context.desk.clock.now())

    def read(self, day: date) -> None:
        """Read the week of `day`, and as far as an agenda from that day reaches."""
        self._number += 1
        reading, planner = _Reading(self._number), self._context.desk.planner
        week = whole_week(day)
        start, _ = week.moments()
        _, end = Span(day, max(AGENDA_DAYS, 7)).moments()
        when = self._context.bridge.when_done

        def take_sessions(found: tuple[SessionView, ...]) -> None:
            reading.sessions = found

        def take_tasks(found: tuple[TaskView, ...]) -> None:
            reading.tasks = found

        def take_minutes(found: tuple[DayMinutes, ...]) -> None:
            reading.minutes = found

        def take_goals(found: tuple[GoalView, ...]) -> None:
            reading.goals = found
            self._finish(reading, day, week)

        when(planner.sessions(start, max(end, start + timedelta(days=8))), take_sessions, owner=self)
        when(planner.tasks(TaskFilter.ALL), take_tasks, owner=self)
        when(planner.week(day), take_minutes, owner=self)
        when(planner.goals(), take_goals, owner=self)

    def _finish(self, reading: _Reading, day: date, week: Span) -> None:
        """Make the snapshot; the database answers in order, so the last answer means that all are there."""
        if reading.number != self._number or reading.sessions is None or reading.tasks is None:
            return
        now = self.now()
        blocks = tuple(blocks_of(reading.sessions, reading.tasks, now))
        self.loaded.emit(
            Snapshot(day, week, now, blocks, reading.tasks, reading.minutes or (), reading.goals or ())
        )
