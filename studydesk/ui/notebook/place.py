"""The notebook as a place: notes at the left, the open one beside them."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCursor, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from studydesk.foundation.changes import ChangeSet, Kind
from studydesk.services.notebook import NoteRow, NoteView
from studydesk.services.settings import NOTE_VIEW
from studydesk.services.transfer import ImportReport
from studydesk.ui.actions import ActionSpec
from studydesk.ui.context import UiContext
from studydesk.ui.notebook.bring_in import BringInStrip
from studydesk.ui.notebook.commands import NotebookCommands
from studydesk.ui.notebook.list_pane import ListPane
from studydesk.ui.notebook.note_pane import VIEWS, NotePane
from studydesk.ui.notebook.shelf_tree import Shelf
from studydesk.ui.place import Place
from studydesk.ui.widgets.buttons import Button, IconButton
from studydesk.ui.widgets.empty import EmptyState
from studydesk.ui.widgets.segmented import SegmentedControl

LIST_WIDTH = 248
LIST_BOUNDS = (208, 360)
RELOAD_DELAY = 150
"""Milliseconds in which changes are gathered before the list is read again."""


class NotebookPlace(Place):
    """Shows, edits and orders notes. `activate` takes `note` (an id) or `new` (a title, "" for none)."""

    key: ClassVar[str] = "notebook"

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._note: NoteView | None = None
        self._entered = False
        self._reload_soon = QTimer(self)
        self._reload_soon.setSingleShot(True)
        self._reload_soon.setInterval(RELOAD_DELAY)
        self.commands = NotebookCommands(context, self)
        self.list_pane = ListPane(context)
        self.strip = BringInStrip(context)
        self.pane = NotePane(context)
        self._lay_out()
        self._fill_header()
        self._connect()
        self._add_actions()
        self.setAcceptDrops(True)
        self._show_note_or_empty()

    # What the window asks

    def activate(self, **where: object) -> None:
        """Show a note by its id, begin a `new` one, or show what was shown last."""
        self.list_pane.reload()
        new, note_id = where.get("new"), str(where.get("note") or "")
        if new is not None:
            self.new_note(str(new))
        elif note_id:
            self.open_note(note_id)
        elif self._note is not None:
            self.pane.session.look()
        elif not self._entered:
            self._open_last()
        self._entered = True
        if not where:
            self.list_pane.list.setFocus()

    def refresh(self, changes: ChangeSet) -> None:
        if changes.touches(Kind.NOTE, Kind.NOTEBOOK, Kind.TAG):
            self._reload_soon.start()
            self.pane.see(changes)

    def leave(self) -> None:
        self.pane.save()
        self.remember("list", self._splitter.sizes()[0])
        left, right = self.pane.splitter.sizes()
        if left and right:
            self.remember("editor", round(1000 * left / (left + right)))
        self.remember("note", self._note.id if self._note else "")

    def can_close(self) -> bool:
        return self.pane.session.is_saved()

    # Notes

    def open_note(self, note_id: str) -> None:
        """Show a note; what was written in the one before is saved."""
        if self._note is None or self._note.id != note_id:
            self.pane.save()
            asked = self.context.desk.notebook.note(note_id)
            self.context.bridge.when_done(asked, self._show, owner=self)
        self.list_pane.choose(note_id)

    def new_note(self, title: str = "", text: str = "") -> None:
        """Make a note in the notebook that is listed, and begin to write."""
        shelf = self.list_pane.shelf
        if shelf.trash or shelf.tag:
            self.list_pane.show_shelf(Shelf(title=self.tr("All notes")))
        self.commands.new_note(self.list_pane.shelf.notebook_id, self._begin, title, text)

    def bring_in(self, paths: list[Path] | None = None) -> None:
        """Bring in a folder of notes; without `paths`, ask for it."""
        chosen = self.commands.choose_folder() if paths is None else paths
        if chosen:
            self.strip.start(chosen)

    # Building

    def _lay_out(self) -> None:
        left = QWidget()
        left.setMinimumWidth(LIST_BOUNDS[0])
        left.setMaximumWidth(LIST_BOUNDS[1])
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list_pane, 1)
        column.addWidget(self.strip)
        self._empty = self._make_empty()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pane)
        self._stack.addWidget(self._empty)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self._stack)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([self.remembered("list", LIST_WIDTH), 10_000])
        share = self.remembered("editor", 520)
        self.pane.splitter.setSizes([share, 1000 - share])
        self.list_pane.set_tree_open(self.remembered("tree", False))
        self.set_content(self._splitter)

    def _make_empty(self) -> EmptyState:
        empty = EmptyState(
            "ph.notebook",
            self.tr("No note is open"),
            self.tr("Choose one at the left, or begin a new one. What you write is saved as you write it."),
        )
        empty.setAutoFillBackground(True)
        empty.setBackgroundRole(self.pane.editor.backgroundRole())
        empty.add_button(self.tr("New note")).clicked.connect(lambda: self.new_note())
        empty.add_button(self.tr("Bring in a folder"), "quiet").clicked.connect(lambda: self.bring_in())
        return empty

    def _fill_header(self) -> None:
        choices = (
            ("write", self.tr("Write"), "ph.pencil-simple"),
            ("both", self.tr("Both"), "ph.columns"),
            ("read", self.tr("Read"), "ph.eye"),
        )
        self._switch = SegmentedControl(
            choices, self.tr("View of the note"), self.context.settings.get(NOTE_VIEW)
        )
        self.header.set_view_switch(self._switch)
        self._history = IconButton("ph.clock-counter-clockwise", self.tr("Earlier versions"), small=False)
        self._menu = IconButton("ph.dots-three", self.tr("More about this note"), small=False)
        bring = Button(self.tr("Bring in"), icon="ph.download-simple")
        bring.clicked.connect(lambda: self.bring_in())
        for button in (self._history, self._menu, bring):
            self.header.add_action(button)
        self.pane.set_view(self._switch.value())

    def _connect(self) -> None:
        self._reload_soon.timeout.connect(self.list_pane.reload)
        self._switch.chosen.connect(self._set_view)
        self._history.clicked.connect(self._show_history)
        self._menu.clicked.connect(lambda: self._note_menu(self._below_menu()))
        self.list_pane.chosen.connect(self.open_note)
        self.list_pane.new_wanted.connect(lambda: self.new_note())
        self.list_pane.import_wanted.connect(lambda: self.bring_in())
        self.list_pane.menu_wanted.connect(self._note_menu)
        self.list_pane.tree_toggled.connect(lambda open_: self.remember("tree", open_))
        self.list_pane.list.delete_wanted.connect(self._delete)
        self.list_pane.list.open_wanted.connect(self.pane.editor.setFocus)
        self.list_pane.tree.notes_dropped.connect(self.commands.move)
        self.strip.finished.connect(self._came_in)
        self.pane.renewed.connect(self._renewed)
        self.pane.note_wanted.connect(self._follow_link)
        self.pane.note_chosen.connect(self.open_note)
        self.pane.tag_wanted.connect(lambda tag: self.list_pane.show_shelf(Shelf(tag=tag, title=tag)))
        self.pane.gone.connect(self._gone)
        self.context.themes.changed.connect(lambda _: self.pane.restyle())

    def _add_actions(self) -> None:
        here = {"place": self.key, "menu": "edit"}
        specs = [
            ActionSpec("notebook.new", self.tr("New note"), self.new_note, "Ctrl+N", icon="ph.plus", **here),
            ActionSpec("notebook.find", self.tr("Find in notes"), self._find, "Ctrl+F", **here),
            ActionSpec("notebook.rename", self.tr("Rename note"), self._rename, "F2", **here),
            ActionSpec("notebook.pin", self.tr("Pin or unpin note"), self._pin, **here),
            ActionSpec("notebook.delete", self.tr("Delete note"), self._delete, icon="ph.trash", **here),
            ActionSpec(
                "notebook.history", self.tr("Earlier versions of the note"), self._show_history, **here
            ),
            ActionSpec("notebook.notebook", self.tr("New notebook"), self._new_notebook, **here),
            ActionSpec("notebook.import", self.tr("Bring in a folder of notes"), self.bring_in, menu="desk"),
        ]
        self.context.actions.add_all(specs)
        names = (self.tr("Write"), self.tr("Write and read"), self.tr("Read"))
        for number, (view, words) in enumerate(zip(VIEWS, names, strict=True), 1):
            self._add_view_action(view, words, f"Ctrl+Alt+{number}")

    def _add_view_action(self, view: str, words: str, shortcut: str) -> None:
        spec = ActionSpec(
            f"notebook.view.{view}", words, lambda: self._set_view(view), shortcut, "view", place=self.key
        )
        self.context.actions.add(spec)

    # Within

    def _show(self, note: NoteView) -> None:
        self._note = note
        self.pane.show_note(note)
        self._show_note_or_empty()
        self.list_pane.choose(note.id)

    def _begin(self, note: NoteView) -> None:
        self.pane.save()
        self._show(note)
        self.list_pane.search.clear()
        self.list_pane.reload()
        if self.pane.view == "read":
            self._set_view("both")
        cursor = self.pane.editor.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.pane.editor.setTextCursor(cursor)
        self.pane.editor.setFocus()

    def _renewed(self, note: NoteView) -> None:
        self._note = note
        self._show_heading()

    def _gone(self) -> None:
        gone, self._note = self._note, None
        self.pane.clear()
        self._show_note_or_empty()
        following = self.list_pane.neighbour(gone.id) if gone else ""
        if following:
            self.open_note(following)

    def _show_note_or_empty(self) -> None:
        self._stack.setCurrentWidget(self.pane if self._note else self._empty)
        for widget in (self._switch, self._history, self._menu):
            widget.setEnabled(self._note is not None)
        self._show_heading()

    def _show_heading(self) -> None:
        note = self._note
        self.header.set_title((note.title or self.tr("Untitled")) if note else self.tr("Notebook"))
        self.header.set_fact((note.notebook_title or "") if note else "")

    def _open_last(self) -> None:
        last = self.remembered("note", "")
        if last:
            asked = self.context.desk.notebook.note(last)
            self.context.bridge.when_done(asked, self._show_if_there, lambda _: self._open_first(), self)
        else:
            self._open_first()

    def _show_if_there(self, note: NoteView) -> None:
        if note.deleted_at is None:
            self._show(note)
        else:
            self._open_first()

    def _open_first(self) -> None:
        listed = self.context.desk.notebook.list_notes(limit=1)
        self.context.bridge.when_done(listed, self._open_top, owner=self)

    def _open_top(self, rows: tuple[NoteRow, ...]) -> None:
        for row in rows[:1]:
            self.open_note(row.id)

    def _follow_link(self, words: str) -> None:
        target = words.partition("#")[0].strip()
        note = self._note
        found = self.context.desk.notebook.resolve_link(target, note.id if note else None)
        self.context.bridge.when_done(found, lambda note_id: self._go(target, note_id), owner=self)

    def _go(self, target: str, note_id: str | None) -> None:
        if note_id:
            self.open_note(note_id)
            return
        title = Path(target).stem if target.endswith(".md") else target
        said = self.tr("There is no note called \u201c%1\u201d yet.").replace("%1", title)
        self.context.toast(said, "note", self.tr("Make it"), lambda: self.new_note(title))

    def _set_view(self, view: str) -> None:
        self._switch.set_value(view)
        self.pane.set_view(view)
        self.context.settings.set(NOTE_VIEW, view)

    def _find(self) -> None:
        self.list_pane.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list_pane.search.selectAll()

    def _rename(self) -> None:
        self.pane.save()
        if self._note is not None:
            self.commands.rename(self._note)

    def _pin(self) -> None:
        if self._note is not None:
            self.commands.pin(self._note)

    def _delete(self) -> None:
        self.pane.save()
        if self._note is not None and self._note.deleted_at is None:
            self.commands.delete(self._note)

    def _show_history(self) -> None:
        self.pane.save()
        if self._note is not None:
            self.commands.show_history(self._note, self.pane.put_text)

    def _new_notebook(self) -> None:
        def made(notebook_id: str) -> None:
            self.list_pane.set_tree_open(True)
            self.list_pane.reload()

        self.commands.new_notebook(made)

    def _note_menu(self, place: QPoint) -> None:
        if self._note is not None:
            self.commands.note_menu(self._note, self.list_pane.tree_view, place)

    def _below_menu(self) -> QPoint:
        if self._menu.isVisible():
            return self._menu.mapToGlobal(self._menu.rect().bottomLeft())
        return QCursor.pos()

    def _came_in(self, report: ImportReport) -> None:
        self.list_pane.reload()
        if self._note is None:
            self._open_first()

    # Files dropped on the place

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.bring_in(paths)
        event.acceptProposedAction()
