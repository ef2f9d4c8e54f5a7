"""Sessions and time spent. Runs in the caller's transaction, on the database thread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from studydesk.foundation.changes import Change, Changed, ChangeSet, Inverse, Kind
from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.foundation.ids import new_id
from studydesk.model.entities import StudySession, Task, TimeEntry
from studydesk.model.snapshots import Target, inverse_of
from studydesk.model.views.planner import SessionKind, SessionView

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FIELDS = ("title", "kind", "start", "end", "zone", "place", "room_id", "with_whom", "notes")


def find(session: Session, session_id: str) -> StudySession:
    """Return the entity of a session. Raises Fault when it is not there."""
    found = session.scalar(select(StudySession).where(StudySession.id == session_id))
    if found is None:
        raise Fault("That session is not there any more.")
    return found


def session_view(session: Session, session_id: str) -> SessionView:
    """Return one session."""
    return view(find(session, session_id))


def view(found: StudySession) -> SessionView:
    """Return the view of a session."""
    return SessionView(
        found.id,
        found.title,
        found.kind,
        found.start,
        found.end,
        found.zone,
        found.place,
        found.room_id,
        found.with_whom,
        found.notes,
    )


def sessions(session: Session, start: datetime, end: datetime) -> tuple[SessionView, ...]:
    """List sessions that overlap a span, by their start."""
    query = (
        select(StudySession)
        .where(StudySession.start < end, StudySession.end > start)
        .order_by(StudySession.start, StudySession.row)
    )
    return tuple(view(found) for found in session.scalars(query))


def add_session(session: Session, clock: Clock, fields: Mapping[str, object]) -> Changed[SessionView]:
    """Add a session."""
    found = StudySession(id=new_id(clock), created=clock.now(), **{field: fields[field] for field in FIELDS})
    _check(found)
    inverse = inverse_of(session, "Add session", [Target(StudySession, found.id, Kind.SESSION)])
    session.add(found)
    return _changed(session, found, "Add session", inverse, "added")


def update_session(
    session: Session, session_id: str, fields: Mapping[str, object], label: str = "Change session"
) -> Changed[SessionView]:
    """Alter the named fields of a session."""
    found = find(session, session_id)
    inverse = inverse_of(session, label, [Target(StudySession, session_id, Kind.SESSION)])
    for field, value in fields.items():
        if field in FIELDS:
            setattr(found, field, value)
    _check(found)
    return _changed(session, found, label, inverse)


def move_session(session: Session, session_id: str, start: datetime) -> Changed[SessionView]:
    """Let a session begin at another moment; its length stays."""
    found = find(session, session_id)
    moved = {"start": start, "end": start + (found.end - found.start)}
    return update_session(session, session_id, moved, "Move session")


def delete_session(session: Session, session_id: str) -> Changed[str]:
    """Remove a session."""
    found = find(session, session_id)
    inverse = inverse_of(session, "Delete session", [Target(StudySession, session_id, Kind.SESSION)])
    session.delete(found)
    session.flush()
    changes = ChangeSet("Delete session", (Change(Kind.SESSION, session_id, "removed"),), inverse)
    return Changed(found.title, changes)


def add_time(
    session: Session, clock: Clock, minutes: int, task_id: str | None, start: datetime | None
) -> Changed[str]:
    """Note time spent."""
    if not 0 < minutes <= 24 * 60:
        raise Fault("Time spent is from 1 minute to 24 hours.")
    if task_id is not None and session.scalar(select(Task.row).where(Task.id == task_id)) is None:
        raise Fault("That task is not there any more.")
    begun = start if start is not None else clock.now() - timedelta(minutes=minutes)
    entry = TimeEntry(id=new_id(clock), start=begun, minutes=minutes, task_id=task_id)
    inverse = inverse_of(session, "Note time", [Target(TimeEntry, entry.id)])
    session.add(entry)
    session.flush()
    changes = (Change(Kind.TASK, task_id or "*"),)
    return Changed(entry.id, ChangeSet("Note time", changes, inverse))


def _check(found: StudySession) -> None:
    """Raise Fault for a session that can't be; put what is given into its usual form."""
    found.title, found.zone = " ".join(found.title.split()), found.zone or "UTC"
    if not found.title:
        raise Fault("A session needs a title.")
    if found.start.tzinfo is None or found.end.tzinfo is None:
        raise Fault("A session needs a time zone.")
    if found.end <= found.start:
        raise Fault("A session ends after it begins.")
    if found.kind not in {kind.value for kind in SessionKind}:
        raise Fault("A session is of the kind session, own or review.")
    found.kind = str(found.kind)


def _changed(
    session: Session, found: StudySession, label: str, inverse: Inverse, action: str = "altered"
) -> Changed[SessionView]:
    session.flush()
    session.refresh(found)
    return Changed(view(found), ChangeSet(label, (Change(Kind.SESSION, found.id, action),), inverse))
