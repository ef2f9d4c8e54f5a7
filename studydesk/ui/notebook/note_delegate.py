"""Paints a note in the list: title, pin, date, two lines of what it says."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studydesk.services.notebook import NoteRow
from studydesk.services.search import HIT_END, HIT_START
from studydesk.ui.icons import paint_icon
from studydesk.ui.notebook.note_model import ROW_ROLE, Index, moment_words
from studydesk.ui.theme import Theme, current

PADDING_X, PADDING_Y = 16, 9
LINES = 2
PIN = 14


class NoteDelegate(QStyledItemDelegate):
    """One row: 73 px high at 100 %."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = current()
        return QSize(100, 2 * PADDING_Y + theme.line("bodyStrong") + 2 + LINES * theme.line("small") + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, theme = index.data(ROW_ROLE), current()
        if not isinstance(row, NoteRow):
            return
        painter.save()
        rect, state = _rect(option), _state(option)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, rect, state, theme)
        area = rect.adjusted(PADDING_X, PADDING_Y, -PADDING_X, -PADDING_Y)
        self._paint_head(painter, area, row, theme, chosen)
        self._paint_excerpt(painter, area, row, theme, chosen)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, theme: Theme) -> None:
        active = bool(state & QStyle.StateFlag.State_Active)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected" if active or theme.contrast else "pressed"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))

    def _paint_head(self, painter: QPainter, area: QRect, row: NoteRow, theme: Theme, chosen: bool) -> None:
        line = theme.line("bodyStrong")
        when = moment_words(row.updated)
        small = theme.font("small", tabular=True)
        room = QFontMetricsF(small).horizontalAdvance(when)
        painter.setFont(small)
        painter.setPen(theme.color("onSelected" if chosen and theme.contrast else "textMuted"))
        head = QRectF(area.left(), area.top(), area.width(), line)
        painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
        if row.pinned:
            room += PIN + 6
            place = QRectF(area.right() - room + 1, area.top() + (line - PIN) / 2, PIN, PIN)
            paint_icon(painter, "ri.pushpin-line", place, "onSelected" if chosen else "textSecondary")
        painter.setFont(theme.font("bodyStrong"))
        painter.setPen(theme.color("onSelected" if chosen else "text"))
        width = area.width() - room - 8
        title = QFontMetricsF(theme.font("bodyStrong")).elidedText(
            row.title, Qt.TextElideMode.ElideRight, width
        )
        painter.drawText(QRectF(area.left(), area.top(), width, line), Qt.AlignmentFlag.AlignVCenter, title)

    def _paint_excerpt(
        self, painter: QPainter, area: QRect, row: NoteRow, theme: Theme, chosen: bool
    ) -> None:
        top = area.top() + theme.line("bodyStrong") + 2
        painter.setPen(theme.color("onSelected" if chosen and theme.contrast else "textSecondary"))
        layout = excerpt_layout(row.excerpt, area.width(), theme.name, theme.scale)
        layout.draw(painter, QPointF(area.left(), top))


@lru_cache(maxsize=600)
def excerpt_layout(text: str, width: int, look: str, scale: int) -> QTextLayout:
    """Lay `text` out in at most LINES lines of `width` px, what was searched for on the marker.

    `look` and `scale` belong to the key of the cache: another type breaks elsewhere.
    """
    words, hits = _without_marks(text)
    theme = current()
    layout = _broken(_shortened(words, width), width)
    hit = QTextCharFormat()
    hit.setBackground(theme.color("marker"))
    hit.setForeground(theme.color("onMarker"))
    ranges: list[QTextLayout.FormatRange] = []
    for start, length in hits:
        ranges.append(QTextLayout.FormatRange())
        ranges[-1].start, ranges[-1].length, ranges[-1].format = start, length, hit
    layout.setFormats(ranges)
    return _broken(layout.text(), width, layout)


def _broken(text: str, width: int, layout: QTextLayout | None = None) -> QTextLayout:
    theme = current()
    layout = layout or QTextLayout(text, theme.font("small"))
    layout.beginLayout()
    for number in range(LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, number * theme.line("small")))
    layout.endLayout()
    return layout


def _shortened(text: str, width: int) -> str:
    """Return `text` cut so that it fills LINES lines, with an ellipsis at its end."""
    layout = _broken(text, width)
    if layout.lineCount() < LINES:
        return text
    units = text.encode("utf-16-le")
    start = 2 * layout.lineAt(LINES - 1).textStart()
    rest = units[start:].decode("utf-16-le", "ignore")
    metrics = QFontMetricsF(current().font("small"))
    head = units[:start].decode("utf-16-le", "ignore")
    return head + metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)


def _without_marks(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return `text` without the signs around hits, and where these stand: offset and length as Qt counts them."""
    words, hits = "", []
    for number, part in enumerate(text.replace(HIT_END, HIT_START).split(HIT_START)):
        if number % 2:
            hits.append((len(words.encode("utf-16-le")) // 2, len(part.encode("utf-16-le")) // 2))
        words += part
    return words, hits


def _rect(option: QStyleOptionViewItem) -> QRect:
    rect: QRect = option.rect
    return rect


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state
    return state
