"""What stands where there is nothing yet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studydesk.ui.icons import paint_icon
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.labels import Label


class IconView(QWidget):
    """An icon as a widget; it says nothing to screen readers."""

    def __init__(
        self, name: str, token: str = "textSecondary", size: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._token, self._size = name, token, size
        self.setFixedSize(size, size)

    def set_icon(self, name: str, token: str | None = None) -> None:
        """Show another icon."""
        self._name, self._token = name, token or self._token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), self._name, QRectF(self.rect()), self._token)


class EmptyState(QWidget):
    """Icon, heading, one sentence, at most one plain and one quiet button, in the upper third."""

    def __init__(self, icon: str, heading: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconView(icon, "textSecondary", 32)
        self._heading = Label(heading, "heading")
        self._sentence = Label(sentence, "body", "textSecondary", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setMinimumWidth(160)
        self._sentence.setMaximumWidth(270)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(12)
        column.addWidget(self._heading, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        said = QHBoxLayout()  # a layout, since an alignment would forget that the words may need two lines
        said.addStretch(1)
        said.addWidget(self._sentence, 100)
        said.addStretch(1)
        column.addLayout(said)
        column.addSpacing(16)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self._buttons)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(4)

    def say(self, heading: str, sentence: str, icon: str | None = None) -> None:
        """Say something else."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        if icon is not None:
            self._icon.set_icon(icon)

    def add_button(self, text: str, kind: str = "plain") -> Button:
        """Add a small button, "plain" or "quiet"; connect its `clicked`."""
        button = Button(text, kind, small=True)
        self._buttons.addWidget(button)
        return button
