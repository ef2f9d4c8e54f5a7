"""What the library shows: resources and the counts of its side list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from studydesk.model.views.notebook import TagCount


class ResourceKind(StrEnum):
    """Kinds of things to learn from."""

    PODCAST = "podcast"
    VIDEO = "video"
    PDF = "pdf"
    ARTICLE = "article"
    BOOKMARK = "bookmark"
    BOOK = "book"
    FILE = "file"


class ResourceState(StrEnum):
    """How far I am with a resource."""

    LATER = "later"
    DOING = "doing"
    DONE = "done"


class ResourceOrder(StrEnum):
    """Orders of the list of resources."""

    LAST_OPENED = "last_opened"
    ADDED = "added"
    TITLE = "title"
    RATING = "rating"


@dataclass(frozen=True)
class ResourceView:
    """Something to learn from. `progress` runs from 0 to 1; `rating` from 0 (none) to 5; `minutes` is its length."""

    id: str
    kind: str
    title: str
    url: str
    author: str
    file_sha256: str | None
    file_name: str | None
    minutes: int | None
    state: str
    progress: float
    rating: int
    notes: str
    tags: tuple[str, ...]
    added: datetime
    last_opened: datetime | None


@dataclass(frozen=True)
class KindCount:
    """A kind of resource and how many there are."""

    kind: str
    count: int


@dataclass(frozen=True)
class ResourceCounts:
    """The figures of the library's side list."""

    everything: int
    later: int
    doing: int
    done: int
    kinds: tuple[KindCount, ...]
    tags: tuple[TagCount, ...]
