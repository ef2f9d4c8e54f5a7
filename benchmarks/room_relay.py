"""A room of 50 members and 10 writers over TLS, against a plain Hocuspocus server under the same load."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from benchmarks._relay_load import Plan, Result
from benchmarks._table import Row, skipped
from studydesk.foundation.clock import SystemClock
from studydesk.net.hub_process import launch_hub
from studydesk.net.identity import Identity
from studydesk.net.membership import found_room, issue_token
from studydesk.net.ports import HubConfig
from studydesk.net.statement import room_id, token_text
from tests.helpers.node import NodeMissing, node_project

MEMBERS, WRITERS = 50, 10
LATENCY_FLOOR_MS = 25.0
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


async def measure_hub(folder: Path) -> Measured:
    """Found a room, start its hub as a desk does, and load it over TLS."""
    now = SystemClock().now()
    identity = Identity.load_or_create(folder / "identity", SystemClock())
    founding = found_room(identity, "Benchmark", "Benchmark", int(now.timestamp() * 1000))
    expires = int(now.timestamp() * 1000) + 3_600_000
    tokens = [
        token_text(issue_token(identity, room_id(founding), None, "member", expires)) for _ in range(MEMBERS)
    ]
    config = HubConfig(str(folder / "identity"), founding, (), str(folder / "spool"), bind="127.0.0.1")
    others = set(psutil.Process().children())
    hub = await launch_hub(config, lambda event: None)
    try:
        (process,) = set(psutil.Process().children()) - others
        plan = Plan("127.0.0.1", hub.ready.port, "board/load", tokens, tls=True, writers=WRITERS)
        return await asyncio.to_thread(drive, plan, process)
    finally:
        await hub.stop()


def rows(name: str, measured: Measured) -> list[Row]:
    """Tell what was measured of one server, without a verdict."""
    result = measured.result
    figure = f"p50 {result.p50:.1f} ms, p99 {result.p99:.1f} ms, {measured.cpu_per_thousand:.1f} CPU ms/1,000"
    detail = f"{result.deliveries} deliveries in {result.frames} frames, {result.lost} lost"
    return [
        Row(name, figure),
        Row(f"{name}: seen", f"{detail}, load took {result.generator_cpu:.0%} of a core"),
    ]


def verdicts(ours: Measured, peer: Measured) -> list[Row]:
    """Hold our hub against the peer."""
    limit = max(LATENCY_FLOOR_MS, 2 * peer.result.p99)
    latency, cpu, peer_cpu = ours.result.p99, ours.cpu_per_thousand, peer.cpu_per_thousand
    return [
        Row("room relay, latency", f"p99 {latency:.1f} ms", f"p99 at most {limit:.0f} ms", latency <= limit),
        Row(
            "room relay, CPU", f"{cpu:.1f} ms/1,000", f"at most Hocuspocus's {peer_cpu:.1f}", cpu <= peer_cpu
        ),
        Row("room relay, losses", str(ours.result.lost), "none", ours.result.lost == 0),
    ]


def run() -> list[Row]:
    """Measure the peer and our hub, one after the other."""
    with tempfile.TemporaryDirectory(prefix="studydesk-benchmark-") as folder:
        ours = asyncio.run(measure_hub(Path(folder)))
    told = rows("room relay, TLS", ours)
    try:
        peer = measure_hocuspocus()
    except NodeMissing as why:
        return [*told, skipped("room relay, Hocuspocus (plain)", str(why))]
    return [*verdicts(ours, peer), *told, *rows("room relay, Hocuspocus (plain)", peer)]
