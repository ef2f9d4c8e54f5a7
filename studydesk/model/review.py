"""Cards and answers. Runs in the caller's transaction, on the database thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from studydesk.foundation.changes import Change, Changed, ChangeSet, Inverse, Kind
from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.foundation.ids import new_id
from studydesk.model import days, tags
from studydesk.model.entities import Card, CardReview, Tag, Tagging
from studydesk.model.note_text import fold
from studydesk.model.planner_today import due_decks
from studydesk.model.schedule import RATINGS, Schedule, answered, last_review, retrievability
from studydesk.model.snapshots import Target, inverse_of
from studydesk.model.views.planner import DeckDue
from studydesk.model.views.review import CardView, Choice, DayDue, DueCard, ReviewCounts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def find(session: Session, card_id: str) -> Card:
    """Return the entity of a card. Raises Fault when it is not there."""
    card = session.scalar(select(Card).where(Card.id == card_id))
    if card is None:
        raise Fault("That card is not there any more.")
    return card


def schedule_of(card: Card) -> Schedule:
    """Return a card's place in its schedule."""
    return Schedule(card.due, card.state, card.stability, card.difficulty)


def views(session: Session, clock: Clock, found: Sequence[Card]) -> tuple[CardView, ...]:
    """Return the views of cards, in their order."""
    ids = [card.id for card in found]
    names, answers = tags.tags_of(session, Kind.CARD, ids), _answers(session, ids)
    return tuple(
        _view(card, clock.now(), names.get(card.id, ()), *answers.get(card.id, (0, 0))) for card in found
    )


def _answers(session: Session, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return {card id: (answers, recalled)}."""
    recalled = func.sum(case((CardReview.rating > 1, 1), else_=0))
    found: dict[str, tuple[int, int]] = {}
    for start in range(0, len(ids), 500):
        query = select(CardReview.card_id, func.count(), recalled).group_by(CardReview.card_id)
        for card_id, count, good in session.execute(
            query.where(CardReview.card_id.in_(ids[start : start + 500]))
        ):
            found[card_id] = (count, good)
    return found


def _view(card: Card, now: datetime, names: tuple[str, ...], reviews: int, recalled: int) -> CardView:
    schedule = schedule_of(card)
    return CardView(
        card.id,
        card.deck,
        card.front,
        card.back,
        names,
        card.due,
        card.note_id,
        card.stability,
        card.difficulty,
        retrievability(schedule, now),
        last_review(schedule),
        reviews,
        recalled,
    )


def cards(
    session: Session, clock: Clock, deck: str | None, tag: str | None, limit: int, offset: int
) -> tuple[CardView, ...]:
    """List cards by deck and age; a deck holds those below it."""
    query = select(Card).order_by(Card.deck, Card.row).limit(limit).offset(offset)
    if deck is not None:
        query = query.where((Card.deck == deck) | Card.deck.startswith(f"{deck}/", autoescape=True))
    if tag is not None:
        carrying = select(Tagging.thing_id).join(Tag, Tag.id == Tagging.tag_id)
        query = query.where(
            Card.id.in_(carrying.where(Tagging.kind == Kind.CARD, Tag.key == fold(tag.lstrip("#"))))
        )
    return views(session, clock, session.scalars(query).all())


def due(
    session: Session, clock: Clock, now: datetime | None, deck: str | None, limit: int
) -> tuple[DueCard, ...]:
    """List cards that are due, the longest due first, with what each answer would do."""
    moment = now or clock.now()
    query = select(Card).where(Card.due <= moment).order_by(Card.due, Card.row).limit(limit)
    if deck is not None:
        query = query.where((Card.deck == deck) | Card.deck.startswith(f"{deck}/", autoescape=True))
    found = session.scalars(query).all()
    return tuple(
        DueCard(shown, _choices(schedule_of(card), moment))
        for card, shown in zip(found, views(session, clock, found), strict=True)
    )


def _choices(schedule: Schedule, now: datetime) -> tuple[Choice, ...]:
    return tuple(Choice(rating, answered(schedule, rating, now).due) for rating in RATINGS)


def add_card(
    session: Session,
    clock: Clock,
    front: str,
    back: str,
    deck: str,
    names: Sequence[str],
    note_id: str | None,
) -> Changed[CardView]:
    """Add a card, due at once."""
    if not front.strip():
        raise Fault("A card needs a front.")
    now = clock.now()
    card = Card(
        id=new_id(clock), deck=_deck(deck), front=front, back=back, note_id=note_id, created=now, due=now
    )
    inverse = inverse_of(session, "Add card", [Target(Card, card.id, Kind.CARD)])
    session.add(card)
    session.flush()
    tags.set_tags(session, Kind.CARD, card.id, names)
    return _changed(session, clock, card, "Add card", inverse, "added")


def _deck(deck: str) -> str:
    return "/".join(part for raw in deck.split("/") if (part := " ".join(raw.split())))


def update_card(
    session: Session, clock: Clock, card_id: str, front: str | None, back: str | None, deck: str | None
) -> Changed[CardView]:
    """Alter what a card says or where it belongs."""
    card = find(session, card_id)
    inverse = inverse_of(session, "Change card", [Target(Card, card_id, Kind.CARD)])
    if front is not None and not front.strip():
        raise Fault("A card needs a front.")
    card.front = card.front if front is None else front
    card.back = card.back if back is None else back
    card.deck = card.deck if deck is None else _deck(deck)
    return _changed(session, clock, card, "Change card", inverse)


def delete_card(session: Session, card_id: str) -> Changed[str]:
    """Remove a card with its answers."""
    card = find(session, card_id)
    answers = session.scalars(
        select(CardReview.id).where(CardReview.card_id == card_id).order_by(CardReview.id)
    )
    targets = [Target(Card, card_id, Kind.CARD), *(Target(CardReview, answer_id) for answer_id in answers)]
    inverse = inverse_of(session, "Delete card", targets)
    tags.drop_tags(session, Kind.CARD, card_id)
    session.delete(card)
    session.flush()
    return Changed(card.front, ChangeSet("Delete card", (Change(Kind.CARD, card_id, "removed"),), inverse))


def answer(session: Session, clock: Clock, card_id: str, rating: int) -> Changed[CardView]:
    """Answer a card and let its schedule follow."""
    card, now = find(session, card_id), clock.now()
    log_id = new_id(clock)
    after = answered(schedule_of(card), rating, now)
    inverse = inverse_of(session, "Answer", [Target(Card, card_id, Kind.CARD), Target(CardReview, log_id)])
    card.due, card.state, card.stability, card.difficulty = (
        after.due,
        after.state,
        after.stability,
        after.difficulty,
    )
    session.add(CardReview(id=log_id, card_id=card_id, at=now, rating=rating))
    return _changed(session, clock, card, "Answer", inverse)


def bury(session: Session, clock: Clock, card_id: str) -> Changed[CardView]:
    """Let a card wait until tomorrow."""
    card = find(session, card_id)
    inverse = inverse_of(session, "Bury card", [Target(Card, card_id, Kind.CARD)])
    card.due = max(card.due, days.start_of(days.today(clock) + timedelta(days=1)))
    return _changed(session, clock, card, "Bury card", inverse)


def counts(session: Session, clock: Clock, now: datetime | None) -> ReviewCounts:
    """Return the figures of the review."""
    moment = now or clock.now()
    by_deck = session.execute(select(Card.deck, func.count()).group_by(Card.deck).order_by(Card.deck))
    decks = tuple(DeckDue(deck, count) for deck, count in by_deck)
    now_due = due_decks(session, moment)
    first, end = days.bounds(days.local_day(moment))
    today = CardReview.at >= first, CardReview.at < end
    return ReviewCounts(
        sum(deck.count for deck in decks),
        sum(deck.count for deck in now_due),
        decks,
        now_due,
        _next_days(session, days.local_day(moment)),
        session.scalar(select(func.count()).select_from(CardReview).where(*today)) or 0,
        session.scalar(select(func.count()).select_from(CardReview).where(*today, CardReview.rating > 1))
        or 0,
    )


def _next_days(session: Session, day: date) -> tuple[DayDue, ...]:
    _, end = days.bounds(day, 7)
    found = Counter(
        max(days.local_day(moment), day) for moment in session.scalars(select(Card.due).where(Card.due < end))
    )
    return tuple(
        DayDue(known, found[known]) for known in (day + timedelta(days=number) for number in range(7))
    )


def _changed(
    session: Session, clock: Clock, card: Card, label: str, inverse: Inverse, action: str = "altered"
) -> Changed[CardView]:
    session.flush()
    session.refresh(card)
    value = views(session, clock, [card])[0]
    return Changed(value, ChangeSet(label, (Change(Kind.CARD, card.id, action),), inverse))
