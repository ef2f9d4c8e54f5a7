"""Runs StudyDesk as a person or a script does: as a process of its own, with a desk of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

COMMAND = [sys.executable, "-m", "studydesk"]
ROOT = Path(__file__).resolve().parents[2]


def desk_environment(desk: Path, **more: str) -> dict[str, str]:
    """Return an environment in which `studydesk` keeps its data in `desk` and draws offscreen."""
    return {
        **os.environ,
        "STUDYDESK_DATA_DIR": str(desk),
        "PYTHONPATH": str(ROOT),
        "PYTHONFAULTHANDLER": "1",
        **more,
    }


def run_studydesk(
    *words: str | Path, desk: Path, stdin: str | None = None, seconds: float = 60, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end and return its status and output."""
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        env=desk_environment(desk, **environment),
        input=stdin if stdin is not None else "",
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


@dataclass
class Processes:
    """Starts `studydesk` processes that go on, and ends them with the test."""

    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *words: str | Path, desk: Path, **environment: str) -> subprocess.Popen[str]:
        """Start a command with piped, line-buffered text output."""
        process = subprocess.Popen(
            [*COMMAND, *map(str, words)],
            env=desk_environment(desk, **environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self.started.append(process)
        return process

    def end(self, seconds: float = 5) -> None:
        """End all that still run: politely, then not."""
        for process in self.started:
            if process.poll() is None:
                process.terminate()
        for process in self.started:
            try:
                process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
