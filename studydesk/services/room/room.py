"""One room that is open on this desk: documents, entries, members, presence. Lives on the network thread."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from studydesk.net.identity import Identity
from studydesk.net.membership import Membership
from studydesk.net.ports import Admitted
from studydesk.net.statement import JsonValue, Statement
from studydesk.services.base import DeskContext, report_failure
from studydesk.services.room import events, records
from studydesk.services.room.catch_up import CatchUp
from studydesk.services.room.documents import ROOT, Documents, plain
from studydesk.services.room.entries import Entry, EntryBook, log_author
from studydesk.services.room.people import colour_of, colours_of, people_of
from studydesk.services.room.records import RoomData, milliseconds
from studydesk.services.room.things import THINGS
from studydesk.services.room.update_log import COMPACT_ABOVE, UpdateLog
from studydesk.services.room.views import OWN, BoardRow, EntryView, Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from studydesk.services.room.link import Link

log = logging.getLogger(__name__)
T = TypeVar("T")
NEWCOMER_SECONDS = 2.0
"""How long after somebody came what they bring counts as missed."""
OnThings = Callable[[dict[str, str]], None]


@dataclass(frozen=True)
class RoomParts:
    """What every room of a desk stands on."""

    context: DeskContext
    identity: Identity
    update_log: UpdateLog
    name: Callable[[], str]
    """The name that others see of me."""
    changed: Callable[[RoomData], None]
    """Called when what the store keeps of the room changed."""


class Room:
    """A room that is open here. Everything that is shown of it is asked from here; its link is optional."""

    def __init__(self, data: RoomData, parts: RoomParts) -> None:
        self.data = data
        self.parts = parts
        self.link: Link | None = None
        self.documents = Documents(self._updated)
        self.book = EntryBook(data.id, parts.identity, self.documents, parts.context.clock)
        self.membership = Membership.resolve(data.founding, data.statements) if data.founding else None
        self.colours = colours_of(self.membership)
        self.presence: dict[str, dict[int, object]] = {}
        self.catch_up = CatchUp(parts.identity.device)
        self.unsent = 0
        self.forged: dict[str, Entry] = {}
        self._mine: list[Entry] = []
        """My entries of this run that no hub has confirmed yet."""
        self._logs_to_scan: set[str] = set()
        self._scan_planned = False
        self._log_lengths: dict[str, int] = {}
        self._board_listeners: dict[str, list[OnThings]] = {}
        self._presence_listeners: list[Callable[[str], None]] = []
        self._where: str | None = None

    @property
    def id(self) -> str:
        return self.data.id

    @property
    def me(self) -> str:
        return self.parts.identity.device

    @property
    def may_write(self) -> bool:
        return self.id == OWN or self.role != "viewer"

    @property
    def role(self) -> str:
        return (self.membership.role(self.me) if self.membership else None) or self.data.role

    async def load(self) -> None:
        """Read all documents and entries from the store."""

        def work(session: Session) -> tuple[dict[str, list[tuple[int, bytes]]], list[tuple[str, bool]]]:
            from studydesk.model import room as store

            names = store.documents(session, self.id)
            updates = {name: store.load_updates(session, self.id, name) for name in names}
            return updates, [(record.raw, record.verified) for record in store.entries(session, self.id)]

        updates, kept = await self.run(work)
        for name, rows in updates.items():
            self.documents.load(name, [data for _, data in rows])
            self._watch(name)
            if len(rows) > COMPACT_ABOVE:
                await self._compact(name, rows[-1][0])
        self._hold_boards()
        self.book.remember(kept)
        await self._take_entries(tuple(updates))

    async def close(self) -> None:
        """End the link, keep what is left to keep, let go of the documents."""
        if self.link is not None:
            await self.link.close()
            self.link = None
        self.keep(replace(self.data, last_seen_at=milliseconds(self.now())))
        await self.parts.update_log.flush()
        self.documents.close()

    async def run(self, work: Callable[[Session], T]) -> T:
        """Run `work` on the database thread and wait for it."""
        return await asyncio.wrap_future(self.parts.context.database.submit(work))

    def now(self) -> datetime:
        return self.parts.context.clock.now()

    def publish(self, event: object) -> None:
        self.parts.context.events.publish(event)

    def keep(self, data: RoomData) -> None:
        """Take over changed data of the room and write it to the store."""
        self.data = data
        self.parts.changed(data)

    # What one can read

    def people(self) -> tuple[Person, ...]:
        """All members known and guests who are here, the present ones first."""
        live = self.link is not None and self.link.live
        return people_of(self.membership, self.colours, self.presence.get(ROOT, {}), self.me, live)

    def boards(self) -> tuple[BoardRow, ...]:
        """The boards of the room in their order."""
        rows = []
        for board, value in self.documents.map(ROOT, "boards").items():
            fields = plain(value)
            order = fields.get("order")
            title = fields.get("title")
            rows.append(
                BoardRow(
                    board,
                    title if isinstance(title, str) and title else board,
                    float(order) if isinstance(order, int | float) else 0.0,
                    self.id,
                )
            )
        return tuple(sorted(rows, key=lambda row: (row.order, row.id)))

    def view(self, entry: Entry) -> EntryView:
        """Return an entry as it is shown."""
        member = self.membership.members.get(entry.author) if self.membership else None
        mine = entry.author == self.me
        return EntryView(
            entry.id,
            self.id,
            entry.author,
            member.name if member else entry.author[:6],
            colour_of(self.colours, entry.author),
            entry.kind,
            entry.time,
            entry.lamport,
            entry.text or _said_of(entry),
            entry.verified,
            mine,
            not mine or entry.seq < self.data.delivered,
        )

    # What one can do

    def write_entry(self, kind: str, body: dict[str, JsonValue]) -> EntryView:
        """Write a signed entry of mine; it is on its way to the disk and the others at return."""
        entry = self.book.write(kind, body)
        self._keep_entries([entry])
        return self.view(entry)

    def set_where(self, where: str | None) -> None:
        """Tell the others which document is on my screen."""
        self._where = where
        self.tell_presence()

    def tell_presence(self) -> None:
        """Send who I am to the room."""
        if self.link is not None:
            self.link.set_presence(ROOT, {"user": self.user(), "at": self._where})

    def user(self) -> dict[str, object]:
        """Who I am, as presence carries it."""
        return {
            "device": self.me,
            "name": self.parts.name(),
            "colour": colour_of(self.colours, self.me),
        }

    def listen_board(self, document: str, on_things: OnThings) -> Callable[[], None]:
        """Call `on_things` with the keys that changed on a board; the returned function ends that."""
        self._watch(document)
        listeners = self._board_listeners.setdefault(document, [])
        listeners.append(on_things)
        return lambda: listeners.remove(on_things) if on_things in listeners else None

    def listen_presence(self, on_presence: Callable[[str], None]) -> Callable[[], None]:
        """Call `on_presence` with the document whose presence changed; the returned function ends that."""
        self._presence_listeners.append(on_presence)
        return lambda: (
            self._presence_listeners.remove(on_presence) if on_presence in self._presence_listeners else None
        )

    # What the link reports

    def entered(self, admitted: Admitted) -> None:
        """The hub let us in: learn its statements and remember where it was."""
        self.learn(admitted.statements)
        self.keep(replace(self.data.reached_at(admitted.address), role=self.role))
        self.catch_up.begin(self.data.last_seen_at is not None, milliseconds(self.now()))
        self.tell_presence()

    def learn(self, statements: Sequence[Statement]) -> None:
        """Take memberships and removals into account."""
        if self.membership is None or not statements:
            return
        before = self.membership
        self.membership = before.adding(statements)
        if self.membership.statements != before.statements:
            self.colours = colours_of(self.membership)
            self.keep(replace(self.data, statements=self.membership.statements, role=self.role))
            if self.link is not None:
                self.link.update_statements(self.membership.statements)
            self._plan_scan(self.documents.documents())
            self.publish(events.PeopleChanged(self.id, self.people()))

    def caught_up(self) -> None:
        """Documents were exchanged: say what was missed."""
        missed = self.catch_up.end()
        if missed is not None:
            self.publish(events.RoomMissed(self.id, missed))
        self.keep(replace(self.data, last_seen_at=milliseconds(self.now())))

    def presence_changed(self, document: str, states: Mapping[int, object | None]) -> None:
        """Take over who is where; None for those who left."""
        known = self.presence.setdefault(document, {})
        if document == ROOT and states.keys() - known.keys():
            self.catch_up.resume()
            asyncio.get_running_loop().call_later(NEWCOMER_SECONDS, self.caught_up)
        for client, state in states.items():
            if state is None:
                known.pop(client, None)
            else:
                known[client] = state
        if document == ROOT:
            self.publish(events.PeopleChanged(self.id, self.people()))
        for listener in tuple(self._presence_listeners):
            listener(document)

    def alone(self) -> None:
        """The link is gone: nobody is present any more."""
        documents = [name for name, states in self.presence.items() if states]
        self.presence.clear()
        for name in documents:
            self.presence_changed(name, {})
        self.publish(events.PeopleChanged(self.id, self.people()))

    def delivered_up_to(self, seq: int) -> None:
        """My entries below `seq` are with the hub."""
        if seq <= self.data.delivered:
            return
        since = self.data.delivered
        self.keep(replace(self.data, delivered=seq))
        entries = [entry for entry in self._mine if since <= entry.seq < seq]
        self._mine = [entry for entry in self._mine if entry.seq >= seq]
        if entries:
            self.publish(events.EntriesAdded(self.id, tuple(self.view(entry) for entry in entries)))

    # Inside

    def _updated(self, name: str, update: bytes, local: bool) -> None:
        self.parts.update_log.append(self.id, name, update)
        self._watch(name)
        if local:
            self.unsent += 1
            if self.link is not None:
                self.link.send(name, update)
        if log_author(name) is not None:
            self._plan_scan((name,))
        elif name == ROOT:
            asyncio.get_running_loop().call_soon(self._hold_boards)
            self.publish(events.RoomsChanged(self.id))

    def _hold_boards(self) -> None:
        """Have a document for each board that is listed, so that those who may only read find it at the hub."""
        for row in self.boards():
            name = f"board/{row.id}"
            if not self.documents.has(name):
                self.documents.document(name)
                if self.link is not None and self.may_write:
                    self.link.open(name)

    def _watch(self, name: str) -> None:
        if name.startswith("board/") and name not in self._board_listeners:
            self._board_listeners[name] = []
            self.documents.watch(name, THINGS, lambda keys: self._things_changed(name, keys))

    def _things_changed(self, name: str, keys: dict[str, str]) -> None:
        asyncio.get_running_loop().call_soon(self._tell_board, name, keys)

    def _tell_board(self, name: str, keys: dict[str, str]) -> None:
        if not self.documents.has(name):
            return
        self.catch_up.things(self.documents.map(name, THINGS), keys, self.membership)
        for listener in tuple(self._board_listeners.get(name, ())):
            listener(keys)

    def _plan_scan(self, names: Sequence[str]) -> None:
        self._logs_to_scan.update(name for name in names if log_author(name) is not None)
        if not self._scan_planned and self._logs_to_scan:
            self._scan_planned = True
            asyncio.get_running_loop().call_soon(self._scan)

    def _scan(self) -> None:
        self._scan_planned = False
        names, self._logs_to_scan = sorted(self._logs_to_scan), set()
        self._keep_entries(self._read_entries(names))

    def _read_entries(self, names: Sequence[str]) -> list[Entry]:
        """Read new entries; memberships among them may make more of them readable."""
        if self.membership is None:
            return []
        found = self.book.scan(self.membership, names)
        self.learn(records.statements_of(found))
        return found

    async def _take_entries(self, names: Sequence[str]) -> None:
        found = self._read_entries([name for name in names if log_author(name) is not None])
        if found:
            self._keep_entries(found)

    def _keep_entries(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        received = self.now()
        # A forged entry would take the place of the true one with its number: it is shown, but not kept.
        self.forged.update({entry.statement.digest: entry for entry in entries if not entry.verified})
        kept = [records.entry_record(self.id, entry, received) for entry in entries if entry.verified]

        def work(session: Session) -> None:
            from studydesk.model import room as store

            store.add_entries(session, kept)

        self.parts.context.database.submit(work, failed=report_failure(self.parts.context.events))
        self._mine += [entry for entry in entries if entry.author == self.me]
        self.catch_up.entries(entries, self.membership)
        self.publish(events.EntriesAdded(self.id, tuple(self.view(entry) for entry in entries)))

    async def _compact(self, name: str, up_to: int) -> None:
        merged = self.documents.difference(name, b"\x00")

        def work(session: Session) -> None:
            from studydesk.model import room as store

            store.compact(session, self.id, name, merged, up_to)

        await self.run(work)


def _said_of(entry: Entry) -> str:
    """Return the name that a membership or removal is about, as the text of that entry."""
    carried = entry.carried()
    if carried is None:
        return ""
    name = carried.body.get("name")
    return name if isinstance(name, str) else ""
