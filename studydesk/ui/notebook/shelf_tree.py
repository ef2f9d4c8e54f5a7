"""Notebooks and tags as a tree that chooses what the list shows; notes can be dropped on a notebook."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from studydesk.services.notebook import NotebookNode, NotebookTree
from studydesk.ui.icons import paint_icon
from studydesk.ui.notebook.note_model import NOTE_MIME, Index
from studydesk.ui.theme import current

ROW = 28
TALLEST = 260
INDENT = 16
TAGS_SHOWN = 40
_SHELF = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1
_ICON = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True)
class Shelf:
    """What the list shows: a notebook, a tag, the trash, or everything."""

    notebook_id: str | None = None
    tag: str | None = None
    trash: bool = False
    title: str = ""

    def same(self, other: Shelf) -> bool:
        """Tell whether both show the same notes."""
        return (self.notebook_id, self.tag, self.trash) == (other.notebook_id, other.tag, other.trash)


class ShelfTree(QTreeWidget):
    """Chooses a shelf. `notes_dropped` tells which notes go into which notebook (None for no notebook)."""

    chosen = Signal(object)
    notes_dropped = Signal(list, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(INDENT)
        self.setItemDelegate(_ShelfDelegate(self))
        self.setAccessibleName(self.tr("Notebooks and tags"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setMouseTracking(True)
        self.currentItemChanged.connect(self._choose)

    def show_tree(self, tree: NotebookTree, shelf: Shelf) -> None:
        """Show notebooks and tags with their counts; `shelf` stays chosen."""
        self._filling = True
        self.clear()
        self._add(None, Shelf(title=self.tr("All notes")), tree.all_notes, "ph.notebook")
        for node in tree.notebooks:
            self._add_notebook(None, node)
        for tag in tree.tags[:TAGS_SHOWN]:
            self._add(None, Shelf(tag=tag.name, title=tag.name), tag.count, "ph.hash")
        if tree.trashed:
            self._add(None, Shelf(trash=True, title=self.tr("Deleted")), tree.trashed, "ph.trash")
        self.expandToDepth(0)
        self._mark(shelf)
        self._filling = False
        self.updateGeometry()

    def mark(self, shelf: Shelf) -> None:
        """Show which shelf is chosen, without a signal."""
        self._filling = True
        self._mark(shelf)
        self._filling = False

    def count_of(self, shelf: Shelf) -> int:
        """Return how many notes a shelf holds, 0 for one that is not shown."""
        item = self._item_of(shelf)
        return int(item.data(0, _COUNT)) if item is not None else 0

    def sizeHint(self) -> QSize:
        rows = sum(1 for _ in self._visible())
        return QSize(200, min(TALLEST, rows * current().px(ROW) + 4))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(NOTE_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        shelf = self._shelf_at(event.position().toPoint())
        if event.mimeData().hasFormat(NOTE_MIME) and shelf is not None and not shelf.tag and not shelf.trash:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        shelf = self._shelf_at(event.position().toPoint())
        ids = bytes(event.mimeData().data(NOTE_MIME).data()).decode().split("\n")
        if shelf is not None and ids != [""]:
            self.notes_dropped.emit(ids, shelf.notebook_id)
            event.acceptProposedAction()

    def _add_notebook(self, parent: QTreeWidgetItem | None, node: NotebookNode) -> None:
        shelf = Shelf(notebook_id=node.id, title=node.title)
        item = self._add(parent, shelf, node.total, "ph.folder-simple")
        for child in node.children:
            self._add_notebook(item, child)

    def _add(self, parent: QTreeWidgetItem | None, shelf: Shelf, count: int, icon: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([shelf.title])
        item.setData(0, _SHELF, shelf)
        item.setData(0, _COUNT, count)
        item.setData(0, _ICON, icon)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{shelf.title}, {count}")
        if parent is None:
            self.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def _visible(self) -> list[QTreeWidgetItem]:
        found = []
        item = self.topLevelItem(0)
        while item is not None:
            found.append(item)
            item = self.itemBelow(item)
        return found

    def _mark(self, shelf: Shelf) -> None:
        item = self._item_of(shelf)
        if item is not None:
            self.setCurrentItem(item)

    def _item_of(self, shelf: Shelf) -> QTreeWidgetItem | None:
        pending = [self.topLevelItem(number) for number in range(self.topLevelItemCount())]
        while pending:
            item = pending.pop()
            if item is None:
                continue
            held = item.data(0, _SHELF)
            if isinstance(held, Shelf) and held.same(shelf):
                return item
            pending += [item.child(number) for number in range(item.childCount())]
        return None

    def _choose(self, item: QTreeWidgetItem | None, _former: object) -> None:
        shelf = item.data(0, _SHELF) if item is not None else None
        if isinstance(shelf, Shelf) and not self._filling:
            self.chosen.emit(shelf)

    def _shelf_at(self, place: QPoint) -> Shelf | None:
        item = self.itemAt(place)
        shelf = item.data(0, _SHELF) if item is not None else None
        return shelf if isinstance(shelf, Shelf) else None


class _ShelfDelegate(QStyledItemDelegate):
    """Icon, name, count; radius 6 under the chosen one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected" if chosen else "hover"))
            painter.drawRoundedRect(QRect(8, rect.top() + 1, rect.right() - 15, rect.height() - 2), 6, 6)
        ink = "onSelected" if chosen else "text"
        left = rect.left() + 16
        icon = QRect(left, rect.top() + (rect.height() - 16) // 2, 16, 16)
        paint_icon(
            painter, str(index.data(_ICON)), icon.toRectF(), "accentText" if chosen else "textSecondary"
        )
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("textMuted" if not chosen else ink))
        count = QRect(rect.right() - 56, rect.top(), 40, rect.height())
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small", tabular=True))
        painter.drawText(count, Qt.AlignmentFlag.AlignRight | centre, str(index.data(_COUNT)))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color(ink))
        room = QRect(left + 24, rect.top(), count.left() - left - 8, rect.height())
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, centre, words)
        painter.restore()
