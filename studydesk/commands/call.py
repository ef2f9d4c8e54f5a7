"""What a command gets, and how it finds what it was asked for."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from studydesk.services.desk import Desk

T = TypeVar("T")


@dataclass(frozen=True)
class Call:
    """One command on one desk. Runs on the network thread of the process that owns the desk."""

    desk: Desk
    words: argparse.Namespace
    directory: Path
    """Where it was called: relative paths start here."""
    say: Callable[[object], None]
    """Says a value that JSON knows; in most commands once."""
    gone: asyncio.Event
    """Set when the asker wants no more."""

    def path(self, text: str) -> Path:
        """Return the path that the asker meant."""
        return (self.directory / Path(text).expanduser()).absolute()

    async def wait(self, future: Future[T]) -> T:
        """Wait for a service."""
        return await asyncio.wrap_future(future)


Command = Callable[[Call], Coroutine[Any, Any, int]]
"""Does it and returns the exit status; known faults are raised as Fault."""


def plain_value(value: Any) -> Any:
    """Return what JSON can carry: views become objects, times ISO text in UTC, sets lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain_value(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_value(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    return value
