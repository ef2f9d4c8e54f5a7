"""The review: cards to recall, scheduled with FSRS 6. Undo place "review"."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import TYPE_CHECKING

from studydesk.foundation.changes import Changed
from studydesk.model.views.planner import DeckDue
from studydesk.model.views.review import CardView, Choice, DayDue, DueCard, ReviewCounts
from studydesk.services.base import Facade
from studydesk.services.lazy import LazyModule

if TYPE_CHECKING:
    from studydesk.model import review as store
else:
    store = LazyModule("studydesk.model.review")

__all__ = ["CardView", "Choice", "DayDue", "DeckDue", "DueCard", "Review", "ReviewCounts"]

PLACE = "review"


class Review(Facade):
    """Use cases over cards. Each method returns a future at once; futures raise Fault."""

    def add_card(
        self, front: str, back: str, deck: str = "", tags: Sequence[str] = (), note_id: str | None = None
    ) -> Future[Changed[CardView]]:
        """Add a card, due at once. `deck` may be a path as in "SQL basics/Joins"."""
        clock, chosen = self._context.clock, tuple(tags)
        return self._command(
            lambda session: store.add_card(session, clock, front, back, deck, chosen, note_id), PLACE
        )

    def update_card(
        self, card_id: str, front: str | None = None, back: str | None = None, deck: str | None = None
    ) -> Future[Changed[CardView]]:
        """Alter what a card says or where it belongs; its schedule stays."""
        clock = self._context.clock
        return self._command(
            lambda session: store.update_card(session, clock, card_id, front, back, deck), PLACE
        )

    def delete_card(self, card_id: str) -> Future[Changed[str]]:
        """Remove a card; undo brings it back with its schedule. Resolves to its front."""
        return self._command(lambda session: store.delete_card(session, card_id), PLACE)

    def cards(
        self, deck: str | None = None, tag: str | None = None, limit: int = 500, offset: int = 0
    ) -> Future[tuple[CardView, ...]]:
        """List cards by deck and age."""
        clock = self._context.clock
        return self._query(lambda session: store.cards(session, clock, deck, tag, limit, offset))

    def due(
        self, now: datetime | None = None, deck: str | None = None, limit: int = 100
    ) -> Future[tuple[DueCard, ...]]:
        """List cards that are due, the longest due first, with what each answer would do."""
        clock = self._context.clock
        return self._query(lambda session: store.due(session, clock, now, deck, limit))

    def answer(self, card_id: str, rating: int) -> Future[Changed[CardView]]:
        """Answer a card: 1 again, 2 hard, 3 good, 4 easy. Undo takes the answer back."""
        clock = self._context.clock
        return self._command(lambda session: store.answer(session, clock, card_id, rating), PLACE)

    def bury(self, card_id: str) -> Future[Changed[CardView]]:
        """Let a card wait until tomorrow; its schedule does not change otherwise."""
        clock = self._context.clock
        return self._command(lambda session: store.bury(session, clock, card_id), PLACE)

    def counts(self, now: datetime | None = None) -> Future[ReviewCounts]:
        """Return the figures of the review."""
        clock = self._context.clock
        return self._query(lambda session: store.counts(session, clock, now))
