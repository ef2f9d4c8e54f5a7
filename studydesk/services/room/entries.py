"""Signed entries of a room: written into the log document of their author, read and judged from all of them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from studydesk.foundation.clock import Clock
from studydesk.foundation.ids import new_id
from studydesk.net.identity import Identity
from studydesk.net.membership import Membership
from studydesk.net.statement import (
    JsonValue,
    PublicKeys,
    Statement,
    StatementFault,
    integer_of,
    text_of,
)
from studydesk.services.room.documents import Documents

log = logging.getLogger(__name__)

SEGMENT = 1000
"""Entries in one log document at most."""
MAX_TEXT = 16_000
"""Characters of one message at most, so that an entry stays below 64 KiB of JSON."""
_LOG = re.compile(r"log/([a-z2-7]{32})/(0|[1-9][0-9]{0,8})")


@dataclass(frozen=True)
class Entry:
    """One entry and what this desk thinks of it."""

    id: str
    author: str
    seq: int
    prev: str
    lamport: int
    time: int
    kind: str
    body: Mapping[str, JsonValue]
    statement: Statement
    verified: bool

    @property
    def order(self) -> tuple[int, int, str, int]:
        """Sorts entries from the oldest to the newest, alike on every desk."""
        return self.lamport, self.time, self.author, self.seq

    @property
    def text(self) -> str:
        """The text of a message, for search and display."""
        value = self.body.get("text")
        return value if isinstance(value, str) else ""

    def carried(self) -> Statement | None:
        """Return the membership or removal that this entry carries, if it does and can be read."""
        if self.kind not in ("membership", "removal"):
            return None
        try:
            return Statement.from_json(self.body.get("statement"))
        except StatementFault:
            return None


def log_author(document: str) -> str | None:
    """Return whose log this document is, or None when it is none."""
    match = _LOG.fullmatch(document)
    return match[1] if match else None


def read_entry(raw: str) -> Entry:
    """Read an entry from its JSON; `verified` is False until it is judged. Raises StatementFault."""
    statement = Statement.parse(raw)
    body = statement.body
    inner = body.get("body")
    if not isinstance(inner, dict):
        raise StatementFault("an entry without body")
    return Entry(
        text_of(body, "id", 64),
        text_of(body, "author", 64),
        integer_of(body, "seq"),
        text_of(body, "prev", 64),
        integer_of(body, "lamport"),
        integer_of(body, "time"),
        statement.kind,
        inner,
        statement,
        False,
    )


class EntryBook:
    """All entries of one room that this desk knows, as far as writing and judging needs them."""

    def __init__(self, room: str, identity: Identity, documents: Documents, clock: Clock) -> None:
        self._room = room
        self._identity = identity
        self._documents = documents
        self._clock = clock
        self._seen: set[str] = set()
        self._digests: dict[tuple[str, int], str] = {}
        self.lamport = 0
        self.next_seq = 0

    def remember(self, kept: Iterable[tuple[str, bool]]) -> None:
        """Take entries that the store has judged before: the JSON of each, and whether it was verified."""
        for raw, verified in kept:
            try:
                self._note(raw, _judged(read_entry(raw), verified))
            except StatementFault as fault:
                log.error("an entry in the store can't be read: %s", fault)

    def scan(self, membership: Membership, documents: Iterable[str]) -> list[Entry]:
        """Return the entries in these log documents that were not seen before, judged, oldest first.

        An entry whose author is not known yet is left for the next scan: the membership may still be on its way.
        """
        found: list[Entry] = []
        for document in documents:
            author = log_author(document)
            if author is not None:
                found += self._scan_one(membership, document, author)
        return sorted(found, key=lambda entry: entry.order)

    def write(self, kind: str, body: dict[str, JsonValue]) -> Entry:
        """Sign an entry of mine and put it into my log."""
        seq = self.next_seq
        statement = self._identity.sign(
            {
                "kind": kind,
                "room": self._room,
                "author": self._identity.device,
                "seq": seq,
                "prev": self._digests.get((self._identity.device, seq - 1), ""),
                "lamport": self.lamport + 1,
                "time": int(self._clock.now().timestamp() * 1000),
                "id": new_id(self._clock),
                "body": body,
            }
        )
        raw = statement.text()
        entry = _judged(read_entry(raw), True)
        self._note(raw, entry)
        name = f"log/{self._identity.device}/{seq // SEGMENT}"
        with self._documents.change(name):
            self._documents.array(name, "entries").append(raw)
        return entry

    def _scan_one(self, membership: Membership, document: str, author: str) -> list[Entry]:
        found: list[Entry] = []
        for raw in tuple(self._documents.array(document, "entries")):
            if not isinstance(raw, str) or raw in self._seen:
                continue
            try:
                entry = read_entry(raw)
            except StatementFault as fault:
                log.warning("something in %s is no entry: %s", document, fault)
                self._seen.add(raw)
                continue
            keys = keys_of(membership, author)
            if keys is None:
                return found
            entry = _judged(entry, self._genuine(entry, author, keys))
            self._note(raw, entry)
            found.append(entry)
        return found

    def _genuine(self, entry: Entry, author: str, keys: PublicKeys) -> bool:
        known = self._digests.get((author, entry.seq))
        return (
            entry.author == author
            and entry.statement.body.get("room") == self._room
            and entry.statement.verified_by(author, keys)
            and known in (None, entry.statement.digest)
        )

    def _note(self, raw: str, entry: Entry) -> None:
        self._seen.add(raw)
        if entry.verified:
            self._digests.setdefault((entry.author, entry.seq), entry.statement.digest)
            if entry.author == self._identity.device:
                self.next_seq = max(self.next_seq, entry.seq + 1)
        self.lamport = max(self.lamport, min(entry.lamport, 2**52))


def keys_of(membership: Membership, device: str) -> PublicKeys | None:
    """Return the keys of somebody who is, or ever was, a member."""
    member = membership.members.get(device)
    if member is not None:
        return member.keys
    for statement in membership.statements:
        if statement.kind == "membership" and statement.body.get("device") == device:
            return PublicKeys.from_json(statement.body.get("keys"))
    return None


def _judged(entry: Entry, verified: bool) -> Entry:
    return replace(entry, verified=verified)
