"""What the review shows: cards, what is due, and what each answer would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from studydesk.model.views.planner import DeckDue


@dataclass(frozen=True)
class CardView:
    """A card with its schedule. `reviews` and `recalled` count answers; `stability` is in days (FSRS).

    `retrievability` from 0 to 1 is the chance to recall it now; None before the first answer.
    """

    id: str
    deck: str
    front: str
    back: str
    tags: tuple[str, ...]
    due: datetime
    note_id: str | None
    stability: float | None
    difficulty: float | None
    retrievability: float | None
    last_review: datetime | None
    reviews: int
    recalled: int


@dataclass(frozen=True)
class Choice:
    """What one answer (1 again, 2 hard, 3 good, 4 easy) would make of the due date."""

    rating: int
    due: datetime


@dataclass(frozen=True)
class DueCard:
    """A card to answer now, with its four choices."""

    card: CardView
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class DayDue:
    """How many cards fall due on a day."""

    day: date
    count: int


@dataclass(frozen=True)
class ReviewCounts:
    """Cards altogether and due now, by deck, and for the next seven days (what is late counts as today)."""

    cards: int
    due: int
    decks: tuple[DeckDue, ...]
    due_decks: tuple[DeckDue, ...]
    next_days: tuple[DayDue, ...]
    answered_today: int
    recalled_today: int
