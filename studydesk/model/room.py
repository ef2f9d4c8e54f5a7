"""What is kept of rooms: the rooms, their documents' update logs, their entries, and peers.

Every function runs in the caller's transaction, on the database thread, and gives and takes frozen records.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from studydesk.foundation.clock import Clock, SystemClock
from studydesk.foundation.errors import Fault
from studydesk.model.entities import Entry, Peer, Room, RoomUpdate
from studydesk.model.room_records import EntryRecord, PeerRecord, RoomRecord

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = [
    "EntryRecord",
    "PeerRecord",
    "RoomRecord",
    "add_entries",
    "add_room",
    "append_updates",
    "compact",
    "documents",
    "entries",
    "load_updates",
    "peer",
    "peers",
    "remove_room",
    "room",
    "rooms",
    "update_room",
    "upsert_peer",
]

_SYSTEM = SystemClock()
_ENTRY_COLUMNS = tuple(getattr(Entry, field.name) for field in fields(EntryRecord))


def add_room(session: Session, record: RoomRecord) -> RoomRecord:
    """Keep a new room. One that is there already stays as it is and is returned."""
    known = session.get(Room, record.id)
    if known is not None:
        return _room_record(known)
    session.add(Room(**{**asdict(record), "addresses": json.dumps(record.addresses)}))
    session.flush()
    return record


def room(session: Session, room_id: str) -> RoomRecord | None:
    """Return a room, or None."""
    known = session.get(Room, room_id)
    return None if known is None else _room_record(known)


def rooms(session: Session, archived: bool | None = None) -> list[RoomRecord]:
    """List rooms in the order of joining; only (un)archived ones when `archived` is given."""
    query = select(Room).order_by(Room.joined_at, Room.id)
    if archived is not None:
        query = query.where(Room.archived == archived)
    return [_room_record(known) for known in session.scalars(query)]


def update_room(
    session: Session,
    room_id: str,
    *,
    name: str | None = None,
    role: str | None = None,
    last_seen_at: datetime | None = None,
    colour: int | None = None,
    archived: bool | None = None,
    addresses: Sequence[str] | None = None,
    last_read: int | None = None,
) -> RoomRecord:
    """Alter what is given of a room; `last_read` never goes back. Raises Fault for an unknown room."""
    known = session.get(Room, room_id)
    if known is None:
        raise Fault("That room is not on this desk.")
    given = {
        "name": name,
        "role": role,
        "last_seen_at": last_seen_at,
        "colour": colour,
        "archived": archived,
        "addresses": None if addresses is None else json.dumps(list(addresses)),
        "last_read": None if last_read is None else max(last_read, known.last_read),
    }
    for field, value in given.items():
        if value is not None:
            setattr(known, field, value)
    session.flush()
    return _room_record(known)


def remove_room(session: Session, room_id: str) -> None:
    """Forget a room with its documents and entries."""
    session.execute(delete(Entry).where(Entry.room_id == room_id))
    session.execute(delete(Room).where(Room.id == room_id))


def append_updates(
    session: Session, room_id: str, document: str, updates: Sequence[bytes], clock: Clock = _SYSTEM
) -> int:
    """Append updates to the log of a document in their order; return the sequence of the last (0 for none)."""
    at = clock.now()
    last = 0
    for data in updates:
        values = {"room_id": room_id, "document": document, "data": data, "at": at}
        result = session.execute(insert(RoomUpdate).values(**values).returning(RoomUpdate.sequence))
        last = result.scalar_one()
    return last


def load_updates(session: Session, room_id: str, document: str) -> list[tuple[int, bytes]]:
    """Return all updates of a document as (sequence, data), in the order of arrival."""
    query = (
        select(RoomUpdate.sequence, RoomUpdate.data)
        .where(RoomUpdate.room_id == room_id, RoomUpdate.document == document)
        .order_by(RoomUpdate.sequence)
    )
    return [(sequence, data) for sequence, data in session.execute(query)]


def documents(session: Session, room_id: str) -> list[str]:
    """List the names of the documents of a room that hold any update."""
    query = select(RoomUpdate.document).where(RoomUpdate.room_id == room_id).distinct()
    return sorted(session.scalars(query))


def compact(
    session: Session, room_id: str, document: str, merged: bytes, up_to: int, clock: Clock = _SYSTEM
) -> None:
    """Replace all updates up to and including sequence `up_to` by `merged`, which holds them all.

    It takes the place of the last of them, so that later updates stay later.
    """
    old = (RoomUpdate.room_id == room_id, RoomUpdate.document == document, RoomUpdate.sequence <= up_to)
    last = session.scalar(
        select(RoomUpdate.sequence).where(*old).order_by(RoomUpdate.sequence.desc()).limit(1)
    )
    if last is None:
        return
    session.execute(delete(RoomUpdate).where(*old, RoomUpdate.sequence < last))
    session.execute(update(RoomUpdate).where(RoomUpdate.sequence == last).values(data=merged, at=clock.now()))


def add_entries(session: Session, records: Sequence[EntryRecord]) -> list[EntryRecord]:
    """Keep entries; those whose (room, author, seq) or id is there already are left out. Return the new ones."""
    new: list[EntryRecord] = []
    for record in records:
        statement = sqlite_insert(Entry).values(**asdict(record)).on_conflict_do_nothing()
        if session.execute(statement.returning(Entry.row)).scalar_one_or_none() is not None:
            new.append(record)
    return new


def entries(
    session: Session,
    room_id: str,
    kinds: Iterable[str] | None = None,
    limit: int | None = None,
    before: EntryRecord | None = None,
) -> list[EntryRecord]:
    """List entries oldest first by (lamport, time, author, seq).

    With `limit` the last so many; with `before` only those that stand before that entry.
    """
    order = (Entry.lamport, Entry.time, Entry.author, Entry.seq)
    query = select(*_ENTRY_COLUMNS).where(Entry.room_id == room_id)
    if kinds is not None:
        query = query.where(Entry.kind.in_(list(kinds)))
    if before is not None:
        query = query.where(tuple_(*order) < (before.lamport, before.time, before.author, before.seq))
    query = query.order_by(*(column.desc() for column in order))
    if limit is not None:
        query = query.limit(limit)
    found = [EntryRecord(*row) for row in session.execute(query)]
    found.reverse()
    return found


def upsert_peer(session: Session, record: PeerRecord) -> PeerRecord:
    """Keep a peer, or bring a known one up to date. An empty field leaves what is known.

    Raises Fault when the fingerprint differs from the pinned one: a changed pin blocks.
    """
    known = session.get(Peer, record.id)
    if known is None:
        session.add(Peer(**{**asdict(record), "addresses": json.dumps(record.addresses)}))
        session.flush()
        return record
    if record.fingerprint and known.fingerprint and record.fingerprint != known.fingerprint:
        raise Fault(f"{known.name or 'This desk'} shows another certificate than before. Ask its owner why.")
    known.name = record.name or known.name
    known.keys = record.keys if record.keys != "{}" else known.keys
    known.fingerprint = record.fingerprint or known.fingerprint
    known.addresses = json.dumps(record.addresses) if record.addresses else known.addresses
    known.last_seen = record.last_seen or known.last_seen
    session.flush()
    return _peer_record(known)


def peer(session: Session, peer_id: str) -> PeerRecord | None:
    """Return a peer, or None."""
    known = session.get(Peer, peer_id)
    return None if known is None else _peer_record(known)


def peers(session: Session) -> list[PeerRecord]:
    """List peers, the last seen first."""
    query = select(Peer).order_by(Peer.last_seen.desc().nulls_last(), Peer.id)
    return [_peer_record(known) for known in session.scalars(query)]


def _room_record(known: Room) -> RoomRecord:
    return RoomRecord(
        known.id,
        known.name,
        known.founding,
        known.role,
        known.joined_at,
        known.last_seen_at,
        known.colour,
        known.archived,
        tuple(json.loads(known.addresses)),
        known.last_read,
    )


def _peer_record(known: Peer) -> PeerRecord:
    addresses = tuple(json.loads(known.addresses))
    return PeerRecord(known.id, known.name, known.keys, known.fingerprint, addresses, known.last_seen)
