"""The database of a desk, and the one thread that runs everything on it. Importing this loads no SQLAlchemy."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.foundation.ids import new_id
from studydesk.foundation.paths import DeskPaths

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

log = logging.getLogger(__name__)

T = TypeVar("T")
Job = Callable[["sessionmaker[Session]"], None]

DISK_FULL = "The disk is full. Your last change is on screen but not saved. Free some space, then try again."
DISK_BROKEN = (
    "The disk did not take it. Your last change is on screen but not saved. Check the disk, then try again."
)


class NotSaved(Fault):
    """The disk took nothing; what was saved before is whole."""


class Database:
    """Runs work on the desk's SQLite database, each in one transaction, in order, on one thread.

    Write-ahead log, synchronous FULL: what a future has resolved to survives a power cut.
    """

    def __init__(self, paths: DeskPaths, clock: Clock) -> None:
        self._paths = paths
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._opened: Future[None] = Future()
        self._closed = False
        self._lock = threading.Lock()
        self.run_id = new_id(clock)

    def start(self) -> Future[None]:
        """Start the worker, which opens or makes the database and brings its schema up to date.

        The future raises Fault when that fails (a newer schema, a damaged file, no rights); then so does all
        work that is submitted. A second call returns the same future.
        """
        with self._lock:
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._work, name="database", daemon=True)
                self._thread.start()
        return self._opened

    def submit(
        self,
        work: Callable[[Session], T],
        committed: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Future[T]:
        """Run `work(session)` in one transaction on the worker; starts it if need be.

        `committed(value)` runs there after the commit and before the future resolves; `failed(error)` likewise
        after the rollback. A full disk becomes NotSaved. Fault when the desk is closed.
        """
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                future.set_exception(Fault("This desk is closed."))
                return future
            self._jobs.put(lambda sessions: _run(sessions, work, future, committed, failed))
        self.start()
        return future

    def close(self) -> None:
        """Finish what was submitted, close the file and end the thread. Safe to call twice."""
        with self._lock:
            first, self._closed = not self._closed, True
            thread = self._thread
        if thread is None:
            return
        if first:
            self._jobs.put(None)
        if thread is not threading.current_thread():
            thread.join()

    def _work(self) -> None:
        sessions = self._open()
        while (job := self._jobs.get()) is not None:
            job(sessions)
            del job
        engine = sessions.kw.get("bind")
        if engine is not None:
            engine.dispose()

    def _open(self) -> sessionmaker[Session]:
        from studydesk.model import opening

        try:
            sessions = opening.open_sessions(self._paths)
        except Exception as error:
            known = opening.as_fault(error)
            if not isinstance(known, Fault):
                log.error("the database did not open", exc_info=error)
                known = Fault(
                    "The desk's database did not open. The log says why; restore a backup if need be."
                )
            self._opened.set_exception(known)
            return opening.refusing_sessions(known)
        self._opened.set_result(None)
        return sessions


def _run(
    sessions: sessionmaker[Session],
    work: Callable[[Session], T],
    future: Future[T],
    committed: Callable[[T], None] | None,
    failed: Callable[[BaseException], None] | None,
) -> None:
    """Run one piece of work; whatever goes wrong goes into its future and nowhere else."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        with sessions() as session, session.begin():
            value = work(session)
    except Exception as error:
        _fail(error, future, failed)
        return
    if committed is not None:
        _call(committed, value)
    future.set_result(value)


def _fail(error: Exception, future: Future[Any], failed: Callable[[BaseException], None] | None) -> None:
    from studydesk.model import opening

    known = opening.as_fault(error)
    if failed is not None:
        _call(failed, known)
    future.set_exception(known)


def _call(function: Callable[[Any], None], argument: object) -> None:
    """Call what wants to hear of an outcome; its own failure must not undo what is committed."""
    try:
        function(argument)
    except Exception:
        log.exception("what follows a transaction failed")
