"""Desks that see each other by mDNS on this computer's own interfaces."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from studydesk.foundation.clock import SystemClock
from studydesk.net import discovery as discovery_module
from studydesk.net.discovery import Discovery, LiveRoom, PeersChanged, PeerSeen, peers_nearby
from studydesk.net.doctor import examine
from tests.net.desks import until


@pytest.fixture(autouse=True, scope="module")
def multicast() -> None:
    """Skip where what this computer calls out does not come back."""
    findings = {finding.name: finding for finding in asyncio.run(examine(SystemClock()))}
    if not findings["multicast"].ok:
        pytest.skip(findings["multicast"].sentence)


class Seen:
    """What one desk was told of the others."""

    def __init__(self, device: str, name: str) -> None:
        self.device = device
        self.last: dict[str, PeerSeen] = {}
        self.discovery = Discovery(device, name, self._note, SystemClock())

    def _note(self, event: PeersChanged) -> None:
        self.last = {peer.id: peer for peer in event.peers}

    def rooms_of(self, other: Seen) -> list[tuple[str, str]]:
        peer = self.last.get(other.device)
        return [(room.id, room.name) for room in peer.rooms] if peer else []


@asynccontextmanager
async def two_desks() -> AsyncIterator[tuple[Seen, Seen]]:
    mark = secrets.token_hex(6)
    desks = Seen(f"marta{mark}", "Marta"), Seen(f"ines{mark}", "Inès")
    for desk in desks:
        await desk.discovery.start(None)
    try:
        yield desks
    finally:
        for desk in desks:
            await desk.discovery.close()


def play(act: Callable[[Seen, Seen], Awaitable[None]]) -> None:
    async def run() -> None:
        async with two_desks() as (marta, ines):
            await act(marta, ines)

    asyncio.run(run())


@asynccontextmanager
async def listening() -> AsyncIterator[int]:
    """A port at which somebody answers, as a hub does."""
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "0.0.0.0", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def test_desks_see_each_other_and_their_rooms() -> None:
    async def act(marta: Seen, ines: Seen) -> None:
        await until(lambda: ines.device in marta.last and marta.device in ines.last)
        assert (ines.last[marta.device].name, marta.last[ines.device].name) == ("Marta", "Inès")
        async with listening() as port:
            rooms = [LiveRoom("r1", "SQL für Analysten", port), LiveRoom("r2", "Secret", port, listed=False)]
            await marta.discovery.announce("Marta", rooms)
            await until(lambda: ines.rooms_of(marta) == [("r1", "SQL für Analysten"), ("r2", "")])
            assert {a.port for room in ines.last[marta.device].rooms for a in room.addresses} == {port}
            nearby = {peer.id: peer for peer in await peers_nearby("somebody-else", 1.5)}
            assert [room.name for room in nearby[marta.device].rooms] == ["SQL für Analysten", ""]

    play(act)


def test_a_desk_that_says_goodbye_is_gone() -> None:
    async def act(marta: Seen, ines: Seen) -> None:
        await until(lambda: ines.device in marta.last)
        await ines.discovery.close()
        await until(lambda: ines.device not in marta.last)

    play(act)


def test_a_room_whose_hub_does_not_answer_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery_module, "CHECK_SECONDS", 0.3)

    async def act(marta: Seen, ines: Seen) -> None:
        async with listening() as port:
            await marta.discovery.announce("Marta", [LiveRoom("r1", "SQL", port)])
            await until(lambda: ines.rooms_of(marta) == [("r1", "SQL")])
        await until(lambda: marta.device in ines.last and not ines.rooms_of(marta))

    play(act)


def test_who_only_looks_is_not_seen() -> None:
    async def act(marta: Seen, ines: Seen) -> None:
        await until(lambda: ines.device in marta.last)
        await peers_nearby("onlooker", 0.5)
        assert "onlooker" not in marta.last

    play(act)


def test_a_long_name_is_cut_at_a_letter() -> None:
    async def act(marta: Seen, ines: Seen) -> None:
        await marta.discovery.announce("ü" * 200, [])
        await until(lambda: marta.device in ines.last and ines.last[marta.device].name.startswith("ü"))
        assert ines.last[marta.device].name == "ü" * (discovery_module.MAX_NAME_BYTES // 2)

    play(act)


def test_what_the_doctor_finds_is_said_in_sentences() -> None:
    findings = asyncio.run(examine(SystemClock()))
    assert [finding.name for finding in findings] == ["network", "multicast", "port", "clock"]
    assert all(finding.sentence.endswith(".") for finding in findings)
