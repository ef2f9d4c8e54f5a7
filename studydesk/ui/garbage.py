"""Python's garbage collector, kept to the UI thread.

The collector runs on whichever thread happens to allocate. A widget that is part of a reference cycle would
then be destroyed on the database or network thread, which Qt answers with a crash. So the automatic collection
is off, and the UI thread collects by the same thresholds whenever its event loop is about to rest: no timer, no
wake-up of its own.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QAbstractEventDispatcher, QObject

THRESHOLDS = (2000, 10, 10)


class GarbageKeeper(QObject):
    """Collects on the UI thread from now on, until `close`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._dispatcher = QAbstractEventDispatcher.instance()
        self._dispatcher.aboutToBlock.connect(self.check)

    def check(self) -> None:
        """Collect the oldest generation that is due."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > THRESHOLDS[generation] and counts[0] > THRESHOLDS[0]:
                gc.collect(generation)
                return

    def close(self) -> None:
        """Give the collector back to all threads: no widget lives any more."""
        self._dispatcher.aboutToBlock.disconnect(self.check)
        gc.collect()
        if self._was_enabled:
            gc.enable()
