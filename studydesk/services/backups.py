"""Backups of a whole desk into one file, and restoring one."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from studydesk.foundation.paths import DeskPaths
from studydesk.model.views.backup import BackupReport
from studydesk.services.base import Facade
from studydesk.services.lazy import LazyModule

if TYPE_CHECKING:
    from studydesk.model import backup as store
    from studydesk.model import files as file_store
else:
    store = LazyModule("studydesk.model.backup")
    file_store = LazyModule("studydesk.model.files")

__all__ = ["BackupReport", "Backups", "restore_from"]


class Backups(Facade):
    """Makes backups while the desk runs."""

    def backup_to(self, file: Path) -> Future[BackupReport]:
        """Write database, files and identity into one .zip (mode 0600). An old file there is replaced at the end.

        The copy of the database is consistent. Fault: the folder is not there, no rights, the disk is full.
        """
        result: Future[BackupReport] = Future()

        def work() -> None:
            try:
                report = store.backup_to(self._context.database, self._context.paths, Path(file))
            except Exception as error:
                result.set_exception(file_store.as_fault(error))
            else:
                result.set_result(report)

        threading.Thread(target=work, name="backup", daemon=True).start()
        return result


def restore_from(file: Path, paths: DeskPaths) -> BackupReport:
    """Put the desk of a backup at `paths`. The desk must be closed. Runs on the calling thread.

    The backup is unpacked and checked beside the present desk first; then the two are swapped by renaming, and
    what was there is kept as `<desk>.before-restore-<n>`. Fault: not a backup, damaged, from a newer program.
    """
    return store.restore_from(Path(file), paths)
