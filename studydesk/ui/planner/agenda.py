"""The agenda: what comes, day by day, as a plain list that a screen reader walks through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studydesk.ui.planner import words
from studydesk.ui.planner.blocks import Block, DayTask, Look
from studydesk.ui.style import paint_ring
from studydesk.ui.theme import current

ROW = Qt.ItemDataRole.UserRole + 1
WIDEST = 800
Index = QModelIndex | QPersistentModelIndex
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class DayRow:
    """A day as a heading."""

    title: str
    today: bool


@dataclass(frozen=True)
class EventRow:
    """A session of a day."""

    block: Block


@dataclass(frozen=True)
class DueRow:
    """A task of a day that has no hour."""

    task: DayTask


AgendaRow = DayRow | EventRow | DueRow


def agenda_rows(
    days: Sequence[date],
    blocks: Sequence[Block],
    tasks: dict[date, list[DayTask]],
    now: datetime,
) -> tuple[AgendaRow, ...]:
    """Return headings and what stands below them; days with nothing are left out, but for today."""
    rows: list[AgendaRow] = []
    for day in days:
        of_day = sorted((b for b in blocks if b.start.date() == day), key=lambda b: (b.start, b.end))
        due = [task for task in tasks.get(day, []) if not task.done]
        if of_day or due or day == now.date():
            rows.append(DayRow(_heading(day, now.date()), day == now.date()))
            rows += [DueRow(task) for task in due]
            rows += [EventRow(block) for block in of_day]
    return tuple(rows)


def _heading(day: date, today: date) -> str:
    away = (day - today).days
    near = {0: words.tr("Today"), 1: words.tr("Tomorrow")}.get(away)
    return f"{near}, {words.full_day(day)}" if near else words.full_day(day)


class AgendaModel(QAbstractListModel):
    """The rows of the agenda."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[AgendaRow, ...] = ()

    def show(self, rows: Sequence[AgendaRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.rows[index.row()], DayRow):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def spoken(row: AgendaRow) -> str:
    """Return what a screen reader says of a row."""
    if isinstance(row, DayRow):
        return row.title
    if isinstance(row, EventRow):
        return words.block_sentence(row.block)
    return words.due_task(row.task.title) if row.task.due else row.task.title


class AgendaDelegate(QStyledItemDelegate):
    """Paints rows of the agenda."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW)
        height = 48 if isinstance(row, DayRow) else 36 if isinstance(row, DueRow) else 52
        return QSize(200, current().px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(24, 0, 0, 0)
        box.setWidth(min(WIDEST, box.width() - 24))
        if isinstance(row, DayRow):
            self._day(painter, box, row)
        else:
            self._ground(painter, option, box)
            if isinstance(row, EventRow):
                self._event(painter, box, row.block)
            elif isinstance(row, DueRow):
                self._task(painter, box, row.task)
        painter.restore()

    def _day(self, painter: QPainter, box: QRectF, row: DayRow) -> None:
        painter.setFont(current().font("heading"))
        painter.setPen(current().color("accentText" if row.today else "text"))
        painter.drawText(box.adjusted(0, 8, 0, 0), _LEFT, row.title)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(current().color("selected" if chosen else "hover"))
            painter.drawRoundedRect(box.adjusted(-10, 1, 10, -1), 6, 6)
        else:
            line = QRectF(box.left(), option.rect.bottom(), box.width(), 1)
            painter.fillRect(line, current().color("line"))
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, box.adjusted(-9, 2, 9, -2), 6)

    def _event(self, painter: QPainter, box: QRectF, block: Block) -> None:
        theme = current()
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("textMuted"))
        painter.drawText(QRectF(box.left(), box.top(), 108, box.height()), _LEFT, words.block_span(block))
        bar = QRectF(box.left() + 112, box.top() + 9, 3, box.height() - 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(_BARS[block.look]))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        first, second = theme.line("control"), theme.line("small")
        detail = words.block_detail(block)
        height = first + second if detail else first
        top = box.center().y() - height / 2
        room = QRectF(bar.right() + 12, top, box.right() - bar.right() - 12, first)
        painter.setFont(theme.font("control"))
        painter.setPen(theme.color("textMuted" if block.look is Look.DONE else "text"))
        painter.drawText(room, _LEFT, _elided(painter, block.title, room.width()))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("textMuted"))
        painter.drawText(QRectF(room.left(), top + first, room.width(), second), _LEFT, detail)

    def _task(self, painter: QPainter, box: QRectF, task: DayTask) -> None:
        theme = current()
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("textMuted"))
        word = words.tr("due") if task.due else words.tr("planned")
        painter.drawText(QRectF(box.left(), box.top(), 108, box.height()), _LEFT, word)
        square = QRectF(box.left() + 112, box.center().y() - 7, 14, 14)
        painter.setPen(QPen(theme.color("lineControl"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(square, 4, 4)
        room = box.adjusted(138, 0, 0, 0)
        painter.setFont(theme.font("control"))
        painter.setPen(theme.color("text"))
        painter.drawText(room, _LEFT, _elided(painter, task.title, room.width()))


_BARS = {
    Look.MEETING: "heroBlock",
    Look.OWN: "accent",
    Look.REVIEW: "marker",
    Look.DONE: "lineStrong",
    Look.PROPOSED: "accent",
}


def _elided(painter: QPainter, text: str, width: float) -> str:
    return QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)


class AgendaList(QListView):
    """The agenda as a list. It changes nothing itself; it asks by signals."""

    open_asked = Signal(str)
    task_asked = Signal(str)
    delete_asked = Signal(str)
    task_ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = AgendaModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(AgendaDelegate(self))
        self.setMouseTracking(True)
        self.setAccessibleName(words.tr("Agenda"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().data(ROW), event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Space and isinstance(row, DueRow):
            self.task_ticked.emit(row.task.task_id, not row.task.done)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and isinstance(row, EventRow):
            self.delete_asked.emit(row.block.id)
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, EventRow):
            self.open_asked.emit(row.block.id)
        elif isinstance(row, DueRow):
            self.task_asked.emit(row.task.task_id)
