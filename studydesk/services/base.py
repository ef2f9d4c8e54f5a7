"""What every facade of the desk stands on: one small context, and how queries and commands run."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from studydesk.foundation.changes import Changed
from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.foundation.events import EventBus
from studydesk.foundation.paths import DeskPaths
from studydesk.model.database import Database
from studydesk.services.events import DeskChanged, Saved, SaveFailed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from studydesk.services.settings import Settings
    from studydesk.services.undo import Undo

T = TypeVar("T")


@dataclass(frozen=True)
class DeskContext:
    """What a facade needs of its desk. Make one with `services.base.open_context`, or by hand in a test."""

    paths: DeskPaths
    clock: Clock
    events: EventBus
    database: Database
    undo: Undo
    settings: Settings


def open_context(paths: DeskPaths, clock: Clock, events: EventBus) -> DeskContext:
    """Make the context of a desk. It starts no thread and reads no file; `context.database.start()` does."""
    from studydesk.services.settings import Settings
    from studydesk.services.undo import Undo

    database = Database(paths, clock)
    return DeskContext(
        paths,
        clock,
        events,
        database,
        Undo(database, events, clock),
        Settings(paths, database, events, clock),
    )


class Facade:
    """Runs queries and commands of one subject on the database thread. Each call returns its future at once."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def _query(self, work: Callable[[Session], T]) -> Future[T]:
        return self._context.database.submit(work)

    def _command(self, work: Callable[[Session], Changed[T]], place: str | None = None) -> Future[Changed[T]]:
        """Run `work` in one transaction; after the commit say what changed and keep its inverse for `place`."""

        def committed(changed: Changed[T]) -> None:
            if place is not None:
                self._context.undo.push(place, changed.changes)
            announce(self._context.events, self._context.clock, changed)

        return self._context.database.submit(work, committed, report_failure(self._context.events))


def announce(events: EventBus, clock: Clock, changed: Changed[T]) -> None:
    """Say on the bus what a committed command changed. A command that changed nothing is silent."""
    if changed.changes.changes:
        events.publish(DeskChanged(changed.changes))
    events.publish(Saved(clock.now()))


def report_failure(events: EventBus) -> Callable[[BaseException], None]:
    """Return what to do with a command's failure: a disk that took nothing is said on the bus."""
    from studydesk.model.database import NotSaved

    def failed(error: BaseException) -> None:
        if isinstance(error, NotSaved) and isinstance(error, Fault):
            events.publish(SaveFailed(error.sentence))

    return failed
