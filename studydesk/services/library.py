"""The library: links and files to learn from. Undo place "library"."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from studydesk.foundation.changes import Changed
from studydesk.model.views.library import (
    KindCount,
    ResourceCounts,
    ResourceKind,
    ResourceOrder,
    ResourceState,
    ResourceView,
)
from studydesk.services.base import Facade
from studydesk.services.lazy import LazyModule

if TYPE_CHECKING:
    from typing import Unpack

    from studydesk.model import files as file_store
    from studydesk.model import library as store
else:
    store = LazyModule("studydesk.model.library")
    file_store = LazyModule("studydesk.model.files")

__all__ = [
    "KindCount",
    "Library",
    "ResourceCounts",
    "ResourceFields",
    "ResourceKind",
    "ResourceOrder",
    "ResourceState",
    "ResourceView",
]

PLACE = "library"


class ResourceFields(TypedDict, total=False):
    """Fields of a resource that `update` takes; those left out stay."""

    title: str
    url: str
    author: str
    kind: str
    minutes: int | None
    state: str
    progress: float
    rating: int
    notes: str
    tags: Sequence[str]


class Library(Facade):
    """Use cases over resources. Each method returns a future at once; futures raise Fault."""

    def list(
        self,
        state: ResourceState | None = None,
        kind: ResourceKind | None = None,
        tag: str | None = None,
        text: str = "",
        order: ResourceOrder = ResourceOrder.LAST_OPENED,
        limit: int = 500,
        offset: int = 0,
    ) -> Future[tuple[ResourceView, ...]]:
        """List resources that fit every filter given; `text` searches titles, authors and texts."""
        return self._query(
            lambda session: store.list_resources(session, state, kind, tag, text, order, limit, offset)
        )

    def resource(self, resource_id: str) -> Future[ResourceView]:
        """Return one resource."""
        return self._query(lambda session: store.resource(session, resource_id))

    def counts(self) -> Future[ResourceCounts]:
        """Return the figures of the side list."""
        return self._query(store.counts)

    def add_link(
        self,
        url: str,
        title: str | None = None,
        tags: Sequence[str] = (),
        kind: ResourceKind | None = None,
        author: str = "",
        minutes: int | None = None,
    ) -> Future[Changed[ResourceView]]:
        """Add a web address (http or https; "https://" is put before a bare one).

        An address that is there already resolves to that resource, with the new tags added.
        Without `kind` it is guessed from the address; without `title` the address stands for it.
        """
        clock = self._context.clock
        link = (url, title, tuple(tags), kind, author, minutes)
        return self._command(lambda session: store.add_link(session, clock, *link), PLACE)

    def add_file(self, path: Path, tags: Sequence[str] = ()) -> Future[Changed[ResourceView]]:
        """Copy a file into the desk and add it. Its kind is told by its content, not by its name.

        Copying runs on a thread of its own. Fault: larger than 2 GB, not readable, not a plain file.
        """
        result: Future[Changed[ResourceView]] = Future()
        chosen = tuple(tags)

        def copy() -> None:
            try:
                stored = file_store.store_path(self._context.paths, path)
            except Exception as error:
                result.set_exception(file_store.as_fault(error))
                return
            command = self._command(
                lambda session: store.add_stored_file(session, self._context.clock, stored, chosen), PLACE
            )
            command.add_done_callback(lambda done: _pass_on(done, result))

        threading.Thread(target=copy, name="copy file", daemon=True).start()
        return result

    def update(self, resource_id: str, **fields: Unpack[ResourceFields]) -> Future[Changed[ResourceView]]:
        """Alter the named fields. Progress 1 means done, progress above 0 doing, unless `state` is given too."""
        return self._command(lambda session: store.update(session, resource_id, dict(fields)), PLACE)

    def delete(self, resource_id: str) -> Future[Changed[str]]:
        """Remove a resource; undo brings it back. Its file stays in the desk. Resolves to its title."""
        return self._command(lambda session: store.delete(session, resource_id), PLACE)

    def mark_opened(self, resource_id: str) -> Future[Changed[ResourceView]]:
        """Note that a resource was opened now; what was for later is now being done."""
        clock = self._context.clock
        return self._command(lambda session: store.mark_opened(session, clock, resource_id))

    def file_path(self, resource_id: str) -> Future[Path | None]:
        """Return where the file of a resource lies, or None for a link."""
        paths = self._context.paths
        return self._query(lambda session: store.file_path(session, paths, resource_id))


def _pass_on(done: Future[Changed[ResourceView]], result: Future[Changed[ResourceView]]) -> None:
    error = done.exception()
    if error is not None:
        result.set_exception(error)
    else:
        result.set_result(done.result())
