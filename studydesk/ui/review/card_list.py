"""All cards as one painted list, with a search over both sides and decks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studydesk.services.review import CardView
from studydesk.ui.review import words
from studydesk.ui.theme import current

Index = QModelIndex | QPersistentModelIndex
CARD = Qt.ItemDataRole.UserRole
EDGE = 24
RIGHT = 220


def plain(text: str) -> str:
    """Return the first line of a side that says something, without the marks of Markdown."""
    lines = (line.strip("#>-*_= ") for line in text.splitlines() if not line.startswith("```"))
    first = next((line for line in lines if line), text)
    return " ".join(first.replace("`", "").replace("**", "").replace("==", "").split())


def found(cards: Sequence[CardView], text: str) -> list[CardView]:
    """Return the cards that hold all words of `text` somewhere."""
    wanted = text.casefold().split()
    return [
        card
        for card in cards
        if all(word in f"{card.front}\n{card.back}\n{card.deck}".casefold() for word in wanted)
    ]


class CardModel(QAbstractListModel):
    """Cards in the order they are given, narrowed by a search."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[CardView] = ()
        self._text = ""
        self.now = datetime.now().astimezone()
        self.cards: list[CardView] = []

    def load(self, cards: Sequence[CardView], now: datetime) -> None:
        """Show these cards."""
        self._all, self.now = cards, now
        self.search(self._text)

    def search(self, text: str) -> None:
        """Show only cards with these words."""
        self.beginResetModel()
        self._text = text
        self.cards = found(self._all, text)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        card = self.cards[index.row()]
        if role == CARD:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{plain(card.front)}, {plain(card.back)}, {card.deck}, {self.due_words(card)}"
        return None

    def due_words(self, card: CardView) -> str:
        """Say when a card is due."""
        return words.tr("due now") if card.due <= self.now else words.until(card.due, self.now)


class CardDelegate(QStyledItemDelegate):
    """One row: front, back below it, deck and date at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, current().line("bodyStrong") + current().line("small") + 21)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card, model = index.data(CARD), index.model()
        if not isinstance(card, CardView) or not isinstance(model, CardModel):
            return
        theme = current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            active = bool(state & QStyle.StateFlag.State_Active)
            painter.fillRect(rect, theme.color("selected" if active or theme.contrast else "pressed"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(rect.left() + EDGE, rect.bottom(), rect.width() - 2 * EDGE, 1, theme.color("line"))
        quiet = "onSelected" if chosen else "textMuted"
        area = QRectF(rect).adjusted(EDGE, 10, -EDGE, -11)
        due = "accentText" if card.due <= model.now and not chosen else quiet
        self._lines(painter, area.adjusted(0, 0, -RIGHT, 0), card.front, card.back, chosen, quiet)
        self._right(painter, area, words.deck_path(card.deck), model.due_words(card), quiet, due)
        painter.restore()

    def _lines(
        self, painter: QPainter, area: QRectF, front: str, back: str, chosen: bool, quiet: str
    ) -> None:
        theme = current()
        for text, style, ink, top in (
            (front, "bodyStrong", "onSelected" if chosen else "text", 0.0),
            (back, "small", quiet, float(theme.line("bodyStrong"))),
        ):
            painter.setFont(theme.font(style))
            painter.setPen(theme.color(ink))
            box = QRectF(area.left(), area.top() + top, area.width(), theme.line(style))
            shown = painter.fontMetrics().elidedText(
                plain(text), Qt.TextElideMode.ElideRight, int(area.width()) - 16
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)

    def _right(self, painter: QPainter, area: QRectF, deck: str, due: str, quiet: str, ink: str) -> None:
        theme = current()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color(ink))
        first = QRectF(area.right() - RIGHT, area.top(), RIGHT, theme.line("bodyStrong"))
        painter.drawText(first, right, due)
        painter.setPen(theme.color(quiet))
        second = first.translated(0, theme.line("bodyStrong") - 1)
        shown = painter.fontMetrics().elidedText(deck, Qt.TextElideMode.ElideMiddle, RIGHT)
        painter.drawText(second, right, shown)


class CardList(QListView):
    """The list. Enter or a double click edits, Delete removes."""

    edit_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_of_cards = CardModel(self)
        self.setModel(self.model_of_cards)
        self.setItemDelegate(CardDelegate(self))
        self.setAccessibleName(words.tr("Cards"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda index: self.edit_asked.emit(index.data(CARD)))

    def current_card(self) -> CardView | None:
        """Return the chosen card."""
        card = self.currentIndex().data(CARD)
        return card if isinstance(card, CardView) else None

    def choose(self, card_id: str) -> None:
        """Choose a card by its id, if it is shown."""
        for row, card in enumerate(self.model_of_cards.cards):
            if card.id == card_id:
                self.setCurrentIndex(self.model_of_cards.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        card = self.current_card()
        if card is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_asked.emit(card)
        elif card is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_asked.emit(card)
        else:
            super().keyPressEvent(event)
