"""The hub as a process of its own: a child of the desk that hosts, or alone on an office machine.

A child reads one JSON line of configuration from its standard input, then one for each order, and writes one for each
event to its standard output. It ends when its standard input ends, that is when its desk does, however that happens.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from studydesk.foundation.clock import SystemClock
from studydesk.foundation.errors import Fault
from studydesk.net.code_gate import CodeGate
from studydesk.net.hub import Hub, own_addresses
from studydesk.net.hub_events import event_line, read_event
from studydesk.net.hub_room import HubRoom
from studydesk.net.identity import Identity
from studydesk.net.membership import Membership
from studydesk.net.ports import HubConfig, HubEnded, HubEvent, HubReady
from studydesk.net.spool import Spool
from studydesk.net.statement import Statement

log = logging.getLogger(__name__)

START_SECONDS = 15.0
STOP_SECONDS = 3.0
LINE_LIMIT = 64 * 1024 * 1024
MAX_ROOMS = 256
"""Rooms that an always-on hub takes in."""


class HubHandle:
    """A hub process that this desk started. Lives on the desk's loop."""

    def __init__(self, process: asyncio.subprocess.Process, on_event: Callable[[HubEvent], None]) -> None:
        self._process = process
        self._on_event = on_event
        self._ready: asyncio.Future[HubReady] = asyncio.get_running_loop().create_future()
        self._reader = asyncio.get_running_loop().create_task(self._read(), name="hub events")

    @property
    def ready(self) -> HubReady:
        """Where it listens."""
        return self._ready.result()

    async def wait_ready(self) -> None:
        """Wait until the hub listens. Raises Fault when it does not start."""
        try:
            await asyncio.wait_for(asyncio.shield(self._ready), START_SECONDS)
        except TimeoutError as fault:
            await self.stop()
            raise Fault("The room could not be opened: its hub did not start. Try again.") from fault

    async def set_code(self, code: str | None, expires: int | None) -> None:
        """Let people in by another code; `expires` in ms since 1970."""
        await self._order({"order": "set_code", "code": code, "expires": expires})

    async def add_statements(self, statements: Sequence[Statement]) -> None:
        """Tell memberships and removals."""
        await self._order({"order": "statements", "statements": [item.as_json() for item in statements]})

    async def stop(self) -> None:
        """End the hub: politely, then not."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await asyncio.gather(self._reader, return_exceptions=True)

    async def _order(self, order: dict[str, object]) -> None:
        assert self._process.stdin is not None
        with suppress(ConnectionError):
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            await self._process.stdin.drain()

    async def _read(self) -> None:
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            event = read_event(line)
            if isinstance(event, HubReady):
                self._ready.set_result(event)
            self._on_event(event)
        status = await self._process.wait()
        if not self._ready.done():
            self._ready.set_exception(
                Fault("The room could not be opened: the address or the port is taken. Choose another.")
            )
            self._ready.exception()
        self._on_event(HubEnded(status))


async def launch_hub(config: HubConfig, on_event: Callable[[HubEvent], None]) -> HubHandle:
    """Start a hub process and wait until it listens. Raises Fault when it does not."""
    process = await asyncio.create_subprocess_exec(
        *_command(), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=LINE_LIMIT
    )
    handle = HubHandle(process, on_event)
    assert process.stdin is not None
    line = {
        "identity": config.identity_directory,
        "founding": config.founding.as_json(),
        "statements": [statement.as_json() for statement in config.statements],
        "spool": config.spool,
        "code": config.code,
        "code_expires": config.code_expires,
        "bind": config.bind,
        "port": config.port,
    }
    process.stdin.write(json.dumps(line).encode() + b"\n")
    try:
        await handle.wait_ready()
    except BaseException:
        await handle.stop()
        raise
    return handle


def _command() -> list[str]:
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "studydesk"]
    return [*program, "hub", "--child"]


def main(arguments: Sequence[str]) -> int:
    """Run `studydesk hub` with these words behind it; return the exit status."""
    parser = argparse.ArgumentParser("studydesk hub")
    parser.add_argument("--child", action="store_true")
    parser.add_argument("--store", metavar="DIR")
    parser.add_argument("--bind", metavar="ADDR")
    parser.add_argument("--port", type=int, default=0, metavar="N")
    parser.add_argument("--data-dir", metavar="DIR")
    words = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    if words.child:
        return _run(_child())
    if not words.store:
        raise Fault("An always-on hub needs a folder to keep its rooms in: hub --store DIR.")
    return _run(_alone(Path(words.store).expanduser().absolute(), words.bind, words.port))


def _run(work: Coroutine[Any, Any, int]) -> int:
    factory = None
    if sys.platform != "win32":
        with suppress(ImportError):
            import uvloop

            factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(work)


def _say(event: HubEvent) -> None:
    with suppress(BrokenPipeError):
        os.write(1, event_line(event))


async def _child() -> int:
    lines = await _standard_input()
    config = json.loads(await lines.readline())
    identity = Identity.load_or_create(Path(config["identity"]), SystemClock())
    folder = Path(config["spool"]) / f"hub-{os.getpid()}"
    founding = Statement.from_json(config["founding"])
    statements = [Statement.from_json(item) for item in config["statements"]]
    spool = Spool(folder / "room.spool")
    room = HubRoom(founding, statements, spool)
    hub = Hub(identity, SystemClock(), _say)
    hub.rooms[room.id] = room
    gate = hub.gates[room.id] = CodeGate(SystemClock(), _name_of(room.membership, identity.device))
    gate.set(config["code"], config["code_expires"])
    try:
        await hub.start(config["bind"], config["port"])
        addresses = own_addresses(config["bind"], hub.port)
        _say(HubReady(addresses, hub.port, identity.fingerprint))
        await _until_signal(_obey(lines, gate, room))
        await hub.stop()
    except OSError as fault:
        print(f"the hub can't listen: {fault}", file=sys.stderr)
        return 1
    finally:
        spool.close(remove=True)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


async def _obey(lines: asyncio.StreamReader, gate: CodeGate, room: HubRoom) -> None:
    while line := await lines.readline():
        order = json.loads(line)
        if order["order"] == "set_code":
            gate.set(order["code"], order["expires"])
        elif order["order"] == "statements":
            room.learn([Statement.from_json(item) for item in order["statements"]])


async def _alone(store: Path, bind: str | None, port: int) -> int:
    clock = SystemClock()
    try:
        identity = Identity.load_or_create(store / "identity", clock)
        rooms = _stored_rooms(store / "rooms")
    except OSError as fault:
        raise Fault(f"The folder {store} can't be used: {fault.strerror}. Choose another.") from fault
    hub = Hub(identity, clock, lambda event: log.info("%s", event))
    hub.rooms.update({room.id: room for room in rooms})

    def adopt(membership: Membership) -> HubRoom | None:
        if len(hub.rooms) >= MAX_ROOMS:
            return None
        room = _new_room(store / "rooms", membership)
        hub.rooms[room.id] = room
        return room

    hub.adopt = adopt
    try:
        await hub.start(bind, port)
    except OSError as fault:
        raise Fault(
            f"The hub can't listen there: {fault.strerror}. Choose another address or port."
        ) from fault
    address = own_addresses(bind, hub.port)[0]
    line = {
        "address": address.host,
        "port": hub.port,
        "fingerprint": identity.fingerprint,
        "rooms": [{"id": room.id, "name": room.membership.room_name} for room in rooms],
    }
    print(json.dumps(line), flush=True)
    await _until_signal(asyncio.Event().wait())
    await hub.stop()
    for room in hub.rooms.values():
        room.compact()
        room.spool.close()
    return 0


def _stored_rooms(folder: Path) -> list[HubRoom]:
    rooms = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        kept = json.loads(path.read_text(encoding="utf-8"))
        statements = [Statement.from_json(item) for item in kept["statements"]]
        spool = Spool(path.with_suffix(".spool"))
        rooms.append(HubRoom(Statement.from_json(kept["founding"]), statements, spool))
    return rooms


def _new_room(folder: Path, membership: Membership) -> HubRoom:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{membership.room}.json"
    kept = {
        "founding": membership.founding.as_json(),
        "statements": [statement.as_json() for statement in membership.statements],
    }
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(kept), encoding="utf-8")
    fresh.replace(path)
    return HubRoom(membership.founding, membership.statements, Spool(path.with_suffix(".spool")))


async def _standard_input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=LINE_LIMIT)
    loop = asyncio.get_running_loop()
    if sys.platform == "win32":
        feed_in_thread(sys.stdin.fileno(), reader, loop)
    else:
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer)
    return reader


def feed_in_thread(source: int, reader: asyncio.StreamReader, loop: asyncio.AbstractEventLoop) -> None:
    """Feed what comes from a file descriptor into `reader`: the loop of Windows can't wait for such a pipe.

    The thread is never waited for; it ends with its source, or with the process.
    """

    def feed() -> None:
        with suppress(OSError, RuntimeError):  # the loop may be closed before the source is
            while data := os.read(source, 65536):
                loop.call_soon_threadsafe(reader.feed_data, data)
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(reader.feed_eof)

    threading.Thread(target=feed, name="standard input", daemon=True).start()


async def _until_signal(work: Coroutine[Any, Any, object]) -> None:
    """Run `work` until it ends or the process is asked to end."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError, ValueError):
            loop.add_signal_handler(number, ended.set)
    tasks = {asyncio.ensure_future(work), asyncio.ensure_future(ended.wait())}
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _name_of(membership: Membership, device: str) -> str:
    member = membership.members.get(device)
    return member.name if member is not None else "the host"
