"""A hub against those who do not keep to the protocol: only their own connection ends."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from studydesk.net import connection as connection_module
from studydesk.net import hub as hub_module
from studydesk.net import wire
from studydesk.net.awareness import Presence, encode_presence
from studydesk.net.hub import Hub
from studydesk.net.limits import SMALL_FRAMES_AT_ONCE
from studydesk.net.membership import MEMBER, VIEWER
from tests.net.desks import House, Party, play, until

BOARD = "board/one"


@asynccontextmanager
async def raw(hub: Hub) -> AsyncIterator[ClientConnection]:
    """A bare WebSocket to a hub."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    url = f"wss://127.0.0.1:{hub.port}/"
    async with connect(url, ssl=context, compression=None, max_size=None, proxy=None) as socket:
        yield socket


async def log_in(socket: ClientConnection, token: str, name: str = "room") -> list[wire.FromHub]:
    """Show a token; return all up to the verdict."""
    await socket.send(wire.encode(wire.AuthToken(name, token, "4.8.0")))
    said: list[wire.FromHub] = []
    while not said or not isinstance(said[-1], wire.Authenticated | wire.PermissionDenied):
        said.append(await read(socket))
    return said


async def read(socket: ClientConnection) -> wire.FromHub:
    message = await asyncio.wait_for(socket.recv(), 3)
    assert isinstance(message, bytes)
    return wire.decode_from_hub(message)


async def read_until(socket: ClientConnection, kind: type) -> wire.FromHub:
    while not isinstance(message := await read(socket), kind):
        pass
    return message


async def ends_with(socket: ClientConnection) -> int | None:
    """Wait for the end of a connection and return its close code."""
    async with asyncio.timeout(3):
        try:
            while True:
                await socket.recv()
        except ConnectionClosed:
            return socket.close_code


@pytest.mark.parametrize(
    "update",
    [
        b"",
        b"\x01",
        b"\xff" * 20,
        b"\x00\x00\x00",
        b"\x01\x01\x01\x00\x28\x01\x01m\x01k\x01" + b"\x75\x01" * 9999,
    ],
)
def test_a_broken_update_ends_only_the_connection_it_came_from(house: House, update: bytes) -> None:
    async def act(party: Party) -> None:
        marta, ines = await party.desk("marta"), await party.desk("ines")
        async with raw(party.hub) as socket:
            await log_in(socket, house.token("marta", MEMBER), BOARD)
            await socket.send(wire.encode(wire.Update(BOARD, update)))
            assert await ends_with(socket) == connection_module.UNREADABLE
        marta.write(BOARD, "still here")
        await until(lambda: ines.documents.text(BOARD) == "still here")
        assert "disconnected" not in marta.told + ines.told

    play(house, act)


def test_an_announcement_by_a_viewer_reaches_nobody(house: House) -> None:
    async def act(party: Party) -> None:
        marta = await party.desk("marta")
        async with raw(party.hub) as socket:
            await log_in(socket, house.token("marta", VIEWER))
            forged = json.dumps({"type": "document", "name": "board/forged"})
            await socket.send(wire.encode(wire.Stateless("room", forged)))
            await socket.send(wire.encode(wire.SyncStep1("room", b"\x00")))
            await read_until(socket, wire.SyncStep2)
        await asyncio.sleep(0.05)
        assert "board/forged" not in marta.documents.documents()
        assert "board/forged" not in party.hub.rooms[house.id].documents

    play(house, act)


@pytest.mark.parametrize("wrap", [wire.Update, wire.SyncStep2])
def test_a_viewers_deletion_is_refused_and_not_confirmed(
    house: House, wrap: type[wire.Update | wire.SyncStep2]
) -> None:
    async def act(party: Party) -> None:
        marta = await party.desk("marta")
        marta.write(BOARD, "words")
        assert await marta.client.wait_synced([BOARD], 5)
        doc = marta.documents.doc(BOARD)
        deletion = b"\x00\x01" + doc.get_state()[1:-1] + b"\x01\x00\x05"
        async with raw(party.hub) as socket:
            await log_in(socket, house.token("marta", VIEWER), BOARD)
            await socket.send(wire.encode(wrap(BOARD, deletion)))
            status = await read_until(socket, wire.SyncStatus)
            assert wrap is wire.SyncStep2 or status == wire.SyncStatus(BOARD, False)
        await asyncio.sleep(0.05)
        assert marta.documents.text(BOARD) == "words"

    play(house, act)


def test_presence_of_another_cannot_be_cleared(house: House) -> None:
    async def act(party: Party) -> None:
        marta, ines = await party.desk("marta"), await party.desk("ines")
        ines.client.set_presence("room", {"at": BOARD})
        await until(lambda: marta.people.get(ines.client.client_id))
        async with raw(party.hub) as socket:
            await log_in(socket, house.token("marta", MEMBER))
            gone = encode_presence([Presence(ines.client.client_id, 99, "null")])
            await socket.send(wire.encode(wire.Awareness("room", gone)))
            await socket.send(wire.encode(wire.SyncStep1("room", b"\x00")))
            await read_until(socket, wire.SyncStep2)
        await asyncio.sleep(0.05)
        assert marta.people[ines.client.client_id] == {"at": BOARD}

    play(house, act)


@pytest.mark.parametrize("first", ["x" * 2_000_000, b"x" * 2_000_000])
def test_a_large_first_frame_of_a_stranger_is_not_even_read(house: House, first: str | bytes) -> None:
    async def act(party: Party) -> None:
        async with raw(party.hub) as socket:
            await socket.send(first)
            assert await ends_with(socket) == connection_module.TOO_BIG

    play(house, act)


@pytest.mark.parametrize("first", ["", "{}", "[1]", b"", b"\xff", '{"type":"hello"}', '{"type":"refused"}'])
def test_a_broken_first_frame_ends_the_connection(house: House, first: str | bytes) -> None:
    async def act(party: Party) -> None:
        async with raw(party.hub) as socket:
            await socket.send(first)
            assert await ends_with(socket) == connection_module.UNREADABLE

    play(house, act)


@pytest.mark.parametrize("says", [None, wire.encode(wire.AuthToken("room", "no token"))])
def test_who_has_proven_nothing_after_a_while_is_let_go(
    house: House, monkeypatch: pytest.MonkeyPatch, says: bytes | None
) -> None:
    monkeypatch.setattr(connection_module, "ENTRY_SECONDS", 0.3)

    async def act(party: Party) -> None:
        async with raw(party.hub) as socket:
            if says is not None:
                await socket.send(says)
            assert await ends_with(socket) == connection_module.SILENT

    play(house, act)


def test_many_who_have_proven_nothing_are_turned_away_and_members_do_not_count(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "MAX_UNKNOWN_FROM_ONE", 2)

    async def act(party: Party) -> None:
        for name in ("marta", "ines", "tom"):
            await party.desk(name)
        async with raw(party.hub), raw(party.hub):
            await asyncio.sleep(0.05)
            async with raw(party.hub) as third:
                assert await ends_with(third) == 1013
        await asyncio.sleep(0.05)
        await party.desk("eve")

    play(house, act)


def test_a_flood_of_messages_ends_the_connection(house: House) -> None:
    async def act(party: Party) -> None:
        async with raw(party.hub) as socket:
            await log_in(socket, house.token("marta", MEMBER))
            question = wire.encode(wire.QueryAwareness(BOARD))
            with suppress(ConnectionClosed):
                for _ in range(4 * connection_module.MESSAGES_A_SECOND):
                    await socket.send(question)
            assert await ends_with(socket) == connection_module.UNREADABLE

    play(house, act)


def test_a_flood_of_pongs_ends_the_connection_and_nobody_elses(house: House) -> None:
    async def act(party: Party) -> None:
        marta = await party.desk("marta")
        async with raw(party.hub) as socket:
            await log_in(socket, house.token("marta", MEMBER))
            with suppress(ConnectionClosed):
                for _ in range(3 * int(SMALL_FRAMES_AT_ONCE)):
                    await socket.pong()
            with pytest.raises(ConnectionClosed):
                await asyncio.wait_for(_until_closed(socket), 5)
        marta.write(BOARD, "still here")
        await until(lambda: "acknowledged" in marta.told)

    play(house, act)


async def _until_closed(socket: ClientConnection) -> None:
    while True:
        await socket.recv()


@pytest.mark.parametrize("name", ["", "x", "board/", "board/../x", "note/" + "n" * 129, "log/x/0"])
def test_a_name_that_is_no_document_is_denied_and_the_connection_goes_on(house: House, name: str) -> None:
    async def act(party: Party) -> None:
        async with raw(party.hub) as socket:
            token = house.token("marta", MEMBER)
            assert (await log_in(socket, token, name))[-1] == wire.PermissionDenied(name, "no-such-document")
            assert (await log_in(socket, token))[-1] == wire.Authenticated("room", wire.READ_WRITE)

    play(house, act)
