"""The frame of a dialog: title, one sentence, content, and a footer with the primary button at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.labels import Hairline, Label

WIDTH = 480
PADDING = 28


class BaseDialog(QDialog):
    """Enter does the primary, Esc cancels. A subclass fills `self.content` and connects `self.primary`."""

    def __init__(self, title: str, sentence: str, primary: str, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(max(WIDTH, current().px(WIDTH)))
        self.heading = Label(title, "title", wrap=True)
        self.sentence = Label(sentence, "body", "textSecondary", wrap=True)
        self.content = QVBoxLayout()
        self.content.setSpacing(16)
        self.primary = Button(primary, "primary")
        self.primary.setDefault(True)
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.footer = QHBoxLayout()
        self.footer.setContentsMargins(PADDING, 12, PADDING, 16)
        self.footer.setSpacing(8)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.primary)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inside = QVBoxLayout()
        inside.setContentsMargins(PADDING, 24, PADDING, 20)
        inside.setSpacing(6)
        inside.addWidget(self.heading)
        inside.addWidget(self.sentence)
        self.sentence.setVisible(bool(self.sentence.text()))
        inside.addSpacing(16)
        inside.addLayout(self.content)
        column.addLayout(inside)
        column.addWidget(Hairline())
        column.addLayout(self.footer)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current().color("raised"))
