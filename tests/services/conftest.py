"""A desk's context over a real database, for the tests of its services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import pytest

from studydesk.foundation.clock import Clock
from studydesk.foundation.events import EventBus
from studydesk.foundation.paths import DeskPaths
from studydesk.services.base import DeskContext, open_context

T = TypeVar("T")


def done(future: Future[T]) -> T:
    """Wait for a future of a facade."""
    return future.result(30)


@pytest.fixture
def open_desk(tmp_path: Path, clock: Clock) -> Iterator[Callable[[str], DeskContext]]:
    """Make the context of a desk by name below the test's folder; all are closed at the end."""
    opened: list[DeskContext] = []

    def make(name: str) -> DeskContext:
        context = open_context(DeskPaths(tmp_path / name), clock, EventBus())
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.database.close()


@pytest.fixture
def context(open_desk: Callable[[str], DeskContext]) -> DeskContext:
    """The context of one desk."""
    return open_desk("desk")


@pytest.fixture
def events(context: DeskContext) -> list[object]:
    """All events of that desk, in order."""
    heard: list[object] = []
    context.events.subscribe(heard.append)
    return heard
