"""Two real windows in two processes: they find each other, draw, talk, part, and meet again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.commands import ROOT, desk_environment

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

ZIGZAG = [[300 + 12 * n, 250 + (40 if n % 2 else 0)] for n in range(16)]
LINE = [[300 + 12 * n, 420 + 2 * n] for n in range(16)]


class WindowProcess:
    """One window; every method is something a person does."""

    def __init__(self, desk: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.window_process", str(desk)],
            env=desk_environment(desk) | {"QT_QPA_PLATFORM": "offscreen", "STUDYDESK_DATA_DIR": str(desk)},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def do(self, what: str, **words: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, **words}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError(f"the window ended: {self._process.communicate()[1][-3000:]}")
        answer = json.loads(line)
        assert "fault" not in answer, f"{what} {words}: {answer['fault']}"
        return answer["ok"]

    def close(self) -> str:
        """Close the window; return what it complained about."""
        if self._process.poll() is None:
            _, complaints = self._process.communicate(timeout=20)
            assert self._process.returncode == 0, complaints
            return "\n".join(
                line for line in complaints.splitlines() if "This plugin does not support" not in line
            )
        return ""


@pytest.fixture
def windows(tmp_path: Path, nothing_left_behind: None) -> Iterator[list[WindowProcess]]:
    opened: list[WindowProcess] = []
    yield opened
    for window in opened:
        window.close()


def open_window(windows: list[WindowProcess], desk: Path) -> WindowProcess:
    window = WindowProcess(desk)
    windows.append(window)
    return window


def make_room(window: WindowProcess, name: str) -> None:
    window.do("go", place="room")
    window.do("click", name="newRoom")
    window.do("type", name="nameField", text=name, enter=True)
    window.do("strokes")


def test_two_windows_find_each_other_draw_talk_part_and_meet_again(
    windows: list[WindowProcess], tmp_path: Path
) -> None:
    name = f"SQL {os.getpid()}"
    marta, ines = (open_window(windows, tmp_path / who) for who in ("marta", "ines"))
    make_room(marta, name)
    marta.do("click", name="openToOthers")
    code = marta.do("text", name="roomCode", wanted=" ").replace(" ", "")
    assert len(code) == 6

    ines.do("go", place="room")
    ines.do("near", room=name)
    ines.do("click", name="joinNear")
    ines.do("type", name="joinCode", text="000000" if code != "000000" else "111111")
    ines.do("type", name="joinName", text="Ines")
    ines.do("click", name="joinButton")
    assert "code" in ines.do("text", name="joinFault", wanted="code")
    ines.do("type", name="joinCode", text=code)
    ines.do("click", name="joinButton")

    ines.do("strokes")
    marta.do("draw", points=ZIGZAG)
    ines.do("draw", points=LINE)
    assert marta.do("strokes", at_least=2) == ines.do("strokes", at_least=2) == 2
    assert ines.do("ink") > 0
    ines.do("type", name="talkComposer", text="Which rows get lost?", enter=True)
    marta.do("messages", wanted="Which rows get lost?")
    marta.do("type", name="talkComposer", text="Those without a match.", enter=True)
    ines.do("messages", wanted="Those without a match.")

    assert marta.close() == ""
    ines.do("draw", points=[[x, y + 60] for x, y in LINE])
    assert ines.do("strokes", at_least=3) == 3
    ines.do("type", name="talkComposer", text="Written alone.", enter=True)
    ines.do("messages", wanted="Written alone.")
    ines.do("saved")
    assert ines.close() == ""

    marta, ines = (open_window(windows, tmp_path / who) for who in ("marta", "ines"))
    for window, strokes, said in ((marta, 2, "Those without a match."), (ines, 3, "Written alone.")):
        ((room, _),) = window.do("rooms")
        window.do("go", place="room", room=room)
        assert window.do("strokes", at_least=strokes) == strokes
        window.do("messages", wanted=said)

    marta.do("draw", points=[[x, y + 120] for x, y in LINE])
    marta.do("click", name="openToOthers")
    assert "Live" in ines.do("text", name="liveChip", wanted="Live")
    assert marta.do("strokes", at_least=4) == 4
    assert ines.do("strokes", at_least=4) == 4
    marta.do("messages", wanted="Written alone.")
