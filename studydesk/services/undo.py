"""Taking back and doing again, with one stack for each place."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING

from studydesk.foundation.changes import Changed, ChangeSet, Inverse
from studydesk.foundation.clock import Clock
from studydesk.foundation.events import EventBus
from studydesk.model.database import Database
from studydesk.services.events import UndoChanged

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PLACES = ("planner", "notebook", "library", "review")
DEPTH = 200


class Undo:
    """Keeps the inverses of committed commands. Thread-safe; stacks live as long as the program."""

    def __init__(self, database: Database, events: EventBus, clock: Clock) -> None:
        self._database = database
        self._events = events
        self._clock = clock
        self._undo: dict[str, list[Inverse]] = {place: [] for place in PLACES}
        self._redo: dict[str, list[Inverse]] = {place: [] for place in PLACES}
        self._lock = threading.Lock()

    def push(self, place: str, changes: ChangeSet) -> None:
        """Keep the inverse of a new command; what was taken back before can't be done again after that."""
        if changes.inverse is None:
            return
        with self._lock:
            stack = self._undo[place]
            stack.append(changes.inverse)
            del stack[:-DEPTH]
            self._redo[place].clear()
        self._tell(place)

    def undo_label(self, place: str) -> str | None:
        """Name the command that `undo` would take back, or None."""
        return _top_label(self._undo[place])

    def redo_label(self, place: str) -> str | None:
        """Name the command that `redo` would do again, or None."""
        return _top_label(self._redo[place])

    def undo(self, place: str) -> Future[Changed[str | None]]:
        """Take back the last command of a place. Resolves to its label, or None when there was nothing."""
        return self._step(place, self._undo[place], self._redo[place])

    def redo(self, place: str) -> Future[Changed[str | None]]:
        """Do again what was taken back last. Resolves to its label, or None when there was nothing."""
        return self._step(place, self._redo[place], self._undo[place])

    def _step(self, place: str, source: list[Inverse], target: list[Inverse]) -> Future[Changed[str | None]]:
        from studydesk.services.base import announce, report_failure

        popped: list[Inverse] = []

        def work(session: Session) -> Changed[str | None]:
            with self._lock:
                if not source:
                    return Changed(None, ChangeSet("Nothing to take back"))
                popped.append(source.pop())
            changes = popped[0].run(session)
            return Changed(popped[0].label, changes)

        def committed(changed: Changed[str | None]) -> None:
            if changed.changes.inverse is not None:
                with self._lock:
                    target.append(changed.changes.inverse)
            self._tell(place)
            announce(self._events, self._clock, changed)

        def failed(error: BaseException) -> None:
            with self._lock:
                source.extend(popped)
            report_failure(self._events)(error)

        return self._database.submit(work, committed, failed)

    def _tell(self, place: str) -> None:
        self._events.publish(UndoChanged(place, self.undo_label(place), self.redo_label(place)))


def _top_label(stack: list[Inverse]) -> str | None:
    try:
        return stack[-1].label
    except IndexError:
        return None
