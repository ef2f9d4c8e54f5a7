"""What an import or export did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Skipped:
    """A file or folder that was left out, and one sentence that says why."""

    path: str
    why: str


@dataclass(frozen=True)
class ImportReport:
    """How many of each kind came in, and what was left out."""

    notes: int = 0
    resources: int = 0
    cards: int = 0
    tasks: int = 0
    sessions: int = 0
    skipped: tuple[Skipped, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True)
class ExportReport:
    """Where an export lies and how much of each kind went out."""

    directory: Path
    notes: int = 0
    resources: int = 0
    cards: int = 0
    tasks: int = 0
    sessions: int = 0
    files: int = 0
    cancelled: bool = False
