"""What the desk's own services say on the event bus. Events are published on the thread that did the work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from studydesk.foundation.changes import ChangeSet


@dataclass(frozen=True)
class DeskChanged:
    """A command was committed; `changes` names all that it touched."""

    changes: ChangeSet


@dataclass(frozen=True)
class Saved:
    """The last change is on the disk since `at`."""

    at: datetime


@dataclass(frozen=True)
class SaveFailed:
    """A change is on the screen but not saved; `sentence` says why and what to do."""

    sentence: str


@dataclass(frozen=True)
class UndoChanged:
    """The undo or redo stack of a place has another top; None where there is nothing to take back."""

    place: str
    undo_label: str | None
    redo_label: str | None
