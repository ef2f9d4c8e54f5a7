"""What mouse and keyboard do with the week: open, make, move, lengthen, remove, and drop a task on an hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from studydesk.ui.planner import words
from studydesk.ui.planner.blocks import Block
from studydesk.ui.planner.drag import Drag, Grip, dropped_task, lengthened, same_time
from studydesk.ui.planner.geometry import DAY, SNAP, snap_down
from studydesk.ui.planner.keys import STEP, Cell, cell_of, moved, neighbour
from studydesk.ui.planner.task_mime import TASK_MIME, carried_task
from studydesk.ui.planner.week_canvas import Spot, WeekCanvas

_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class WeekView(WeekCanvas):
    """The week that one can work in. It changes nothing itself; it asks by signals. Times are naive and local."""

    create_asked = Signal(object, object)
    """Start and end of a new session."""
    open_asked = Signal(str)
    """A session is to be edited."""
    task_asked = Signal(str)
    """A task is to be edited."""
    task_ticked = Signal(str, bool)
    time_changed = Signal(str, object, object)
    """A session's new start and end."""
    delete_asked = Signal(str)
    task_dropped = Signal(str, object, object)
    """A task and the start and end of its slot."""
    task_dropped_on_day = Signal(str, object)
    page_asked = Signal(int)
    day_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drag: Drag | None = None
        self._pressed_at = QPoint()
        self.viewport().setAcceptDrops(True)
        self.setAcceptDrops(True)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        spot = self._spot(event.position())
        self._pressed_at = event.position().toPoint()
        self._mark(keyboard=False)
        if spot.head:
            self._press_head(spot, event.position())
        elif spot.day is not None:
            self.choose(spot.block.id if spot.block else "")
            if spot.block is None:
                self._mark(cell=Cell(spot.day, snap_down(spot.minute, STEP)))
            grip = Grip.EMPTY if spot.block is None else Grip.EDGE if spot.edge else Grip.BODY
            self._drag = Drag(grip, spot.day, spot.minute, spot.block)

    def _press_head(self, spot: Spot, point: QPointF) -> None:
        if spot.task is None:
            return
        self._mark(task=spot.task.task_id, chosen="")
        if self._spot(point - QPointF(24, 0)).task != spot.task:
            self.task_ticked.emit(spot.task.task_id, not spot.task.done)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._drag is None:
            self._hover(self._spot(point))
            return
        far = (point.toPoint() - self._pressed_at).manhattanLength()
        if self._marks.ghost is None and far < QApplication.startDragDistance():
            return
        self._scroll_at_edges(point.y())
        day, minute = self._time_at(point)
        self._mark(ghost=self._drag.ghost(day, minute))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, ghost = self._drag, self._marks.ghost
        self._drag = None
        self._mark(ghost=None)
        if event.button() != Qt.MouseButton.LeftButton or drag is None or ghost is None:
            return
        if drag.block is None:
            self.create_asked.emit(ghost.start, ghost.end)
        elif not same_time(ghost, drag.block):
            self._show_at_once(ghost)
            self.time_changed.emit(ghost.id, ghost.start, ghost.end)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = self._spot(event.position())
        self._drag = None
        if spot.task is not None:
            self.task_asked.emit(spot.task.task_id)
        elif spot.head and spot.day is not None:
            self.day_asked.emit(spot.day)
        elif spot.block is not None:
            self.open_asked.emit(spot.block.id)
        elif spot.day is not None:
            self._ask_to_create(Cell(spot.day, snap_down(spot.minute, STEP)))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(Spot())
        super().leaveEvent(event)

    def _hover(self, spot: Spot) -> None:
        hovered = spot.block.id if spot.block else ""
        shape = Qt.CursorShape.SizeVerCursor if spot.edge else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        if hovered != self._marks.hovered:
            self._mark(hovered=hovered)

    def _time_at(self, point: QPointF) -> tuple[date, float]:
        grid = self._grid()
        y = point.y() - self._top() + self.verticalScrollBar().value()
        return grid.nearest_day(point.x()), grid.minute_at(y)

    def _scroll_at_edges(self, y: float) -> None:
        bar = self.verticalScrollBar()
        if y > self.viewport().height() - 16:
            bar.setValue(bar.value() + 12)
        elif y < self._top() + 12:
            bar.setValue(bar.value() - 12)

    def _show_at_once(self, ghost: Block) -> None:
        """Show the new time before the disk has it; what is read next replaces it."""
        blocks = tuple(
            b if b.id != ghost.id else b.moved_to(ghost.start) if b.minutes == ghost.minutes else ghost
            for b in self._data.blocks
        )
        self.set_data(replace(self._data, blocks=blocks))

    def _ask_to_create(self, cell: Cell) -> None:
        length = min(60, DAY - cell.minute)
        self.create_asked.emit(cell.start, cell.start + timedelta(minutes=length))

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._arrow(event) or self._plain_key(event):
            event.accept()
        else:
            event.ignore()

    def _plain_key(self, event: QKeyEvent) -> bool:
        block, key = self.chosen, event.key()
        if key == Qt.Key.Key_Escape and self._drag is not None:
            self._drag = None
            self._mark(ghost=None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._enter(block)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and block is not None:
            self.delete_asked.emit(block.id)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.page_asked.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._data.days:
            day = self._data.days[0 if key == Qt.Key.Key_Home else -1]
            self._stand_on(Cell(day, self._cell_now().minute))
        else:
            return False
        return True

    def _enter(self, block: Block | None) -> None:
        if block is not None:
            self.open_asked.emit(block.id)
        elif self._data.days:
            self._ask_to_create(self._cell_now())

    def _arrow(self, event: QKeyEvent) -> bool:
        step = _ARROWS.get(event.key())
        if step is None or not self._data.days:
            return False
        self._mark(keyboard=True)
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.AltModifier:
            self._shift(*step)
        elif modifiers == Qt.KeyboardModifier.ShiftModifier and step[1]:
            self._lengthen(step[1])
        elif modifiers == Qt.KeyboardModifier.ControlModifier:
            self._walk(step[0] or step[1])
        elif not modifiers:
            self._step(*step)
        else:
            return False
        return True

    def _step(self, days: int, rows: int) -> None:
        cell = moved(self._cell_now(), days, rows, self._data.blocks)
        if cell.day in self._data.days:
            self._stand_on(cell)
        else:
            self._mark(cell=cell)
            self.page_asked.emit(days)

    def _walk(self, direction: int) -> None:
        block = neighbour(self._cell_now(), self._marks.chosen or None, self._data.blocks, direction)
        if block is not None:
            self.choose(block.id)
            cell = cell_of(block)
            self._bring_into_sight(cell.minute, cell.minute + max(STEP, min(block.minutes, 180)))

    def _shift(self, days: int, rows: int) -> None:
        block = self.chosen
        if block is not None:
            self._retime(block.moved_to(block.start + timedelta(days=days, minutes=rows * SNAP)))

    def _lengthen(self, rows: int) -> None:
        block = self.chosen
        if block is not None and not same_time(block, lengthened(block, rows * SNAP)):
            self._retime(lengthened(block, rows * SNAP))

    def _retime(self, block: Block) -> None:
        self._show_at_once(block)
        self.choose(block.id)
        self.time_changed.emit(block.id, block.start, block.end)

    # Menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        spot = Spot(block=self.chosen) if keyboard else self._spot(event.pos())
        menu = self.menu_for(spot)
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def menu_for(self, spot: Spot) -> QMenu | None:
        """Return the menu of what lies there, or None."""
        menu = QMenu(self)
        if spot.block is not None:
            block = spot.block
            self.choose(block.id)
            menu.addAction(words.tr("Open"), lambda: self.open_asked.emit(block.id))
            menu.addAction(words.tr("Remove"), lambda: self.delete_asked.emit(block.id))
        elif spot.task is not None:
            task = spot.task
            menu.addAction(words.tr("Open"), lambda: self.task_asked.emit(task.task_id))
            text = words.tr("Not done") if task.done else words.tr("Done")
            menu.addAction(text, lambda: self.task_ticked.emit(task.task_id, not task.done))
        elif spot.day is not None and not spot.head:
            cell = Cell(spot.day, snap_down(spot.minute, STEP))
            menu.addAction(words.tr("New session here"), lambda: self._ask_to_create(cell))
        else:
            menu.deleteLater()
            return None
        return menu

    # Tasks from the left

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(TASK_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        carried = carried_task(event.mimeData())
        day = self._grid().day_at(event.position().x())
        if carried is None or day is None:
            self._mark(ghost=None)
            event.ignore()
            return
        if event.position().y() < self._top():
            self._mark(ghost=None)
        else:
            day, minute = self._time_at(event.position())
            self._mark(ghost=dropped_task(carried.title, carried.minutes, day, minute))
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._mark(ghost=None)

    def dropEvent(self, event: QDropEvent) -> None:
        carried = carried_task(event.mimeData())
        day = self._grid().day_at(event.position().x())
        self._mark(ghost=None)
        if carried is None or day is None:
            return
        event.acceptProposedAction()
        if event.position().y() < self._top():
            self.task_dropped_on_day.emit(carried.task_id, day)
            return
        day, minute = self._time_at(event.position())
        slot = dropped_task(carried.title, carried.minutes, day, minute)
        self.task_dropped.emit(carried.task_id, slot.start, slot.end)
