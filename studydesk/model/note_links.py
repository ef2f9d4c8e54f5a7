"""Links between notes: keeping them, following them, and finding who links here."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, or_, select

from studydesk.model.entities import Note, Notebook, NoteLink
from studydesk.model.note_text import Link, fold, is_note_name, link_key, link_path, read_note
from studydesk.model.views.notebook import Backlink

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def link_rows(note_id: str, links: Sequence[Link]) -> list[dict[str, object]]:
    """Return the rows to keep for the links of a note."""
    return [
        {
            "note_id": note_id,
            "number": number,
            "target": link.target,
            "target_key": link_key(link_path(link.target, link.wiki)),
            "line": link.line,
            "start": link.start,
            "end": link.end,
            "wiki": link.wiki,
        }
        for number, link in enumerate(links)
        if link.wiki or is_note_name(link_path(link.target, link.wiki))
    ]


def replace_links(session: Session, note_id: str, links: Sequence[Link]) -> None:
    """Keep exactly these links for a note."""
    session.execute(delete(NoteLink).where(NoteLink.note_id == note_id))
    rows = link_rows(note_id, links)
    if rows:
        session.execute(insert(NoteLink), rows)


def refresh(session: Session, note_id: str, text: str) -> None:
    """Keep the links that a text holds."""
    replace_links(session, note_id, read_note(text).links)


def resolve(session: Session, target: str, from_note_id: str | None = None) -> str | None:
    """Return the id of the note that a wiki link's or Markdown link's target means, or None.

    A target with a path is looked for from the linking note's folder, then from each folder above it. Otherwise,
    and where that fails for a wiki link, by title or file name: in the same notebook first, then the oldest.
    """
    folders = Folders(session)
    start = (
        None
        if from_note_id is None
        else session.scalar(select(Note.notebook_id).where(Note.id == from_note_id))
    )
    found = _resolve(session, folders, target, start)
    return None if found is None else found


def _resolve(session: Session, folders: Folders, target: str, notebook_id: str | None) -> str | None:
    wiki = not is_note_name(target.split("#", 1)[0])
    path = link_path(target.split("|", 1)[0], wiki)
    if not path:
        return None
    rows = _candidates(session, link_key(path))
    if "/" in path or is_note_name(path):
        by_path = _by_path(rows, folders, path, notebook_id)
        if by_path is not None:
            return by_path
    rows.sort(key=lambda row: (row.notebook_id != notebook_id, row.title_key != link_key(path), row.row))
    return rows[0].id if rows else None


def _candidates(session: Session, key: str) -> list[_Candidate]:
    query = select(Note.id, Note.row, Note.notebook_id, Note.title_key, Note.file_name, Note.title).where(
        Note.deleted_at.is_(None), or_(Note.title_key == key, Note.name_key == key)
    )
    return [_Candidate(*row) for row in session.execute(query)]


class _Candidate:
    """A note that a link may mean."""

    def __init__(
        self, note_id: str, row: int, notebook_id: str | None, title_key: str, file_name: str, title: str
    ) -> None:
        self.id, self.row, self.notebook_id = note_id, row, notebook_id
        self.title_key, self.name = title_key, file_name or title


def _by_path(rows: Sequence[_Candidate], folders: Folders, path: str, notebook_id: str | None) -> str | None:
    places = {
        fold(posixpath.join(folders.path(row.notebook_id), _without_ending(row.name))): row.id for row in rows
    }
    folder = folders.path(notebook_id)
    while True:
        wanted = posixpath.normpath(posixpath.join("/", folder, path.lstrip("/")))
        found = places.get(fold(_without_ending(wanted)))
        if found is not None or folder == "/":
            return found
        folder = posixpath.dirname(folder)


def _without_ending(name: str) -> str:
    return name[: name.rindex(".")] if is_note_name(name) else name


class Folders:
    """The folder path of each notebook, as "/" or "/parent/child"."""

    def __init__(self, session: Session) -> None:
        query = select(Notebook.id, Notebook.parent_id, Notebook.folder, Notebook.title)
        self._known = {row.id: (row.parent_id, row.folder or row.title) for row in session.execute(query)}

    def path(self, notebook_id: str | None) -> str:
        """Return the folder path of a notebook; "/" for none."""
        parts: list[str] = []
        while notebook_id is not None and notebook_id in self._known and len(parts) < 100:
            notebook_id, name = self._known[notebook_id]
            parts.append(name)
        return "/" + "/".join(reversed(parts))


def backlinks(session: Session, note_id: str) -> tuple[Backlink, ...]:
    """List the lines of other notes that link to this one, by title and line. Links are resolved as of now."""
    note = session.execute(select(Note.title_key, Note.name_key).where(Note.id == note_id)).one_or_none()
    if note is None:
        return ()
    query = (
        select(NoteLink, Note.title, Note.text, Note.notebook_id, Notebook.title)
        .join(Note, Note.id == NoteLink.note_id)
        .join(Notebook, Notebook.id == Note.notebook_id, isouter=True)
        .where(NoteLink.target_key.in_({note.title_key, note.name_key} - {""}))
        .where(Note.id != note_id, Note.deleted_at.is_(None))
        .order_by(Note.title_key, Note.row, NoteLink.number)
    )
    folders = Folders(session)
    found: list[Backlink] = []
    resolved: dict[tuple[str, str | None], str | None] = {}
    for link, title, text, notebook_id, notebook_title in session.execute(query):
        key = (link.target, notebook_id)
        if key not in resolved:
            resolved[key] = _resolve(session, folders, link.target, notebook_id)
        if resolved[key] == note_id:
            line = text.split("\n")[link.line].rstrip("\r")
            found.append(Backlink(link.note_id, title, notebook_title, line, link.line, link.start, link.end))
    return tuple(found)
