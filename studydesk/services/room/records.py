"""Rooms as the store keeps them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studydesk.net.ports import Address
from studydesk.net.statement import Statement
from studydesk.services.room.entries import Entry

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from studydesk.model.room import EntryRecord, RoomRecord

MAX_ADDRESSES = 8


@dataclass(frozen=True)
class RoomData:
    """What a desk keeps of a room beside its documents. Times are ms since 1970, UTC."""

    id: str
    name: str
    founding: Statement | None
    role: str
    joined_at: int
    statements: tuple[Statement, ...] = ()
    addresses: tuple[Address, ...] = ()
    last_seen_at: int | None = None
    last_read: int = 0
    delivered: int = field(default=0)
    """My entries with a smaller number have reached a hub."""

    def reached_at(self, address: Address) -> RoomData:
        """Return the data with this address remembered as the last that worked."""
        others = [known for known in self.addresses if known != address]
        return replace(self, addresses=(address, *others)[:MAX_ADDRESSES])


def load_rooms(session: Session) -> list[RoomData]:
    """Return all rooms that are not archived."""
    from studydesk.model import room as store

    return [_data(session, record) for record in store.rooms(session)]


def save_room(session: Session, data: RoomData) -> None:
    """Keep a room, new or known."""
    from studydesk.model import room as store
    from studydesk.model import settings

    store.add_room(session, _record(data))
    store.update_room(
        session,
        data.id,
        name=data.name,
        role=data.role,
        last_seen_at=_moment_or_none(data.last_seen_at),
        addresses=[str(address) for address in data.addresses],
        last_read=data.last_read,
    )
    state = {"statements": [item.as_json() for item in data.statements], "delivered": data.delivered}
    settings.put(session, f"room.{data.id}", json.dumps(state))


def delete_room(session: Session, room: str) -> None:
    """Drop this desk's copy of a room with all its documents and entries."""
    from studydesk.model import room as store
    from studydesk.model import settings

    store.remove_room(session, room)
    settings.put(session, f"room.{room}", json.dumps({}))


def entry_record(room: str, entry: Entry, received: datetime) -> EntryRecord:
    """Return an entry as the store takes it."""
    from studydesk.model.room import EntryRecord

    return EntryRecord(
        id=entry.id,
        room_id=room,
        author=entry.author,
        seq=entry.seq,
        prev=entry.prev,
        lamport=entry.lamport,
        time=entry.time,
        kind=entry.kind,
        body=json.dumps(dict(entry.body), ensure_ascii=False, sort_keys=True),
        verified=entry.verified,
        raw=entry.statement.text(),
        received_at=received,
        text=entry.text,
    )


def mark_before(room: str, lamport: int) -> EntryRecord:
    """Return a record that stands before all entries of this Lamport time, as a place to read from."""
    from studydesk.model.room import EntryRecord

    return EntryRecord("", room, "", -1, "", lamport, -1, "", "", False, "", moment(0))


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)


def _moment_or_none(at: int | None) -> datetime | None:
    return None if at is None else moment(at)


def _data(session: Session, record: RoomRecord) -> RoomData:
    from studydesk.model import settings

    state = json.loads(settings.get(session, f"room.{record.id}") or "{}")
    return RoomData(
        record.id,
        record.name,
        Statement.parse(record.founding) if record.founding else None,
        record.role,
        milliseconds(record.joined_at),
        tuple(Statement.from_json(item) for item in state.get("statements", ())),
        tuple(Address.parse(text) for text in record.addresses),
        milliseconds(record.last_seen_at) if record.last_seen_at else None,
        record.last_read,
        int(state.get("delivered", 0)),
    )


def _record(data: RoomData) -> RoomRecord:
    from studydesk.model.room import RoomRecord

    return RoomRecord(
        id=data.id,
        name=data.name,
        founding=data.founding.text() if data.founding else "",
        role=data.role,
        joined_at=moment(data.joined_at),
        last_seen_at=_moment_or_none(data.last_seen_at),
        addresses=tuple(str(address) for address in data.addresses),
        last_read=data.last_read,
    )


def statements_of(entries: Sequence[Entry]) -> tuple[Statement, ...]:
    """Return the memberships and removals that verified entries carry."""
    carried = (entry.carried() for entry in entries if entry.verified)
    return tuple(statement for statement in carried if statement is not None)
