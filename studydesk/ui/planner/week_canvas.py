"""The week as one painted widget: what it shows, where things lie, what is chosen, and what a screen reader hears."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from studydesk.ui.planner import words
from studydesk.ui.planner.blocks import Block, DayTask
from studydesk.ui.planner.geometry import Grid, fitting_days, minute_of
from studydesk.ui.planner.keys import STEP, Cell, block_at
from studydesk.ui.planner.week_paint import (
    Marks,
    WeekData,
    WeekPainter,
    chip_box,
    placed,
    shown_chips,
    top_of_hours,
)
from studydesk.ui.theme import current

if TYPE_CHECKING:
    from typing import Unpack


class MarkChanges(TypedDict, total=False):
    """Fields of Marks that change; those left out stay."""

    chosen: str
    hovered: str
    cell: Cell | None
    keyboard: bool
    ghost: Block | None
    task: str


HOURS_WIDTH = 57
HOUR = 58
EDGE = 7
"""Pixels at the lower end of an event by which it is made longer."""

_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


@dataclass(frozen=True)
class Spot:
    """What lies at a point: an event (and whether its lower edge), a task, or only a time of a day."""

    day: date | None = None
    minute: float = 0.0
    block: Block | None = None
    edge: bool = False
    task: DayTask | None = None
    head: bool = False


class WeekCanvas(QAbstractScrollArea):
    """Shows days with their hours and events. What the hand does with them is in WeekView."""

    fitting_changed = Signal(int)
    """How many days the width holds has changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = WeekData()
        self._marks = Marks()
        self._fitting = 5
        self._scrolled = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(words.tr("Week"))

    @property
    def fitting(self) -> int:
        """How many day columns the width can hold."""
        return self._fitting

    @property
    def data(self) -> WeekData:
        return self._data

    @property
    def chosen(self) -> Block | None:
        """The chosen event."""
        return next((b for b in self._data.blocks if b.id == self._marks.chosen), None)

    def set_data(self, data: WeekData) -> None:
        """Show other days or events; what was chosen stays chosen where it is still there."""
        self._data = data
        kept = self._marks.chosen if any(b.id == self._marks.chosen for b in data.blocks) else ""
        cell = self._marks.cell
        if cell is not None and data.days and cell.day not in data.days:
            cell = Cell(data.days[0] if cell.day < data.days[0] else data.days[-1], cell.minute)
        self._marks = replace(self._marks, chosen=kept, hovered="", cell=cell)
        self._update_range()
        self.setAccessibleName(words.week_name(data.days, len(data.blocks)))
        self.viewport().update()

    def choose(self, block_id: str) -> None:
        """Choose an event, or nothing with "", and say it to a screen reader."""
        self._marks = replace(self._marks, chosen=block_id, task="")
        block = self.chosen
        if block is not None:
            self._marks = replace(self._marks, cell=Cell(block.start.date(), _row(block)))
            self._say(words.block_sentence(block))
        self.viewport().update()

    def show_hour(self, minute: int) -> None:
        """Scroll so that this minute of the day stands a little below the heads."""
        self.verticalScrollBar().setValue(int(self._grid().y_of(minute) - 12))

    def sizeHint(self) -> QSize:
        return QSize(700, 600)

    def _grid(self) -> Grid:
        left = current().px(HOURS_WIDTH)
        return Grid(self._data.days, left, max(1, self.viewport().width() - left), current().px(HOUR))

    def _top(self) -> int:
        return top_of_hours(self._data)

    def _spot(self, point: QPoint | QPointF) -> Spot:
        """Return what lies at a point of the viewport."""
        grid, x, y = self._grid(), float(point.x()), float(point.y())
        day = grid.day_at(x)
        if y < self._top():
            return Spot(day, task=self._chip_at(x, y), head=True)
        hour_y = y - self._top() + self.verticalScrollBar().value()
        for block, piece in reversed(placed(self._data.blocks, self._data.days)):
            box = grid.box(piece)
            if box.holds(x, hour_y):
                ends_here = piece.end == minute_of(block.end) or block.end.date() != block.start.date()
                edge = ends_here and hour_y > box.top + box.height - EDGE and box.height > 2 * EDGE
                return Spot(day, grid.minute_at(hour_y), block, edge)
        return Spot(day, grid.minute_at(hour_y))

    def _chip_at(self, x: float, y: float) -> DayTask | None:
        grid = self._grid()
        for index, day in enumerate(self._data.days):
            tasks, _more = shown_chips(self._data.tasks.get(day, ()))
            for row, task in enumerate(tasks):
                if chip_box(grid, index, row).holds(x, y):
                    return task
        return None

    def _mark(self, **changed: Unpack[MarkChanges]) -> None:
        """Alter the marks and paint them."""
        self._marks = replace(self._marks, **changed)
        self.viewport().update()

    def _cell_now(self) -> Cell:
        """Return where the keyboard stands; before it stood anywhere, the present half hour."""
        cell, days, now = self._marks.cell, self._data.days, self._data.now
        if cell is not None and cell.day in days:
            return cell
        if now.date() in days:
            return Cell(now.date(), minute_of(now) // STEP * STEP)
        return Cell(days[0], 9 * 60)

    def _stand_on(self, cell: Cell) -> None:
        """Move the keyboard to a cell, choose what lies there, and bring it into sight."""
        block = block_at(cell, self._data.blocks)
        self._mark(cell=cell, chosen=block.id if block else "", task="")
        self._say(words.block_sentence(block) if block else words.cell_sentence(cell.start))
        self._bring_into_sight(cell.minute, cell.minute + STEP)

    def _bring_into_sight(self, start: int, end: int) -> None:
        bar, grid = self.verticalScrollBar(), self._grid()
        page = self.viewport().height() - self._top()
        if grid.y_of(start) < bar.value():
            bar.setValue(int(grid.y_of(start) - 8))
        elif grid.y_of(end) > bar.value() + page:
            bar.setValue(int(grid.y_of(end) - page + 8))

    def _say(self, sentence: str) -> None:
        self.setAccessibleDescription(sentence)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _update_range(self) -> None:
        page = max(1, self.viewport().height() - self._top())
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, int(self._grid().height - page)))
        bar.setPageStep(page)
        bar.setSingleStep(int(self._grid().hour / 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_range()
        if not self._scrolled and self.height() > 100:
            self._scrolled = True
            self.show_hour(8 * 60)
        fitting = fitting_days(self.viewport().width() * 100 / current().scale, HOURS_WIDTH)
        if fitting != self._fitting:
            self._fitting = fitting
            self.fitting_changed.emit(fitting)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marks = self._marks if self.hasFocus() else replace(self._marks, cell=None)
        scroll = self.verticalScrollBar().value()
        frame = WeekPainter(painter, current(), self._grid(), self._data, marks, scroll)
        frame.paint(self.viewport().width(), self.viewport().height())
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        keyboard = event.reason() in _KEYBOARD
        self._mark(keyboard=keyboard)
        if keyboard and self._data.days:
            self._stand_on(self._cell_now())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = self._spot(event.pos())
            text = words.block_sentence(spot.block) if spot.block else spot.task.title if spot.task else ""
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)


def _row(block: Block) -> int:
    return minute_of(block.start) // STEP * STEP
