"""A form in a dialog: title, one sentence, the form, and a footer with cancel and one primary button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.dialog import BaseDialog


class FormDialog(BaseDialog):
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
        super().__init__(title, sentence, primary, parent)
        self._submit = submit
        self.form = form
        self.content.addWidget(form)
        self.primary.clicked.connect(self.submit)
        form.setFocus()

    def add_left(self, button: Button, run: Callable[[], object]) -> None:
        """Put a button at the left of the footer; the dialog closes when it is pressed."""
        self.footer.insertWidget(0, button)
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
