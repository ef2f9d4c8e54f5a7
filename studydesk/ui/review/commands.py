"""What the review does to the desk: each a command that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from studydesk.foundation.changes import Changed
from studydesk.foundation.errors import Fault
from studydesk.services.review import CardView
from studydesk.ui.review import words
from studydesk.ui.review.card_form import CardDraft

if TYPE_CHECKING:
    from studydesk.ui.context import UiContext

T = TypeVar("T")
PLACE = "review"


class ReviewCommands(QObject):
    """Runs commands; what they change comes back as a change set, from the desk, like everybody's."""

    failed = Signal()
    """A command was refused; show again what is kept."""

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def answer(self, card: CardView, rating: int, then: Callable[[CardView], object]) -> None:
        """Answer a card; `then` gets it with its next date."""
        asked = self._context.desk.review.answer(card.id, rating)
        self._when(asked, lambda changed: then(changed.value))

    def bury(self, card: CardView, then: Callable[[], object]) -> None:
        """Let a card wait until tomorrow."""

        def buried(_changed: Changed[CardView]) -> None:
            then()
            self._context.toast(words.tr("It comes back tomorrow."), "done", words.tr("Undo"), self.undo)

        self._when(self._context.desk.review.bury(card.id), buried)

    def add(self, draft: CardDraft, then: Callable[[CardView], object]) -> None:
        """Add a card."""
        added = self._context.desk.review.add_card(draft.front, draft.back, draft.deck)
        self._when(added, lambda changed: then(changed.value))

    def change(self, card: CardView, draft: CardDraft) -> None:
        """Alter what a card says, or its deck."""
        review = self._context.desk.review
        self._when(review.update_card(card.id, draft.front, draft.back, draft.deck))

    def delete(self, card: CardView) -> None:
        """Remove a card, and offer to take that back."""

        def removed(_changed: Changed[str]) -> None:
            self._context.toast(words.tr("Card deleted."), "done", words.tr("Undo"), self.undo)

        self._when(self._context.desk.review.delete_card(card.id), removed)

    def undo(self, then: Callable[[str | None], object] | None = None) -> None:
        """Take back the last command of the review; `then` gets its label."""
        done = self._context.desk.undo.undo(PLACE)
        self._when(done, lambda changed: then(changed.value) if then is not None else None)

    def _when(self, future: Future[T], then: Callable[[T], object] | None = None) -> None:
        self._context.bridge.when_done(future, then, self._refused, owner=self)

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, Fault):
            raise error
        self._context.toast(error.sentence, "fault")
        self.failed.emit()
