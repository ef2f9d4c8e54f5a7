"""Two desks on two hosts of a small network of namespaces: found without any address, cut and healed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.commands import COMMAND, desk_environment

pytestmark = [pytest.mark.lan, pytest.mark.xdist_group("lan")]
CODE = "482719"


class Lan:
    """The network, and desks on its hosts: host 1 is Marta's, host 2 Inès's."""

    def __init__(self, program: Path, folder: Path) -> None:
        self._program, self._folder = program, folder
        self._prefix = f"sdt{os.getpid() % 1000}"
        self._environment = {**os.environ, "LAN_PREFIX": self._prefix, "LAN_NET": "10.78.0"}
        self.started: list[subprocess.Popen[str]] = []

    def lay(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, str(self._program), *words],
            env=self._environment,
            check=True,
            capture_output=True,
            timeout=60,
        )

    def start(self, host: int, *words: str) -> subprocess.Popen[str]:
        # Not through the network program's own `run`, which would take the signals meant for StudyDesk.
        inside = ["ip", "netns", "exec", f"{self._prefix}h{host}"]
        process = subprocess.Popen(
            [*inside, *COMMAND, "--json", *words],
            env=desk_environment(self._folder / f"desk{host}"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def run(self, host: int, *words: str, status: int = 0) -> Any:
        process = self.start(host, *words)
        out, err = process.communicate(timeout=60)
        assert process.returncode == status, f"{words}: {process.returncode} {out} {err}"
        return json.loads(out) if status == 0 else err.strip()

    def host_room(self, host: int, room: str) -> tuple[subprocess.Popen[str], dict[str, Any]]:
        process = self.start(host, "room", "host", room, "--code", CODE)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.stderr.read() if process.stderr else ""
        return process, json.loads(line)

    def end(self, process: subprocess.Popen[str]) -> None:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=15)

    def texts(self, host: int, room: str) -> list[str]:
        return [entry["body"] for entry in self.run(host, "room", "log", room) if entry["kind"] == "message"]


@pytest.fixture
def lan(shared_lan: Path, tmp_path: Path, nothing_left_behind: None) -> Iterator[Lan]:
    network = Lan(shared_lan, tmp_path)
    try:
        network.lay("up", "2")
    except subprocess.CalledProcessError as fault:
        pytest.skip(f"network namespaces can't be made here: {fault.stderr.decode()[-200:]}")
    try:
        yield network
    finally:
        for process in network.started:
            if process.poll() is None:
                process.terminate()
                process.communicate(timeout=15)
        network.lay("down")


def test_a_room_is_found_joined_kept_and_merged_without_any_address(lan: Lan) -> None:
    room = lan.run(1, "room", "create", "SQL for analysts")["id"]
    hosting, info = lan.host_room(1, room)
    assert info["address"].startswith("10.78.0.")
    found = lan.run(2, "peers", "--seconds", "4")
    assert [seen["name"] for desk in found for seen in desk["rooms"]] == ["SQL for analysts"]

    lan.run(2, "room", "join", "SQL for analysts", "--code", "111111", status=4)
    lan.run(2, "room", "join", "SQL for analysts", "--code", CODE, "--as", "Inès")
    assert lan.run(2, "room", "say", room, "hello from Inès")["delivered"] is True
    assert lan.run(1, "room", "say", room, "hello from Marta")["delivered"] is True
    lan.run(2, "room", "sync", room)
    lan.end(hosting)

    assert lan.run(2, "room", "say", room, "offline by Inès")["delivered"] is False
    assert lan.run(1, "room", "say", room, "offline by Marta")["delivered"] is False
    hosting, _ = lan.host_room(1, room)
    assert lan.run(2, "room", "sync", room)["synced"] is True
    lan.end(hosting)
    assert lan.texts(1, room) == lan.texts(2, room)
    assert len(lan.texts(2, room)) == 4
