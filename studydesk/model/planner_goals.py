"""Goals and how far they are. Runs in the caller's transaction, on the database thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from studydesk.foundation.changes import Change, Changed, ChangeSet, Kind
from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.foundation.ids import new_id
from studydesk.model.entities import Goal, Task
from studydesk.model.snapshots import Target, inverse_of
from studydesk.model.views.planner import GoalView

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FIELDS = ("title", "notes", "due", "done_at")


def find(session: Session, goal_id: str) -> Goal:
    """Return the entity of a goal. Raises Fault when it is not there."""
    goal = session.scalar(select(Goal).where(Goal.id == goal_id))
    if goal is None:
        raise Fault("That goal is not there any more.")
    return goal


def goals(session: Session, with_done: bool) -> tuple[GoalView, ...]:
    """List goals in order, reached ones only when asked for."""
    query = select(Goal).order_by(Goal.position, Goal.row)
    if not with_done:
        query = query.where(Goal.done_at.is_(None))
    return _views(session, session.scalars(query).all())


def _views(session: Session, found: Sequence[Goal]) -> tuple[GoalView, ...]:
    done = Task.done_at.is_not(None)
    query = (
        select(
            Task.goal_id,
            func.count(),
            func.sum(case((done, 1), else_=0)),
            func.coalesce(func.sum(Task.minutes), 0),
            func.coalesce(func.sum(case((done, Task.minutes), else_=0)), 0),
        )
        .where(Task.goal_id.in_([goal.id for goal in found]))
        .group_by(Task.goal_id)
    )
    sums = {goal_id: tuple(rest) for goal_id, *rest in session.execute(query)}
    return tuple(_view(goal, *sums.get(goal.id, (0, 0, 0, 0))) for goal in found)


def _view(goal: Goal, tasks: int, tasks_done: int, minutes: int, minutes_done: int) -> GoalView:
    progress = minutes_done / minutes if minutes else tasks_done / tasks if tasks else 0.0
    if goal.done_at is not None:
        progress = 1.0
    return GoalView(
        goal.id,
        goal.title,
        goal.notes,
        goal.due,
        goal.done_at,
        progress,
        tasks,
        tasks_done,
        minutes,
        minutes_done,
    )


def add_goal(session: Session, clock: Clock, title: str, due: date | None, notes: str) -> Changed[GoalView]:
    """Add a goal at the end."""
    last = session.scalar(select(func.max(Goal.position)))
    goal = Goal(
        id=new_id(clock),
        title=_title(title),
        notes=notes,
        due=due,
        created=clock.now(),
        position=0 if last is None else last + 1,
    )
    inverse = inverse_of(session, "Add goal", [Target(Goal, goal.id, Kind.GOAL)])
    session.add(goal)
    session.flush()
    changes = ChangeSet("Add goal", (Change(Kind.GOAL, goal.id, "added"),), inverse)
    return Changed(_views(session, [goal])[0], changes)


def update_goal(session: Session, goal_id: str, fields: Mapping[str, object]) -> Changed[GoalView]:
    """Alter the named fields of a goal."""
    goal = find(session, goal_id)
    inverse = inverse_of(session, "Change goal", [Target(Goal, goal_id, Kind.GOAL)])
    for field, value in fields.items():
        if field in FIELDS:
            setattr(goal, field, _title(str(value)) if field == "title" else value)
    session.flush()
    changes = ChangeSet("Change goal", (Change(Kind.GOAL, goal_id),), inverse)
    return Changed(_views(session, [goal])[0], changes)


def delete_goal(session: Session, goal_id: str) -> Changed[str]:
    """Remove a goal; its tasks stay, without a goal."""
    goal = find(session, goal_id)
    freed = list(session.scalars(select(Task.id).where(Task.goal_id == goal_id)))
    targets = [Target(Goal, goal_id, Kind.GOAL), *(Target(Task, task_id, Kind.TASK) for task_id in freed)]
    inverse = inverse_of(session, "Delete goal", targets)
    session.delete(goal)
    session.flush()
    changes = (Change(Kind.GOAL, goal_id, "removed"), *(Change(Kind.TASK, task_id) for task_id in freed))
    return Changed(goal.title, ChangeSet("Delete goal", changes, inverse))


def _title(title: str) -> str:
    clean = " ".join(title.split())
    if not clean:
        raise Fault("A goal needs a title.")
    return clean
