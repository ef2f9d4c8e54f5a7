"""The hub as a process of its own: started, killed, frozen, ended, and what its members notice of it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import psutil
import pytest

from studydesk.foundation.clock import SystemClock
from studydesk.foundation.errors import Fault, Refused
from studydesk.net.hub_process import HubHandle, feed_in_thread, launch_hub
from studydesk.net.identity import Identity
from studydesk.net.ports import (
    Address,
    Code,
    HubAdmitted,
    HubConfig,
    HubEnded,
    HubEvent,
    HubRefused,
    Member,
)
from tests.net.desks import Desk, House, as_member, until

NOTE = "note/plan"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of Unix")


class Host:
    """Marta, who starts hub processes and hears their events."""

    def __init__(self, house: House, stack: AsyncExitStack) -> None:
        self.house, self._stack = house, stack
        self.events: list[HubEvent] = []

    @property
    def spool(self) -> Path:
        return self.house.folder / "spool"

    async def launch(self, code: str | None = None, port: int = 0) -> tuple[HubHandle, psutil.Process]:
        others = set(psutil.Process().children())
        directory = str(self.house.device("marta").directory)
        config = HubConfig(
            directory,
            self.house.founding,
            tuple(self.house.statements),
            str(self.spool),
            code,
            bind="127.0.0.1",
            port=port,
        )
        handle = await launch_hub(config, self.events.append)
        self._stack.push_async_callback(handle.stop)
        (process,) = set(psutil.Process().children()) - others
        return handle, process

    def desk(self, name: str) -> Desk:
        desk = Desk(self.house.device(name), name)
        self._stack.push_async_callback(desk.client.close)
        return desk

    def heard(self, kind: type) -> bool:
        return any(isinstance(event, kind) for event in self.events)


def play(house: House, act: Callable[[Host], Awaitable[None]]) -> None:
    async def run() -> None:
        async with AsyncExitStack() as stack:
            await act(Host(house, stack))

    asyncio.run(run())


def at(handle: HubHandle) -> list[Address]:
    return [Address("127.0.0.1", handle.ready.port)]


def test_a_hub_that_was_killed_loses_nothing_and_its_members_come_back_without_a_code(house: House) -> None:
    async def act(host: Host) -> None:
        handle, process = await host.launch("4827 19")
        marta, ines = host.desk("marta"), host.desk("ines")
        await marta.client.connect(at(handle), as_member(house))
        with pytest.raises(Refused, match="does not fit this room"):
            await host.desk("tom").client.connect(at(handle), Code("111111"))
        await until(lambda: host.heard(HubRefused))
        admitted = await ines.client.connect(at(handle), Code("482719"))
        await until(lambda: host.heard(HubAdmitted))
        house.statements.extend(admitted.statements)
        marta.write(NOTE, "together ")
        await until(lambda: ines.documents.text(NOTE) == "together ")
        process.kill()
        await until(lambda: "disconnected" in ines.told and "disconnected" in marta.told)
        await until(lambda: host.heard(HubEnded))
        ines.documents.write(NOTE, "offline ")
        await host.launch(port=handle.ready.port)
        await until(lambda: "offline" in marta.documents.text(NOTE), 8)
        assert ines.documents.text(NOTE) == marta.documents.text(NOTE) == "together offline "

    play(house, act)


def test_a_hub_that_was_stopped_ends_at_once_and_leaves_no_spool(house: House) -> None:
    async def act(host: Host) -> None:
        handle, process = await host.launch()
        marta = host.desk("marta")
        await marta.client.connect(at(handle), as_member(house))
        marta.write(NOTE, "kept at the desk")
        await until(lambda: "acknowledged" in marta.told)
        began = time.monotonic()
        await handle.stop()
        assert time.monotonic() - began < 3
        assert not process.is_running()
        assert not list(host.spool.iterdir())

    play(house, act)


def test_a_frozen_hub_is_noticed_within_six_seconds(house: House) -> None:
    async def act(host: Host) -> None:
        handle, process = await host.launch()
        marta = host.desk("marta")
        await marta.client.connect(at(handle), as_member(house))
        process.suspend()
        try:
            began = time.monotonic()
            await until(lambda: "disconnected" in marta.told, 9)
            assert time.monotonic() - began < 6.5
        finally:
            process.resume()

    play(house, act)


def test_a_port_that_is_taken_is_said_in_a_sentence(house: House) -> None:
    async def act(host: Host) -> None:
        handle, _ = await host.launch()
        with pytest.raises(Fault, match="the port is taken"):
            await host.launch(port=handle.ready.port)

    play(house, act)


def alone(store: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "studydesk", "hub", "--store", str(store), "--bind", "127.0.0.1"]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def first_line(hub: subprocess.Popen[str]) -> dict[str, object]:
    assert hub.stdout is not None
    line: dict[str, object] = json.loads(hub.stdout.readline())
    return line


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_an_always_on_hub_keeps_a_room_over_its_end(
    house: House, tmp_path: Path, end: signal.Signals
) -> None:
    hubs = frozenset[str]()

    async def act(host: Host, line: dict[str, object], words: str) -> None:
        marta = host.desk("marta")
        house.let_in("ines")
        how = Member(house.founding, tuple(house.statements), hubs)
        await marta.client.connect([Address("127.0.0.1", int(str(line["port"])))], how)
        if words:
            marta.write(NOTE, words)
            await until(lambda: "acknowledged" in marta.told)
        assert await marta.client.wait_synced(None, 5)
        await until(lambda: marta.documents.text(NOTE) == "for all of us")

    for words in ("for all of us", ""):
        with alone(tmp_path / "store") as hub:
            line = first_line(hub)
            hubs = _device_of(tmp_path / "store")
            play(house, lambda host, line=line, words=words: act(host, line, words))
            began = time.monotonic()
            hub.send_signal(end)
            hub.wait(5)
            assert time.monotonic() - began < 3
    assert line["rooms"] == [{"id": house.id, "name": "SQL"}]


def _device_of(store: Path) -> frozenset[str]:
    return frozenset((Identity.load_or_create(store / "identity", SystemClock()).device,))


def test_lines_that_come_through_a_thread_arrive_whole_and_end() -> None:
    async def act() -> list[bytes]:
        source, sink = os.pipe()
        reader = asyncio.StreamReader()
        feed_in_thread(source, reader, asyncio.get_running_loop())
        os.write(sink, b"one\ntw")
        os.write(sink, b"o\n")
        os.close(sink)
        lines = [await reader.readline() for _ in range(3)]
        os.close(source)
        return lines

    assert asyncio.run(act()) == [b"one\n", b"two\n", b""]
