"""What the planner does to the desk: each a command that can be taken back."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimeZone, Signal

from studydesk.foundation.changes import Changed
from studydesk.foundation.errors import Fault
from studydesk.services.planner import SessionKind, SessionView, TaskView
from studydesk.ui.planner import words
from studydesk.ui.planner.blocks import Block, aware
from studydesk.ui.planner.draft import SessionDraft, TaskDraft

if TYPE_CHECKING:
    from studydesk.ui.context import UiContext

T = TypeVar("T")

PLACE = "planner"


def local_zone() -> str:
    """Return the computer's zone as an IANA name."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace") or "UTC"


class PlannerCommands(QObject):
    """Runs commands; what they change comes back as a change set, from the desk, like everybody's."""

    task_added = Signal(str)
    session_added = Signal(str)
    failed = Signal()
    """A command was refused; what is on the screen may differ from what is kept."""

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._planner = context.desk.planner

    # Tasks

    def add_quickly(self, text: str) -> None:
        """Add a task from a line of words."""
        self._added_task(self._planner.add_task_from_text(text))

    def add_task(self, draft: TaskDraft) -> None:
        self._added_task(
            self._planner.add_task(
                draft.title, draft.due, draft.planned, draft.minutes, draft.goal_id, draft.notes
            )
        )

    def tick(self, task_id: str, done: bool) -> None:
        self._run(self._planner.set_done(task_id, done))

    def change_task(self, task: TaskView, draft: TaskDraft) -> None:
        """Keep what differs from `task`."""
        if draft != _draft_of(task):
            self._run(
                self._planner.update_task(
                    task.id,
                    title=draft.title,
                    due=draft.due,
                    planned=draft.planned,
                    minutes=draft.minutes,
                    goal_id=draft.goal_id,
                    notes=draft.notes,
                )
            )

    def plan_day(self, task_id: str, day: date | None) -> None:
        """Plan a task for a day, or for none."""
        self._run(self._planner.update_task(task_id, planned=day))

    def plan_hour(self, task: TaskView, start: datetime, end: datetime) -> None:
        """Give a task a slot of its own on an hour."""
        if task.planned != start.date():
            self._run(self._planner.update_task(task.id, planned=start.date()))
        self.add_session(SessionDraft(task.title, start, end, SessionKind.OWN))

    def delete_task(self, task_id: str) -> None:
        self._removed(self._planner.delete_task(task_id))

    # Sessions

    def add_session(self, draft: SessionDraft) -> None:
        future = self._planner.add_session(
            draft.title,
            aware(draft.start),
            aware(draft.end),
            draft.place,
            draft.kind,
            draft.room_id,
            draft.with_whom,
            local_zone(),
        )

        def added(changed: Changed[SessionView]) -> None:
            self.session_added.emit(changed.value.id)

        self._context.bridge.when_done(future, added, self._refused, owner=self)

    def change_session(self, session_id: str, draft: SessionDraft) -> None:
        self._run(
            self._planner.update_session(
                session_id,
                title=draft.title,
                kind=draft.kind,
                start=aware(draft.start),
                end=aware(draft.end),
                place=draft.place,
                with_whom=draft.with_whom,
                room_id=draft.room_id,
            )
        )

    def retime(self, block: Block, start: datetime, end: datetime) -> None:
        """Move a session, or let it end at another time."""
        if end - start == timedelta(minutes=block.minutes):
            self._run(self._planner.move_session(block.id, aware(start)))
        else:
            self._run(self._planner.update_session(block.id, start=aware(start), end=aware(end)))

    def delete_session(self, session_id: str) -> None:
        self._removed(self._planner.delete_session(session_id))

    def undo(self) -> None:
        self._run(self._context.desk.undo.undo(PLACE))

    def _added_task(self, future: Future[Changed[TaskView]]) -> None:
        def added(changed: Changed[TaskView]) -> None:
            self.task_added.emit(changed.value.id)

        self._context.bridge.when_done(future, added, self._refused, owner=self)

    def _removed(self, future: Future[Changed[str]]) -> None:
        def removed(changed: Changed[str]) -> None:
            sentence = words.tr("Removed “{title}”.").format(title=changed.value)
            self._context.toast(sentence, "done", words.tr("Undo"), self.undo)

        self._context.bridge.when_done(future, removed, self._refused, owner=self)

    def _run(self, future: Future[T]) -> None:
        self._context.bridge.when_done(future, None, self._refused, owner=self)

    def _refused(self, error: BaseException) -> None:
        """Say what went wrong, and show again what is kept."""
        if not isinstance(error, Fault):
            raise error
        self._context.toast(error.sentence, "fault")
        self.failed.emit()


def _draft_of(task: TaskView) -> TaskDraft:
    return TaskDraft(task.title, task.due, task.planned, task.minutes, task.goal_id, task.notes)
