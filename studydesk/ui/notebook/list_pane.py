"""The left of the notebook: search, notebooks and tags, and the notes of what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studydesk.foundation.changes import Kind
from studydesk.services.notebook import NotebookTree, NoteOrder, NoteRow
from studydesk.services.search import Hit
from studydesk.ui.context import UiContext
from studydesk.ui.notebook.note_delegate import NoteDelegate
from studydesk.ui.notebook.note_model import NoteModel
from studydesk.ui.notebook.shelf_tree import Shelf, ShelfTree
from studydesk.ui.widgets.buttons import Button, IconButton
from studydesk.ui.widgets.empty import EmptyState
from studydesk.ui.widgets.fields import SearchField
from studydesk.ui.widgets.labels import Hairline, Label

PAGE = 300
"""Notes read at once; more when the list is scrolled to its end."""
FOUND = 80
TYPING = 120
"""Milliseconds after a key until the list is searched."""


class NoteListView(QListView):
    """The list itself. Enter opens a note in the editor, Delete deletes it, the menu key offers more."""

    delete_wanted = Signal()
    open_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_wanted.emit()
        else:
            super().keyPressEvent(event)


class ListPane(QWidget):
    """Chooses a note. It keeps the chosen one through every change of the list."""

    chosen = Signal(str)
    """The note with this id was chosen."""
    new_wanted = Signal()
    import_wanted = Signal()
    menu_wanted = Signal(QPoint)
    """A menu for the chosen note, at a global point."""
    tree_toggled = Signal(bool)
    shelf_chosen = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shelf = Shelf(title=self.tr("All notes"))
        self._order = NoteOrder.UPDATED
        self._limit = PAGE
        self._current = ""
        self._asked = 0
        self.tree_view: NotebookTree | None = None
        self.search = SearchField(self.tr("Search notes"))
        self.tree = ShelfTree()
        self.model = NoteModel()
        self.list = NoteListView()
        self._typing = QTimer(self)
        self._build()
        self._connect()

    @property
    def shelf(self) -> Shelf:
        """What is listed."""
        return self._shelf

    def reload(self) -> None:
        """Read the tree and the list again."""
        desk, bridge = self._context.desk, self._context.bridge
        bridge.when_done(desk.notebook.list_notebooks(), self._show_tree, owner=self)
        self._read_list()

    def show_shelf(self, shelf: Shelf) -> None:
        """List the notes of a notebook, a tag, the trash, or all."""
        self.search.clear()
        self._shelf, self._limit = shelf, PAGE
        self.tree.mark(shelf)
        self.shelf_chosen.emit(shelf)
        self._read_list()

    def choose(self, note_id: str) -> None:
        """Mark the note that is open, without a signal."""
        self._current = note_id
        self._mark()

    def neighbour(self, note_id: str) -> str:
        """Return the note that stands after one, else before it, else ""."""
        rows = self.model.rows()
        number = self.model.row_of(note_id)
        if number < 0:
            return ""
        after = rows[number + 1 : number + 2] or rows[max(0, number - 1) : number]
        return after[0].id if after else ""

    def set_tree_open(self, open_: bool) -> None:
        """Show or hide notebooks and tags."""
        self.tree.setVisible(open_)
        self._line.setVisible(open_)
        self._title.set_icon("ph.caret-down" if open_ else "ph.caret-right")
        self._title.setAccessibleDescription(self.tr("shown") if open_ else self.tr("hidden"))

    def is_tree_open(self) -> bool:
        """Tell whether notebooks and tags are shown."""
        return self.tree.isVisibleTo(self)

    # Building

    def _build(self) -> None:
        self._title = Button(self._shelf.title, "quiet", "ph.caret-right", small=True)
        self._title.setToolTip(self.tr("Notebooks and tags"))
        self._count = Label("", "small", "textMuted", tabular=True)
        self._sort = IconButton("ph.sort-ascending", self.tr("Order of notes"))
        self._new = IconButton("ph.plus", self.tr("New note"), "Ctrl+N")
        self._line = Hairline()
        head = QHBoxLayout()
        head.setContentsMargins(6, 2, 8, 2)
        head.setSpacing(2)
        for widget in (self._title, self._count):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._sort)
        head.addWidget(self._new)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._empty = self._make_empty()
        self._nothing = EmptyState("ph.magnifying-glass", self.tr("Nothing found"), "")
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._nothing)
        self._set_up_list()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        field = QHBoxLayout()
        field.setContentsMargins(12, 12, 12, 2)
        field.addWidget(self.search)
        column.addLayout(field)
        column.addLayout(head)
        column.addWidget(self.tree)
        column.addWidget(self._line)
        column.addWidget(Hairline())
        column.addWidget(self._stack, 1)
        self.set_tree_open(False)

    def _make_empty(self) -> EmptyState:
        empty = EmptyState(
            "ph.notebook",
            self.tr("No notes here yet"),
            self.tr("Write one, or bring in a folder of Markdown files with its pictures and links."),
        )
        empty.add_button(self.tr("New note")).clicked.connect(self.new_wanted)
        empty.add_button(self.tr("Bring in"), "quiet").clicked.connect(self.import_wanted)
        return empty

    def _set_up_list(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(NoteDelegate(self.list))
        self.list.setAccessibleName(self.tr("Notes"))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setDragEnabled(True)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _connect(self) -> None:
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self._read_list)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.went_down.connect(self._go_down)
        self.tree.chosen.connect(self.show_shelf)
        self._title.clicked.connect(self._toggle_tree)
        self._sort.clicked.connect(self._choose_order)
        self._new.clicked.connect(self.new_wanted)
        self.list.selectionModel().currentChanged.connect(self._selected)
        self.list.customContextMenuRequested.connect(
            lambda place: self.menu_wanted.emit(self.list.viewport().mapToGlobal(place))
        )
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)

    # Reading

    def _read_list(self) -> None:
        desk, words = self._context.desk, self.search.text().strip()
        self._asked += 1
        asked = self._asked
        if words:
            found = desk.search.search(words, Kind.NOTE, FOUND)
            self._context.bridge.when_done(found, lambda hits: self._show_hits(asked, hits), owner=self)
            return
        shelf = self._shelf
        rows = (
            desk.notebook.list_trash()
            if shelf.trash
            else desk.notebook.list_notes(shelf.notebook_id, shelf.tag, self._order, self._limit)
        )
        self._context.bridge.when_done(rows, lambda listed: self._show_rows(asked, listed), owner=self)

    def _show_tree(self, tree: NotebookTree) -> None:
        self.tree_view = tree
        self.tree.show_tree(tree, self._shelf)
        self._show_count()

    def _show_rows(self, asked: int, rows: Sequence[NoteRow]) -> None:
        if asked != self._asked:
            return
        self.model.set_rows(rows)
        self._title.setText(self._shelf.title)
        self._show_count()
        self._stack.setCurrentWidget(self.list if rows else self._empty)
        self._mark()

    def _show_hits(self, asked: int, hits: Sequence[Hit]) -> None:
        if asked != self._asked:
            return
        never = datetime.fromtimestamp(0, UTC)
        self.model.set_rows(
            [NoteRow(hit.id, hit.title, hit.snippet, hit.when or never, False, None, ()) for hit in hits]
        )
        self._title.setText(self.tr("Found"))
        self._count.setText(str(len(hits)) if len(hits) < FOUND else f"{FOUND}+")
        self._nothing.say(
            self.tr("Nothing found"),
            self.tr("No note has all of these words: %1. Fewer words find more.").replace(
                "%1", self.search.text()
            ),
        )
        self._stack.setCurrentWidget(self.list if hits else self._nothing)
        self._mark()

    def _show_count(self) -> None:
        if self.search.text().strip():
            return
        self._count.setText(str(self._shelf_count()))

    def _shelf_count(self) -> int:
        tree, shelf = self.tree_view, self._shelf
        if tree is None or shelf.notebook_id or shelf.tag or shelf.trash:
            listed = len(self.model.rows())
            return max(listed, self.tree.count_of(shelf)) if listed >= PAGE else listed
        return tree.all_notes

    # Choosing

    def _selected(self) -> None:
        index = self.list.currentIndex()
        rows = self.model.rows()
        if index.isValid() and rows[index.row()].id != self._current:
            self._current = rows[index.row()].id
            self.chosen.emit(self._current)

    def _mark(self) -> None:
        number = self.model.row_of(self._current)
        if number >= 0 and self.list.currentIndex().row() != number:
            self.list.setCurrentIndex(self.model.index(number))
        elif number < 0:
            self.list.clearSelection()

    def _go_down(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if self.model.rows() and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))

    def _toggle_tree(self) -> None:
        self.set_tree_open(not self.is_tree_open())
        self.tree_toggled.emit(self.is_tree_open())

    def _choose_order(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = (
            (NoteOrder.UPDATED, self.tr("Last changed")),
            (NoteOrder.CREATED, self.tr("Newest")),
            (NoteOrder.TITLE, self.tr("Title")),
        )
        for order, words in choices:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(order is self._order)
            action.triggered.connect(lambda _checked=False, chosen=order: self._set_order(chosen))
        menu.popup(self._sort.mapToGlobal(self._sort.rect().bottomLeft()))

    def _set_order(self, order: NoteOrder) -> None:
        self._order = order
        self._read_list()

    def _scrolled(self, value: int) -> None:
        more = len(self.model.rows()) >= self._limit and not self.search.text().strip()
        if more and value >= self.list.verticalScrollBar().maximum() - 2 * self.list.height():
            self._limit += PAGE
            self._read_list()
