"""One note: editor, preview and who links to it; both sides scroll in step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QSplitter, QVBoxLayout, QWidget

from studydesk.foundation.changes import Changed, ChangeSet
from studydesk.services.markdown import Renderer, count_words
from studydesk.services.notebook import Backlink, NoteRow, NoteView
from studydesk.ui.context import UiContext
from studydesk.ui.notebook import editing
from studydesk.ui.notebook.backlinks import BacklinksPanel
from studydesk.ui.notebook.editor import MarkdownEditor
from studydesk.ui.notebook.pictures import Pictures
from studydesk.ui.notebook.preview import NotePreview
from studydesk.ui.notebook.session import NoteSession
from studydesk.ui.notebook.toolbar import NoteToolbar, Tool

VIEWS = ("write", "both", "read")
NARROW = 620
"""Logical px below which write and read do not fit side by side."""
PREVIEW_DELAY = 25
"""Milliseconds in which keys are gathered before the preview follows."""
STEP = 60
"""Milliseconds in which a side that was scrolled by the other does not answer."""


class NotePane(QWidget):
    """Shows and edits one note at a time."""

    renewed = Signal(object)
    """The open note as the desk has it now (a NoteView)."""
    note_wanted = Signal(str)
    """Another note is to be opened, by the words of a link."""
    note_chosen = Signal(str)
    """Another note is to be opened, by its id."""
    tag_wanted = Signal(str)
    gone = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view = "both"
        self.session = NoteSession(context.desk.notebook, context.bridge, self)
        self.renderer = Renderer()
        self.pictures = Pictures(context.bridge, self)
        self.editor = MarkdownEditor()
        self.preview = NotePreview(self.renderer, self.pictures)
        self.backlinks = BacklinksPanel()
        self.toolbar = NoteToolbar(self._tools())
        self._follow = _Once(self, PREVIEW_DELAY, self._show_preview)
        self._count = _Once(self, 10 * PREVIEW_DELAY, self._count_words)
        self._leading: QWidget | None = None
        self._step = _Once(self, STEP, self._stop_leading)
        self._lay_out()
        self._connect()

    # The note

    def show_note(self, note: NoteView) -> None:
        """Save the former note and show this one from its beginning."""
        text = self.session.open(note)
        find, note_id = self._context.desk.notebook.file_path, note.id
        self.pictures.look_in(lambda reference: find(reference, note_id))
        self.editor.set_text(text)
        self._show_preview()
        self.preview.verticalScrollBar().setValue(0)
        self._count_words()
        self._ask_backlinks()

    def clear(self) -> None:
        """Save and show no note."""
        self.session.close()
        self.editor.set_text("")
        self._show_preview()
        self.backlinks.show_links(())

    def save(self) -> None:
        """Hand to the desk what was written and not saved yet."""
        self.session.write(self.editor.text())
        self.session.save()

    def see(self, changes: ChangeSet) -> None:
        """Something on the desk changed."""
        self.session.see(changes)
        if self.session.note is not None:
            self._ask_backlinks()

    def put_text(self, text: str) -> None:
        """Make the note's text another, as an edit that can be undone: an earlier version is restored."""
        self.editor.apply_text(text)
        self._edited()

    # How it is shown

    @property
    def view(self) -> str:
        """What is asked for: one of VIEWS."""
        return self._view

    def set_view(self, view: str) -> None:
        """Show the editor, the preview or both; both needs some width."""
        self._view = view
        self._arrange()

    def is_narrow(self) -> bool:
        """Tell whether both do not fit."""
        return self.width() < NARROW

    def restyle(self) -> None:
        """Wear the look in use."""
        self.editor.restyle()
        self.preview.restyle()

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    def resizeEvent(self, event: object) -> None:
        self._arrange()

    # Within

    def _tools(self) -> list[Tool]:
        editor = self.editor
        return [
            ("ph.text-bolder", self.tr("Bold"), "Ctrl+B", lambda: editor.wrap("**")),
            ("ph.list-bullets", self.tr("List"), "Ctrl+Shift+L", editor.toggle_bullet),
            ("ph.check-square", self.tr("Task"), "Ctrl+L", editor.toggle_task),
            ("ph.link", self.tr("Link"), "Ctrl+Shift+K", editor.make_link),
            ("ph.code", self.tr("Code"), "Ctrl+E", lambda: editor.wrap("`")),
            ("ph.table", self.tr("Table"), "", lambda: editor.insert_block(editing.table())),
            ("ph.image", self.tr("Picture"), "", self._choose_picture),
        ]

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        for side, parts in ((left, (self.toolbar, self.editor)), (right, (self.preview, self.backlinks))):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            for part in parts:
                column.addWidget(part, 1 if part in (self.editor, self.preview) else 0)
        self._left, self._right = left, right
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setSizes([500, 500])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)

    def _connect(self) -> None:
        self.editor.edited.connect(self._edited)
        self.editor.left.connect(self.session.save)
        self.editor.picture_given.connect(self._take_picture)
        self.editor.completion.wanted.connect(self._find_titles)
        self.editor.verticalScrollBar().valueChanged.connect(lambda: self._lead(self.editor))
        self.preview.verticalScrollBar().valueChanged.connect(lambda: self._lead(self.preview))
        self.preview.task_toggled.connect(self.editor.set_task)
        self.preview.note_wanted.connect(self.note_wanted)
        self.preview.tag_wanted.connect(self.tag_wanted)
        self.backlinks.wanted.connect(self.note_chosen)
        self.session.replaced.connect(self._replaced)
        self.session.renewed.connect(self.renewed)
        self.session.gone.connect(self.gone)
        self.session.parted.connect(self._parted)

    def _edited(self) -> None:
        self.session.write(self.editor.text())
        self._follow.start()
        self._count.start()

    def _replaced(self, text: str) -> None:
        self.editor.apply_text(text)
        self._follow.start()

    def _parted(self, other: NoteView) -> None:
        said = self.tr("This note was also changed elsewhere. The other text is kept as \u201c%1\u201d.")
        self._context.toast(
            said.replace("%1", other.title), "note", self.tr("Show"), lambda: self.note_chosen.emit(other.id)
        )

    def _show_preview(self) -> None:
        if self._right.isVisibleTo(self):
            self.preview.show_pieces(self.renderer.pieces(self.editor.text()))
            self._in_step(self.editor, self.preview)

    def _count_words(self) -> None:
        self.toolbar.show_words(count_words(self.editor.text()))

    def _arrange(self) -> None:
        view = "write" if self._view == "both" and self.is_narrow() else self._view
        was = self._right.isVisibleTo(self)
        self._left.setVisible(view != "read")
        self._right.setVisible(view != "write")
        if not was and self._right.isVisibleTo(self):
            self._show_preview()

    def _lead(self, side: QWidget) -> None:
        """One side was scrolled; the other follows, without answering."""
        if self._leading in (None, side) and self._left.isVisibleTo(self) and self._right.isVisibleTo(self):
            self._leading = side
            self._step.start()
            self._in_step(side, self.preview if side is self.editor else self.editor)

    def _in_step(self, leading: QWidget, following: QWidget) -> None:
        if leading is self.editor and following is self.preview:
            self._leading = self.editor
            self._step.start()
            self.preview.scroll_to_line(self.editor.first_line())
        elif following is self.editor:
            self.editor.scroll_to_line(self.preview.line_at_top())

    def _stop_leading(self) -> None:
        self._leading = None

    def _ask_backlinks(self) -> None:
        note = self.session.note
        if note is not None:
            asked = self._context.desk.notebook.backlinks(note.id)
            self._context.bridge.when_done(asked, lambda links: self._show_links(note.id, links), owner=self)

    def _show_links(self, note_id: str, links: tuple[Backlink, ...]) -> None:
        if self._is_open(note_id):
            self.backlinks.show_links(links)

    def _is_open(self, note_id: str) -> bool:
        return self.session.note is not None and self.session.note.id == note_id

    def _find_titles(self, words: str) -> None:
        found = self._context.desk.notebook.titles(words, 12)
        self._context.bridge.when_done(found, lambda rows: self._offer(words, rows), owner=self)

    def _offer(self, words: str, rows: tuple[NoteRow, ...]) -> None:
        self.editor.completion.offer(words, [row.title for row in rows if not self._is_open(row.id)])

    def _choose_picture(self) -> None:
        kinds = self.tr("Pictures (*.png *.jpg *.jpeg *.gif *.webp *.svg *.bmp)")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a picture"), "", kinds)
        if chosen:
            self._take_picture(Path(chosen))

    def _take_picture(self, given: bytes | Path) -> None:
        name = given.name if isinstance(given, Path) else ""
        made = self._context.desk.notebook.add_image(given, name)

        def arrived(changed: Changed[str]) -> None:
            self.editor.insert_picture(changed.value)

        self._context.bridge.when_done(made, arrived, owner=self)


class _Once(QTimer):
    """Calls something once, a while after it was last started."""

    def __init__(self, parent: QWidget, delay: int, call: object) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(delay)
        if callable(call):
            self.timeout.connect(call)
