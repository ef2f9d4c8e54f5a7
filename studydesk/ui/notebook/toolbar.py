"""The row of buttons above the editor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import IconButton
from studydesk.ui.widgets.labels import Label

HEIGHT = 37
Tool = tuple[str, str, str, Callable[[], object]]
"""Icon, words, shortcut, what it does."""


class NoteToolbar(QWidget):
    """Marks and blocks that a person may not know by heart, and how many words there are."""

    def __init__(self, tools: Sequence[Tool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Marks"))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 11, 1)
        row.setSpacing(2)
        self.buttons = [self._button(*tool) for tool in tools]
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        self._words = Label("", "small", "textMuted", tabular=True)
        row.addWidget(self._words)

    def show_words(self, count: int) -> None:
        """Say how many words the note has."""
        self._words.setText(
            self.tr("1 word") if count == 1 else self.tr("%1 words").replace("%1", f"{count:,}")
        )

    def sizeHint(self) -> QSize:
        return QSize(300, max(HEIGHT, current().px(HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current().color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, current().color("line"))

    def _button(self, icon: str, words: str, shortcut: str, run: Callable[[], object]) -> IconButton:
        button = IconButton(icon, words, shortcut)
        button.clicked.connect(lambda _checked=False: run())
        return button
