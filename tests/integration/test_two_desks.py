"""Two desks as two processes of the command line: they find, join, write, part and meet again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.commands import Processes

Command = Callable[..., subprocess.CompletedProcess[str]]
CODE = "482719"


class Desks:
    """Marta, who hosts, and Inès, who joins; each call is a process of its own."""

    def __init__(self, command: Command, processes: Processes, folder: Path) -> None:
        self._command, self._processes, self._folder = command, processes, folder

    def run(self, who: str, *words: str, status: int = 0) -> Any:
        done = self._command("--json", *words, desk=self._folder / who)
        assert done.returncode == status, f"{words}: {done.returncode} {done.stdout} {done.stderr}"
        assert bool(done.stderr.strip()) == (status != 0), done.stderr
        return json.loads(done.stdout) if status == 0 else done.stderr.strip()

    def host(self, who: str, room: str, *more: str) -> tuple[subprocess.Popen[str], dict[str, Any]]:
        words = ("--json", "room", "host", room, "--bind", "127.0.0.1", *more)
        process = self._processes.start(*words, desk=self._folder / who)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.stderr.read() if process.stderr else ""
        return process, json.loads(line)

    def texts(self, who: str, room: str) -> list[str]:
        entries = self.run(who, "room", "log", room)
        assert all(entry["verified"] for entry in entries)
        return [entry["body"] for entry in entries if entry["kind"] == "message"]


@pytest.fixture
def desks(studydesk_command: Command, studydesk_processes: Processes, tmp_path: Path) -> Desks:
    return Desks(studydesk_command, studydesk_processes, tmp_path)


def end(process: subprocess.Popen[str], seconds: float = 6) -> None:
    process.send_signal(signal.SIGTERM)
    assert process.wait(seconds) == 0


def test_two_desks_meet_part_write_offline_and_merge(desks: Desks) -> None:
    room = desks.run("marta", "room", "create", "SQL for analysts")
    hosting, info = desks.host("marta", "SQL for analysts", "--code", CODE)
    assert (info["room"], info["hosting"], info["code"]) == (room["id"], True, CODE)
    address = f"{info['address']}:{info['port']}"

    desks.run("ines", "room", "join", address, "--code", CODE, "--as", "Inès")
    said = desks.run("ines", "room", "say", "SQL for analysts", "hello from Inès")
    assert said["delivered"] is True
    assert desks.run("marta", "room", "say", room["id"], "hello from Marta")["delivered"] is True
    desks.run("ines", "room", "sync", room["id"])
    end(hosting)

    for who in ("marta", "ines"):
        assert desks.texts(who, room["id"]) == ["hello from Inès", "hello from Marta"]
    assert desks.run("ines", "room", "say", room["id"], "written offline by Inès")["delivered"] is False
    assert desks.run("marta", "room", "say", room["id"], "written offline by Marta")["delivered"] is False

    hosting, _ = desks.host("marta", room["id"], "--port", str(info["port"]))
    assert desks.run("ines", "room", "sync", room["id"]) == {"id": room["id"], "synced": True}
    end(hosting)
    logs = [desks.texts(who, room["id"]) for who in ("marta", "ines")]
    assert logs[0] == logs[1]
    assert set(logs[0][2:]) == {"written offline by Inès", "written offline by Marta"}


def test_a_wrong_code_is_refused_with_a_sentence_and_leaves_no_room(desks: Desks) -> None:
    desks.run("marta", "room", "create", "SQL")
    hosting, info = desks.host("marta", "SQL", "--code", CODE)
    address = f"{info['address']}:{info['port']}"
    for wrong in ("000000", "x", "4827190000000000000"):
        sentence = desks.run("ines", "room", "join", address, "--code", wrong, status=4)
        assert "code" in sentence
    assert desks.run("ines", "room", "list") == []
    desks.run("ines", "room", "join", address, "--code", CODE)
    end(hosting)


def test_a_member_of_no_room_gets_in_nowhere(desks: Desks) -> None:
    room = desks.run("marta", "room", "create", "SQL")
    hosting, _ = desks.host("marta", "SQL")
    assert "no room" in desks.run("ines", "room", "say", room["id"], "let me in", status=1)
    end(hosting)
    assert desks.texts("marta", "SQL") == []


def test_nobody_at_an_address_is_said_within_five_seconds(desks: Desks, free_port: int) -> None:
    desks.run("ines", "room", "join", f"127.0.0.1:{free_port}", "--code", CODE, status=3)


def test_a_code_of_my_own_lets_in_when_it_is_no_number(desks: Desks) -> None:
    desks.run("marta", "room", "create", "SQL")
    hosting, info = desks.host("marta", "SQL", "--code", "green horse")
    desks.run("ines", "room", "join", f"127.0.0.1:{info['port']}", "--code", "green horse")
    end(hosting)


def test_commands_ask_the_process_that_owns_the_desk(desks: Desks) -> None:
    desks.run("marta", "room", "create", "SQL")
    hosting, info = desks.host("marta", "SQL", "--code", CODE)
    assert desks.run("marta", "room", "list")[0]["hosting"] is True
    note = desks.run("marta", "note", "new", "Joins")
    assert desks.run("marta", "note", "show", note["id"])["title"] == "Joins"
    token = desks.run("marta", "room", "token", "SQL")
    assert token["url"] == f"wss://127.0.0.1:{info['port']}"
    assert token["fingerprint"] == info["fingerprint"]
    end(hosting)


def test_a_host_that_is_killed_loses_nothing_that_was_confirmed(desks: Desks) -> None:
    room = desks.run("marta", "room", "create", "SQL")["id"]
    hosting, info = desks.host("marta", room, "--code", CODE)
    desks.run("ines", "room", "join", f"127.0.0.1:{info['port']}", "--code", CODE)
    assert desks.run("ines", "room", "say", room, "confirmed")["delivered"] is True
    os.kill(hosting.pid, signal.SIGKILL)
    hosting.wait(5)
    assert desks.texts("ines", room) == ["confirmed"]
    hosting, _ = desks.host("marta", room, "--port", "0")
    desks.run("marta", "room", "list")
    end(hosting)


def test_hosting_ends_by_itself_after_the_given_seconds(desks: Desks) -> None:
    desks.run("marta", "room", "create", "SQL")
    hosting, _ = desks.host("marta", "SQL", "--for", "1")
    assert hosting.wait(8) == 0


def test_a_token_needs_a_live_hub_or_an_address(desks: Desks) -> None:
    desks.run("marta", "room", "create", "SQL")
    desks.run("marta", "room", "token", "SQL", status=3)
    made = desks.run("marta", "room", "token", "SQL", "--address", "192.0.2.7:4000")
    assert made["url"] == "wss://192.0.2.7:4000"


def test_a_room_is_exported_in_open_formats(desks: Desks, tmp_path: Path) -> None:
    room = desks.run("marta", "room", "create", "SQL")["id"]
    desks.run("marta", "room", "say", room, "What a join keeps")
    desks.run("marta", "room", "export", room, str(tmp_path / "out"))
    assert "What a join keeps" in (tmp_path / "out" / "talk.md").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out" / "room.json").read_text(encoding="utf-8"))["name"] == "SQL"
    assert list((tmp_path / "out" / "boards").glob("*.svg"))
