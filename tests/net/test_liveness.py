"""What counts as a sign of life of a hub."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from studydesk.net import liveness
from studydesk.net.liveness import LiveConnection


class Link(LiveConnection):
    """A connection of which only clock and write buffer are there."""

    def __init__(self) -> None:
        self.time, self.unsent, self.aborted = 100.0, 0, False
        self.loop = SimpleNamespace(time=lambda: self.time)  # type: ignore[assignment]
        self.transport = SimpleNamespace(  # type: ignore[assignment]
            get_write_buffer_size=lambda: self.unsent, abort=lambda: setattr(self, "aborted", True)
        )


def test_silence_is_counted_from_the_last_sign() -> None:
    link = Link()
    assert link.silence() == 0
    link.time += 3
    assert link.silence() == 3


def test_a_network_that_takes_what_is_to_be_sent_is_a_sign_of_life() -> None:
    link = Link()
    link.unsent = 5_000_000
    link.silence()
    for _ in range(10):
        link.time += 3
        link.unsent -= 100_000
        assert link.silence() == 0
    link.time += 5
    assert link.silence() == 5


def test_a_silent_link_is_aborted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(liveness, "LOOK_SECONDS", 0.001)
    link = Link()

    async def act() -> None:
        watch = asyncio.create_task(link.watch())
        await asyncio.sleep(0.02)
        assert not link.aborted
        link.time += liveness.SILENT_SECONDS + 1
        await asyncio.wait_for(watch, 1)

    asyncio.run(act())
    assert link.aborted
