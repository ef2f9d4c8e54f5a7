"""Frozen records of rooms, entries and peers, for the room engine. They hold no database object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class RoomRecord:
    """A room this desk is a member of. `addresses` are "host:port"; `last_read` is a Lamport time."""

    id: str
    name: str
    founding: str
    role: str
    joined_at: datetime
    last_seen_at: datetime | None = None
    colour: int = 0
    archived: bool = False
    addresses: tuple[str, ...] = ()
    last_read: int = 0


@dataclass(frozen=True)
class EntryRecord:
    """One entry. `time` is in milliseconds since 1970; `body` and `raw` are JSON; `text` is for search."""

    id: str
    room_id: str
    author: str
    seq: int
    prev: str
    lamport: int
    time: int
    kind: str
    body: str
    verified: bool
    raw: str
    received_at: datetime
    text: str = ""


@dataclass(frozen=True)
class PeerRecord:
    """Another device. `keys` is JSON, `fingerprint` the pin of its certificate, `addresses` "host:port"."""

    id: str
    name: str = ""
    keys: str = "{}"
    fingerprint: str = ""
    addresses: tuple[str, ...] = ()
    last_seen: datetime | None = None
