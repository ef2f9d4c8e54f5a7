"""What is for today, and the minutes of a week. Runs in the caller's transaction, on the database thread."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from studydesk.foundation.clock import Clock
from studydesk.model import days, library, planner, planner_goals, planner_sessions
from studydesk.model.entities import Card, StudySession, Task, TimeEntry
from studydesk.model.views.planner import DayMinutes, DeckDue, SessionView, TaskFilter, TodayView

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

RESUME = 3


def today(session: Session, clock: Clock, day: date | None) -> TodayView:
    """Return all that Today shows of one's own desk."""
    chosen, now = days.today(clock, day), clock.now()
    decks = due_decks(session, now)
    return TodayView(
        chosen,
        planner.tasks(session, clock, TaskFilter.TODAY, chosen, None),
        _next_session(session, chosen, now),
        planner_sessions.sessions(session, *days.bounds(chosen)),
        sum(deck.count for deck in decks),
        decks,
        library.to_resume(session, RESUME),
        planner_goals.goals(session, with_done=False),
        week(session, clock, chosen),
    )


def due_decks(session: Session, now: datetime) -> tuple[DeckDue, ...]:
    """Count the cards due by deck, most first."""
    query = select(Card.deck, func.count()).where(Card.due <= now).group_by(Card.deck)
    query = query.order_by(func.count().desc(), Card.deck)
    return tuple(DeckDue(deck, count) for deck, count in session.execute(query))


def _next_session(session: Session, day: date, now: datetime) -> SessionView | None:
    """Return the session that runs or comes next on the day (not a slot of one's own), or None."""
    first, end = days.bounds(day)
    for found in planner_sessions.sessions(session, first, end):
        if found.kind == "session" and found.end > now:
            return found
    return None


def week(session: Session, clock: Clock, day: date) -> tuple[DayMinutes, ...]:
    """Return minutes planned and done for the seven days from Monday.

    Planned are sessions, and tasks on their planned (else due) day; done are sessions that are over, tasks on the
    day they were ticked, and time noted on what is not ticked.
    """
    first = days.monday(day)
    week_days = [first + timedelta(days=number) for number in range(7)]
    planned, done = Counter[date](), Counter[date]()
    _count_tasks(session, first, planned, done)
    _count_sessions(session, first, clock.now(), planned, done)
    _count_time(session, first, done)
    return tuple(DayMinutes(known, planned[known], done[known]) for known in week_days)


def _count_tasks(session: Session, first: date, planned: Counter[date], done: Counter[date]) -> None:
    start, end = days.bounds(first, 7)
    last = first + timedelta(days=6)
    day = func.coalesce(Task.planned, Task.due)
    within = or_(and_(day >= first, day <= last), and_(Task.done_at >= start, Task.done_at < end))
    query = select(Task.planned, Task.due, Task.done_at, Task.minutes).where(
        within, Task.minutes.is_not(None)
    )
    for planned_day, due, done_at, minutes in session.execute(query):
        done_day = None if done_at is None else days.local_day(done_at)
        wanted = planned_day or due or done_day
        if wanted is not None and minutes is not None:
            planned[wanted] += minutes
        if done_day is not None and minutes is not None:
            done[done_day] += minutes


def _count_sessions(
    session: Session, first: date, now: datetime, planned: Counter[date], done: Counter[date]
) -> None:
    start, end = days.bounds(first, 7)
    query = select(StudySession).where(StudySession.start >= start, StudySession.start < end)
    for found in session.scalars(query):
        minutes = planner_sessions.view(found).minutes
        planned[days.local_day(found.start)] += minutes
        if found.end <= now:
            done[days.local_day(found.start)] += minutes


def _count_time(session: Session, first: date, done: Counter[date]) -> None:
    start, end = days.bounds(first, 7)
    query = (
        select(TimeEntry.start, TimeEntry.minutes)
        .join(Task, Task.id == TimeEntry.task_id, isouter=True)
        .where(TimeEntry.start >= start, TimeEntry.start < end, Task.done_at.is_(None))
    )
    for begun, minutes in session.execute(query):
        done[days.local_day(begun)] += minutes
