"""A stock Yjs client joins a room of a real desk with a token, and can do what its role allows."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.commands import Processes
from tests.helpers.node import NodeMissing, node_project

Command = Callable[..., subprocess.CompletedProcess[str]]
SOURCE = Path(__file__).parent / "node"
DRAWN = [[10, 20], [-30.5, 40.25], [1000, -2000]]


@pytest.fixture(scope="module")
def stock() -> Path:
    """The program of the stock client, beside its installed packages."""
    try:
        return node_project(SOURCE) / "stock_client.mjs"
    except NodeMissing as fault:
        pytest.skip(str(fault))


class HostingDesk:
    """A desk that hosts one room in a process of its own."""

    def __init__(self, command: Command, processes: Processes, desk: Path) -> None:
        self._command, self._desk = command, desk
        self.run("room", "create", "SQL")
        process = processes.start(
            "--json", "room", "host", "SQL", "--bind", "127.0.0.1", "--code", "482719", desk=desk
        )
        assert process.stdout is not None
        assert process.stdout.readline(), process.stderr.read() if process.stderr else ""

    def run(self, *words: str) -> Any:
        done = self._command("--json", *words, desk=self._desk)
        assert done.returncode == 0, f"{words}: {done.stdout} {done.stderr}"
        return json.loads(done.stdout)

    def strokes(self, folder: Path) -> list[dict[str, Any]]:
        self.run("room", "export", "SQL", str(folder))
        files = sorted((folder / "boards").glob("*.json"))
        return [stroke for file in files for stroke in json.loads(file.read_text(encoding="utf-8"))]


@pytest.fixture
def desk(studydesk_command: Command, studydesk_processes: Processes, desk_dir: Path) -> HostingDesk:
    return HostingDesk(studydesk_command, studydesk_processes, desk_dir)


def draw(stock: Path, token: dict[str, str]) -> Any:
    words = ["node", str(stock), token["url"], token["token"], token["fingerprint"]]
    done = subprocess.run(words, cwd=stock.parent, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_a_stock_client_with_a_token_draws_on_a_board_of_the_desk(
    stock: Path, desk: HostingDesk, tmp_path: Path
) -> None:
    seen = draw(stock, desk.run("room", "token", "SQL"))
    assert (seen["scope"], seen["refused"], seen["unsynced"]) == ("read-write", None, 0)
    assert seen["things"] == []
    end = time.monotonic() + 5
    while not (strokes := desk.strokes(tmp_path / "out")) and time.monotonic() < end:
        time.sleep(0.1)
    assert [(stroke["colour"], stroke["width"], stroke["points"]) for stroke in strokes] == [(3, 4, DRAWN)]


def test_a_viewers_token_reads_and_its_stroke_reaches_nobody(
    stock: Path, desk: HostingDesk, tmp_path: Path
) -> None:
    draw(stock, desk.run("room", "token", "SQL"))
    seen = draw(stock, desk.run("room", "token", "SQL", "--role", "viewer"))
    assert (seen["scope"], seen["refused"]) == ("readonly", "no-such-document")
    assert [thing.startswith("stock-") for thing in seen["things"]] == [True]
    assert seen["unsynced"] > 0
    assert len(desk.strokes(tmp_path / "out")) == 1
