"""Paints the week: heads of days, tasks of a day, hours, events, the present moment, and what is being dragged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from studydesk.ui.planner import words
from studydesk.ui.planner.blocks import Block, DayTask, Look
from studydesk.ui.planner.geometry import Box, Grid, Piece, minute_of, pieces, side_by_side
from studydesk.ui.planner.keys import STEP, Cell
from studydesk.ui.planner.lines import wrapped
from studydesk.ui.theme import Theme, current

MOST_CHIPS = 3


def head_height() -> int:
    """Return the height of the heads of days, in logical px."""
    return current().px(40)


def chip_height() -> int:
    """Return the height of a task of a day, with the gap below it."""
    return max(28, current().px(28))


def top_of_hours(data: WeekData) -> int:
    """Return where the hours begin, below the heads and the tasks of days."""
    rows = data.chip_rows
    return head_height() + rows * chip_height() + (4 if rows else 0)


@dataclass(frozen=True)
class WeekData:
    """All that the week shows. `now` is naive local time."""

    days: tuple[date, ...] = ()
    blocks: tuple[Block, ...] = ()
    tasks: Mapping[date, Sequence[DayTask]] = field(default_factory=dict)
    totals: Mapping[date, int] = field(default_factory=dict)
    now: datetime = datetime(2000, 1, 1)
    proposal: Block | None = None

    @property
    def chip_rows(self) -> int:
        """How many rows of tasks stand above the hours."""
        most = max((len(self.tasks.get(day, ())) for day in self.days), default=0)
        return min(MOST_CHIPS, most)


@dataclass(frozen=True)
class Marks:
    """What is chosen, hovered or dragged. `cell` is shown while the keyboard is in the week."""

    chosen: str = ""
    hovered: str = ""
    cell: Cell | None = None
    keyboard: bool = False
    ghost: Block | None = None
    task: str = ""


def chip_box(grid: Grid, index: int, row: int) -> Box:
    """Return where a task of a day is painted, in the viewport."""
    return Box(grid.x_of(index) + 3, head_height() + row * chip_height(), grid.column - 8, chip_height())


def shown_chips(tasks: Sequence[DayTask]) -> tuple[Sequence[DayTask], int]:
    """Return the tasks that have a row, and how many are left over."""
    if len(tasks) <= MOST_CHIPS:
        return tasks, 0
    return tasks[: MOST_CHIPS - 1], len(tasks) - MOST_CHIPS + 1


def placed(blocks: Sequence[Block], days: Sequence[date]) -> list[tuple[Block, Piece]]:
    """Cut events into the pieces of each day, side by side where they overlap."""
    by_key = {block.id: block for block in blocks}
    cut = [piece for block in blocks for piece in pieces(block.id, block.start, block.end, days)]
    return [(by_key[piece.key], piece) for piece in side_by_side(cut, least=25)]


class WeekPainter:
    """Paints one frame with one painter; made anew for each paint event."""

    def __init__(
        self, painter: QPainter, theme: Theme, grid: Grid, data: WeekData, marks: Marks, scroll: float
    ) -> None:
        self._p = painter
        self._theme = theme
        self._grid = grid
        self._data = data
        self._marks = marks
        self._top = top_of_hours(data)
        self._head_height = float(head_height())
        self._title_line, self._detail_line = theme.px(17), theme.line("small")
        self._scroll = scroll

    def paint(self, width: float, height: float) -> None:
        self._p.fillRect(QRectF(0, 0, width, height), self._colour("surface"))
        self._p.save()
        self._p.setClipRect(QRectF(0, self._top, width, height - self._top))
        self._p.translate(0, self._top - self._scroll)
        self._hours(width)
        self._columns(self._grid.height)
        self._events()
        self._present()
        self._cell()
        self._p.restore()
        self._columns(self._top)
        self._heads(width)
        self._chips()

    def _colour(self, token: str) -> QColor:
        return self._theme.color(token)

    def _line(self, token: str = "line", width: float = 1) -> QPen:
        pen = QPen(self._colour(token), width)
        pen.setCosmetic(True)
        return pen

    def _hours(self, width: float) -> None:
        font = self._theme.font("small")
        self._p.setFont(font)
        for hour in range(1, 24):
            y = self._grid.y_of(hour * 60)
            self._p.setPen(self._line())
            self._p.drawLine(QPointF(self._grid.left, y), QPointF(width, y))
            self._p.setPen(self._colour("textMuted"))
            self._p.drawText(
                QRectF(0, y - 12, self._grid.left - 8, 24),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                words.hour(hour),
            )

    def _columns(self, height: float) -> None:
        self._p.setPen(self._line())
        for index in range(len(self._data.days) + 1):
            x = round(self._grid.x_of(index))
            self._p.drawLine(QPointF(x, 0), QPointF(x, height))

    def _heads(self, width: float) -> None:
        self._p.setPen(self._line())
        self._p.drawLine(QPointF(0, self._top - 0.5), QPointF(width, self._top - 0.5))
        for index, day in enumerate(self._data.days):
            self._head(index, day)

    def _head(self, index: int, day: date) -> None:
        today = day == self._data.now.date()
        left, middle = self._grid.x_of(index) + 10, self._head_height / 2
        name_font, number_font = self._theme.font("body"), self._strong()
        name = words.weekday_short(day)
        advance = QFontMetricsF(name_font).horizontalAdvance(name)
        self._text(
            QRectF(left, 0, advance + 2, self._head_height),
            name,
            name_font,
            "accentText" if today else "text",
        )
        number = str(day.day)
        wide = QFontMetricsF(number_font).horizontalAdvance(number)
        place = QRectF(left + advance + 6, 0, wide + 2, self._head_height)
        if today:
            pill = QRectF(
                place.left() - 2, middle - self._theme.px(10), max(24.0, wide + 8), self._theme.px(20)
            )
            self._p.setPen(Qt.PenStyle.NoPen)
            self._p.setBrush(self._colour("accent"))
            self._p.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            self._text(pill, number, number_font, "onAccent", Qt.AlignmentFlag.AlignCenter)
        else:
            self._text(place, number, number_font, "text")
        self._total(index, day, place.right() + 12)

    def _total(self, index: int, day: date, after: float) -> None:
        minutes = self._data.totals.get(day, 0)
        font = self._theme.font("small")
        text = words.duration(minutes)
        right = self._grid.x_of(index + 1) - 6
        if minutes and right - after > QFontMetricsF(font).horizontalAdvance(text):
            box = QRectF(after, 0, right - after, self._head_height)
            self._text(
                box, text, font, "textMuted", Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )

    def _strong(self) -> QFont:
        font = QFont(self._theme.font("body"))
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _text(
        self,
        box: QRectF,
        text: str,
        font: QFont,
        token: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    ) -> None:
        self._p.setFont(font)
        self._p.setPen(self._colour(token))
        self._p.drawText(box, align | Qt.TextFlag.TextSingleLine, text)

    def _chips(self) -> None:
        for index, day in enumerate(self._data.days):
            tasks, more = shown_chips(self._data.tasks.get(day, ()))
            for row, task in enumerate(tasks):
                self._chip(chip_box(self._grid, index, row), task)
            if more:
                box = _rect(chip_box(self._grid, index, len(tasks)))
                self._text(box.adjusted(8, 0, 0, 0), words.more(more), self._theme.font("small"), "textMuted")

    def _chip(self, place: Box, task: DayTask) -> None:
        box = _rect(place).adjusted(0, 2, 0, -2)
        chosen = self._marks.task == task.task_id
        self._p.setPen(Qt.PenStyle.NoPen)
        self._p.setBrush(self._colour("selected" if chosen else "sunken"))
        self._p.drawRoundedRect(box, 4, 4)
        tick = QRectF(box.left() + 6, box.center().y() - 6, 12, 12)
        self._tick(tick, task.done)
        font = QFont(self._theme.font("small"))
        font.setStrikeOut(task.done)
        text = words.due_task(task.title) if task.due and not task.done else task.title
        room = box.adjusted(24, 0, -6, 0)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        self._text(room, shown, font, "textMuted" if task.done else "onSelected" if chosen else "text")

    def _tick(self, box: QRectF, done: bool) -> None:
        self._p.setPen(Qt.PenStyle.NoPen if done else self._line("lineControl"))
        self._p.setBrush(self._colour("accent") if done else self._colour("surface"))
        self._p.drawRoundedRect(box, 3, 3)
        if done:
            self._p.setPen(QPen(self._colour("onAccent"), 1.5))
            left, top = box.left(), box.top()
            self._p.drawPolyline(
                [QPointF(left + 3, top + 6.5), QPointF(left + 5.2, top + 8.6), QPointF(left + 9, top + 4)]
            )

    def _events(self) -> None:
        moving = self._marks.ghost.id if self._marks.ghost is not None else ""
        for block, piece in placed(self._data.blocks, self._data.days):
            self._p.setOpacity(0.35 if moving and block.id == moving else 1.0)
            self._event(block, _rect(self._grid.box(piece)))
        self._p.setOpacity(1.0)
        for extra in (self._data.proposal, self._marks.ghost):
            if extra is not None:
                for piece in pieces(extra.id, extra.start, extra.end, self._data.days):
                    self._event(extra, _rect(self._grid.box(piece)), extra is self._marks.ghost)

    def _event(self, block: Block, box: QRectF, ghost: bool = False) -> None:
        look = Look.PROPOSED if ghost else block.look
        ground, ink, quiet, bar = _LOOKS[look]
        contrast = self._theme.contrast
        self._p.setBrush(self._colour(ground))
        pen = Qt.PenStyle.NoPen
        if look is Look.PROPOSED:
            self._p.setPen(QPen(self._colour("accent"), 1, Qt.PenStyle.DashLine))
        elif look is Look.DONE or contrast:
            self._p.setPen(self._line("lineStrong"))
        else:
            self._p.setPen(pen)
        self._p.drawRoundedRect(box, 4, 4)
        if bar:
            self._bar(box, bar)
        self._event_text(block, box, ink, quiet, ghost)
        if block.id and block.id == self._marks.chosen:
            self._ring(box)
        elif block.id and block.id == self._marks.hovered:
            self._p.setBrush(Qt.BrushStyle.NoBrush)
            self._p.setPen(self._line("lineStrong"))
            self._p.drawRoundedRect(box, 4, 4)

    def _bar(self, box: QRectF, token: str) -> None:
        self._p.save()
        self._p.setClipRect(QRectF(box.left(), box.top(), 3, box.height()), Qt.ClipOperation.IntersectClip)
        self._p.setPen(Qt.PenStyle.NoPen)
        self._p.setBrush(self._colour(token))
        self._p.drawRoundedRect(QRectF(box.left(), box.top(), 12, box.height()), 4, 4)
        self._p.restore()

    def _ring(self, box: QRectF) -> None:
        self._p.setBrush(Qt.BrushStyle.NoBrush)
        token = "focus" if self._marks.keyboard else "accent"
        self._p.setPen(QPen(self._colour("surface"), 4))
        self._p.drawRoundedRect(box, 4, 4)
        self._p.setPen(QPen(self._colour(token), 2))
        self._p.drawRoundedRect(box, 4, 4)

    def _event_text(self, block: Block, box: QRectF, ink: str, quiet: str, ghost: bool) -> None:
        room = box.adjusted(10, 4, -6, -3)
        font, high = self._theme.font("control"), self._title_line
        most = max(1, int((room.height() + 2) // high))
        detail = words.block_detail(block, with_time=ghost) if block.title else ""
        lines = wrapped(block.title or words.block_span(block), font, room.width(), min(4, most))
        if detail and len(lines) == most > 1:
            lines = wrapped(block.title, font, room.width(), most - 1)
        y = room.top() if room.height() > high + 2 else box.center().y() - high / 2
        for line in lines:
            self._text(QRectF(room.left(), y, room.width(), high), line, font, ink)
            y += high
        self._detail(detail, QRectF(room.left(), y, room.width(), room.bottom() + 3 - y), quiet)

    def _detail(self, detail: str, room: QRectF, token: str) -> None:
        high = self._detail_line
        fitting = int(room.height() // high)
        if not detail or fitting < 1:
            return
        font = self._theme.font("small")
        for number, line in enumerate(wrapped(detail, font, room.width(), min(2, fitting))):
            box = QRectF(room.left(), room.top() + number * high, room.width(), high)
            self._text(box, line, font, token)

    def _present(self) -> None:
        now = self._data.now
        if now.date() not in self._data.days:
            return
        index, y = self._data.days.index(now.date()), self._grid.y_of(minute_of(now))
        left, right = self._grid.x_of(index), self._grid.x_of(index + 1)
        self._p.setPen(QPen(self._colour("danger"), 2))
        self._p.drawLine(QPointF(left, y), QPointF(right, y))
        self._p.setPen(Qt.PenStyle.NoPen)
        self._p.setBrush(self._colour("danger"))
        self._p.drawEllipse(QPointF(left, y), 4, 4)

    def _cell(self) -> None:
        cell = self._marks.cell
        if cell is None or not self._marks.keyboard or self._marks.chosen or cell.day not in self._data.days:
            return
        piece = Piece("", cell.day, cell.minute, cell.minute + STEP)
        box = _rect(self._grid.box(piece)).adjusted(0, 1, 0, -1)
        self._p.setBrush(Qt.BrushStyle.NoBrush)
        self._p.setPen(QPen(self._colour("focus"), 2))
        self._p.drawRoundedRect(box, 4, 4)


_LOOKS: dict[Look, tuple[str, str, str, str]] = {
    Look.MEETING: ("heroBlock", "onHeroBlock", "onHeroBlock", ""),
    Look.OWN: ("accentTint", "text", "textSecondary", "accent"),
    Look.REVIEW: ("markerSoft", "text", "textSecondary", "marker"),
    Look.DONE: ("surface", "textMuted", "textMuted", ""),
    Look.PROPOSED: ("surface", "accentText", "accentText", ""),
}
"""For each look: ground, title, detail and bar, as tokens."""


def _rect(box: Box) -> QRectF:
    return QRectF(box.left, box.top, box.width, box.height)
