"""One room inside a hub: its documents, who may do what, and the relay that merges."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Protocol

from pycrdt import Array, Doc, merge_updates

from studydesk.net.awareness import MAX_ENTRIES, Presence, PresenceTable, encode_presence
from studydesk.net.codec import CodecFault
from studydesk.net.faults import ProtocolFault
from studydesk.net.membership import Membership
from studydesk.net.spool import Record, Spool
from studydesk.net.statement import Statement, StatementFault
from studydesk.net.update_guard import check_update
from studydesk.net.wire import Awareness, Stateless, Update, binary_frame, encode

log = logging.getLogger(__name__)

FLUSH_SECONDS = 0.008
"""What happens on one document is sent at most this often; what came meanwhile is merged into one frame."""
MAX_DOCUMENTS = 4096
DOCUMENT = re.compile(r"room|(?:board|note)/[A-Za-z0-9._-]{1,128}|log/[a-z2-7]{32}/(?:0|[1-9][0-9]{0,8})")
EMPTY = b"\x00\x00"


class Subscriber(Protocol):
    """One channel of a connection on one document, as the relay sees it."""

    address: str

    def deliver(self, message: bytes) -> None:
        """Send a message without waiting."""
        ...

    def deliver_frames(self, frames: bytes) -> None:
        """Send whole WebSocket frames, made once for all, without waiting."""
        ...


class HubDocument:
    """One document: validated, spooled, relayed."""

    def __init__(self, name: str, room: HubRoom) -> None:
        self.name = name
        self.presence = PresenceTable()
        self.subscribers: set[Subscriber] = set()
        self._room = room
        self._doc: Doc[Any] = Doc()
        self._pending: list[bytes] = []
        self._moved: dict[int, Presence] = {}
        self._flush_due: asyncio.Handle | None = None
        self._last_flush = 0.0
        self._entries_read = 0

    def state_vector(self) -> bytes:
        return self._doc.get_state()

    def difference(self, state_vector: bytes) -> bytes:
        return self._doc.get_update(state_vector)

    def load(self, updates: Iterable[bytes]) -> None:
        """Build the document from its spooled updates. One that can't be applied is left out."""
        good: list[bytes] = []
        for update in updates:
            try:
                self._doc.apply_update(update)
            except BaseException as fault:
                _require_library_fault(fault)
                log.warning("an update of %s in the spool can't be applied: %s", self.name, fault)
                self._doc = _built_from(good)
            else:
                good.append(update)
        self._read_statements()

    def take(self, update: bytes, sender: str) -> None:
        """Write an update down, apply it, and plan to relay it.

        Raises CodecFault or ProtocolFault for one that is broken; the document is then what it was.
        """
        check_update(update)
        if update == EMPTY:
            return
        self._room.spool.append(Record(self.name, sender, update))
        try:
            self._doc.apply_update(update)
        except BaseException as fault:
            _require_library_fault(fault)
            self._room.spool.forget_last()
            self._rebuild()
            raise ProtocolFault(f"an update of {self.name} that can't be applied") from fault
        self._pending.append(update)
        self._plan_flush()
        self._read_statements()

    def announce_presence(self, entries: list[Presence]) -> None:
        """Plan to relay presence to all who look at this document, its sender too."""
        if entries:
            self._moved.update((entry.client, entry) for entry in entries)
            self._plan_flush()

    def flush(self) -> None:
        """Send what was taken since the last time: one frame of updates, one of presence."""
        if self._flush_due is not None:
            self._flush_due.cancel()
            self._flush_due = None
        self._last_flush = asyncio.get_running_loop().time()
        messages: list[Update | Awareness] = [*self._take_updates(), *self._take_presence()]
        frames: dict[str, bytes] = {}
        for subscriber in tuple(self.subscribers):
            address = subscriber.address
            if address not in frames:
                # An own address only comes with a session id, so nearly always one encoding serves everybody.
                frames[address] = b"".join(
                    binary_frame(encode(replace(message, address=address))) for message in messages
                )
            subscriber.deliver_frames(frames[address])

    def _take_updates(self) -> list[Update]:
        updates, self._pending = self._pending, []
        if not updates:
            return []
        return [Update(self.name, updates[0] if len(updates) == 1 else merge_updates(*updates))]

    def _take_presence(self) -> list[Awareness]:
        moved, self._moved = tuple(self._moved.values()), {}
        return [
            Awareness(self.name, encode_presence(moved[start : start + MAX_ENTRIES]))
            for start in range(0, len(moved), MAX_ENTRIES)
        ]

    def _plan_flush(self) -> None:
        if self._flush_due is not None:
            return
        loop = asyncio.get_running_loop()
        wait = self._last_flush + FLUSH_SECONDS - loop.time()
        self._flush_due = loop.call_later(wait, self.flush) if wait > 0 else loop.call_soon(self.flush)

    def _rebuild(self) -> None:
        self._doc = Doc()
        self.load([record.update for record in self._room.spool.records() if record.name == self.name])

    def _read_statements(self) -> None:
        if not self.name.startswith("log/"):
            return
        entries: Array[Any] = self._doc.get("entries", type=Array)
        count = len(entries)
        for number in range(min(self._entries_read, count), count):
            statement = _carried(entries[number])
            if statement is not None:
                self._room.learn((statement,))
        self._entries_read = count


class HubRoom:
    """One room: membership, documents by name, and everybody who is connected."""

    def __init__(self, founding: Statement, statements: Iterable[Statement], spool: Spool) -> None:
        self.membership = Membership.resolve(founding, statements)
        self.spool = spool
        self.documents: dict[str, HubDocument] = {}
        self.connections: set[RoomConnection] = set()
        self._load()

    @property
    def id(self) -> str:
        return self.membership.room

    def names(self) -> list[str]:
        """Return the names of all documents."""
        return sorted(self.documents)

    def document(self, name: str) -> HubDocument:
        """Return a document, made if it is new; who is on `room` then hears of it. Raises ProtocolFault."""
        known = self.documents.get(name)
        if known is not None:
            return known
        if len(self.documents) >= MAX_DOCUMENTS:
            raise ProtocolFault("too many documents in one room")
        made = self.documents[name] = HubDocument(name, self)
        root = self.documents.get("room")
        if root is not None and name != "room":
            text = json.dumps({"type": "document", "name": name})
            for subscriber in tuple(root.subscribers):
                subscriber.deliver(encode(Stateless(subscriber.address, text)))
        return made

    def learn(self, statements: Iterable[Statement]) -> None:
        """Take memberships and removals into account; who was removed is put out."""
        before = self.membership
        self.membership = before.adding(statements)
        for connection in tuple(self.connections):
            if not self.membership.removed.isdisjoint((connection.holder, connection.issuer)):
                connection.put_out("You were removed from this room. Ask its facilitator for an invitation.")
            elif self.membership.role(connection.holder) not in (None, connection.role):
                connection.role_changed()

    def compact(self) -> None:
        """Replace the spool by one record for each document."""
        records = [
            Record(name, "", document.difference(b"\x00"))
            for name, document in sorted(self.documents.items())
        ]
        self.spool.replace([record for record in records if record.update != EMPTY])

    def _load(self) -> None:
        updates: dict[str, list[bytes]] = {}
        for record in self.spool.records():
            updates.setdefault(record.name, []).append(record.update)
        for name, parts in updates.items():
            self.documents[name] = HubDocument(name, self)
            self.documents[name].load(parts)


class RoomConnection(Protocol):
    """A connection, as its room sees it."""

    holder: str
    role: str
    issuer: str
    """Whose token let it in; empty for a desk that came through the dialogue."""

    def role_changed(self) -> None:
        """End the connection, so that the next one has the new role."""
        ...

    def put_out(self, sentence: str) -> None:
        """End the connection."""
        ...


def is_document(name: str) -> bool:
    """Tell whether a room may have a document of this name."""
    return DOCUMENT.fullmatch(name) is not None


def brings_structs(update: bytes) -> bool:
    """Tell whether an update holds more than a delete set."""
    return not update.startswith(b"\x00")


def _built_from(updates: Iterable[bytes]) -> Doc[Any]:
    doc: Doc[Any] = Doc()
    for update in updates:
        doc.apply_update(update)
    return doc


def _require_library_fault(fault: BaseException) -> None:
    """Raise `fault` again unless the CRDT library means the update by it; its panics are no Exceptions."""
    if not isinstance(fault, ValueError | RuntimeError) and type(fault).__name__ != "PanicException":
        raise fault


def _carried(raw: object) -> Statement | None:
    """Return the membership or removal in the JSON of an entry, if there is one."""
    if not isinstance(raw, str) or ("membership" not in raw and "removal" not in raw):
        return None
    try:
        body = Statement.parse(raw).body
        inner = body.get("body")
        if body.get("kind") not in ("membership", "removal") or not isinstance(inner, dict):
            return None
        return Statement.from_json(inner.get("statement"))
    except (StatementFault, CodecFault):
        return None
