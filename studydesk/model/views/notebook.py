"""What the notebook shows: the tree, rows of notes, one note, its versions and who links to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoteOrder(StrEnum):
    """Orders of a list of notes. Pinned notes always come first."""

    UPDATED = "updated"
    CREATED = "created"
    TITLE = "title"


@dataclass(frozen=True)
class NotebookNode:
    """A notebook in the tree. `count` is the number of notes right in it, `total` with all below."""

    id: str
    title: str
    parent_id: str | None
    count: int
    total: int
    children: tuple[NotebookNode, ...] = ()


@dataclass(frozen=True)
class TagCount:
    """A tag and how many things carry it."""

    name: str
    count: int


@dataclass(frozen=True)
class NotebookTree:
    """All notebooks below each other, all tags of notes, and three counts of notes."""

    notebooks: tuple[NotebookNode, ...]
    tags: tuple[TagCount, ...]
    all_notes: int
    loose_notes: int
    trashed: int


@dataclass(frozen=True)
class NoteRow:
    """A note as one row of a list. `excerpt` is plain text without Markdown signs, at most 200 characters."""

    id: str
    title: str
    excerpt: str
    updated: datetime
    pinned: bool
    notebook_id: str | None
    tags: tuple[str, ...]


@dataclass(frozen=True)
class NoteView:
    """A note with its whole Markdown text, byte for byte as written (line ends included)."""

    id: str
    title: str
    text: str
    created: datetime
    updated: datetime
    pinned: bool
    notebook_id: str | None
    notebook_title: str | None
    tags: tuple[str, ...]
    deleted_at: datetime | None = None


@dataclass(frozen=True)
class NotebookView:
    """A notebook by itself."""

    id: str
    title: str
    parent_id: str | None


@dataclass(frozen=True)
class Backlink:
    """A line of another note that links here; `start` and `end` bound the link within `line`."""

    note_id: str
    title: str
    notebook_title: str | None
    line: str
    line_number: int
    start: int
    end: int


@dataclass(frozen=True)
class VersionRow:
    """An earlier text of a note. `size` is in characters."""

    id: str
    at: datetime
    title: str
    text: str
    size: int
