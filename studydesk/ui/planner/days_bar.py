"""The way to other days, beside the title: earlier, today, later."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studydesk.ui.planner import words
from studydesk.ui.widgets.buttons import Button, IconButton


class DaysBar(QWidget):
    """Says by `stepped` one page earlier (-1) or later (1), and by `today` back to now."""

    stepped = Signal(int)
    today = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        earlier = IconButton("ph.caret-left", words.tr("Earlier"), "Alt+PgUp")
        later = IconButton("ph.caret-right", words.tr("Later"), "Alt+PgDown")
        now = Button(words.tr("Today"), small=True)
        earlier.clicked.connect(lambda: self.stepped.emit(-1))
        later.clicked.connect(lambda: self.stepped.emit(1))
        now.clicked.connect(self.today)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        for widget in (earlier, now, later):
            row.addWidget(widget)
