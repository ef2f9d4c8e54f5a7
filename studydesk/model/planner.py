"""Tasks. Runs in the caller's transaction, on the database thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Select, and_, func, or_, select

from studydesk.foundation.changes import Change, Changed, ChangeSet, Inverse, Kind
from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.foundation.ids import new_id
from studydesk.model import days, tags
from studydesk.model.entities import Goal, Task, TimeEntry
from studydesk.model.note_text import fold
from studydesk.model.quick_add import QuickTask, parse_quick_task
from studydesk.model.snapshots import Target, inverse_of
from studydesk.model.views.planner import TaskFilter, TaskView

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GONE = "That task is not there any more."
FIELDS = ("title", "due", "planned", "minutes", "goal_id", "notes")


def find(session: Session, task_id: str) -> Task:
    """Return the entity of a task. Raises Fault when it is not there."""
    task = session.scalar(select(Task).where(Task.id == task_id))
    if task is None:
        raise Fault(GONE)
    return task


def task(session: Session, task_id: str) -> TaskView:
    """Return one task."""
    return views(session, [find(session, task_id)])[0]


def views(session: Session, tasks: Sequence[Task]) -> tuple[TaskView, ...]:
    """Return the views of tasks, in their order."""
    names = tags.tags_of(session, Kind.TASK, [known.id for known in tasks])
    goal_ids = {known.goal_id for known in tasks if known.goal_id is not None}
    goals = dict(session.execute(select(Goal.id, Goal.title).where(Goal.id.in_(goal_ids))).all())
    return tuple(
        TaskView(
            known.id,
            known.title,
            known.due,
            known.planned,
            known.minutes,
            known.done_at,
            known.goal_id,
            goals.get(known.goal_id or ""),
            known.notes,
            known.source,
            names.get(known.id, ()),
            known.created,
        )
        for known in tasks
    )


def tasks(
    session: Session, clock: Clock, which: TaskFilter, day: date | None, goal_id: str | None
) -> tuple[TaskView, ...]:
    """List tasks in the person's own order; done ones after the open ones, the last done first."""
    query = _filtered(select(Task), which, days.today(clock, day))
    if goal_id is not None:
        query = query.where(Task.goal_id == goal_id)
    query = query.order_by(Task.done_at.is_not(None), Task.done_at.desc(), Task.position, Task.row)
    return views(session, session.scalars(query).all())


def _filtered(query: Select[Task], which: TaskFilter, day: date) -> Select[Task]:
    is_open = Task.done_at.is_(None)
    if which is TaskFilter.OPEN:
        return query.where(is_open)
    if which is TaskFilter.DONE:
        return query.where(Task.done_at.is_not(None))
    if which is TaskFilter.UNPLANNED:
        return query.where(is_open, Task.planned.is_(None), Task.due.is_(None))
    if which is TaskFilter.TODAY:
        first, end = days.bounds(day)
        wanted = or_(Task.planned <= day, Task.due <= day)
        done_then = and_(Task.done_at >= first, Task.done_at < end)
        return query.where(or_(and_(is_open, wanted), done_then))
    return query


def add_task(
    session: Session,
    clock: Clock,
    quick: QuickTask,
    planned: date | None,
    goal_id: str | None,
    notes: str,
    source: str,
) -> Changed[TaskView]:
    """Add a task at the end; the marks of `quick` become its tags."""
    values = _checked(
        session, {"title": quick.title, "minutes": quick.minutes, "goal_id": goal_id, "due": quick.due}
    )
    last = session.scalar(select(func.max(Task.position)))
    entity = Task(
        id=new_id(clock),
        planned=planned,
        notes=notes,
        source=source,
        created=clock.now(),
        position=0 if last is None else last + 1,
        **values,
    )
    inverse = inverse_of(session, "Add task", [Target(Task, entity.id, Kind.TASK)])
    session.add(entity)
    session.flush()
    tags.set_tags(session, Kind.TASK, entity.id, quick.marks)
    return _changed(session, entity, "Add task", inverse, "added")


def add_task_from_text(session: Session, clock: Clock, text: str) -> Changed[TaskView]:
    """Add a task from a line of words; the first mark that fits a goal's title means that goal."""
    quick = parse_quick_task(text, days.today(clock))
    goal_id, rest = None, []
    for mark in quick.marks:
        found = goal_id or _goal_by_word(session, mark)
        if goal_id is None and found is not None:
            goal_id = found
        else:
            rest.append(mark)
    return add_task(
        session, clock, QuickTask(quick.title, quick.due, quick.minutes, tuple(rest)), None, goal_id, "", "me"
    )


def _goal_by_word(session: Session, word: str) -> str | None:
    wanted = fold(word.replace("-", " ").replace("_", " "))
    goals = session.execute(select(Goal.id, Goal.title).where(Goal.done_at.is_(None)).order_by(Goal.position))
    found = [(goal_id, fold(title)) for goal_id, title in goals]
    for fits in (
        lambda title: title == wanted,
        lambda title: wanted in title.split(),
        lambda title: title.startswith(wanted),
    ):
        for goal_id, title in found:
            if fits(title):
                return str(goal_id)
    return None


def set_done(session: Session, clock: Clock, task_id: str, done: bool) -> Changed[TaskView]:
    """Tick or untick a task."""
    entity = find(session, task_id)
    label = "Tick task" if done else "Untick task"
    if (entity.done_at is not None) == done:
        return Changed(task(session, task_id), ChangeSet(label))
    inverse = inverse_of(session, label, [Target(Task, task_id, Kind.TASK)])
    entity.done_at = clock.now() if done else None
    session.flush()
    return _changed(session, entity, label, inverse)


def update_task(session: Session, task_id: str, fields: Mapping[str, object]) -> Changed[TaskView]:
    """Alter the named fields of a task."""
    entity = find(session, task_id)
    inverse = inverse_of(session, "Change task", [Target(Task, task_id, Kind.TASK)])
    for field, value in _checked(session, fields).items():
        setattr(entity, field, value)
    session.flush()
    return _changed(session, entity, "Change task", inverse)


def _checked(session: Session, fields: Mapping[str, object]) -> dict[str, object]:
    """Return fields that a task can take. Raises Fault for an empty title, odd minutes or an unknown goal."""
    values = {field: value for field, value in fields.items() if field in FIELDS}
    if "title" in values:
        values["title"] = " ".join(str(values["title"]).split())
        if not values["title"]:
            raise Fault("A task needs a title.")
    minutes = values.get("minutes")
    if isinstance(minutes, int) and not 0 < minutes <= 60_000:
        raise Fault("The length of a task is from 1 minute to 1,000 hours.")
    goal_id = values.get("goal_id")
    if goal_id is not None and session.scalar(select(Goal.row).where(Goal.id == goal_id)) is None:
        raise Fault("That goal is not there any more.")
    return values


def delete_task(session: Session, task_id: str) -> Changed[str]:
    """Remove a task; its time entries stay by themselves."""
    entity = find(session, task_id)
    spent = session.scalars(select(TimeEntry.id).where(TimeEntry.task_id == task_id))
    targets = [Target(Task, task_id, Kind.TASK), *(Target(TimeEntry, entry_id) for entry_id in spent)]
    inverse = inverse_of(session, "Delete task", targets)
    tags.drop_tags(session, Kind.TASK, task_id)
    session.delete(entity)
    session.flush()
    changes = ChangeSet("Delete task", (Change(Kind.TASK, task_id, "removed"),), inverse)
    return Changed(entity.title, changes)


def reorder(session: Session, task_ids: Sequence[str]) -> Changed[None]:
    """Put these tasks in this order, among the places that they held. Unknown ids are left out."""
    known = {entity.id: entity for entity in session.scalars(select(Task).where(Task.id.in_(task_ids)))}
    ordered = [known[task_id] for task_id in dict.fromkeys(task_ids) if task_id in known]
    inverse = inverse_of(session, "Move task", [Target(Task, entity.id, Kind.TASK) for entity in ordered])
    places = sorted(entity.position for entity in ordered)
    for number, entity in enumerate(ordered):
        entity.position = places[number] if len(set(places)) == len(places) else places[0] + number
    session.flush()
    changes = tuple(Change(Kind.TASK, entity.id) for entity in ordered)
    return Changed(None, ChangeSet("Move task", changes, inverse))


def _changed(
    session: Session, entity: Task, label: str, inverse: Inverse, action: str = "altered"
) -> Changed[TaskView]:
    value = views(session, [entity])[0]
    return Changed(value, ChangeSet(label, (Change(Kind.TASK, entity.id, action),), inverse))
