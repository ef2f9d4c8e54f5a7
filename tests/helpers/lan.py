"""A small network of namespaces with one desk on each host."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.helpers.commands import COMMAND, desk_environment

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

    def inside(self, host: int) -> list[str]:
        """Return the command before a command that runs it on a host."""
        return ["ip", "netns", "exec", f"{self._prefix}h{host}"]

    def start(self, host: int, *words: str) -> subprocess.Popen[str]:
        # Not through the network program's own `run`, which would take the signals meant for StudyDesk.
        process = subprocess.Popen(
            [*self.inside(host), *COMMAND, "--json", *words],
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
