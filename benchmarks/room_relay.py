"""A room of 50 members and 10 writers over TLS, against a plain Hocuspocus server under the same load."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from benchmarks._relay_load import Plan, Result
from benchmarks._table import Row, skipped
from tests.helpers.node import NodeMissing, node_project

MEMBERS, WRITERS = 50, 10
LOAD = [sys.executable, "-m", "benchmarks._relay_load"]


@dataclass(frozen=True)
class Measured:
    """A result of the load, with the CPU that the server took for it."""

    result: Result
    cpu_seconds: float

    @property
    def cpu_per_thousand(self) -> float:
        """CPU milliseconds for 1,000 deliveries, an update to one receiver being one."""
        return self.cpu_seconds * 1000 / (self.result.deliveries / 1000)


def drive(plan: Plan, server: psutil.Process) -> Measured:
    """Put the load on a server process and see what it costs. Raises RuntimeError if that failed."""
    with subprocess.Popen(LOAD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as load:
        assert load.stdin is not None
        assert load.stdout is not None
        load.stdin.write(json.dumps(asdict(plan)))
        load.stdin.close()
        spent = []
        for line in load.stdout:
            if line.strip() in ("measure", "measured"):
                spent.append(used_cpu(server))
            else:
                return Measured(Result(**json.loads(line)), spent[1] - spent[0])
    raise RuntimeError("the load generator failed")


def used_cpu(server: psutil.Process) -> float:
    """Return the CPU seconds of a process and its children so far."""
    times = [process.cpu_times() for process in (server, *server.children(recursive=True))]
    return sum(time.user + time.system for time in times)


@contextmanager
def hocuspocus() -> Iterator[tuple[int, psutil.Process]]:
    """Run the peer; yields its port and process. Raises NodeMissing."""
    place = node_project(Path(__file__).parent / "node")
    with subprocess.Popen(
        ["node", "server.mjs"], cwd=place, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        port = json.loads(server.stdout.readline())["port"]
        try:
            yield port, psutil.Process(server.pid)
        finally:
            server.stdin.close()


def measure_hocuspocus() -> Measured:
    """Load the peer."""
    with hocuspocus() as (port, process):
        plan = Plan("127.0.0.1", port, "board/load", ["any"] * MEMBERS, tls=False, writers=WRITERS)
        return drive(plan, process)


def run() -> list[Row]:
    """Measure the peer and our hub, one after the other."""
    try:
        peer = measure_hocuspocus()
    except NodeMissing as why:
        return [skipped("room relay, Hocuspocus (plain)", str(why))]
    print(peer)
    return []
