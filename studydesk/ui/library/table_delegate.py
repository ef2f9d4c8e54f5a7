"""Paints the library's table: icon and two lines, tag, progress, and stars that can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studydesk.services.library import ResourceState, ResourceView
from studydesk.ui.icons import paint_icon
from studydesk.ui.library import words
from studydesk.ui.library.table_model import RESOURCE, Column, Index
from studydesk.ui.theme import current

ROW = 60
STAR = 15
"""Width of a star with its gap."""
PAD = 8

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def star_at(x: float, left: float) -> int:
    """Return which star, 1 to 5, lies at `x` when the first begins at `left`; 0 beside them."""
    number = int((x - left) // STAR) + 1
    return number if x >= left and 1 <= number <= 5 else 0


class ResourceDelegate(QStyledItemDelegate):
    """Paints rows of a ResourceModel; says by `rated` that a star was pressed (0: the same star once more)."""

    rated = Signal(str, int)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        resource = index.data(RESOURCE)
        if not isinstance(resource, ResourceView):
            return
        painter.save()
        cell = _Cell(painter, QRectF(option.rect), bool(option.state & QStyle.StateFlag.State_Selected))
        cell.ground(option)
        column = Column(index.column())
        if column is Column.TITLE:
            cell.title(resource)
        elif column is Column.TAG:
            cell.tags(resource)
        elif column is Column.PROGRESS:
            cell.progress(resource)
        else:
            cell.rating(resource, bool(option.state & QStyle.StateFlag.State_MouseOver))
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        resource = index.data(RESOURCE)
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
            and isinstance(resource, ResourceView)
            and index.column() == Column.RATING
        ):
            star = star_at(event.position().x(), option.rect.left() + PAD)
            if star:
                self.rated.emit(resource.id, 0 if star == resource.rating else star)
                return True
        return super().editorEvent(event, model, option, index)


class _Cell:
    """One cell in the act of being painted."""

    def __init__(self, painter: QPainter, box: QRectF, chosen: bool) -> None:
        self._p = painter
        self._box = box
        self._chosen = chosen
        self._theme = current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def ground(self, option: QStyleOptionViewItem) -> None:
        rect: QRect = option.rect
        if self._chosen:
            view = option.widget
            active = not isinstance(view, QWidget) or view.isActiveWindow()
            self._p.fillRect(rect, self._theme.color("selected" if active else "pressed"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            self._p.fillRect(rect, self._theme.color("hover"))
        self._p.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._p.setPen(QPen(self._theme.color("line"), 0))
        self._p.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._p.setRenderHint(QPainter.RenderHint.Antialiasing)

    def title(self, resource: ResourceView) -> None:
        theme, box = self._theme, self._box
        tile = QRectF(box.left() + 20, box.center().y() - 16, 32, 32)
        self._p.setPen(Qt.PenStyle.NoPen)
        chosen_ground = "selected" if theme.contrast else "surface"
        self._p.setBrush(theme.color(chosen_ground if self._chosen else "sunken"))
        self._p.drawRoundedRect(tile, 6, 6)
        paint_icon(
            self._p, words.kind_icon(resource.kind), tile.adjusted(7, 7, -7, -7), self._ink("textSecondary")
        )
        first, second = theme.line("control"), theme.line("small")
        top = box.center().y() - (first + second) / 2
        left = tile.right() + 12
        room = QRectF(left, top, box.right() - left - PAD, first)
        self._elided(room, resource.title, theme.font("control"), "text")
        below = QRectF(left, top + first, room.width(), second)
        self._elided(below, words.detail(resource), theme.font("small"), "textMuted")

    def tags(self, resource: ResourceView) -> None:
        if not resource.tags:
            return
        font = self._theme.font("small", weight=500)
        metrics = QFontMetricsF(font)
        more = f"+{len(resource.tags) - 1}" if len(resource.tags) > 1 else ""
        room = self._box.width() - PAD - 20 - (metrics.horizontalAdvance(more) + 6 if more else 0)
        text = metrics.elidedText(resource.tags[0], Qt.TextElideMode.ElideRight, max(20.0, room))
        wide, high = metrics.horizontalAdvance(text) + 16, self._theme.px(20)
        chip = QRectF(self._box.left() + PAD, self._box.center().y() - high / 2, wide, high)
        self._p.setPen(QPen(self._theme.color("line"), 1) if self._theme.contrast else Qt.PenStyle.NoPen)
        self._p.setBrush(self._theme.color("surface" if self._chosen else "sunken"))
        self._p.drawRoundedRect(chip, 4, 4)
        self._p.setFont(font)
        self._p.setPen(self._theme.color("textSecondary"))
        self._p.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        if more:
            self._text(QRectF(chip.right() + 6, chip.top(), 40, high), more, font, self._ink("textMuted"))

    def progress(self, resource: ResourceView) -> None:
        small, text = self._theme.font("small"), words.progress(resource)
        room = self._box.adjusted(PAD, 0, -4, 0)
        if resource.state == ResourceState.DONE:
            mark = QRectF(room.left() - 1, room.center().y() - 8, 16, 16)
            paint_icon(self._p, "ph.check", mark, self._ink("success"))
            strong = self._theme.font("small", weight=500)
            self._text(room.adjusted(20, 0, 0, 0), text, strong, self._ink("success"))
        elif resource.state == ResourceState.DOING and resource.progress > 0:
            self._bar(QRectF(room.left(), room.center().y() - 2, 48, 4), resource.progress)
            self._text(room.adjusted(57, 0, 0, 0), text, small, self._ink("textMuted"))
        else:
            self._text(room, text, small, self._ink("textMuted"))

    def _bar(self, track: QRectF, share: float) -> None:
        self._p.setPen(QPen(self._theme.color("line"), 1) if self._theme.contrast else Qt.PenStyle.NoPen)
        self._p.setBrush(self._theme.color("surface" if self._chosen else "sunken"))
        self._p.drawRoundedRect(track, 2, 2)
        self._p.setPen(Qt.PenStyle.NoPen)
        self._p.setBrush(self._theme.color("accent"))
        filled = QRectF(track)
        filled.setWidth(max(4.0, track.width() * min(1.0, share)))
        self._p.drawRoundedRect(filled, 2, 2)

    def rating(self, resource: ResourceView, hovered: bool) -> None:
        if not resource.rating and not hovered:
            room = self._box.adjusted(PAD, 0, 0, 0)
            self._text(room, words.rating(0), self._theme.font("small"), self._ink("textMuted"))
            return
        for number in range(5):
            place = QRectF(self._box.left() + PAD + number * STAR, self._box.center().y() - 7, 13, 13)
            name = "ph.star-fill" if number < resource.rating else "ph.star"
            paint_icon(self._p, name, place, self._ink("textSecondary"))

    def _elided(self, room: QRectF, text: str, font: QFont, token: str) -> None:
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        self._text(room, shown, font, self._ink(token))

    def _text(self, room: QRectF, text: str, font: QFont, ink: QColor) -> None:
        self._p.setFont(font)
        self._p.setPen(ink)
        self._p.drawText(room, int(_LEFT | Qt.TextFlag.TextSingleLine), text)

    def _ink(self, token: str) -> QColor:
        """Return a colour of text; on a chosen row of the contrast look all become one."""
        if self._chosen and self._theme.contrast:
            return self._theme.color("onSelected")
        return self._theme.color(token)
