"""The dialogs of the planner: a new session, a session or task to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from studydesk.services.planner import GoalView, SessionKind, SessionView, TaskView
from studydesk.ui.planner import words
from studydesk.ui.planner.blocks import local
from studydesk.ui.planner.commands import PlannerCommands
from studydesk.ui.planner.draft import SessionDraft, TaskDraft
from studydesk.ui.planner.session_form import SessionForm
from studydesk.ui.planner.task_form import TaskForm
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.form_dialog import FormDialog

if TYPE_CHECKING:
    from studydesk.ui.context import UiContext

Rooms = Sequence[tuple[str, str]]


class Asking:
    """Opens dialogs over `parent` and hands what they come to on to the commands. None of them blocks."""

    def __init__(self, parent: QWidget, context: UiContext, commands: PlannerCommands) -> None:
        self._parent = parent
        self._context = context
        self._commands = commands
        self.dialog: FormDialog | None = None
        """The dialog opened last; it may be closed by now."""

    def new_session(self, draft: SessionDraft) -> None:
        """Ask for a new session, with what is known already."""
        self._with_rooms(lambda rooms: self._session("", draft, rooms))

    def change_session(self, session_id: str) -> None:
        """Show a session to be changed."""
        future = self._context.desk.planner.session(session_id)
        self._context.bridge.when_done(future, self._change_session, owner=self._parent)

    def change_task(self, task_id: str, goals: Sequence[GoalView]) -> None:
        """Show a task to be changed."""
        future = self._context.desk.planner.task(task_id)
        self._context.bridge.when_done(future, lambda task: self._task(task, goals), owner=self._parent)

    def _change_session(self, session: SessionView) -> None:
        known = {kind.value for kind in SessionKind}
        draft = SessionDraft(
            session.title,
            local(session.start),
            local(session.end),
            SessionKind(session.kind) if session.kind in known else SessionKind.SESSION,
            session.place,
            session.with_whom,
            session.room_id,
        )
        self._with_rooms(lambda rooms: self._session(session.id, draft, rooms))

    def _session(self, session_id: str, draft: SessionDraft, rooms: Rooms) -> None:
        form = SessionForm(draft, rooms, local(self._context.desk.clock.now()).date())

        def submit() -> bool:
            read = form.read()
            if read is None:
                return False
            if not session_id:
                self._commands.add_session(read)
            elif read != draft:
                self._commands.change_session(session_id, read)
            return True

        title = words.tr("Session") if session_id else words.tr("New session")
        dialog = self._open(title, form, words.tr("Save") if session_id else words.tr("Add"), submit)
        if session_id:
            remove = Button(words.tr("Remove"), "danger")
            dialog.add_left(remove, lambda: self._commands.delete_session(session_id))

    def _task(self, task: TaskView, goals: Sequence[GoalView]) -> None:
        draft = TaskDraft(task.title, task.due, task.planned, task.minutes, task.goal_id, task.notes)
        form = TaskForm(draft, goals, local(self._context.desk.clock.now()).date())

        def submit() -> bool:
            read = form.read()
            if read is not None:
                self._commands.change_task(task, read)
            return read is not None

        dialog = self._open(words.tr("Task"), form, words.tr("Save"), submit)
        dialog.add_left(Button(words.tr("Remove"), "danger"), lambda: self._commands.delete_task(task.id))

    def _open(self, title: str, form: QWidget, primary: str, submit: Callable[[], bool]) -> FormDialog:
        self.dialog = FormDialog(self._parent.window(), title, form, primary, submit)
        self.dialog.open()
        return self.dialog

    def _with_rooms(self, then: Callable[[Rooms], object]) -> None:
        """Call `then` with the rooms of this desk; without them where they can't be listed."""
        self._context.bridge.when_done(
            self._context.desk.rooms.rooms(),
            lambda rows: then(tuple((row.id, row.name) for row in rows)),
            lambda _error: then(()),
            owner=self._parent,
        )
