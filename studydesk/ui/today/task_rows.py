"""The to-do list of Today: rows of 40 painted by one delegate, ticked by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studydesk.ui.icons import paint_icon
from studydesk.ui.theme import current
from studydesk.ui.today import words
from studydesk.ui.widgets.chips import chip_size, paint_chip

if TYPE_CHECKING:
    from studydesk.services.planner import TaskView

Index = QModelIndex | QPersistentModelIndex
TASK = Qt.ItemDataRole.UserRole
ROW, BOX = 40, 18
BEYOND = 10


class TaskRows(QListWidget):
    """Says `ticked` with the id and whether it is done now, `opened` when a task is chosen."""

    ticked = Signal(str, bool)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("todayTasks")
        self.setAccessibleName(words.tr("To do"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_TaskDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.itemActivated.connect(lambda item: self.opened.emit(item.data(TASK)[0].id))

    def show_tasks(self, tasks: Sequence[TaskView], today: date) -> None:
        """Show these tasks."""
        at = self.currentRow()
        self.clear()
        for task in tasks:
            item = QListWidgetItem(task.title)
            item.setData(TASK, (task, today))
            state = words.tr("done") if task.done_at else words.tr("open")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{task.title}, {state}")
            item.setToolTip(task.title)
            self.addItem(item)
        self.setCurrentRow(min(at, self.count() - 1))
        self.setFixedHeight(self.count() * current().px(ROW) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Space and item is not None:
            task, _ = item.data(TASK)
            self.ticked.emit(task.id, task.done_at is None)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.position().x() < BEYOND + 34:
            task, _ = item.data(TASK)
            self.ticked.emit(task.id, task.done_at is None)
            return
        super().mouseReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()


class _TaskDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        task, today = index.data(TASK)
        theme, rect = current(), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = option.state & QStyle.StateFlag.State_HasFocus
        if option.state & QStyle.StateFlag.State_MouseOver or focus:
            painter.setPen(QPen(theme.color("focus"), 2) if focus else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        inside = rect.adjusted(BEYOND, 0, -BEYOND, 0)
        _paint_box(
            painter, QRectF(inside.left(), inside.center().y() - BOX / 2, BOX, BOX), task.done_at is not None
        )
        right = _paint_right(painter, inside, task)
        right = _paint_chip(painter, inside, right, task, today)
        self._paint_title(
            painter,
            QRectF(inside.left() + 30, inside.top(), right - inside.left() - 42, inside.height()),
            task,
        )
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRectF, task: TaskView) -> None:
        theme = current()
        font = QFont(theme.font("task"))
        font.setStrikeOut(task.done_at is not None)
        painter.setFont(font)
        painter.setPen(theme.color("textMuted" if task.done_at else "text"))
        title = QFontMetricsF(font).elidedText(task.title, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, title)


def _paint_box(painter: QPainter, rect: QRectF, done: bool) -> None:
    theme = current()
    painter.setPen(QPen(theme.color("accent" if done else "lineControl"), 1.5))
    painter.setBrush(theme.color("accent") if done else theme.color("surface"))
    painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), 5, 5)
    if done:
        paint_icon(painter, "ph.check", rect.adjusted(3, 3, -3, -3), "onAccent")


def _paint_right(painter: QPainter, rect: QRectF, task: TaskView) -> float:
    """Paint minutes, or when it was done; return where that begins."""
    theme = current()
    text = ""
    if task.done_at is not None:
        text = words.tr("done {time}").format(time=words.clock(task.done_at))
    elif task.minutes:
        text = words.duration(task.minutes)
    painter.setFont(theme.font("small", tabular=True))
    painter.setPen(theme.color("textMuted"))
    wide = max(74.0, painter.fontMetrics().horizontalAdvance(text) + 16.0)
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
    return rect.right() - wide


def _paint_chip(painter: QPainter, rect: QRectF, right: float, task: TaskView, today: date) -> float:
    late = task.due is not None and task.due < today and task.done_at is None
    text = words.late_since(task.due, today) if late and task.due else (task.goal_title or "")
    if not text:
        return right
    size = chip_size(text)
    left = right - size.width()
    tone = "late" if late else "goal"
    paint_chip(painter, QPointF(left, rect.center().y() - size.height() / 2), text, tone)
    return left - 8
