"""The fields of a card, to add one or to change one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from studydesk.services.review import CardView
from studydesk.ui.review import words
from studydesk.ui.theme import current
from studydesk.ui.widgets.fields import InputField
from studydesk.ui.widgets.labels import Label


@dataclass(frozen=True)
class CardDraft:
    """What was typed."""

    front: str
    back: str
    deck: str


class CardForm(QWidget):
    """Front, back and deck. Both sides take Markdown; Tab goes on, Ctrl+Enter does what the button does."""

    def __init__(self, card: CardView | None = None, deck: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.front = _side(words.tr("Front"), words.tr("Which join keeps all rows of the left table?"))
        self.back = _side(words.tr("Back"), words.tr("LEFT JOIN"))
        self.deck = InputField(words.tr("Deck"), words.tr("SQL basics/Joins"), card.deck if card else deck)
        self.fault = Label("", "small", "danger", wrap=True)
        self.fault.hide()
        if card is not None:
            self.front.setPlainText(card.front)
            self.back.setPlainText(card.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for name, side in ((words.tr("Front"), self.front), (words.tr("Back"), self.back)):
            label = Label(name, "small", "textSecondary", weight=500)
            label.setBuddy(side)
            column.addWidget(label)
            column.addWidget(side)
            if side is self.front:
                column.addWidget(self.fault)
            column.addSpacing(8)
        column.addWidget(self.deck)
        self.front.textChanged.connect(self.fault.hide)
        self.setFocusProxy(self.front)

    def read(self) -> CardDraft | None:
        """Return what was typed, or None after saying what is missing."""
        front = self.front.toPlainText().strip()
        if not front:
            self.fault.setText(words.tr("Write on the front what you want to be asked."))
            self.fault.show()
            self.front.setFocus()
            return None
        return CardDraft(front, self.back.toPlainText().strip(), self.deck.text())


class _Side(QPlainTextEdit):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


def _side(name: str, example: str) -> QPlainTextEdit:
    side = _Side()
    side.setProperty("field", True)
    side.setAccessibleName(name)
    side.setPlaceholderText(example)
    side.setTabChangesFocus(True)
    side.setFixedHeight(current().px(84))
    return side
