"""The notebook: Markdown notes, grouped in notebooks, tied by links. Undo place "notebook"."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from studydesk.foundation.changes import Changed
from studydesk.model.views.notebook import (
    Backlink,
    NotebookNode,
    NotebookTree,
    NotebookView,
    NoteOrder,
    NoteRow,
    NoteView,
    TagCount,
    VersionRow,
)
from studydesk.services.base import Facade
from studydesk.services.lazy import LazyModule

if TYPE_CHECKING:
    from studydesk.model import files as file_store
    from studydesk.model import note_links as links
    from studydesk.model import notebook as store
    from studydesk.model import notebook_tree as tree
else:
    store = LazyModule("studydesk.model.notebook")
    tree = LazyModule("studydesk.model.notebook_tree")
    links = LazyModule("studydesk.model.note_links")
    file_store = LazyModule("studydesk.model.files")

__all__ = [
    "Backlink",
    "NoteOrder",
    "NoteRow",
    "NoteView",
    "Notebook",
    "NotebookNode",
    "NotebookTree",
    "NotebookView",
    "TagCount",
    "VersionRow",
]

PLACE = "notebook"


class Notebook(Facade):
    """Use cases over notes and notebooks. Each method returns a future at once.

    Futures raise Fault: "That note is not there any more." for an unknown id, or the sentence of a full disk.
    """

    def list_notebooks(self) -> Future[NotebookTree]:
        """Return the tree of notebooks with their counts, the tags of notes and the overall counts."""
        return self._query(tree.notebook_tree)

    def list_notes(
        self,
        notebook_id: str | None = None,
        tag: str | None = None,
        order: NoteOrder = NoteOrder.UPDATED,
        limit: int = 200,
        offset: int = 0,
        below: bool = True,
    ) -> Future[tuple[NoteRow, ...]]:
        """List notes of a notebook (with those below it unless `below` is false), of a tag, or all."""
        return self._query(
            lambda session: store.list_notes(session, notebook_id, tag, order, limit, offset, below)
        )

    def list_trash(self) -> Future[tuple[NoteRow, ...]]:
        """List deleted notes, the last deleted first."""
        return self._query(store.list_trash)

    def note(self, note_id: str) -> Future[NoteView]:
        """Return one note with its text."""
        return self._query(lambda session: store.note(session, note_id))

    def new_note(
        self, title: str = "", text: str = "", notebook_id: str | None = None
    ) -> Future[Changed[NoteView]]:
        """Make a note. With a title and no text it begins with that title as its heading."""
        clock = self._context.clock
        return self._command(lambda session: store.new_note(session, clock, title, text, notebook_id), PLACE)

    def save_text(self, note_id: str, text: str) -> Future[Changed[NoteView]]:
        """Keep the text as it stands (autosave). Title, tags and links follow it.

        The text before is kept as a version when the last version is older than ten minutes or from an
        earlier run of the program. The editor has its own undo; this goes on no undo stack.
        """
        clock, run = self._context.clock, self._context.database.run_id
        return self._command(lambda session: store.save_text(session, clock, note_id, text, run))

    def rename(self, note_id: str, title: str) -> Future[Changed[NoteView]]:
        """Give a note another title, in its front matter or first heading where the title stands there."""
        clock = self._context.clock
        return self._command(lambda session: store.rename(session, clock, note_id, title), PLACE)

    def move(self, note_id: str, notebook_id: str | None) -> Future[Changed[NoteView]]:
        """Put a note into another notebook, or into none."""
        return self._command(lambda session: store.move(session, note_id, notebook_id), PLACE)

    def pin(self, note_id: str, pinned: bool = True) -> Future[Changed[NoteView]]:
        """Pin a note to the top of its lists, or unpin it."""
        return self._command(lambda session: store.pin(session, note_id, pinned), PLACE)

    def delete(self, note_id: str) -> Future[Changed[NoteView]]:
        """Put a note into the trash. It keeps everything and can be restored."""
        clock = self._context.clock
        return self._command(lambda session: store.delete(session, clock, note_id), PLACE)

    def restore(self, note_id: str) -> Future[Changed[NoteView]]:
        """Take a note out of the trash."""
        return self._command(lambda session: store.restore(session, note_id), PLACE)

    def new_notebook(self, title: str, parent_id: str | None = None) -> Future[Changed[NotebookView]]:
        """Make a notebook, at the end of its parent's."""
        clock = self._context.clock
        return self._command(lambda session: tree.new_notebook(session, clock, title, parent_id), PLACE)

    def rename_notebook(self, notebook_id: str, title: str) -> Future[Changed[NotebookView]]:
        """Give a notebook another title."""
        return self._command(lambda session: tree.rename_notebook(session, notebook_id, title), PLACE)

    def move_notebook(self, notebook_id: str, parent_id: str | None) -> Future[Changed[NotebookView]]:
        """Put a notebook below another, or at the top. Fault: below itself."""
        return self._command(lambda session: tree.move_notebook(session, notebook_id, parent_id), PLACE)

    def delete_notebook(self, notebook_id: str) -> Future[Changed[int]]:
        """Remove a notebook and those below it; their notes go to the trash. Resolves to how many notes."""
        clock = self._context.clock
        return self._command(lambda session: tree.delete_notebook(session, clock, notebook_id), PLACE)

    def backlinks(self, note_id: str) -> Future[tuple[Backlink, ...]]:
        """List the lines of other notes that link to this one, by title of the note."""
        return self._query(lambda session: links.backlinks(session, note_id))

    def resolve_link(self, target: str, from_note_id: str | None = None) -> Future[str | None]:
        """Return the id of the note that `[[target]]` or a relative Markdown link means, or None.

        Looks at paths (from the linking note's folder, then from the top), then at titles and file names.
        """
        return self._query(lambda session: links.resolve(session, target, from_note_id))

    def titles(self, prefix: str = "", limit: int = 20) -> Future[tuple[NoteRow, ...]]:
        """List notes whose title holds `prefix`, best first, for completing a link."""
        return self._query(lambda session: store.titles(session, prefix, limit))

    def versions(self, note_id: str) -> Future[tuple[VersionRow, ...]]:
        """List earlier texts of a note, newest first."""
        return self._query(lambda session: store.versions(session, note_id))

    def tick_task(self, note_id: str, line: int, checked: bool) -> Future[Changed[NoteView]]:
        """Set the box of the list item on `line` (from 0). Fault when there is no box on that line."""
        clock, run = self._context.clock, self._context.database.run_id
        return self._command(
            lambda session: store.tick_task(session, clock, note_id, line, checked, run), PLACE
        )

    def add_image(self, data: bytes | Path, name: str = "") -> Future[Changed[str]]:
        """Store a picture (its bytes, or the file at a path) and return how Markdown refers to it.

        The reference is `files/<sha256><extension>`, as in `![](files/9f86...d0.png)`; an export lays the
        file down at the same place. Fault: not a picture, too large, not readable.
        """
        clock, paths = self._context.clock, self._context.paths
        return self._command(lambda session: file_store.add_image(session, paths, clock, data, name))

    def file_path(self, reference: str, note_id: str | None = None) -> Future[Path | None]:
        """Return where the file lies that a note refers to, or None. Never leaves the desk's own files.

        `reference` is `files/<sha256><extension>`, or a path relative to the folder of `note_id` as it came in.
        """
        paths = self._context.paths
        return self._query(lambda session: file_store.resolve(session, paths, reference, note_id))
