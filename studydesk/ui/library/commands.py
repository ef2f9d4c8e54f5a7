"""What the library does to the desk: each a command that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from studydesk.foundation.changes import Changed
from studydesk.foundation.errors import Fault
from studydesk.services.library import ResourceKind, ResourceView
from studydesk.services.transfer import ImportReport
from studydesk.ui.library import words
from studydesk.ui.library.drops import Dropped

if TYPE_CHECKING:
    from studydesk.ui.context import UiContext

T = TypeVar("T")

PLACE = "library"


class LibraryCommands(QObject):
    """Runs commands; what they change comes back as a change set, from the desk, like everybody's."""

    added = Signal(str)
    """The id of what was added last."""
    failed = Signal()

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._library = context.desk.library

    # Adding

    def add_link(
        self, url: str, title: str = "", tags: Sequence[str] = (), kind: ResourceKind | None = None
    ) -> None:
        future = self._library.add_link(url, title or None, tags, kind)
        self._when(future, lambda changed: self.added.emit(changed.value.id))

    def add_file(
        self, path: Path, title: str = "", tags: Sequence[str] = (), kind: ResourceKind | None = None
    ) -> None:
        """Copy a file into the desk; a title or kind of one's own is set after it is in."""

        def named(changed: Changed[ResourceView]) -> None:
            self.added.emit(changed.value.id)
            self._name(changed.value, title, kind)

        self._when(self._library.add_file(path, tags), named)

    def take(self, what: Dropped) -> None:
        """Add all that was dropped or pasted."""
        for url in what.links:
            self.add_link(url)
        for path in what.files:
            self.add_file(path)
        if what.bookmarks:
            self._when(self._context.desk.transfer.import_paths(what.bookmarks), self._brought_in)

    def _name(self, resource: ResourceView, title: str, kind: ResourceKind | None) -> None:
        if title and title != resource.title:
            self._when(self._library.update(resource.id, title=title))
        if kind is not None and kind != resource.kind:
            self._when(self._library.update(resource.id, kind=kind.value))

    def _brought_in(self, report: ImportReport) -> None:
        sentence = words.tr("{count} bookmarks came in.").format(count=report.resources)
        if report.resources == 1:
            sentence = words.tr("1 bookmark came in.")
        if report.skipped:
            first = report.skipped[0]
            left_out = words.tr("Left out: {name}. {why}").format(name=first.path, why=first.why)
            sentence = f"{sentence} {left_out}"
        self._context.toast(sentence, "done" if report.resources else "note")

    # Changing

    def rename(self, resource_id: str, title: str) -> None:
        self._when(self._library.update(resource_id, title=title))

    def rate(self, resource_id: str, stars: int) -> None:
        self._when(self._library.update(resource_id, rating=stars))

    def set_state(self, resource_id: str, state: str) -> None:
        self._when(self._library.update(resource_id, state=state))

    def set_progress(self, resource_id: str, per_cent: int) -> None:
        self._when(self._library.update(resource_id, progress=per_cent / 100))

    def set_tags(self, resource_id: str, tags: Sequence[str]) -> None:
        self._when(self._library.update(resource_id, tags=tuple(tags)))

    def set_kind(self, resource_id: str, kind: str) -> None:
        self._when(self._library.update(resource_id, kind=kind))

    def set_notes(self, resource_id: str, notes: str) -> None:
        self._when(self._library.update(resource_id, notes=notes))

    def remove(self, resource_id: str) -> None:
        """Remove a resource, and offer to take that back."""

        def removed(changed: Changed[str]) -> None:
            sentence = words.tr("Removed “{title}”.").format(title=changed.value)
            self._context.toast(sentence, "done", words.tr("Undo"), self.undo)

        self._when(self._library.delete(resource_id), removed)

    def undo(self) -> None:
        self._when(self._context.desk.undo.undo(PLACE))

    # Opening

    def open(self, resource: ResourceView) -> None:
        """Open a link or file in the system's own program, and note that it was opened."""
        if resource.file_sha256 is not None:
            self._when(self._library.file_path(resource.id), lambda path: self._open_file(resource, path))
        elif resource.url:
            self._launch(resource, QUrl(resource.url))
        else:
            self._context.toast(words.tr("There is no address or file to open. Add one below."), "note")

    def _open_file(self, resource: ResourceView, path: Path | None) -> None:
        if path is None:
            self._context.toast(words.tr("The file is not on this desk any more. Add it again."), "fault")
        else:
            self._launch(resource, QUrl.fromLocalFile(str(path)))

    def _launch(self, resource: ResourceView, url: QUrl) -> None:
        if QDesktopServices.openUrl(url):
            self._when(self._library.mark_opened(resource.id))
        else:
            self._context.toast(words.tr("No program on this computer opens that."), "fault")

    def _when(self, future: Future[T], then: Callable[[T], object] | None = None) -> None:
        self._context.bridge.when_done(future, then, self._refused, owner=self)

    def _refused(self, error: BaseException) -> None:
        """Say what went wrong, and show again what is kept."""
        if not isinstance(error, Fault):
            raise error
        self._context.toast(error.sentence, "fault")
        self.failed.emit()
