"""The tasks of the left pane: ticked, opened, removed, and dragged onto the week."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStyleOptionViewItem, QWidget

from studydesk.services.planner import TaskView
from studydesk.ui.planner import words
from studydesk.ui.planner.task_delegate import TaskDelegate
from studydesk.ui.planner.task_model import TaskModel


class TaskList(QListView):
    """Shows a TaskModel. It changes nothing itself; it asks by signals."""

    ticked = Signal(str, bool)
    open_asked = Signal(str)
    delete_asked = Signal(str)
    plan_asked = Signal(str, str)
    """A task and "today", "tomorrow" or "" (not planned)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tasks = TaskModel(self)
        delegate = TaskDelegate(self)
        delegate.ticked.connect(self.ticked)
        self.setModel(self.tasks)
        self.setItemDelegate(delegate)
        self.setAccessibleName(words.tr("My tasks"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.verticalScrollBar().setSingleStep(20)
        self.doubleClicked.connect(lambda index: self._open(self.tasks.task(index)))

    @property
    def current_task(self) -> TaskView | None:
        return self.tasks.task(self.currentIndex())

    def choose(self, task_id: str) -> None:
        """Choose a task and bring it into sight; nothing happens when it is not shown."""
        index = self.tasks.index_of(task_id)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        task, key = self.current_task, event.key()
        if task is None:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self.ticked.emit(task.id, not task.done)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open(task)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_asked.emit(task.id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.indexAt(event.position().toPoint()).isValid():
            self.clearSelection()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        task = self.tasks.task(index)
        if task is not None:
            menu = self.menu_for(task)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def menu_for(self, task: TaskView) -> QMenu:
        """Return what can be done with a task."""
        menu = QMenu(self)
        menu.addAction(words.tr("Open"), lambda: self._open(task))
        tick = words.tr("Not done") if task.done else words.tr("Done")
        menu.addAction(tick, lambda: self.ticked.emit(task.id, not task.done))
        menu.addSeparator()
        menu.addAction(words.tr("Plan for today"), lambda: self.plan_asked.emit(task.id, "today"))
        menu.addAction(words.tr("Plan for tomorrow"), lambda: self.plan_asked.emit(task.id, "tomorrow"))
        if task.planned is not None:
            menu.addAction(words.tr("Not planned"), lambda: self.plan_asked.emit(task.id, ""))
        menu.addSeparator()
        menu.addAction(words.tr("Remove"), lambda: self.delete_asked.emit(task.id))
        return menu

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Lift the card itself, not a picture of the whole row with its margins."""
        from PySide6.QtGui import QDrag

        index = self.currentIndex()
        if self.tasks.task(index) is None:
            return
        drag = QDrag(self)
        drag.setMimeData(self.tasks.mimeData([index]))
        drag.setPixmap(self._card_picture())
        drag.exec(actions, Qt.DropAction.CopyAction)

    def _card_picture(self) -> QPixmap:
        rect = self.visualRect(self.currentIndex())
        ratio = self.devicePixelRatioF()
        picture = QPixmap(rect.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = rect.translated(-rect.topLeft())
        painter = QPainter(picture)
        self.itemDelegate().paint(painter, option, self.currentIndex())
        painter.end()
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _open(self, task: TaskView | None) -> None:
        if task is not None:
            self.open_asked.emit(task.id)
