"""The card on the table: deck, front, and below a dashed line its back."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from studydesk.services.review import CardView
from studydesk.ui.review import words
from studydesk.ui.review.face import CardFace
from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import Button, IconButton
from studydesk.ui.widgets.empty import IconView
from studydesk.ui.widgets.labels import Label

PADDING = 36


class CardSheet(QWidget):
    """Shows one card; long ones scroll inside of it."""

    edit_asked = Signal()
    bury_asked = Signal()
    delete_asked = Signal()
    note_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = ""
        self.deck = Label("", "small", "textSecondary", elide=True)
        self.more = IconButton("ph.dots-three", words.tr("More about this card"))
        self.more.clicked.connect(self._show_menu)
        self.front = CardFace("cardFace", 20, 29)
        self.rule = _DashedRule()
        self.back = CardFace("reading", 17, 26)
        self.source = Button("", "link")
        self.source.clicked.connect(lambda: self.note_asked.emit(self._note))
        self._from = QWidget()
        self._lay_out()

    def show_card(self, card: CardView, revealed: bool) -> None:
        """Show the front, and the back when it is revealed."""
        self._note = card.note_id or ""
        self.deck.setText(words.deck_path(card.deck))
        self.front.show_text(card.front)
        self.back.show_text(card.back if revealed else "")
        self.rule.setVisible(revealed)
        self.back.setVisible(revealed)
        self._from.setVisible(revealed and bool(self._note))
        self.setAccessibleName(words.tr("Question: {text}").format(text=card.front))
        answer = words.tr("Answer: {text}").format(text=card.back) if revealed else ""
        self.setAccessibleDescription(answer)
        self.front.setAccessibleName(words.tr("Question"))
        self.back.setAccessibleName(words.tr("Answer"))

    def name_source(self, note: str, title: str) -> None:
        """Say which note a card comes from."""
        if note == self._note:
            self.source.setText(title)

    def menu(self) -> QMenu:
        """Return what can be done with the card besides answering."""
        menu = QMenu(self)
        menu.addAction(words.tr("Edit card\tE")).triggered.connect(self.edit_asked)
        menu.addAction(words.tr("Bury until tomorrow\tB")).triggered.connect(self.bury_asked)
        menu.addSeparator()
        menu.addAction(words.tr("Delete card")).triggered.connect(self.delete_asked)
        return menu

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.deck)
        head.addStretch(1)
        head.addWidget(self.more)
        source = QHBoxLayout(self._from)
        source.setContentsMargins(0, 12, 0, 0)
        source.addWidget(IconView("ph.file-text", "textMuted", 16))
        source.addWidget(Label(words.tr("From your note"), "small", "textMuted"))
        source.addWidget(self.source)
        source.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        column.addWidget(self.front)
        column.addWidget(self.rule)
        column.addWidget(self.back)
        column.addWidget(self._from)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PADDING, 20, PADDING - 8, 24)
        outer.setSpacing(22)
        outer.addLayout(head)
        outer.addWidget(scroll, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(current().color("lineStrong"), 1))
        painter.setBrush(current().color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)


class _DashedRule(QWidget):
    """Parts the front from the back."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(48)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(current().color("lineStrong"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)
