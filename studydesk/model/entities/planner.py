"""Goals, tasks, sessions and time spent."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from studydesk.model.entities.base import Entity, Searched


class Goal(Searched, Entity):
    """What I want to reach."""

    __tablename__ = "goals"

    title: Mapped[str]
    notes: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None]
    created: Mapped[datetime]
    done_at: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(default=0)


class Task(Searched, Entity):
    """What I do for a goal. `source` is "me" or the id of the room that set it."""

    __tablename__ = "tasks"
    __table_args__ = (Index("ix_tasks_list", "done_at", "position"),)

    title: Mapped[str]
    due: Mapped[date | None] = mapped_column(index=True)
    planned: Mapped[date | None] = mapped_column(index=True)
    minutes: Mapped[int | None]
    done_at: Mapped[datetime | None]
    goal_id: Mapped[str | None] = mapped_column(ForeignKey("goals.id", ondelete="SET NULL"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    notes: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="me")
    created: Mapped[datetime]


class StudySession(Searched, Entity):
    """A dated meeting or study slot. `start` and `end` are UTC; `zone` names the zone it was set in."""

    __tablename__ = "sessions"

    title: Mapped[str]
    kind: Mapped[str] = mapped_column(default="session")
    start: Mapped[datetime] = mapped_column(index=True)
    end: Mapped[datetime]
    zone: Mapped[str] = mapped_column(default="UTC")
    place: Mapped[str] = mapped_column(default="")
    room_id: Mapped[str | None]
    with_whom: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    created: Mapped[datetime]


class TimeEntry(Entity):
    """Time spent, on a task or by itself."""

    __tablename__ = "time_entries"

    id: Mapped[str] = mapped_column(String, primary_key=True)
    start: Mapped[datetime] = mapped_column(index=True)
    minutes: Mapped[int]
    task_id: Mapped[str | None] = mapped_column(ForeignKey("tasks.id", ondelete="SET NULL"), index=True)
