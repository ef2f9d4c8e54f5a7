"""Rooms, for windows and commands: every call returns its future at once and runs on the network thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from studydesk.foundation.errors import Fault, NotReachable, Refused
from studydesk.net.admission import new_code
from studydesk.net.doctor import Finding, examine
from studydesk.net.membership import issue_token
from studydesk.net.ports import Address
from studydesk.net.statement import token_text
from studydesk.services.base import DeskContext
from studydesk.services.loop import LoopThread
from studydesk.services.room import records
from studydesk.services.room.entries import MAX_TEXT, read_entry
from studydesk.services.room.joining import Where, admit
from studydesk.services.room.keeper import Keeper
from studydesk.services.room.link import Hosting
from studydesk.services.room.records import RoomData, milliseconds
from studydesk.services.room.room import Room
from studydesk.services.room.views import (
    OWN,
    BoardRow,
    EntryView,
    HostInfo,
    NearDesk,
    Person,
    RoomRow,
    StreamToken,
)
from studydesk.services.settings import NAME

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from studydesk.model.room import EntryRecord

T = TypeVar("T")
CODE_MINUTES = 10
TOKEN_HOURS = 12
FIND_SECONDS = 4.0
MAX_UNREAD = 100
"""Unread messages are counted up to here; the screen says 99+."""


class Rooms:
    """The rooms of this desk, and those that are open near it."""

    def __init__(self, context: DeskContext, loop: LoopThread) -> None:
        self._context = context
        self.loop = loop
        self.keeper = Keeper(context)

    def start_discovery(self) -> Future[None]:
        """Be seen by other desks and see them, from now on."""
        return self.submit(self.keeper.announce())

    @property
    def near(self) -> tuple[NearDesk, ...]:
        """The desks seen last."""
        try:
            return self.keeper.near.desks()
        except RuntimeError:
            return ()

    def rooms(self) -> Future[tuple[RoomRow, ...]]:
        """My rooms, the last used first."""
        return self.submit(self._rows())

    def row(self, room: str) -> Future[RoomRow]:
        """What is known of one of my rooms now; asking changes nothing."""
        return self.submit(self._row(room))

    def create(self, name: str) -> Future[RoomRow]:
        """Found a room of which I am the facilitator."""

        async def work() -> RoomRow:
            data = await self.keeper.create(name)
            return await self._row(data.id)

        return self.submit(work())

    def forget(self, room: str) -> Future[None]:
        """Drop this desk's copy of a room."""
        return self.submit(self.keeper.forget(room))

    def enter(self, room: str) -> Future[RoomRow]:
        """Open a room here and look for its hub while it is open."""

        async def work() -> RoomRow:
            await self.keeper.enter(room)
            return await self._row(room)

        return self.submit(work())

    def leave(self, room: str) -> Future[None]:
        """Close a room here; if this desk hosts it, the hub ends."""
        return self.submit(self.keeper.leave(room))

    def host(
        self, room: str, code: str | None = None, bind: str | None = None, port: int = 0
    ) -> Future[HostInfo]:
        """Open a room to others. Where it is live elsewhere already, join it there.

        A given `code` holds as long as the room is open; without one, a new code holds ten minutes.
        """
        return self.submit(self._host(room, code, bind, port))

    def stop_hosting(self, room: str) -> Future[None]:
        """Close a room for others; it stays open here."""

        async def work() -> None:
            opened = await self.keeper.enter(room, connect=False)
            if opened.link is not None:
                await opened.link.stop_hosting()

        return self.submit(work())

    def new_code(self, room: str) -> Future[str]:
        """Let people in with a new code for ten minutes; the old one ends."""

        async def work() -> str:
            opened = await self.keeper.enter(room, connect=False)
            if opened.link is None:
                raise Fault("My own boards have no code.")
            code = new_code()
            await opened.link.set_code(code, self._code_end())
            return code

        return self.submit(work())

    def join(self, where: Where, code: str, my_name: str | None = None) -> Future[RoomRow]:
        """Enter a room for the first time: one that is near, or by its address `host:port`, or by its name.

        Raises Refused for a wrong code and NotReachable when nobody answers, each with its sentence.
        """

        async def work() -> RoomRow:
            if my_name and my_name.strip():
                await asyncio.wrap_future(self._context.settings.set(NAME, my_name.strip()[:120]))
            data = await self.keeper.admitted(await admit(self.keeper, where, code, FIND_SECONDS))
            opened = await self.keeper.enter(data.id)
            if opened.link is not None and await opened.link.wait_live(5.0):
                await opened.link.wait_synced()
            return await self._row(data.id)

        return self.submit(work())

    def say(self, room: str, text: str) -> Future[EntryView]:
        """Write a message into the talk of a room. It is kept and goes out when others are there."""

        async def work() -> EntryView:
            opened = await self.keeper.enter(room, connect=False)
            return say(opened, text)

        return self.submit(work())

    def entries(
        self, room: str, limit: int = 200, before: int | None = None
    ) -> Future[tuple[EntryView, ...]]:
        """The last entries, oldest first; `before` (a Lamport time) gives those before."""

        async def work() -> tuple[EntryView, ...]:
            opened = await self.keeper.enter(room, connect=False)
            return await self._entries(opened, limit, before)

        return self.submit(work())

    def people(self, room: str) -> Future[tuple[Person, ...]]:
        """The members of a room and who is there now."""

        async def work() -> tuple[Person, ...]:
            return (await self.keeper.enter(room, connect=False)).people()

        return self.submit(work())

    def mark_read(self, room: str) -> Future[None]:
        """All that is in the talk now has been seen."""

        async def work() -> None:
            opened = await self.keeper.enter(room, connect=False)
            if opened.data.last_read != opened.book.lamport:
                opened.keep(replace(opened.data, last_read=opened.book.lamport))

        return self.submit(work())

    def boards(self, room: str) -> Future[tuple[BoardRow, ...]]:
        """The boards of a room."""

        async def work() -> tuple[BoardRow, ...]:
            return (await self.keeper.enter(room, connect=False)).boards()

        return self.submit(work())

    def new_board(self, room: str, title: str) -> Future[BoardRow]:
        """Add a board to a room."""
        from studydesk.services.room.boards import put_board

        async def work() -> BoardRow:
            return put_board(writable(await self.keeper.enter(room, connect=False)), title)

        return self.submit(work())

    def rename_board(self, room: str, board: str, title: str) -> Future[None]:
        """Give a board another title."""
        from studydesk.services.room.boards import title_board

        async def work() -> None:
            title_board(writable(await self.keeper.enter(room, connect=False)), board, title)

        return self.submit(work())

    def set_where(self, room: str, document: str | None) -> Future[None]:
        """Say which document of the room is on my screen."""

        async def work() -> None:
            (await self.keeper.enter(room, connect=False)).set_where(document)

        return self.submit(work())

    def token(self, room: str, role: str = "member", address: str | None = None) -> Future[StreamToken]:
        """Make a token for a stock Yjs client, good for twelve hours.

        It names the live hub, else `address` (host:port). Raises NotReachable when there is neither.
        """
        return self.submit(self._token(room, role, address))

    def export(self, room: str, directory: Path) -> Future[Path]:
        """Write boards, talk and people of a room into a folder, in open formats."""

        async def work() -> Path:
            from studydesk.services.room.export import export_room

            opened = await self.keeper.enter(room, connect=False)
            entries = await self._entries(opened, None, None)
            return await export_room(opened, entries, directory)

        return self.submit(work())

    def check_network(self) -> Future[tuple[Finding, ...]]:
        """Find out why others can't be seen, as far as that shows from here. Takes up to two seconds."""
        return self.loop.submit(examine(self._context.clock))

    def close(self, timeout: float = 3.0) -> None:
        """Leave all rooms and be seen no more. Blocks at most `timeout` seconds."""
        future = self.loop.submit(self.keeper.close())
        try:
            future.result(timeout)
        except TimeoutError:
            future.cancel()

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run `work` on the network thread once the rooms are read."""

        async def prepared() -> T:
            try:
                await self.keeper.prepare()
            except BaseException:
                work.close()
                raise
            return await work

        return self.loop.submit(prepared())

    async def _host(self, room: str, code: str | None, bind: str | None, port: int) -> HostInfo:
        opened = await self.keeper.enter(room)
        link = opened.link
        if link is None:
            raise Fault("My own boards can't be opened to others. Bring one into a room instead.")
        if not opened.may_write:
            raise Refused("A viewer can't host this room. Ask a member to open it.")
        if link.hub is None and not await link.wait_live(FIND_SECONDS):
            facilitator = opened.role == "facilitator"
            spoken = (code or new_code()) if facilitator else None
            await link.host(Hosting(spoken, None if code else self._code_end(), bind, port))
            await link.wait_synced(10.0)
        return self._host_info(opened)

    def _host_info(self, opened: Room) -> HostInfo:
        link = opened.link
        if link is not None and link.hub is not None:
            ready = link.hub.ready
            return HostInfo(
                opened.id, ready.addresses[0].host, ready.port, link.code or "", ready.fingerprint, True
            )
        if link is not None and link.admitted is not None:
            there = link.admitted
            return HostInfo(opened.id, there.address.host, there.address.port, "", there.fingerprint, False)
        raise NotReachable("The room went away while it was being opened. Try again.")

    async def _token(self, room: str, role: str, address: str | None) -> StreamToken:
        opened = await self.keeper.enter(room)
        if opened.link is None or (opened.role != "facilitator" and opened.link.hub is None):
            raise Refused("Only a facilitator of the room, or its host, can give out a token.")
        url, fingerprint = await self._live_address(opened, address)
        expires = milliseconds(self._context.clock.now()) + TOKEN_HOURS * 3_600_000
        token = issue_token(self.keeper.identity, room, None, role, expires)
        return StreamToken(url, token_text(token), fingerprint)

    async def _live_address(self, opened: Room, address: str | None) -> tuple[str, str]:
        link = opened.link
        if link is not None and (link.hub is not None or await link.wait_live(FIND_SECONDS)):
            info = self._host_info(opened)
            return f"wss://{Address(info.address, info.port)}", info.fingerprint
        if address is None:
            raise NotReachable("Nobody hosts this room now. Open it, or say where it will be with --address.")
        try:
            return f"wss://{Address.parse(address)}", self.keeper.identity.fingerprint
        except ValueError as fault:
            raise Fault(f"“{address}” is no address: {fault}.") from fault

    async def _rows(self) -> tuple[RoomRow, ...]:
        rows = [await self._row(room) for room in tuple(self.keeper.rooms) if room != OWN]
        return tuple(sorted(rows, key=lambda row: (-(row.last_at or 0), row.name.casefold(), row.id)))

    async def _row(self, room: str) -> RoomRow:
        data = self.keeper.rooms[room]
        last, unread = await self.keeper.run(lambda session: _talk_state(session, data))
        opened = self.keeper.open.get(room)
        link = opened.link if opened else None
        people = opened.people() if opened else ()
        return RoomRow(
            room,
            data.name,
            opened.role if opened else data.role,
            link is not None and link.live,
            link is not None and link.hub is not None,
            bool(self.keeper.near.addresses(room)),
            people,
            unread,
            last.text if last else "",
            max(last.time if last else 0, data.last_seen_at or data.joined_at),
            _host_name(opened),
            link.code if link else None,
            sum(1 for person in people if person.present and not person.me),
        )

    async def _entries(self, opened: Room, limit: int | None, before: int | None) -> tuple[EntryView, ...]:
        """Return entries of the store, and the forged ones among them, which the store does not take."""

        def work(session: Session) -> list[EntryRecord]:
            from studydesk.model import room as store

            mark = None if before is None else records.mark_before(opened.id, before)
            return list(store.entries(session, opened.id, limit=limit, before=mark))

        kept = await opened.run(work)
        found = [replace(read_entry(record.raw), verified=record.verified) for record in kept]
        first = found[0].lamport if found and limit is not None and len(found) == limit else 0
        last = before if before is not None else float("inf")
        found += [entry for entry in opened.forged.values() if first <= entry.lamport < last]
        return tuple(opened.view(entry) for entry in sorted(found, key=lambda entry: entry.order))

    def _code_end(self) -> int:
        return milliseconds(self._context.clock.now()) + CODE_MINUTES * 60_000


def say(opened: Room, text: str) -> EntryView:
    """Write a message. Raises Fault for an empty or endless one, Refused for a viewer."""
    words = text.strip()
    if not words:
        raise Fault("A message needs some text.")
    if len(words) > MAX_TEXT:
        raise Fault(f"A message has at most {MAX_TEXT} characters. Put long texts into a note.")
    return writable(opened).write_entry("message", {"text": words})


def writable(opened: Room) -> Room:
    """Return the room if I may write in it. Raises Refused for a viewer."""
    if not opened.may_write:
        raise Refused("You are a viewer in this room: you can read but not write.")
    return opened


def _talk_state(session: Session, data: RoomData) -> tuple[EntryRecord | None, int]:
    from studydesk.model import room as store

    last = store.entries(session, data.id, kinds=("message",), limit=MAX_UNREAD)
    return (last[-1] if last else None), sum(1 for entry in last if entry.lamport > data.last_read)


def _host_name(opened: Room | None) -> str | None:
    link = opened.link if opened else None
    if opened is None or link is None or link.admitted is None or opened.membership is None or not link.live:
        return None
    member = opened.membership.members.get(link.admitted.hub_device)
    return member.name if member else None
