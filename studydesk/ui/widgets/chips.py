"""Chips: facts in few letters. What can be pressed is a button, not a chip."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studydesk.ui.theme import Theme, current

TONES = {
    "plain": ("sunken", "textSecondary"),
    "goal": ("accentTint", "accentText"),
    "good": ("successTint", "success"),
    "late": ("warningTint", "warning"),
    "fault": ("dangerTint", "danger"),
    "time": ("infoTint", "info"),
    "card": ("markerSoft", "text"),
}
PADDING = 7


def chip_font(theme: Theme) -> QFont:
    """Return the font of chips: 11.5 px, medium."""
    font = QFont(theme.font("small", weight=500))
    font.setPixelSize(max(11, theme.px(11.5)))
    return font


def chip_size(text: str) -> QSize:
    """Return the size of a chip with these words."""
    theme = current()
    width = QFontMetricsF(chip_font(theme)).horizontalAdvance(text)
    return QSize(int(width + 2 * PADDING + 0.99), theme.px(20))


def paint_chip(painter: QPainter, where: QPointF, text: str, tone: str = "plain") -> QRectF:
    """Paint a chip with its left top corner at `where`; return its rectangle."""
    theme = current()
    ground, ink = TONES[tone]
    size = chip_size(text)
    rect = QRectF(where.x(), where.y(), size.width(), size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(ink), 1) if theme.contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ground))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5) if theme.contrast else rect, 4, 4)
    painter.setFont(chip_font(theme))
    painter.setPen(theme.color(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return rect


class Chip(QWidget):
    """A chip as a widget, where there is no row to paint it in."""

    def __init__(self, text: str, tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str, tone: str | None = None) -> None:
        """Change the words, and the tone with them."""
        self._text, self._tone = text, tone or self._tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), QPointF(0, 0), self._text, self._tone)


class KeyCap(Chip):
    """The name of a key or shortcut in a small frame."""

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_key(QPainter(self), QPointF(0, 0), self._text)


def paint_key(painter: QPainter, where: QPointF, text: str) -> QRectF:
    """Paint the name of a key in a frame, with its left top corner at `where`; return its rectangle."""
    theme, size = current(), chip_size(text)
    rect = QRectF(where.x(), where.y(), size.width(), size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("lineStrong"), 1))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(chip_font(theme))
    painter.setPen(theme.color("textSecondary"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return rect
