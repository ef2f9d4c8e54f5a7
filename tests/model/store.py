"""Opening a database for a test, and waiting for its futures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from studydesk.foundation.clock import Clock, SystemClock
from studydesk.foundation.paths import DeskPaths
from studydesk.model.database import Database

T = TypeVar("T")


@contextmanager
def opened(root: Path, clock: Clock | None = None) -> Iterator[Database]:
    """Open the database of a desk and close it at the end."""
    database = Database(DeskPaths(root), clock or SystemClock())
    try:
        yield database
    finally:
        database.close()


def run(database: Database, work: Callable[[Session], T]) -> T:
    """Run one transaction and wait for it."""
    return database.submit(work).result(30)
