"""A form in a dialog: title, one sentence, the form, and a footer with cancel and one primary button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.labels import Hairline, Label

WIDTH, PADDING = 480, 28


class FormDialog(QDialog):
    """Enter does what the primary button does, Esc cancels; `submit` says whether the form may close."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        form: QWidget,
        primary: str,
        submit: Callable[[], bool],
        sentence: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setModal(True)
        self._submit = submit
        self.form = form
        self.primary = Button(primary, "primary")
        self._cancel = Button(self.tr("Cancel"))
        self._footer = QHBoxLayout()
        self._footer.setContentsMargins(PADDING, 12, PADDING, 16)
        self._footer.setSpacing(8)
        self._footer.addStretch(1)
        self._footer.addWidget(self._cancel)
        self._footer.addWidget(self.primary)
        self._cancel.clicked.connect(self.reject)
        self.primary.clicked.connect(self.submit)
        self._lay_out(title, sentence)
        self.setFixedWidth(max(WIDTH, current().px(WIDTH)))
        form.setFocus()

    def add_left(self, button: Button, run: Callable[[], object]) -> None:
        """Put a button at the left of the footer; the dialog closes when it is pressed."""
        self._footer.insertWidget(0, button)
        button.clicked.connect(self.reject)
        button.clicked.connect(lambda: run())

    def _lay_out(self, title: str, sentence: str) -> None:
        inside = QVBoxLayout()
        inside.setContentsMargins(PADDING, 24, PADDING, 22)
        inside.setSpacing(0)
        inside.addWidget(Label(title, "title", wrap=True))
        if sentence:
            inside.addSpacing(6)
            inside.addWidget(Label(sentence, "body", "textSecondary", wrap=True))
        inside.addSpacing(16)
        inside.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inside)
        column.addWidget(Hairline())
        column.addLayout(self._footer)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current().color("raised"))

    def submit(self) -> None:
        """Do what the primary button does."""
        if self._submit():
            self.accept()
        else:
            self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)
