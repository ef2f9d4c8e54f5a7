"""The review: what is due, one card at a time, and all cards as a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studydesk.foundation.changes import ChangeSet, Kind
from studydesk.services.events import UndoChanged
from studydesk.services.notebook import NoteView
from studydesk.services.review import CardView, DueCard, ReviewCounts
from studydesk.ui.actions import ActionSpec
from studydesk.ui.context import UiContext
from studydesk.ui.place import Place
from studydesk.ui.review import words
from studydesk.ui.review.card_form import CardForm
from studydesk.ui.review.card_list import CardList
from studydesk.ui.review.commands import PLACE, ReviewCommands
from studydesk.ui.review.page import AskPage
from studydesk.ui.review.session import ReviewRound
from studydesk.ui.review.side import ReviewSide
from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.empty import EmptyState
from studydesk.ui.widgets.fields import SearchField
from studydesk.ui.widgets.form_dialog import FormDialog
from studydesk.ui.widgets.segmented import SegmentedControl

NARROW = 1000
"""Below this width of the place the side panel is not shown."""
WIDEST = 1200
MOST_CARDS = 20_000
ANSWER = "Answer"
"""How the desk labels an answer that can be taken back."""
SOON = 3_600
"""Seconds: a card that is due again so soon comes back in the same sitting."""


class ReviewPlace(Place):
    """Asks cards that are due. See `activate` for what can be shown from elsewhere."""

    key: ClassVar[str] = PLACE

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.round = ReviewRound()
        self._counts: ReviewCounts | None = None
        self._turn = 0
        self._wanted = ""
        self._busy = False
        self._titles: dict[str, str] = {}
        self.commands = ReviewCommands(context, self)
        self.page = AskPage()
        self.side = ReviewSide()
        self.done = EmptyState("ph.cards", "", "")
        self.week = self.done.add_button(words.tr("Look at the week"), "quiet")
        self.first = self.done.add_button(words.tr("Add a card"))
        self.list = CardList()
        self.nothing = EmptyState("ph.cards", "", "")
        self.search = SearchField(words.tr("Search cards"))
        self._again = QTimer(self, singleShot=True)
        self._asking = QStackedWidget()
        self._listing = QStackedWidget()
        self._views = QStackedWidget()
        self._lay_out()
        self._fill_header()
        self._connect()
        self._add_actions()

    # What other places may ask for

    def activate(self, **where: object) -> None:
        """Show a `card` in the list, or ask what is due."""
        self._wanted = str(where.get("card") or "")
        if self._wanted:
            self.search.clear()
        if self._wanted or where:
            self.show_view("cards" if self._wanted else "ask")
        self.reload()

    def refresh(self, changes: ChangeSet) -> None:
        if changes.touches(Kind.CARD):
            self.reload()

    def reload(self) -> None:
        """Read again what is due, the figures, and the list while it is shown."""
        self._turn += 1
        turn, bridge, review = self._turn, self.context.bridge, self.context.desk.review
        due, counts = review.due(limit=200), review.counts()
        bridge.when_done(
            due,
            lambda cards: bridge.when_done(
                counts, lambda figures: self._loaded(turn, cards, figures), owner=self
            ),
            owner=self,
        )
        if self.switch.value() == "cards":
            bridge.when_done(review.cards(limit=MOST_CARDS), self._list_loaded, owner=self)

    # Building

    def _lay_out(self) -> None:
        self._asking.addWidget(self.page)
        self._asking.addWidget(self.done)
        self._listing.addWidget(self.list)
        self._listing.addWidget(self.nothing)
        cards = _Sheet()
        self._listing.setMaximumWidth(WIDEST)
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._listing)
        ask = QWidget()
        row = QHBoxLayout(ask)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._asking, 1)
        row.addWidget(self.side)
        self._views.addWidget(ask)
        self._views.addWidget(cards)
        self.set_content(self._views)

    def _fill_header(self) -> None:
        self.header.set_title(words.tr("Review"))
        choices = (("ask", words.tr("Recall"), ""), ("cards", words.tr("All cards"), ""))
        self.switch = SegmentedControl(choices, words.tr("View"))
        self.switch.chosen.connect(self.show_view)
        self.search.setFixedWidth(240)
        self.search.hide()
        self.back = Button(words.tr("Take back"), "quiet", icon="ph.arrow-u-up-left")
        self.back.setToolTip(words.tr("Take back the last answer or change (Ctrl+Z)"))
        self.back.clicked.connect(self.take_back)
        add = Button(words.tr("Add card"), "plain", icon="ph.plus")
        add.clicked.connect(self.ask_to_add)
        self.header.add_beside_title(self.search)
        self.header.set_view_switch(self.switch)
        for button in (self.back, add):
            self.header.add_action(button)
        self._show_undo()

    def _connect(self) -> None:
        page, commands = self.page, self.commands
        page.reveal_asked.connect(self.reveal)
        page.answered.connect(self.answer)
        page.edit_asked.connect(lambda: self._with_asked(self.ask_to_change))
        page.bury_asked.connect(lambda: self._with_asked(self.bury))
        page.sheet.delete_asked.connect(lambda: self._with_asked(commands.delete))
        page.sheet.note_asked.connect(lambda note: self.context.navigate("notebook", note=note))
        self.week.clicked.connect(lambda: self.context.navigate("planner"))
        self.first.clicked.connect(self.ask_to_add)
        self.nothing.add_button(words.tr("Add a card")).clicked.connect(self.ask_to_add)
        self.list.edit_asked.connect(self.ask_to_change)
        self.list.delete_asked.connect(commands.delete)
        self.search.textChanged.connect(self._search)
        self.search.went_down.connect(lambda: self.list.setFocus(Qt.FocusReason.TabFocusReason))
        self._again.timeout.connect(self.reload)
        commands.failed.connect(self._failed)
        self.context.bridge.event.connect(self._heard)

    def _add_actions(self) -> None:
        self.context.actions.add_all(
            (
                ActionSpec(
                    "review.add", words.tr("Add card"), self.ask_to_add, "Ctrl+N", "edit", "ph.plus", PLACE
                ),
                ActionSpec(
                    "review.undo",
                    words.tr("Take back the last answer"),
                    self.take_back,
                    "Ctrl+Z",
                    "edit",
                    "ph.arrow-u-up-left",
                    PLACE,
                ),
                ActionSpec(
                    "review.find",
                    words.tr("Search cards"),
                    self.go_to_search,
                    "Ctrl+F",
                    "edit",
                    "ph.magnifying-glass",
                    PLACE,
                ),
            )
        )

    # Showing

    def show_view(self, view: str) -> None:
        """Show "ask", the cards that are due, or "cards", all of them."""
        self.switch.set_value(view)
        self._views.setCurrentIndex(0 if view == "ask" else 1)
        self.search.setVisible(view == "cards")
        self._show_fact()
        self.reload()
        if view == "ask":
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_search(self) -> None:
        """Go to the search over all cards."""
        self.show_view("cards")
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _loaded(self, turn: int, due: tuple[DueCard, ...], counts: ReviewCounts) -> None:
        if turn != self._turn:
            return
        self._counts = counts
        self.round = self.round.with_due(due, counts.due)
        self.side.show_days(counts.next_days)
        self._show_round()
        self._show_fact()

    def _show_round(self) -> None:
        asked = self.round.asked
        self.side.show_card(asked.card if asked else None)
        self._asking.setCurrentIndex(0 if asked else 1)
        if asked is None:
            self._show_done()
            return
        self.page.show_round(self.round, self.context.desk.clock.now())
        self._name_source(asked.card.note_id)

    def _show_done(self) -> None:
        counts = self._counts
        if counts is None:
            return
        today = self.context.desk.clock.now().astimezone().date()
        self.first.setVisible(not counts.cards)
        self.week.setVisible(bool(counts.cards))
        if not counts.cards:
            heading = words.tr("No cards yet")
            sentence = words.tr(
                "Write down a question and its answer. I ask you again just before you forget."
            )
        elif counts.answered_today:
            later = bool(counts.next_days) and counts.next_days[0].count > 0
            heading = words.tr("Done for now") if later else words.tr("Done for today")
            sentence = words.done_today(counts, today)
        else:
            heading, sentence = words.tr("Nothing to recall now"), words.next_ones(counts.next_days, today)
        self.done.say(heading, sentence)

    def _show_fact(self) -> None:
        counts = self._counts
        if counts is None:
            return
        if self.switch.value() == "cards":
            self.header.set_fact(words.cards(counts.cards))
        else:
            self.header.set_fact(words.decks([deck.deck for deck in counts.due_decks]))

    def _name_source(self, note: str | None) -> None:
        if not note:
            return
        if note in self._titles:
            self.page.sheet.name_source(note, self._titles[note])
            return

        def named(found: NoteView) -> None:
            self._titles[note] = found.title or words.tr("Untitled")
            self.page.sheet.name_source(note, self._titles[note])

        gone = words.tr("a note that is gone")
        self.context.bridge.when_done(
            self.context.desk.notebook.note(note),
            named,
            lambda _error: self.page.sheet.name_source(note, gone),
            owner=self,
        )

    def _list_loaded(self, cards: tuple[CardView, ...]) -> None:
        chosen = self._wanted or getattr(self.list.current_card(), "id", "")
        self.list.model_of_cards.load(cards, self.context.desk.clock.now())
        self.list.choose(chosen)
        self._wanted = ""
        self._show_list()

    def _search(self, text: str) -> None:
        self.list.model_of_cards.search(text)
        self._show_list()

    def _show_list(self) -> None:
        text = self.search.text().strip()
        self._listing.setCurrentIndex(0 if self.list.model_of_cards.cards else 1)
        if text:
            heading = words.tr("Nothing found for “{text}”").format(text=text)
            self.nothing.say(heading, words.tr("Searched both sides and the decks of all cards."))
        else:
            self.nothing.say(
                words.tr("No cards yet"),
                words.tr("Write down what you want to remember, or import a folder."),
            )

    def _show_undo(self) -> None:
        self.back.setEnabled(self.context.desk.undo.undo_label(PLACE) is not None)

    def _heard(self, event: object) -> None:
        if isinstance(event, UndoChanged) and event.place == PLACE:
            self._show_undo()

    # Doing

    def reveal(self) -> None:
        """Show the answer of the card that is asked."""
        self.round = self.round.reveal()
        self._show_round()

    def answer(self, rating: int) -> None:
        """Answer with 1 again, 2 hard, 3 good or 4 easy, once the answer is shown."""
        asked = self.round.asked
        if asked is None or not self.round.revealed or self._busy:
            return
        self._busy = True
        self.commands.answer(asked.card, rating, self._answered)

    def bury(self, card: CardView) -> None:
        """Leave a card for tomorrow."""
        self.commands.bury(card, self._passed)

    def take_back(self) -> None:
        """Take back the last answer or change."""
        self.commands.undo(self._taken_back)

    def ask_to_add(self) -> FormDialog:
        """Ask for a new card; the deck of the card before stands there already."""
        current = self.list.current_card() if self.switch.value() == "cards" else None
        deck = current.deck if current else self.round.asked.card.deck if self.round.asked else ""
        form = CardForm(deck=deck)

        def submit() -> bool:
            draft = form.read()
            if draft is not None:
                self.commands.add(draft, lambda card: self._want(card.id))
            return draft is not None

        return self._open(words.tr("Add card"), form, words.tr("Add"), submit)

    def ask_to_change(self, card: CardView) -> FormDialog:
        """Ask what a card shall say."""
        form = CardForm(card)

        def submit() -> bool:
            draft = form.read()
            if draft is not None:
                self.commands.change(card, draft)
            return draft is not None

        return self._open(words.tr("Edit card"), form, words.tr("Keep"), submit)

    def _open(self, title: str, form: CardForm, primary: str, submit: Callable[[], bool]) -> FormDialog:
        sentence = words.tr("Both sides take Markdown. Ctrl+Enter is enough when you are done.")
        dialog = FormDialog(self.window(), title, form, primary, submit, sentence)
        dialog.open()
        return dialog

    def _with_asked(self, function: Callable[[CardView], object]) -> None:
        if self.round.asked is not None:
            function(self.round.asked.card)

    def _want(self, card_id: str) -> None:
        self._wanted = card_id
        self.list.choose(card_id)

    def _answered(self, card: CardView) -> None:
        self._busy = False
        self.round = self.round.answered()
        wait = (card.due - self.context.desk.clock.now()).total_seconds()
        if 0 < wait < SOON:
            self._come_back_in(wait)
        self._go_on()

    def _come_back_in(self, seconds: float) -> None:
        """Look again when the card is due; an earlier moment that is waited for stays."""
        milliseconds = int(seconds * 1000) + 500
        if not self._again.isActive() or self._again.remainingTime() > milliseconds:
            self._again.start(milliseconds)

    def _passed(self) -> None:
        self.round = self.round.passed()
        self._go_on()

    def _go_on(self) -> None:
        """Show the next card at once; what is due besides is read again."""
        if self.round.asked is not None:
            self._show_round()
        self.reload()

    def _taken_back(self, label: str | None) -> None:
        if label == ANSWER:
            self.round = self.round.taken_back()
        self.reload()

    def _failed(self) -> None:
        self._busy = False
        self.reload()

    # Events of the widget

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setVisible(self.width() >= NARROW)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._counts is None:
            self.reload()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)


class _Sheet(QWidget):
    """The ground of the list."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current().color("surface"))
