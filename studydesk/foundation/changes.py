"""What a command changed, so that views refresh only that, and how to take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Kind(StrEnum):
    """Kinds of things on a desk. The values are also the kinds of `studydesk search --kind`."""

    NOTEBOOK = "notebook"
    NOTE = "note"
    TAG = "tag"
    GOAL = "goal"
    TASK = "task"
    SESSION = "session"
    RESOURCE = "resource"
    CARD = "card"
    FILE = "file"
    ROOM = "room"
    BOARD = "board"
    ENTRY = "entry"
    PEER = "peer"
    SETTING = "setting"


@dataclass(frozen=True)
class Change:
    """One thing was added, altered or removed."""

    kind: Kind
    id: str
    action: str = "altered"  # "added", "altered" or "removed"


@dataclass(frozen=True)
class Inverse:
    """A command that takes another back. `run` is called with a database session of the worker thread."""

    label: str
    run: Callable[[Any], ChangeSet]


@dataclass(frozen=True)
class ChangeSet:
    """All that one command changed. `label` names it for the undo menu, as in "Add task"."""

    label: str
    changes: tuple[Change, ...] = ()
    inverse: Inverse | None = field(default=None, compare=False)

    def touches(self, *kinds: Kind) -> bool:
        """Tell whether anything of one of these kinds changed."""
        return any(change.kind in kinds for change in self.changes)


@dataclass(frozen=True)
class Changed(Generic[T]):
    """The value of a command together with what it changed."""

    value: T
    changes: ChangeSet
