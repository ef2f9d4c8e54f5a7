"""Reads what the library shows from the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studydesk.services.library import ResourceCounts, ResourceView
from studydesk.ui.library.shelves import Asked

if TYPE_CHECKING:
    from studydesk.ui.context import UiContext

MOST = 2000
"""How many resources are listed at most."""


@dataclass(frozen=True)
class Listing:
    """One answer: what was asked for, what was found, and the figures of the left list."""

    asked: Asked
    resources: tuple[ResourceView, ...]
    counts: ResourceCounts


class LibraryFeed(QObject):
    """Reads on demand. Of several readings under way only the last is told."""

    loaded = Signal(object)
    """A Listing."""

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._number = 0

    def read(self, asked: Asked) -> None:
        """List what is asked for."""
        self._number += 1
        number, library = self._number, self._context.desk.library
        found: list[tuple[ResourceView, ...]] = []
        shelf = asked.shelf
        listing = library.list(shelf.state, shelf.kind, shelf.tag, asked.text, asked.order, MOST)

        def finish(counts: ResourceCounts) -> None:
            if number == self._number and found:
                self.loaded.emit(Listing(asked, found[0], counts))

        self._context.bridge.when_done(listing, found.append, owner=self)
        self._context.bridge.when_done(library.counts(), finish, owner=self)
