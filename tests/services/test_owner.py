"""One process owns a desk, and others ask it through its door."""

from __future__ import annotations

import asyncio
import json
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from studydesk.foundation.errors import Fault, NotReachable, Refused
from studydesk.foundation.paths import DeskPaths
from studydesk.services.loop import LoopThread
from studydesk.services.owner import Door, OwnerLock, Request, Say, ask_owner


@pytest.fixture
def loop() -> Iterator[LoopThread]:
    thread = LoopThread("door")
    thread.start()
    yield thread
    thread.stop()


@pytest.fixture
def paths(desk_dir: Path) -> DeskPaths:
    desk = DeskPaths(desk_dir)
    desk.make()
    return desk


@pytest.fixture
def door(loop: LoopThread, paths: DeskPaths) -> Iterator[Door]:
    opened = Door(paths, handle)
    loop.submit(opened.open()).result(5)
    yield opened
    loop.submit(opened.close()).result(5)


async def handle(request: Request, say: Say, gone: asyncio.Event) -> int:
    match request.arguments:
        case ("echo", *words):
            say(list(words))
            say(str(request.directory))
            return 0
        case ("refuse",):
            raise Refused("Not for you.")
        case ("crash",):
            raise ZeroDivisionError
        case ("wait",):
            say("waiting")
            await gone.wait()
            return 7
    raise Fault("What?")


def ask(paths: DeskPaths, *words: str) -> tuple[list[object], tuple[int, str | None] | None]:
    said: list[object] = []
    return said, ask_owner(paths, Request(words, Path("/tmp")), said.append)


def test_only_one_process_at_a_time_owns_a_desk(paths: DeskPaths) -> None:
    first, second = OwnerLock(paths), OwnerLock(paths)
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_a_visitor_gets_everything_that_was_said_and_the_status(door: Door, paths: DeskPaths) -> None:
    assert ask(paths, "echo", "é", "b") == ([["é", "b"], "/tmp"], (0, None))


def test_a_known_fault_comes_back_as_its_sentence_and_status(door: Door, paths: DeskPaths) -> None:
    assert ask(paths, "refuse") == ([], (4, "Not for you."))


def test_a_bug_inside_is_logged_and_does_not_end_the_owner(
    door: Door, paths: DeskPaths, expect_error: object
) -> None:
    assert callable(expect_error)
    expect_error("a request through the door failed")
    _, answer = ask(paths, "crash")
    assert answer is not None
    assert answer[0] == 1
    assert ask(paths, "echo")[1] == (0, None)


def test_nobody_at_the_door_is_told_apart_from_an_answer(paths: DeskPaths) -> None:
    assert ask(paths, "echo")[1] is None


def test_who_has_not_the_secret_is_not_served(door: Door, paths: DeskPaths) -> None:
    place = json.loads(paths.owner_door.read_text())
    paths.owner_door.write_text(json.dumps(place | {"secret": "guessed"}))
    with pytest.raises(NotReachable):
        ask(paths, "echo")


def test_where_the_door_is_can_only_be_read_by_its_owner(door: Door, paths: DeskPaths) -> None:
    assert stat.S_IMODE(paths.owner_door.stat().st_mode) == 0o600


def test_rubbish_at_the_door_disturbs_nobody(door: Door, paths: DeskPaths) -> None:
    port = json.loads(paths.owner_door.read_text())["port"]
    for rubbish in (b"GET / HTTP/1.1\r\n\r\n", b"\xff\xfe\n", b"{}\n", b"[]\n", b""):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(rubbish)
    assert ask(paths, "echo")[1] == (0, None)


def test_a_command_ends_when_its_asker_goes_away(door: Door, loop: LoopThread, paths: DeskPaths) -> None:
    place = json.loads(paths.owner_door.read_text())
    with socket.create_connection(("127.0.0.1", place["port"])) as connection:
        words = {"secret": place["secret"], "arguments": ["wait"], "directory": "/"}
        connection.sendall(json.dumps(words).encode() + b"\n")
        assert b"waiting" in connection.recv(100)
    loop.submit(door.finish()).result(5)
