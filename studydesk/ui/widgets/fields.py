"""Fields: a search field, and an input with its label above and its fault below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studydesk.ui.icons import paint_icon
from studydesk.ui.widgets.labels import Label


class SearchField(QLineEdit):
    """A field with a magnifying glass. Esc clears it; Down goes to what it found, by `went_down`."""

    went_down = Signal()

    def __init__(self, placeholder: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setTextMargins(26, 0, 0, 0)
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        top = (self.height() - 16) / 2
        paint_icon(QPainter(self), "ph.magnifying-glass", QRectF(11, top, 16, 16), "textSecondary")


class InputField(QWidget):
    """A label, a line to write in, and below it, when something is wrong, one sentence that helps."""

    changed = Signal(str)
    submitted = Signal()

    def __init__(
        self, label: str, placeholder: str = "", text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(text)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(label)
        self.setFocusProxy(self.edit)
        self._label = Label(label, "small", "textSecondary", weight=500)
        self._label.setBuddy(self.edit)
        self._fault = _FaultLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._label, self.edit, self._fault):
            column.addWidget(widget)
        self.edit.textChanged.connect(self._edited)
        self.edit.returnPressed.connect(self.submitted)

    def text(self) -> str:
        """Return what stands in the line, without blanks around it."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Write into the line."""
        self.edit.setText(text)

    def set_fault(self, sentence: str) -> None:
        """Say what is wrong and what helps; "" takes it back."""
        self.edit.setProperty("fault", bool(sentence))
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)
        self._fault.set_sentence(sentence)
        self.edit.setAccessibleDescription(sentence)

    def _edited(self, text: str) -> None:
        if self._fault.isVisibleTo(self):
            self.set_fault("")
        self.changed.emit(text)


class _FaultLine(QWidget):
    """An icon and one sentence in `danger`."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Label("", "small", "danger", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 0, 0)
        row.addWidget(self._words, 1)
        self.hide()

    def set_sentence(self, sentence: str) -> None:
        self._words.setText(sentence)
        self.setVisible(bool(sentence))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), "ph.warning", QRectF(0, 1, 14, 14), "danger")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()
