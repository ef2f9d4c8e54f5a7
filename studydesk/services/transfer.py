"""Bringing things in and taking everything out, in open formats."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from studydesk.foundation.changes import Change, Changed, ChangeSet, Kind
from studydesk.model.views.transfer import ExportReport, ImportReport, Skipped
from studydesk.services.base import DeskContext, Facade, announce, report_failure
from studydesk.services.lazy import LazyModule

if TYPE_CHECKING:
    from studydesk.model import files as file_store
    from studydesk.model.transfer import exporting, importing
else:
    importing = LazyModule("studydesk.model.transfer.importing")
    exporting = LazyModule("studydesk.model.transfer.exporting")
    file_store = LazyModule("studydesk.model.files")

__all__ = ["ExportReport", "ImportReport", "Progress", "Skipped", "Transfer"]

T = TypeVar("T")
Progress = Callable[[int, int, str], None]


class Transfer(Facade):
    """Imports and exports. Each runs on a thread of its own, so that the desk stays quick meanwhile."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(context)
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []

    def import_paths(
        self,
        paths: Sequence[Path],
        progress: Progress | None = None,
        cancel: threading.Event | None = None,
    ) -> Future[ImportReport]:
        """Bring in whatever is recognised at these paths; name the rest under `skipped` with why.

        A folder becomes a notebook and its sub-folders notebooks below it; an earlier export of this program
        is restored with its ids. `progress(done, total, name)` is called on the importing thread. What came in
        before a cancel stays.
        """
        chosen = tuple(Path(path) for path in paths)
        context = self._context

        def work() -> ImportReport:
            report = importing.import_paths(
                context.database, context.paths, context.clock, chosen, progress, self._either(cancel)
            )
            kinds = (Kind.NOTEBOOK, Kind.NOTE, Kind.RESOURCE, Kind.CARD, Kind.TASK, Kind.SESSION, Kind.GOAL)
            changes = tuple(Change(kind, "*", "added") for kind in kinds)
            announce(context.events, context.clock, Changed(report, ChangeSet("Import", changes)))
            return report

        return self._run(work, "import")

    def export_all(
        self,
        directory: Path,
        progress: Progress | None = None,
        cancel: threading.Event | None = None,
    ) -> Future[ExportReport]:
        """Write everything into `directory` (made if missing; Fault when it holds something else).

        Notes are Markdown files in folders as notebooks; `files/` holds files by content; `studydesk/` the rest as
        JSON. Two exports of the same desk are identical.
        """
        context = self._context
        return self._run(
            lambda: exporting.export_all(
                context.database, context.paths, Path(directory), progress, self._either(cancel)
            ),
            "export",
        )

    def close(self) -> None:
        """Cancel what runs and wait for it. Call before the database is closed."""
        self._closing.set()
        for thread in tuple(self._threads):
            thread.join()

    def _either(self, cancel: threading.Event | None) -> Callable[[], bool]:
        return lambda: self._closing.is_set() or (cancel is not None and cancel.is_set())

    def _run(self, work: Callable[[], T], name: str) -> Future[T]:
        result: Future[T] = Future()
        failed = report_failure(self._context.events)

        def target() -> None:
            try:
                value = work()
            except Exception as error:
                known = file_store.as_fault(error)
                failed(known)
                result.set_exception(known)
            else:
                result.set_result(value)

        thread = threading.Thread(target=target, name=name, daemon=True)
        self._threads = [other for other in self._threads if other.is_alive()] + [thread]
        thread.start()
        return result
