"""The library's table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTreeView, QWidget

from studydesk.services.library import ResourceState, ResourceView
from studydesk.ui.library import words
from studydesk.ui.library.table_delegate import PAD, ResourceDelegate
from studydesk.ui.library.table_model import Column, Index, ResourceModel
from studydesk.ui.theme import current

WIDEST = 1200
WIDTHS = {Column.TAG: 118, Column.PROGRESS: 108, Column.RATING: 100}
NARROW = 520
"""Below this width the column of tags gives way."""


class _Head(QHeaderView):
    """The head of the table: 36 high, its words over what stands below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(words.tr("Columns"))
        self.setSectionsClickable(False)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(60)

    def sizeHint(self) -> QSize:
        return QSize(100, current().px(36))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        theme = current()
        painter.save()
        painter.fillRect(rect, theme.color("surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        painter.setFont(theme.font("section"))
        painter.setPen(theme.color("textSecondary"))
        left = 64 if logical == Column.TITLE else PAD
        text = str(self.model().headerData(logical, Qt.Orientation.Horizontal) or "")
        painter.drawText(rect.adjusted(left, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()


class ResourceTable(QTreeView):
    """Shows a ResourceModel. It changes nothing itself; it asks by signals."""

    chosen = Signal(str)
    """The id of the current resource, "" for none."""
    open_asked = Signal(str)
    remove_asked = Signal(str)
    rated = Signal(str, int)
    state_asked = Signal(str, str)
    details_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.resources = ResourceModel(self)
        delegate = ResourceDelegate(self)
        delegate.rated.connect(self.rated)
        head = _Head(self)
        self.setHeader(head)
        self.setModel(self.resources)
        self.setItemDelegate(delegate)
        self.setAccessibleName(words.tr("Resources"))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMaximumWidth(WIDEST)
        self.setIndentation(0)
        head.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, current().px(width))
        self.doubleClicked.connect(self._open)

    @property
    def current_resource(self) -> ResourceView | None:
        return self.resources.resource(self.currentIndex())

    def choose(self, resource_id: str) -> bool:
        """Make a resource the current one; tell whether it is shown."""
        index = self.resources.index_of(resource_id)
        if index.isValid():
            self.setCurrentIndex(index)
        return index.isValid()

    def currentChanged(self, current_index: Index, previous: Index) -> None:
        super().currentChanged(current_index, previous)
        resource = self.resources.resource(current_index)
        self.chosen.emit(resource.id if resource else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(Column.TAG, self.viewport().width() < current().px(NARROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        resource, key = self.current_resource, event.key()
        if resource is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_asked.emit(resource.id)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_asked.emit(resource.id)
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_5:
            self.rated.emit(resource.id, key - Qt.Key.Key_0)
        elif key == Qt.Key.Key_Space:
            self.details_asked.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        resource = self.resources.resource(index)
        if resource is not None:
            menu = self.menu_for(resource)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def menu_for(self, resource: ResourceView) -> QMenu:
        """Return what can be done with a resource."""
        menu, key = QMenu(self), resource.id
        menu.addAction(words.tr("Open"), lambda: self.open_asked.emit(key))
        menu.addSeparator()
        for state in ResourceState:
            action = menu.addAction(words.state_name(state), partial(self.state_asked.emit, key, state.value))
            action.setCheckable(True)
            action.setChecked(resource.state == state)
        menu.addSeparator()
        rate = menu.addMenu(words.tr("Rate"))
        for stars in range(6):
            rate.addAction(words.rating(stars), partial(self.rated.emit, key, stars))
        menu.addSeparator()
        menu.addAction(words.tr("Remove"), lambda: self.remove_asked.emit(key))
        return menu

    def _open(self, index: QModelIndex) -> None:
        resource = self.resources.resource(index)
        if resource is not None and index.column() != Column.RATING:
            self.open_asked.emit(resource.id)
