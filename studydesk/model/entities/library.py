"""Resources and cards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from studydesk.model.entities.base import Entity, Searched


class Resource(Searched, Entity):
    """Something to learn from. `text` is what search reads of it beyond its title."""

    __tablename__ = "resources"

    kind: Mapped[str]
    title: Mapped[str]
    url: Mapped[str] = mapped_column(default="", index=True)
    author: Mapped[str] = mapped_column(default="")
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"), index=True)
    file_name: Mapped[str | None]
    minutes: Mapped[int | None]
    state: Mapped[str] = mapped_column(default="later", index=True)
    progress: Mapped[float] = mapped_column(default=0.0)
    rating: Mapped[int] = mapped_column(default=0)
    notes: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    added: Mapped[datetime]
    last_opened: Mapped[datetime | None]


class Card(Searched, Entity):
    """Something to recall. `state` is the JSON of an FSRS card, empty before the first answer."""

    __tablename__ = "cards"

    deck: Mapped[str] = mapped_column(default="", index=True)
    front: Mapped[str]
    back: Mapped[str]
    note_id: Mapped[str | None] = mapped_column(ForeignKey("notes.id", ondelete="SET NULL"), index=True)
    created: Mapped[datetime]
    due: Mapped[datetime] = mapped_column(index=True)
    stability: Mapped[float | None]
    difficulty: Mapped[float | None]
    state: Mapped[str] = mapped_column(default="")


class CardReview(Entity):
    """One answer to a card: 1 again, 2 hard, 3 good, 4 easy."""

    __tablename__ = "card_reviews"
    __table_args__ = (Index("ix_card_reviews_card", "card_id", "at"),)

    id: Mapped[str] = mapped_column(String, primary_key=True)
    card_id: Mapped[str] = mapped_column(ForeignKey("cards.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(index=True)
    rating: Mapped[int]
