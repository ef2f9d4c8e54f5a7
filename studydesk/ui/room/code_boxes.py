"""The six boxes of a room's code: one line to write in, painted as boxes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from studydesk.ui.theme import current

DIGITS = 6
BOX, GAP, MIDDLE, HEIGHT = 48, 8, 22, 58
LONGEST = 64


class CodeBoxes(QLineEdit):
    """Takes a code. Six digits or fewer show as boxes; any other code as one wide field of the same height.

    A paste with blanks works; a screen reader hears one field.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("joinCode")
        self.setAccessibleName(self.tr("Code of the room"))
        self.setMaxLength(LONGEST)
        self.setFrame(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setTextMargins(12, 0, 12, 0)
        self.setFixedSize(self.sizeHint())
        self._fault = False
        self.textEdited.connect(self._edited)

    def code(self) -> str:
        """Return the code without blanks around it, and without any if it is of digits."""
        text = self.text().strip()
        plain = text.replace(" ", "")
        return plain if plain.isdecimal() else text

    def set_fault(self, fault: bool) -> None:
        """Show that the code was refused; the boxes stay filled."""
        self._fault = fault
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(DIGITS * BOX + (DIGITS - 2) * GAP + MIDDLE + 4, HEIGHT + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._as_boxes():
            self._paint_boxes(painter)
            return
        painter.end()
        self.setFont(self._digit_font(22))
        super().paintEvent(event)
        frame = QPainter(self)
        frame.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame.setPen(self._border(self.hasFocus()))
        frame.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 8, 8)

    def _as_boxes(self) -> bool:
        code = self.code()
        return len(code) <= DIGITS and (not code or code.isdecimal())

    def _paint_boxes(self, painter: QPainter) -> None:
        theme, code = current(), self.code()
        painter.setFont(self._digit_font(26))
        painter.fillRect(self.rect(), theme.color("raised"))
        for number in range(DIGITS):
            rect = self._box(number)
            here = self.hasFocus() and number == min(len(code), DIGITS - 1) and len(code) < DIGITS
            painter.setPen(self._border(here))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(rect, 8, 8)
            painter.setPen(theme.color("text"))
            if number < len(code):
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, code[number])
            elif here:
                painter.fillRect(
                    QRectF(rect.center().x() - 1, rect.center().y() - 12, 2, 24), theme.color("focus")
                )

    def _box(self, number: int) -> QRectF:
        left = 2 + number * (BOX + GAP) + (MIDDLE - GAP if number >= DIGITS // 2 + 1 else 0)
        return QRectF(left, 2, BOX, HEIGHT)

    def _border(self, here: bool) -> QPen:
        if self._fault:
            return QPen(current().color("danger"), 1.5)
        return QPen(current().color("focus"), 2) if here else QPen(current().color("lineControl"), 1)

    def _digit_font(self, size: int) -> QFont:
        font = QFont(current().font("display", tabular=True))
        font.setPixelSize(current().px(size))
        return font

    def _edited(self) -> None:
        if self._fault:
            self.set_fault(False)
        plain = self.text().replace(" ", "")
        if plain.isdecimal() and plain != self.text() and len(plain) <= DIGITS:
            self.setText(plain)
        self.update()
