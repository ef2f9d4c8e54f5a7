"""What lies over the library for a while: the hint while something is dragged, and the panel in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studydesk.ui.library import words
from studydesk.ui.theme import current


class DropHint(QWidget):
    """Says that what is dragged can be let go here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(words.tr("Let go to add it"))
        self.hide()

    def cover(self) -> None:
        """Show over the whole parent."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
            self.raise_()
            self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.color("accentTint")
        painter.setOpacity(0.9)
        painter.fillRect(self.rect(), ground)
        painter.setOpacity(1)
        painter.setPen(QPen(theme.color("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16, 16, -16, -16), 8, 8)
        painter.setFont(theme.font("heading"))
        painter.setPen(theme.color("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words.tr("Let go to add it"))


class Sheet(QWidget):
    """Holds the panel over the table in a narrow window; Esc closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 0, 0)
        self.hide()

    def hold(self, content: QWidget) -> None:
        """Take a widget in."""
        self._column.addWidget(content)
        content.show()

    def open_at_right(self, width: int, top: int) -> None:
        """Show at the right edge of the parent, below `top`."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.width() - width, top, width, parent.height() - top)
            self.raise_()
            self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current().color("window"))
        painter.fillRect(0, 0, 1, self.height(), current().color("lineStrong"))
