"""Which rooms this desk has, and which of them are open. Lives on the network thread."""

from __future__ import annotations

import asyncio
import getpass
import logging
import platform
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from studydesk.foundation.errors import Fault
from studydesk.net.identity import Identity
from studydesk.net.membership import found_room
from studydesk.net.ports import Admitted
from studydesk.net.statement import room_id
from studydesk.services.base import DeskContext, report_failure
from studydesk.services.room import events, records
from studydesk.services.room.documents import ROOT
from studydesk.services.room.link import Link
from studydesk.services.room.near import Near
from studydesk.services.room.records import RoomData, milliseconds
from studydesk.services.room.room import Room, RoomParts
from studydesk.services.room.update_log import UpdateLog
from studydesk.services.room.views import OWN
from studydesk.services.settings import NAME

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from studydesk.net.discovery import LiveRoom

log = logging.getLogger(__name__)
T = TypeVar("T")


class Keeper:
    """The rooms of one desk. `prepare` first."""

    def __init__(self, context: DeskContext) -> None:
        self.context = context
        self.rooms: dict[str, RoomData] = {}
        self.open: dict[str, Room] = {}
        self.update_log = UpdateLog(context, self._saved)
        self._prepared: asyncio.Task[None] | None = None
        self._opening: dict[str, asyncio.Task[Room]] = {}
        self._identity: Identity | None = None
        self._near: Near | None = None

    async def prepare(self) -> None:
        """Read identity and rooms, once."""
        if self._prepared is None:
            self._prepared = asyncio.get_running_loop().create_task(self._prepare(), name="rooms")
        await asyncio.shield(self._prepared)

    @property
    def identity(self) -> Identity:
        if self._identity is None:
            raise RuntimeError("the rooms of this desk were not prepared")
        return self._identity

    @property
    def near(self) -> Near:
        if self._near is None:
            raise RuntimeError("the rooms of this desk were not prepared")
        return self._near

    def name(self) -> str:
        """The name that others see: the one that was set, else that of the system's user."""
        return self.context.settings.get(NAME) or _system_name()

    def find(self, words: str) -> RoomData:
        """Return the room with this id or name. Raises Fault when there is none, or several."""
        known = [data for data in self.rooms.values() if data.id != OWN]
        found = [data for data in known if words == data.id]
        found = found or [data for data in known if data.name == words]
        found = found or [data for data in known if data.name.casefold() == words.strip().casefold()]
        if len(found) > 1:
            raise Fault(f"Several rooms are called “{words}”. Use the id of one: room list shows them.")
        if not found:
            raise Fault(f"This desk has no room “{words}”. Make one, or join one with a code.")
        return found[0]

    async def create(self, name: str) -> RoomData:
        """Found a room, with one empty board."""
        title = " ".join(name.split())
        if not title or len(title) > 120:
            raise Fault("A room needs a name of up to 120 characters.")
        now = milliseconds(self.context.clock.now())
        founding = found_room(self.identity, title, self.name(), now)
        data = RoomData(room_id(founding), title, founding, "facilitator", now)
        await self._add(data)
        room = await self.enter(data.id, connect=False)
        with room.documents.change(ROOT):
            room.documents.map(ROOT, "meta")["name"] = title
        from studydesk.services.room.boards import put_board

        put_board(room, "Board 1")
        await self.update_log.flush()
        return data

    async def admitted(self, admitted: Admitted) -> RoomData:
        """Keep a room that this desk was let into by code."""
        if admitted.founding is None:
            raise Fault("The host did not say which room this is. Ask for a new code.")
        name = str(admitted.founding.body.get("room_name", ""))
        now = milliseconds(self.context.clock.now())
        known = self.rooms.get(admitted.room)
        data = known or RoomData(admitted.room, name, admitted.founding, admitted.role, now)
        statements = {item.digest: item for item in (*data.statements, *admitted.statements)}
        data = replace(
            data.reached_at(admitted.address), role=admitted.role, statements=tuple(statements.values())
        )
        await self._add(data)
        if data.id in self.open:
            self.open[data.id].learn(admitted.statements)
        return data

    async def own(self) -> Room:
        """Open the local room that holds my own boards."""
        if OWN not in self.rooms:
            now = milliseconds(self.context.clock.now())
            await self._add(RoomData(OWN, "My boards", None, "member", now))
        return await self.enter(OWN, connect=False)

    async def enter(self, room: str, connect: bool = True) -> Room:
        """Open a room here; with `connect`, look for its hub from now on."""
        if room not in self.open:
            if room not in self._opening:
                self._opening[room] = asyncio.get_running_loop().create_task(
                    self._load(room), name=f"open {room[:6]}"
                )
            try:
                await asyncio.shield(self._opening[room])
            finally:
                self._opening.pop(room, None)
        opened = self.open[room]
        if connect and opened.link is not None:
            opened.link.start()
            opened.link.wake()
        return opened

    async def leave(self, room: str) -> None:
        """Close a room here."""
        opened = self.open.pop(room, None)
        if opened is not None:
            await opened.close()
            self.publish(events.RoomsChanged(room))

    async def forget(self, room: str) -> None:
        """Leave a room and drop this desk's copy of it."""
        await self.leave(room)
        self.rooms.pop(room, None)
        await self.run(lambda session: records.delete_room(session, room))
        self.publish(events.RoomsChanged(room))

    async def close(self) -> None:
        """Leave all rooms, be seen no more, and have everything on the disk."""
        if self._near is not None:
            await self._near.close()
        await asyncio.gather(*(self.leave(room) for room in tuple(self.open)))
        await self.update_log.close()

    async def run(self, work: Callable[[Session], T]) -> T:
        """Run `work` on the database thread and wait for it."""
        return await asyncio.wrap_future(self.context.database.submit(work))

    def publish(self, event: object) -> None:
        self.context.events.publish(event)

    async def announce(self) -> None:
        """Be seen by other desks, with the rooms that this desk hosts."""
        await self.near.start()

    def wake(self) -> None:
        """Have all open rooms look for their hubs again."""
        for room in self.open.values():
            if room.link is not None:
                room.link.wake()

    async def _prepare(self) -> None:
        loop = asyncio.get_running_loop()
        self._identity = await loop.run_in_executor(
            None, Identity.load_or_create, self.context.paths.identity, self.context.clock
        )
        self._near = Near(
            self._identity.device,
            self.context.clock,
            lambda: set(self.rooms),
            lambda: (self.name(), self._live()),
            self._near_changed,
        )
        self.rooms = {data.id: data for data in await self.run(records.load_rooms)}

    async def _load(self, room: str) -> Room:
        parts = RoomParts(self.context, self.identity, self.update_log, self.name, self._changed)
        opened = Room(self.rooms[room], parts)
        await opened.load()
        if room != OWN:
            opened.link = Link(opened, self.near.addresses, self._hosting_changed)
        self.open[room] = opened
        return opened

    async def _add(self, data: RoomData) -> None:
        await self.run(lambda session: records.save_room(session, data))
        self.rooms[data.id] = data
        self.publish(events.RoomsChanged(data.id))

    def _changed(self, data: RoomData) -> None:
        if data.id not in self.rooms:
            return
        self.rooms[data.id] = data
        self.context.database.submit(
            lambda session: records.save_room(session, data), failed=report_failure(self.context.events)
        )

    def _saved(self, rooms: frozenset[str]) -> None:
        for room in rooms:
            opened = self.open.get(room)
            if opened is None:
                continue
            if opened.link is not None:
                opened.link.tell_saved()
            else:
                self.publish(events.RoomSaved(room, milliseconds(opened.now()), 0, 0))

    def _near_changed(self) -> None:
        self.publish(events.PeersChanged(self.near.desks()))
        self.publish(events.RoomsChanged())
        self.wake()

    def _hosting_changed(self) -> None:
        asyncio.get_running_loop().create_task(self._announce_live(), name="announce")
        self.publish(events.RoomsChanged())

    async def _announce_live(self) -> None:
        await self.near.announce()

    def _live(self) -> list[LiveRoom]:
        from studydesk.net.discovery import LiveRoom

        return [
            LiveRoom(room.id, room.data.name, room.link.hub.ready.port, True)
            for room in self.open.values()
            if room.link is not None and room.link.hub is not None
        ]


def _system_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return platform.node() or "Somebody"
