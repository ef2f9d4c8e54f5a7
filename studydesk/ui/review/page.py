"""The page on which cards are asked: progress, the card, its answers, and the keys."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studydesk.ui.review import words
from studydesk.ui.review.answers import GOOD, AnswerRow, KeyHints
from studydesk.ui.review.card_sheet import CardSheet
from studydesk.ui.review.session import ReviewRound
from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.labels import Label
from studydesk.ui.widgets.progress import ProgressBar

MEASURE = 680
CARD = 440
RATINGS = {Qt.Key.Key_1: 1, Qt.Key.Key_2: 2, Qt.Key.Key_3: 3, Qt.Key.Key_4: 4}


class AskPage(QWidget):
    """Space shows the answer, then means Good; 1 to 4 answer; E edits and B buries."""

    reveal_asked = Signal()
    answered = Signal(int)
    edit_asked = Signal()
    bury_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.tr("Card"))
        self._revealed = False
        self.bar = ProgressBar(height=4)
        self.count = Label("", "small", "textSecondary", tabular=True)
        self.sheet = CardSheet()
        self.show_answer = Button(words.tr("Show answer"), "primary")
        self.show_answer.setToolTip(words.tr("Show answer (Space)"))
        self.show_answer.clicked.connect(self.reveal_asked)
        self.answers = AnswerRow()
        self.answers.answered.connect(self.answered)
        self.hints = KeyHints()
        self.sheet.edit_asked.connect(self.edit_asked)
        self.sheet.bury_asked.connect(self.bury_asked)
        self._below = QStackedWidget()
        self._lay_out()

    def show_round(self, state: ReviewRound, now: datetime) -> None:
        """Show the card that is asked."""
        asked = state.asked
        if asked is None:
            return
        self._revealed = state.revealed
        progress = words.left(state.done, state.due)
        self.bar.set_share(state.share, progress)
        self.count.setText(progress)
        self.sheet.show_card(asked.card, state.revealed)
        self.answers.show_choices(asked.choices, now)
        had_focus = self.isAncestorOf(self.window().focusWidget() or self)
        self._below.setCurrentIndex(1 if state.revealed else 0)
        self.hints.show_hints(self._hints())
        if had_focus and not self.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.answered.emit(GOOD) if self._revealed else self.reveal_asked.emit()
        elif key in RATINGS and self._revealed:
            self.answered.emit(RATINGS[key])
        elif key == Qt.Key.Key_E:
            self.edit_asked.emit()
        elif key == Qt.Key.Key_B:
            self.bury_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current().color("window"))

    def _hints(self) -> tuple[tuple[str, str], ...]:
        space = words.tr("Good") if self._revealed else words.tr("Show answer")
        return (
            (words.tr("Space"), space),
            ("Ctrl Z", words.tr("Take back")),
            ("E", words.tr("Edit")),
            ("B", words.tr("Bury until tomorrow")),
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.bar, 1)
        head.addWidget(self.count)
        first = QWidget()
        row = QHBoxLayout(first)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.show_answer, 0, Qt.AlignmentFlag.AlignCenter)
        self._below.addWidget(first)
        self._below.addWidget(self.answers)
        self._below.setFixedHeight(current().px(58) + 8)
        self.sheet.setMinimumHeight(200)
        self.sheet.setMaximumHeight(current().px(CARD))
        middle = QWidget()
        middle.setMaximumWidth(current().px(MEASURE))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 26, 0, 24)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(26)
        column.addWidget(self.sheet, 100)
        column.addSpacing(16)
        column.addWidget(self._below)
        column.addSpacing(10)
        column.addWidget(self.hints)
        column.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 0, 24, 0)
        outer.addStretch(1)
        outer.addWidget(middle, 100)
        outer.addStretch(1)
