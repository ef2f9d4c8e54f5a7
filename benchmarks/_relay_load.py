"""Fifty members of one room, in a process of their own: `python -m benchmarks._relay_load < plan.json`.

Each writer sends updates at its rate, made beforehand; each update carries a marker that every member looks
for in what it receives, so a frame of many merged updates counts as many deliveries, and a lost one is
noticed. The answer is one JSON object on standard output.
"""

from __future__ import annotations

import asyncio
import json
import re
import resource
import ssl
import sys
import time
from dataclasses import asdict, dataclass, field

import uvloop
from pycrdt import Doc, Map

from benchmarks._table import percentile
from benchmarks._websocket import BINARY, Socket, connect, frame

MARKER = re.compile(rb"\x0a!(\d\d)-(\d{6})")
"""A key of ten characters, with the length that lib0 writes before it."""
SYNC, AUTH = 0, 2
STEP1, STEP2, UPDATE = 0, 1, 2


@dataclass(frozen=True)
class Plan:
    """What to do. Times are in seconds, `rate` is updates a second of each writer."""

    host: str
    port: int
    document: str
    tokens: list[str]
    tls: bool
    writers: int = 10
    rate: float = 30
    warm_up: float = 2
    measured: float = 10
    payload: int = 48


@dataclass(frozen=True)
class Result:
    """What was seen in the measured time, in milliseconds; `lost` counts deliveries that never came."""

    p50: float
    p99: float
    worst: float
    deliveries: int
    frames: int
    lost: int
    generator_cpu: float
    began: float
    ended: float


def text(value: str) -> bytes:
    """Write a varstring of up to 16383 bytes."""
    data = value.encode()
    return varuint(len(data)) + data


def varuint(value: int) -> bytes:
    """Write a number as lib0 does: little-endian base 128."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes((*out, value))


def prepared_updates(writer: int, count: int, payload: int) -> list[bytes]:
    """Make the updates of one writer: a new key each, as a new stroke is, with `payload` bytes."""
    doc: Doc[Map[bytes]] = Doc()
    things = doc.get("things", type=Map)
    updates: list[bytes] = []
    subscription = doc.observe(lambda event: updates.append(event.update))
    for number in range(count):
        things[f"!{writer:02d}-{number:06d}"] = bytes((number + i) % 251 for i in range(payload))
    doc.unobserve(subscription)
    return updates


@dataclass
class Tally:
    """What all members have seen."""

    measuring: bool = False
    sent: dict[tuple[int, int], float] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    frames: int = 0
    arrived: int = 0


class Member:
    """One member: signs in, answers the first exchange of state, then writes or only reads."""

    def __init__(self, index: int, plan: Plan, tally: Tally) -> None:
        self._index, self._plan, self._tally = index, plan, tally
        self._address = text(plan.document)
        self._socket: Socket | None = None
        self.synced: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def join(self, tls: ssl.SSLContext | None) -> None:
        """Connect and wait for the first state."""
        self._socket = await connect(self._plan.host, self._plan.port, self._receive, tls)
        token = text(self._plan.tokens[self._index]) + text("4.8.0")
        self._socket.send(self._address + bytes((AUTH, 0)) + token)
        self._socket.send(self._address + bytes((SYNC, STEP1)) + b"\x01\x00")
        self._socket.lost.add_done_callback(self._refuse)
        await asyncio.wait_for(self.synced, 15)

    async def write(self, frames: list[bytes], start: float) -> None:
        """Send the frames at the writer's rate, from `start` of the monotonic clock."""
        assert self._socket is not None
        for number, data in enumerate(frames):
            due = start + number / self._plan.rate
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            self._tally.sent[self._index, number] = time.monotonic()
            self._socket.send_frames(data)

    def leave(self) -> None:
        if self._socket is not None:
            self._socket.close()

    def frame_of(self, update: bytes) -> bytes:
        """Wrap an update for the wire."""
        return frame(BINARY, self._address + bytes((SYNC, UPDATE)) + varuint(len(update)) + update)

    def _refuse(self, lost: asyncio.Future[str]) -> None:
        if not self.synced.done():
            self.synced.set_exception(
                ConnectionError(f"member {self._index} was not let in: {lost.result()}")
            )

    def _receive(self, message: bytes) -> None:
        if len(message) < 2 or not message.startswith(self._address):
            return
        kind, step = message[len(self._address)], message[len(self._address) + 1]
        if kind == AUTH and step == 1 and not self.synced.done():
            self.synced.set_exception(PermissionError(message[len(self._address) + 3 :].decode()))
        elif kind == SYNC and step == STEP1:
            assert self._socket is not None
            self._socket.send(self._address + bytes((SYNC, STEP2)) + b"\x02\x00\x00")
        elif kind == SYNC and step == STEP2 and not self.synced.done():
            self.synced.set_result(None)
        elif kind == SYNC and step == UPDATE:
            self._note(message)

    def _note(self, message: bytes) -> None:
        now, tally = time.monotonic(), self._tally
        others = [key for w, n in MARKER.findall(message) if (key := (int(w), int(n)))[0] != self._index]
        tally.arrived += len(others)
        if tally.measuring:
            tally.frames += 1
            tally.latencies += [now - tally.sent[key] for key in others]


def context(plan: Plan) -> ssl.SSLContext | None:
    """Return a TLS context that trusts whatever it meets: nothing secret is said here."""
    if not plan.tls:
        return None
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.check_hostname = False
    tls.verify_mode = ssl.CERT_NONE
    return tls


async def load(plan: Plan) -> Result:
    """Bring all members in, write for the planned time, and count."""
    tally = Tally()
    members = [Member(index, plan, tally) for index in range(len(plan.tokens))]
    tls = context(plan)
    for member in members:
        await member.join(tls)
    total = int((plan.warm_up + plan.measured) * plan.rate)
    frames = [
        [members[w].frame_of(update) for update in prepared_updates(w, total, plan.payload)]
        for w in range(plan.writers)
    ]
    start = time.monotonic() + 0.2
    writing = [
        asyncio.create_task(members[w].write(frames[w], start + w / plan.writers / plan.rate))
        for w in range(plan.writers)
    ]
    await asyncio.sleep(start + plan.warm_up - time.monotonic())
    result = await measure(plan, tally, writing)
    expected = total * plan.writers * (len(members) - 1)
    for member in members:
        member.leave()
    return Result(**{**asdict(result), "lost": expected - tally.arrived})


async def measure(plan: Plan, tally: Tally, writing: list[asyncio.Task[None]]) -> Result:
    """Count from now until the writers are done and what they sent has had a second to arrive."""
    print("measure", flush=True)
    cpu, began, tally.measuring = used_cpu(), time.monotonic(), True
    await asyncio.gather(*writing)
    cpu, ended, deliveries = used_cpu() - cpu, time.monotonic(), len(tally.latencies)
    print("measured", flush=True)
    await asyncio.sleep(1)
    milliseconds = [value * 1000 for value in tally.latencies] or [float("inf")]
    return Result(
        p50=percentile(milliseconds, 50),
        p99=percentile(milliseconds, 99),
        worst=max(milliseconds),
        deliveries=deliveries,
        frames=tally.frames,
        lost=0,
        generator_cpu=cpu / (ended - began),
        began=began,
        ended=ended,
    )


def used_cpu() -> float:
    """Return the CPU seconds of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Read a plan, carry it out, and print the result."""
    plan = Plan(**json.loads(sys.stdin.read()))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(asdict(runner.run(load(plan)))), flush=True)


if __name__ == "__main__":
    main()
