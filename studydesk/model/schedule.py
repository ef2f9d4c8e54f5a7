"""When a card comes next: FSRS 6 by the `fsrs` package, without fuzz, so that the same answers give the same days.

https://github.com/open-spaced-repetition/py-fsrs; desired retention 0.9.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fsrs import Card as FsrsCard
from fsrs import Rating, Scheduler

from studydesk.foundation.errors import Fault

_SCHEDULER = Scheduler(enable_fuzzing=False)
RATINGS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Schedule:
    """A card's place in its schedule. `state` is the JSON of an FSRS card, empty before the first answer."""

    due: datetime
    state: str = ""
    stability: float | None = None
    difficulty: float | None = None


def answered(schedule: Schedule, rating: int, now: datetime) -> Schedule:
    """Return the schedule after an answer: 1 again, 2 hard, 3 good, 4 easy. Raises Fault for another one."""
    if rating not in RATINGS:
        raise Fault("An answer is 1 again, 2 hard, 3 good or 4 easy.")
    card, _ = _SCHEDULER.review_card(_card(schedule), Rating(rating), review_datetime=now)
    return Schedule(card.due, card.to_json(), card.stability, card.difficulty)


def retrievability(schedule: Schedule, now: datetime) -> float | None:
    """Return the chance to recall a card now, from 0 to 1; None before the first answer."""
    if not schedule.state:
        return None
    return float(_SCHEDULER.get_card_retrievability(_card(schedule), current_datetime=now))


def last_review(schedule: Schedule) -> datetime | None:
    """Return the moment of the last answer."""
    return _card(schedule).last_review if schedule.state else None


def _card(schedule: Schedule) -> FsrsCard:
    return FsrsCard.from_json(schedule.state) if schedule.state else FsrsCard(card_id=1, due=schedule.due)
