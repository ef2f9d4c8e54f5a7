"""What one can do with notes and notebooks, with the questions these ask and the way back they offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from studydesk.foundation.changes import Changed
from studydesk.services.notebook import NotebookNode, NotebookTree, NoteView, VersionRow
from studydesk.ui.context import UiContext
from studydesk.ui.notebook.history import HistoryDialog
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.fields import InputField
from studydesk.ui.widgets.labels import Label

ASK_WIDTH = 480


class NotebookCommands:
    """Runs commands on the desk's notebook for one window."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        self._context = context
        self._parent = parent

    def new_note(
        self, notebook_id: str | None, then: Callable[[NoteView], object], title: str = "", text: str = ""
    ) -> None:
        """Make a note and hand it on."""
        made = self._context.desk.notebook.new_note(title, text, notebook_id)
        self._context.bridge.when_done(made, lambda changed: then(changed.value), owner=self._parent)

    def delete(self, note: NoteView) -> None:
        """Put a note into the trash, and offer to take that back."""
        deleted = self._context.desk.notebook.delete(note.id)
        self._context.bridge.when_done(deleted, lambda _: self._offer_back(note), owner=self._parent)

    def restore(self, note_id: str) -> None:
        """Take a note out of the trash."""
        self._run(self._context.desk.notebook.restore(note_id))

    def pin(self, note: NoteView) -> None:
        """Pin a note, or unpin it."""
        self._run(self._context.desk.notebook.pin(note.id, not note.pinned))

    def move(self, note_ids: Sequence[str], notebook_id: str | None) -> None:
        """Put notes into a notebook."""
        for note_id in note_ids:
            self._run(self._context.desk.notebook.move(note_id, notebook_id))

    def rename(self, note: NoteView) -> None:
        """Ask for another title."""
        tr = self._parent.tr
        ask(
            self._parent,
            tr("Rename note"),
            tr("Title"),
            note.title,
            tr("Rename"),
            lambda title: self._run(self._context.desk.notebook.rename(note.id, title)),
        )

    def new_notebook(self, then: Callable[[str], object]) -> None:
        """Ask for a title and make a notebook; its id is handed on."""
        tr = self._parent.tr

        def make(title: str) -> None:
            made = self._context.desk.notebook.new_notebook(title)
            self._context.bridge.when_done(made, lambda changed: then(changed.value.id), owner=self._parent)

        ask(self._parent, tr("New notebook"), tr("Title"), "", tr("Make notebook"), make)

    def show_history(self, note: NoteView, restore: Callable[[str], object]) -> None:
        """Show earlier versions; `restore` gets the text of the one that is to come back."""

        def show(versions: tuple[VersionRow, ...]) -> None:
            if not versions:
                said = self._parent.tr(
                    "There is no earlier version yet. One is kept every ten minutes of writing."
                )
                self._context.toast(said)
                return
            dialog = HistoryDialog(note.title, versions, self._parent.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.restored.connect(restore)
            dialog.open()

        self._context.bridge.when_done(
            self._context.desk.notebook.versions(note.id), show, owner=self._parent
        )

    def choose_folder(self) -> list[Path]:
        """Ask which folder of notes is to come in."""
        chosen = QFileDialog.getExistingDirectory(self._parent, self._parent.tr("Bring in a folder of notes"))
        return [Path(chosen)] if chosen else []

    def note_menu(self, note: NoteView, tree: NotebookTree | None, place: QPoint) -> None:
        """Offer what can be done with a note."""
        tr = self._parent.tr
        menu = QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if note.deleted_at is not None:
            menu.addAction(tr("Restore"), lambda: self.restore(note.id))
        else:
            menu.addAction(tr("Unpin") if note.pinned else tr("Pin to the top"), lambda: self.pin(note))
            menu.addAction(tr("Rename"), lambda: self.rename(note))
            self._add_move(menu, note, tree)
            menu.addSeparator()
            menu.addAction(tr("Delete"), lambda: self.delete(note))
        menu.popup(place)

    def _add_move(self, menu: QMenu, note: NoteView, tree: NotebookTree | None) -> None:
        tr = self._parent.tr
        where = menu.addMenu(tr("Move to"))
        if note.notebook_id is not None:
            where.addAction(tr("No notebook"), lambda: self.move([note.id], None))
        for node, depth in _flat(tree.notebooks if tree else ()):
            action = where.addAction("    " * depth + node.title)
            action.setEnabled(node.id != note.notebook_id)
            action.triggered.connect(lambda _checked=False, to=node.id: self.move([note.id], to))
        where.addSeparator()
        where.addAction(
            tr("New notebook"), lambda: self.new_notebook(lambda made: self.move([note.id], made))
        )

    def _offer_back(self, note: NoteView) -> None:
        tr = self._parent.tr
        said = tr("\u201c%1\u201d was deleted.").replace("%1", note.title)
        self._context.toast(said, "note", tr("Undo"), lambda: self.restore(note.id))

    def _run(self, future: Future[Changed[NoteView]]) -> None:
        self._context.bridge.when_done(future)


def ask(
    parent: QWidget, title: str, label: str, text: str, accept: str, then: Callable[[str], object]
) -> QDialog:
    """Ask for one line of text; Enter accepts, Esc leaves all as it was."""
    dialog = QDialog(parent.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setFixedWidth(ASK_WIDTH)
    field = InputField(label, "", text)
    primary, cancel = Button(accept, "primary"), Button(parent.tr("Cancel"))
    primary.setDefault(True)

    def accepted() -> None:
        if not field.text():
            field.set_fault(parent.tr("Write a title first."))
            return
        then(field.text())
        dialog.accept()

    primary.clicked.connect(accepted)
    cancel.clicked.connect(dialog.reject)
    footer = QHBoxLayout()
    footer.addStretch(1)
    footer.addWidget(cancel)
    footer.addWidget(primary)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 20)
    column.setSpacing(12)
    column.addWidget(Label(title, "title"))
    column.addWidget(field)
    column.addLayout(footer)
    field.edit.selectAll()
    field.setFocus()
    dialog.open()
    return dialog


def _flat(nodes: Sequence[NotebookNode], depth: int = 0) -> list[tuple[NotebookNode, int]]:
    found: list[tuple[NotebookNode, int]] = []
    for node in nodes:
        found.append((node, depth))
        found += _flat(node.children, depth + 1)
    return found
