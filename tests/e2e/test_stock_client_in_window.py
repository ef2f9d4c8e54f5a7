"""A stock Yjs client draws, and the window of the host shows it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.windows import WindowProcess, make_room, open_window
from tests.helpers.commands import ROOT, run_studydesk
from tests.helpers.node import NodeMissing, node_project

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]
LINE = [[300 + 12 * n, 420 + 2 * n] for n in range(16)]


@pytest.fixture(scope="module")
def stock() -> Path:
    """The program of the stock client, beside its installed packages."""
    try:
        return node_project(ROOT / "tests" / "net" / "node") / "stock_client.mjs"
    except NodeMissing as fault:
        pytest.skip(str(fault))


def draw_as_guest(stock: Path, desk: Path, room: str, *role: str) -> Any:
    made = run_studydesk("--json", "room", "token", room, *role, desk=desk)
    assert made.returncode == 0, made.stderr
    token = json.loads(made.stdout)
    words = ["node", str(stock), token["url"], token["token"], token["fingerprint"]]
    done = subprocess.run(words, cwd=stock.parent, capture_output=True, text=True, timeout=40, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_a_guests_stroke_is_seen_in_the_window_and_a_viewers_is_not(
    stock: Path, windows: list[WindowProcess], tmp_path: Path
) -> None:
    name, desk = f"SQL {os.getpid()}", tmp_path / "marta"
    marta = open_window(windows, desk)
    make_room(marta, name)
    marta.do("click", name="openToOthers")
    marta.do("text", name="roomCode", wanted=" ")
    marta.do("draw", points=LINE)
    assert marta.do("strokes", at_least=1) == 1

    seen = draw_as_guest(stock, desk, name)
    assert len(seen["things"]) == 1
    assert marta.do("strokes", at_least=2) == 2

    refused = draw_as_guest(stock, desk, name, "--role", "viewer")
    assert refused["scope"] == "readonly"
    assert refused["unsynced"] > 0
    assert marta.do("strokes") == 2
