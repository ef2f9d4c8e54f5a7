"""A hub and its clients inside one process, over real TLS sockets of the loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from pycrdt import Doc, Text

from studydesk.foundation.clock import SystemClock
from studydesk.net.client import RoomClient
from studydesk.net.code_gate import CodeGate
from studydesk.net.hub import Hub
from studydesk.net.hub_room import HubRoom
from studydesk.net.identity import Identity
from studydesk.net.membership import (
    MEMBER,
    Membership,
    found_room,
    grant_membership,
    issue_token,
    remove_member,
)
from studydesk.net.ports import Address, Admitted, Entrance, HubEvent, Member, TokenEntry
from studydesk.net.spool import Spool
from studydesk.net.statement import Statement, token_text

Devices = Callable[[str], Identity]
LATER = 2**43
"""Milliseconds since 1970, far in the future."""


class House:
    """A room that Marta founded, and the hub that serves it."""

    def __init__(self, device: Devices, folder: Path) -> None:
        self.device, self.folder = device, folder
        self.founding = found_room(device("marta"), "SQL", "Marta", 1)
        self.statements: list[Statement] = []
        self.id = Membership.resolve(self.founding).room
        self.events: list[HubEvent] = []
        self._runs = 0

    def grant(self, name: str, role: str = MEMBER, time: int = 10) -> Statement:
        keys = self.device(name).public_keys
        return grant_membership(self.device("marta"), self.id, keys, name, role, time)

    def let_in(self, name: str, role: str = MEMBER) -> None:
        self.statements.append(self.grant(name, role))

    def removal(self, name: str, time: int = 20) -> Statement:
        known = Membership.resolve(self.founding, self.statements)
        return remove_member(self.device("marta"), known, self.device(name).device, time)

    def token(self, by: str, role: str, holder: str | None = None, expires: int = LATER) -> str:
        return token_text(issue_token(self.device(by), self.id, holder, role, expires))

    async def open(self, port: int = 0, code: str | None = None, host: str = "marta") -> Hub:
        """Start a hub that remembers nothing of an earlier one."""
        self._runs += 1
        hub = Hub(self.device(host), SystemClock(), self.events.append)
        spool = Spool(self.folder / f"{self._runs}.spool")
        room = hub.rooms[self.id] = HubRoom(self.founding, self.statements, spool)
        gate = hub.gates[room.id] = CodeGate(SystemClock(), "Marta")
        gate.set(code, None)
        await hub.start("127.0.0.1", port)
        return hub

    async def close(self, hub: Hub) -> None:
        await hub.stop()
        hub.rooms[self.id].spool.close(remove=True)


class Documents:
    """The documents of one desk, in memory."""

    def __init__(self) -> None:
        self.docs: dict[str, Doc[Any]] = {}

    def doc(self, name: str) -> Doc[Any]:
        return self.docs.setdefault(name, Doc())

    def text(self, name: str) -> str:
        return str(self.doc(name).get("text", type=Text))

    def write(self, name: str, words: str) -> bytes:
        """Append words; return the update."""
        doc = self.doc(name)
        before = doc.get_state()
        text = doc.get("text", type=Text)
        text += words
        return doc.get_update(before)

    def documents(self) -> list[str]:
        return list(self.docs)

    def state_vector(self, name: str) -> bytes:
        return self.doc(name).get_state()

    def difference(self, name: str, state_vector: bytes) -> bytes:
        return self.doc(name).get_update(state_vector)

    def receive(self, name: str, update: bytes) -> None:
        self.doc(name).apply_update(update)


class Desk:
    """One person at a desk: a client, its documents, and what the client told."""

    def __init__(self, identity: Identity, name: str) -> None:
        self.documents = Documents()
        self.told: list[str] = []
        self.people: dict[int, object | None] = {}
        self.client = RoomClient(identity, name, self.documents, self, SystemClock())

    async def enter(self, hub: Hub, how: Entrance) -> Admitted:
        return await self.client.connect([Address("127.0.0.1", hub.port)], how)

    def write(self, name: str, words: str) -> None:
        self.client.open(name)
        self.client.send_update(name, self.documents.write(name, words))

    def connected(self, admitted: Admitted) -> None:
        self.told.append("connected")

    def disconnected(self, sentence: str) -> None:
        self.told.append("disconnected")

    def refused(self, sentence: str) -> None:
        self.told.append(f"refused: {sentence}")

    def synced(self, name: str) -> None:
        pass

    def acknowledged(self, name: str, count_left: int) -> None:
        self.told.append("acknowledged")

    def rejected(self, name: str) -> None:
        self.told.append(f"rejected {name}")

    def presence(self, name: str, states: Mapping[int, object | None]) -> None:
        self.people.update(states)

    def announced(self, names: Sequence[str]) -> None:
        pass


def as_member(house: House) -> Member:
    return Member(house.founding, tuple(house.statements))


def with_token(token: str) -> TokenEntry:
    return TokenEntry(token)


async def until(condition: Callable[[], object], seconds: float = 5) -> None:
    """Wait until `condition` holds. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


class Party:
    """A house whose hub runs, with desks that leave at the end."""

    def __init__(self, house: House, stack: AsyncExitStack, hub: Hub) -> None:
        self.house, self._stack, self.hub = house, stack, hub

    async def desk(self, name: str, role: str = MEMBER) -> Desk:
        """Let somebody in and connect him."""
        if name != "marta":
            self.house.let_in(name, role)
        desk = self.stranger(name)
        await desk.enter(self.hub, as_member(self.house))
        assert await desk.client.wait_synced(None, 5)
        return desk

    def stranger(self, name: str) -> Desk:
        desk = Desk(self.house.device(name), name)
        self._stack.push_async_callback(desk.client.close)
        return desk


@asynccontextmanager
async def party(house: House, code: str | None = None) -> AsyncIterator[Party]:
    hub = await house.open(code=code)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(house.close, hub)
        yield Party(house, stack, hub)


def play(house: House, act: Callable[[Party], Awaitable[None]], code: str | None = None) -> None:
    """Run `act` with a hub on a loop of its own."""

    async def run() -> None:
        async with party(house, code) as going:
            await act(going)

    asyncio.run(run())
