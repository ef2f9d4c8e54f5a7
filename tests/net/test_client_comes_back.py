"""A client whose desk or hub fails: it says so, comes back, and does not hammer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from websockets.asyncio.server import ServerConnection, serve

from studydesk.foundation.errors import NotReachable
from studydesk.net import client as client_module
from studydesk.net.hub import server_context
from studydesk.net.ports import Address
from tests.net.desks import House, Party, as_member, play, until

NOTE = "note/one"


def test_a_desk_that_fails_on_an_update_loses_the_link_and_comes_back(
    house: House, expect_error: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expect_error("fault of this desk")

    async def act(party: Party) -> None:
        marta, ines = await party.desk("marta"), await party.desk("ines")
        ines.client.open(NOTE)
        good, failures = ines.documents.receive, [1]

        def receive(name: str, update: bytes) -> None:
            if failures:
                failures.pop()
                raise RuntimeError("the store fell over")
            good(name, update)

        monkeypatch.setattr(ines.documents, "receive", receive)
        marta.write(NOTE, "kept")
        await until(lambda: ines.documents.text(NOTE) == "kept")
        assert ines.told.count("connected") == 2
        assert "disconnected" in ines.told

    play(house, act)


def test_a_hub_that_ends_every_link_is_asked_ever_more_rarely(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "FIRST_RETRY", 0.02)
    monkeypatch.setattr(client_module, "LONGEST_RETRY", 1.0)

    async def act(party: Party) -> None:
        ines = await party.desk("ines")
        for _ in range(25):
            await asyncio.sleep(0.04)
            for connection in tuple(party.hub.rooms[house.id].connections):
                connection.role_changed()
        assert 2 <= ines.told.count("connected") <= 9

    play(house, act)


def test_who_answers_the_call_but_says_nothing_is_not_reachable_and_no_socket_stays(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "CONNECT_SECONDS", 0.5)

    async def act(party: Party) -> None:
        ended = asyncio.Event()

        async def silent(socket: ServerConnection) -> None:
            await socket.wait_closed()
            ended.set()

        tls = server_context(house.device("marta"))
        async with serve(silent, "127.0.0.1", 0, ssl=tls, compression=None) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            ines = party.stranger("ines")
            with pytest.raises(NotReachable):
                await ines.client.connect([Address("127.0.0.1", port)], as_member(house))
            await asyncio.wait_for(ended.wait(), 2)

    play(house, act)
