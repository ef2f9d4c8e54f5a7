"""Counting what an import brings in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from studydesk.model.views.transfer import ImportReport, Skipped


class Tally:
    """The figures of one import, and its progress."""

    def __init__(self, progress: Callable[[int, int, str], None] | None) -> None:
        self.notes = self.resources = self.cards = self.tasks = self.sessions = 0
        self.skipped: list[Skipped] = []
        self._progress = progress
        self._done = self._total = 0

    def expect(self, count: int) -> None:
        """Say that so many more things are to come."""
        self._total += count

    def step(self, name: str) -> None:
        """Say that one more thing was looked at."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total, name)

    def skip(self, path: Path | str, why: str) -> None:
        """Leave something out."""
        self.skipped.append(Skipped(str(path), why))

    def report(self) -> ImportReport:
        """Return what was counted; what was left out stands in order of path."""
        skipped = tuple(sorted(self.skipped, key=lambda one: (one.path, one.why)))
        return ImportReport(self.notes, self.resources, self.cards, self.tasks, self.sessions, skipped)
