"""Paints the left pane: headings, and tasks as cards with a box to tick."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studydesk.ui.planner import words
from studydesk.ui.planner.lines import wrapped
from studydesk.ui.planner.task_model import ROW, HeadingRow, Index, TaskRow
from studydesk.ui.theme import current

MARGIN = 16
GAP = 9
BOX = 18
TITLE = 18


class TaskDelegate(QStyledItemDelegate):
    """Paints rows of a TaskModel; says by `ticked` that a box was pressed."""

    ticked = Signal(str, bool)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, width = index.data(ROW), _width(option)
        if isinstance(row, HeadingRow):
            return QSize(width, current().px(34 if index.row() == 0 else 46))
        if not isinstance(row, TaskRow):
            return QSize(width, 0)
        titles, details = self._lines(row, width - MARGIN - _right_margin(option))
        theme = current()
        text = len(titles) * theme.px(TITLE) + len(details) * theme.line("small")
        return QSize(width, 20 + text + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, HeadingRow):
            self._heading(painter, option.rect, row)
        elif isinstance(row, TaskRow):
            self._card(painter, option, row)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, row: HeadingRow) -> None:
        theme = current()
        font = theme.font("section")
        painter.setFont(font)
        painter.setPen(theme.color("textSecondary"))
        base = QRectF(rect.left() + MARGIN, rect.bottom() - 27, rect.width() - 2 * MARGIN, 18)
        painter.drawText(base, Qt.AlignmentFlag.AlignVCenter, row.title)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("textMuted"))
        after = QFontMetricsF(font).horizontalAdvance(row.title) + 8
        painter.drawText(base.adjusted(after, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.count)

    def _card(self, painter: QPainter, option: QStyleOptionViewItem, row: TaskRow) -> None:
        card = _card_rect(option)
        self._ground(painter, option, card)
        self._tick(painter, _box_rect(option), row.task.done)
        titles, details = self._lines(row, int(card.width() + 1))
        theme = current()
        title, detail = theme.px(TITLE), theme.line("small")
        y = card.top() + 10
        self._minutes(painter, card, y, row)
        painter.setFont(self._title_font(row))
        painter.setPen(current().color("textMuted" if row.task.done else "text"))
        for line in titles:
            painter.drawText(QRectF(card.left() + 40, y, card.width(), title), _LEFT, line)
            y += title
        painter.setFont(current().font("small"))
        painter.setPen(current().color("warning" if row.late else "textMuted"))
        for line in details:
            painter.drawText(QRectF(card.left() + 40, y, card.width(), detail), _LEFT, line)
            y += detail

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, card: QRectF) -> None:
        theme = current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setBrush(theme.color("selected" if chosen else "raised"))
        border = "lineStrong" if hovered or chosen else "line"
        painter.setPen(QPen(theme.color(border), 1))
        painter.drawRoundedRect(card, 8, 8)
        if focused and chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), 7, 7)

    def _tick(self, painter: QPainter, box: QRectF, done: bool) -> None:
        theme = current()
        if not done:
            painter.setPen(QPen(theme.color("lineControl"), 1))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(box, 5, 5)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(QPen(theme.color("onAccent"), 1.8))
        left, top = box.left(), box.top()
        painter.drawPolyline(
            [QPointF(left + 4.5, top + 9.5), QPointF(left + 7.8, top + 12.8), QPointF(left + 13.5, top + 6)]
        )

    def _minutes(self, painter: QPainter, card: QRectF, y: float, row: TaskRow) -> None:
        if row.task.minutes:
            painter.setFont(current().font("small"))
            painter.setPen(current().color("textMuted"))
            box = QRectF(card.left(), y, card.width() - 12, current().px(TITLE))
            painter.drawText(
                box,
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                words.duration(row.task.minutes),
            )

    def _title_font(self, row: TaskRow) -> QFont:
        font = QFont(current().font("control"))
        font.setStrikeOut(row.task.done)
        return font

    def _lines(self, row: TaskRow, width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        small = current().font("small")
        room = width - 40 - 12
        length = words.duration(row.task.minutes) if row.task.minutes else ""
        taken = QFontMetricsF(small).horizontalAdvance(length) + 14 if length else 0
        titles = wrapped(row.task.title, self._title_font(row), room - taken, 3)
        details = wrapped(row.detail, small, room - taken, 2) if row.detail else ()
        return titles, details

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        row = index.data(ROW)
        if (
            isinstance(row, TaskRow)
            and isinstance(event, QMouseEvent)
            and event.type() in (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
            and event.button() == Qt.MouseButton.LeftButton
            and _hit_rect(option).contains(event.position())
        ):
            if event.type() == QEvent.Type.MouseButtonRelease:
                self.ticked.emit(row.task.id, not row.task.done)
            return True
        return super().editorEvent(event, model, option, index)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _width(option: QStyleOptionViewItem) -> int:
    view = option.widget
    return view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()


def _right_margin(option: QStyleOptionViewItem) -> int:
    """Return what is left of the margin at the right beside a scroll bar, so that cards never move."""
    view = option.widget
    bar = view.width() - view.viewport().width() if isinstance(view, QAbstractItemView) else 0
    return max(4, MARGIN - bar)


def _card_rect(option: QStyleOptionViewItem) -> QRectF:
    return QRectF(option.rect).adjusted(MARGIN + 0.5, 0.5, -_right_margin(option) - 0.5, -GAP - 0.5)


def _box_rect(option: QStyleOptionViewItem) -> QRectF:
    card = _card_rect(option)
    return QRectF(card.left() + 11.5, card.top() + 9.5, BOX - 1, BOX - 1)


def _hit_rect(option: QStyleOptionViewItem) -> QRectF:
    return _box_rect(option).adjusted(-10, -9, 8, 9)
