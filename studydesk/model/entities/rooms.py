"""Rooms, the update log of their documents, their entries, and other devices."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from studydesk.model.entities.base import Entity, Searched


class Room(Entity):
    """A room this desk is a member of. `addresses` is a JSON list, `founding` the founding statement as JSON."""

    __tablename__ = "rooms"

    id: Mapped[str] = mapped_column(String, primary_key=True)
    name: Mapped[str]
    founding: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="member")
    joined_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]
    colour: Mapped[int] = mapped_column(default=0)
    archived: Mapped[bool] = mapped_column(default=False)
    addresses: Mapped[str] = mapped_column(default="[]")
    last_read: Mapped[int] = mapped_column(default=0)


class RoomUpdate(Entity):
    """One update of one document of a room, in the order of arrival. Append-only but for compaction."""

    __tablename__ = "room_updates"
    __table_args__ = (
        Index("ix_room_updates_document", "room_id", "document", "sequence"),
        {"sqlite_autoincrement": True},
    )

    sequence: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"))
    document: Mapped[str]
    data: Mapped[bytes]
    at: Mapped[datetime]


class Entry(Searched, Entity):
    """One signed statement of one member. `body` and `raw` are JSON; `text` is what search reads of it."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("room_id", "author", "seq"),
        Index("ix_entries_order", "room_id", "lamport", "time", "author", "seq"),
    )

    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"))
    author: Mapped[str]
    seq: Mapped[int]
    prev: Mapped[str] = mapped_column(default="")
    lamport: Mapped[int]
    time: Mapped[int]
    kind: Mapped[str]
    body: Mapped[str]
    verified: Mapped[bool]
    raw: Mapped[str]
    received_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(default="")


class Peer(Entity):
    """Another device. `keys` and `addresses` are JSON; `fingerprint` is the pin of its certificate."""

    __tablename__ = "peers"

    id: Mapped[str] = mapped_column(String, primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    keys: Mapped[str] = mapped_column(default="{}")
    fingerprint: Mapped[str] = mapped_column(default="")
    addresses: Mapped[str] = mapped_column(default="[]")
    last_seen: Mapped[datetime | None]


class SettingRow(Entity):
    """The value of a setting, as JSON."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(String, primary_key=True)
    value: Mapped[str]
