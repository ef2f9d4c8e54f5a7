"""Windows in processes of their own, as a test drives them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.helpers.commands import ROOT, desk_environment


class WindowProcess:
    """One window; every method is something a person does."""

    def __init__(self, desk: Path, inside: Sequence[str] = ()) -> None:
        """Open a window on a desk; `inside` is a command that runs it elsewhere, such as on another host."""
        self._process = subprocess.Popen(
            [*inside, sys.executable, "-m", "tests.e2e.window_process", str(desk)],
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


def open_window(windows: list[WindowProcess], desk: Path, inside: Sequence[str] = ()) -> WindowProcess:
    window = WindowProcess(desk, inside)
    windows.append(window)
    return window


def make_room(window: WindowProcess, name: str) -> None:
    window.do("go", place="room")
    window.do("click", name="newRoom")
    window.do("type", name="nameField", text=name, enter=True)
    window.do("strokes")
