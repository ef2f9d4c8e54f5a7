"""What the week shows of sessions and tasks: blocks, tasks of a day, and the free hour that fits. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from studydesk.services.planner import SessionKind, SessionView, TaskView
from studydesk.ui.planner.geometry import DAY, moment_at, pieces

MORNING, EVENING = 9 * 60, 17 * 60
"""The hours between which a free slot is looked for, in minutes from midnight."""


class Look(StrEnum):
    """How a block is painted (LOOK, "Calendar event")."""

    MEETING = "meeting"
    OWN = "own"
    REVIEW = "review"
    DONE = "done"
    PROPOSED = "proposed"


@dataclass(frozen=True)
class Block:
    """A session as the week shows it; `start` and `end` are naive local times."""

    id: str
    title: str
    start: datetime
    end: datetime
    look: Look
    place: str = ""
    with_whom: str = ""
    done: bool = False

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds() // 60)

    def moved_to(self, start: datetime) -> Block:
        return replace(self, start=start, end=start + (self.end - self.start))


@dataclass(frozen=True)
class DayTask:
    """A task without an hour that belongs to a day; `due` tells that the day is its last."""

    task_id: str
    title: str
    due: bool
    done: bool


@dataclass(frozen=True)
class Proposal:
    """A free slot that fits a task."""

    task_id: str
    title: str
    start: datetime
    minutes: int

    def as_block(self) -> Block:
        return Block("", self.title, self.start, self.start + timedelta(minutes=self.minutes), Look.PROPOSED)


def local(moment: datetime) -> datetime:
    """Return the naive local time of an aware moment, in the computer's zone."""
    return moment.astimezone().replace(tzinfo=None)


def aware(moment: datetime) -> datetime:
    """Return the aware moment of a naive local time."""
    return moment.astimezone()


def blocks_of(sessions: Iterable[SessionView], tasks: Sequence[TaskView], now: datetime) -> list[Block]:
    """Make blocks. An own slot or review that is over is painted as done; it is called done when its task is.

    `now` is naive local time.
    """
    ticked = {task.title.casefold() for task in tasks if task.done}
    return [_block(session, now, session.title.casefold() in ticked) for session in sessions]


def _block(session: SessionView, now: datetime, ticked: bool) -> Block:
    start, end = local(session.start), local(session.end)
    look = Look.MEETING
    if session.kind != SessionKind.SESSION:
        look = Look.REVIEW if session.kind == SessionKind.REVIEW else Look.OWN
        if ticked or end <= now:
            look = Look.DONE
    return Block(session.id, session.title, start, end, look, session.place, session.with_whom, ticked)


def day_tasks(
    tasks: Iterable[TaskView], blocks: Iterable[Block], days: Iterable[date]
) -> dict[date, list[DayTask]]:
    """Put tasks on the day they are due or planned for, leaving out those that have an hour on that day."""
    hours = {(block.title.casefold(), block.start.date()) for block in blocks}
    found: dict[date, list[DayTask]] = {day: [] for day in days}
    for task in tasks:
        for day, due in ((task.due, True), (task.planned, False)):
            if day is None or day not in found or (not due and day == task.due):
                continue
            if due or (task.title.casefold(), day) not in hours:
                found[day].append(DayTask(task.id, task.title, due, task.done))
    return found


def minutes_by_day(blocks: Iterable[Block], days: Sequence[date]) -> dict[date, int]:
    """Add up the minutes of the blocks on each day."""
    sums = dict.fromkeys(days, 0)
    for block in blocks:
        for piece in pieces(block.id, block.start, block.end, days):
            sums[piece.day] += piece.end - piece.start
    return sums


def free_slot(
    tasks: Sequence[TaskView], blocks: Sequence[Block], days: Sequence[date], now: datetime
) -> Proposal | None:
    """Find the first free slot on a working day of `days` for the first open task that is not planned yet.

    Slots begin on the half hour, between MORNING and EVENING, after `now`, at the latest on the due day.
    """
    task = next((t for t in tasks if not t.done and t.planned is None and t.minutes), None)
    if task is None or task.minutes is None or task.minutes > EVENING - MORNING:
        return None
    for day in days:
        if day.weekday() > 4 or (task.due is not None and day > task.due):
            continue
        minute = _free_minute(day, task.minutes, blocks, now)
        if minute is not None:
            return Proposal(task.id, task.title, moment_at(day, minute), task.minutes)
    return None


def _free_minute(day: date, length: int, blocks: Sequence[Block], now: datetime) -> int | None:
    taken = [(b.start, b.end) for b in blocks if b.start < moment_at(day, DAY) and b.end > moment_at(day, 0)]
    for minute in range(MORNING, EVENING - length + 1, 30):
        start, end = moment_at(day, minute), moment_at(day, minute + length)
        if start > now and all(end <= first or start >= last for first, last in taken):
            return minute
    return None
