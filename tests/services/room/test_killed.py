"""A desk that is killed while one draws and talks keeps everything that was said to be saved."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from studydesk.services.strokes import Stroke
from tests.helpers.commands import ROOT, desk_environment
from tests.services.room.drawing_process import Nobody

ROUNDS = 4


def draw_until_killed(desk: Path, number: int, seconds: float) -> list[list[str]]:
    """Return the strokes and messages that were said to be saved before the kill."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.services.room.drawing_process", str(desk), f"round{number}"],
        env=desk_environment(desk),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    output, _ = process.communicate(timeout=10)
    return [line.split() for line in output.splitlines() if len(line.split()) == 2]


def test_what_was_saved_survives_a_kill_at_any_moment(desk_dir: Path) -> None:
    saved: list[list[str]] = []
    for number in range(ROUNDS):
        saved += draw_until_killed(desk_dir, number, 0.15 + 0.13 * number)
    assert len(saved) > ROUNDS

    desk = Desk(DeskPaths(desk_dir))
    room = desk.rooms.rooms().result(30)[0].id
    entries = desk.rooms.entries(room, limit=100_000).result(20)
    assert all(entry.verified for entry in entries)
    assert {message for _, message in saved} <= {entry.id for entry in entries}
    board = desk.rooms.boards(room).result(10)[0].id
    seen: list[str] = []

    class Reader(Nobody):
        def loaded(self, strokes: Sequence[Stroke]) -> None:
            seen.extend(stroke.id for stroke in strokes)

    desk.boards.open(room, board, Reader()).result(10)
    desk.close()
    assert {stroke for stroke, _ in saved} <= set(seen)
