"""Search over everything that has text."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from studydesk.foundation.changes import Kind
from studydesk.model.views.notebook import TagCount
from studydesk.model.views.search import HIT_END, HIT_START, Hit
from studydesk.services.base import Facade
from studydesk.services.lazy import LazyModule

if TYPE_CHECKING:
    from studydesk.model import search as store
    from studydesk.model import tags as tag_store
else:
    store = LazyModule("studydesk.model.search")
    tag_store = LazyModule("studydesk.model.tags")

__all__ = ["HIT_END", "HIT_START", "Hit", "Search", "TagCount"]


class Search(Facade):
    """Finds notes, resources, cards, tasks, sessions, goals and entries of rooms."""

    def search(self, words: str, kind: Kind | str | None = None, limit: int = 20) -> Future[tuple[Hit, ...]]:
        """Find what holds all the words, best first; the last word may be unfinished.

        Whatever is typed is taken as words: no sign has a meaning and none is a fault. Case and accents don't
        matter. A hit in the title weighs more. `snippet` has HIT_START and HIT_END around each hit.
        """
        return self._query(lambda session: store.search(session, words, kind, limit))

    def tags(self, prefix: str = "", limit: int = 20) -> Future[tuple[TagCount, ...]]:
        """List tags that begin with `prefix`, by how often they are used."""
        return self._query(lambda session: tag_store.matching(session, prefix, limit))
