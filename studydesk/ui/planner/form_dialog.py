"""A form in a dialog: title, one sentence, the form, and a footer with cancel and one primary button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from studydesk.ui.planner import words
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.labels import Label

WIDTH = 480


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
        self._cancel = Button(words.tr("Cancel"))
        self._footer = QHBoxLayout()
        self._footer.setSpacing(8)
        self._footer.addStretch(1)
        self._footer.addWidget(self._cancel)
        self._footer.addWidget(self.primary)
        self._cancel.clicked.connect(self.reject)
        self.primary.clicked.connect(self.submit)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(0)
        column.addWidget(Label(title, "title"))
        if sentence:
            column.addSpacing(4)
            column.addWidget(Label(sentence, "body", "textSecondary", wrap=True))
        column.addSpacing(16)
        column.addWidget(form)
        column.addSpacing(20)
        column.addLayout(self._footer)
        self.setFixedWidth(WIDTH)
        form.setFocus()

    def add_left(self, button: Button, run: Callable[[], object]) -> None:
        """Put a button at the left of the footer; the dialog closes when it is pressed."""
        self._footer.insertWidget(0, button)
        button.clicked.connect(self.reject)
        button.clicked.connect(lambda: run())

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
