"""Paints the library's left list: an icon, a name, a count; headings between."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studydesk.ui.icons import paint_icon
from studydesk.ui.library.shelves import LabelRow, ShelfRow
from studydesk.ui.library.side_model import ROW
from studydesk.ui.style import paint_ring
from studydesk.ui.theme import current

Index = QModelIndex | QPersistentModelIndex

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SideDelegate(QStyledItemDelegate):
    """Paints rows of a SideModel."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, current().px(42 if isinstance(index.data(ROW), LabelRow) else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(10, 0, -10, 0)
        if isinstance(row, LabelRow):
            painter.setFont(current().font("section"))
            painter.setPen(current().color("textSecondary"))
            painter.drawText(box.adjusted(10, 8, 0, 0), int(_LEFT), row.title)
        elif isinstance(row, ShelfRow):
            self._shelf(painter, option, box, row)
        painter.restore()

    def _shelf(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, row: ShelfRow) -> None:
        theme = current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected" if chosen else "hover"))
            painter.drawRoundedRect(box, 6, 6)
        on_chosen = chosen and theme.contrast
        icon = QRectF(box.left() + 10, box.center().y() - 9, 18, 18)
        paint_icon(painter, row.icon, icon, "onSelected" if chosen else "textSecondary")
        count = str(row.count)
        small = theme.font("small", tabular=True)
        wide = QFontMetricsF(small).horizontalAdvance(count) + 10
        font = theme.font("body", weight=500 if chosen else None)
        room = box.adjusted(36, 0, -wide - 8, 0)
        title = QFontMetricsF(font).elidedText(row.title, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(theme.color("onSelected" if chosen else "text"))
        painter.drawText(room, int(_LEFT), title)
        painter.setFont(small)
        painter.setPen(theme.color("onSelected" if on_chosen else "textMuted"))
        painter.drawText(box.adjusted(0, 0, -10, 0), int(_RIGHT), count)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus and _by_keyboard(option):
            paint_ring(painter, box.adjusted(1, 1, -1, -1), 6)


def _by_keyboard(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_KeyboardFocusChange) or current().contrast
