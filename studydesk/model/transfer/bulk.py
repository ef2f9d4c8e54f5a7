"""Writing many rows at once. Bulk inserts of SQLAlchemy Core are ten times as quick as the ORM's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from studydesk.foundation.changes import Kind
from studydesk.model.entities import Entity, Note, NoteLink, Tagging
from studydesk.model.note_links import link_rows
from studydesk.model.note_text import NoteFacts, clean_tag, fold, link_key, read_note
from studydesk.model.tags import tag_ids
from studydesk.model.transfer.records import Row, table_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BATCH = 500


@dataclass(frozen=True)
class NewNote:
    """A note about to be written, with what its text says."""

    id: str
    title: str
    text: str
    facts: NoteFacts
    notebook_id: str | None
    created: datetime
    updated: datetime
    file_name: str = ""
    pinned: bool = False


def new_note(
    note_id: str,
    text: str,
    notebook_id: str | None,
    created: datetime,
    updated: datetime,
    file_name: str = "",
    title: str | None = None,
    pinned: bool = False,
) -> NewNote:
    """Read a text and make the note of it; without `title` it follows the text, else the file's name."""
    facts = read_note(text)
    stem = file_name.rsplit(".", 1)[0] if "." in file_name else file_name
    shown = title if title is not None else facts.heading or " ".join(stem.split()) or facts.first_line
    return NewNote(note_id, shown, text, facts, notebook_id, created, updated, file_name, pinned)


def add_notes(session: Session, notes: Sequence[NewNote]) -> None:
    """Write notes with their tags and links."""
    if not notes:
        return
    session.execute(insert(table_of(Note)), [_note_row(note) for note in notes])
    links = [row for note in notes for row in link_rows(note.id, note.facts.links)]
    if links:
        session.execute(insert(table_of(NoteLink)), links)
    add_tags(session, Kind.NOTE, {note.id: note.facts.tags for note in notes})


def _note_row(note: NewNote) -> Row:
    name = note.file_name
    return {
        "id": note.id,
        "title": note.title,
        "text": note.text,
        "notebook_id": note.notebook_id,
        "created": note.created,
        "updated": note.updated,
        "pinned": note.pinned,
        "deleted_at": None,
        "file_name": name,
        "title_key": link_key(note.title),
        "name_key": link_key(name) if name else "",
        "excerpt": note.facts.excerpt,
    }


def add_tags(session: Session, kind: Kind, tagged: Mapping[str, Sequence[str]]) -> None:
    """Give tags to things that have none yet."""
    cleaned = {
        thing_id: list(dict.fromkeys(name for raw in names if (name := clean_tag(raw))))
        for thing_id, names in tagged.items()
    }
    ids = tag_ids(session, [name for names in cleaned.values() for name in names])
    rows = [
        {"kind": kind, "thing_id": thing_id, "number": number, "tag_id": tag_id}
        for thing_id, names in cleaned.items()
        for number, tag_id in enumerate(dict.fromkeys(ids[fold(name)] for name in names))
    ]
    if rows:
        session.execute(insert(table_of(Tagging)), rows)


def add_rows(session: Session, entity: type[Entity], rows: Sequence[Row]) -> None:
    """Write rows of one entity; one that stands in the way of what is there already is left out."""
    for start in range(0, len(rows), BATCH):
        statement = sqlite_insert(table_of(entity)).on_conflict_do_nothing()
        session.execute(statement, rows[start : start + BATCH])


def known_ids(session: Session, entity: type[Entity], ids: Iterable[str], key: str = "id") -> set[str]:
    """Return which of these ids are there already."""
    column, wanted = table_of(entity).c[key], list(ids)
    found: set[str] = set()
    for start in range(0, len(wanted), BATCH):
        found.update(session.scalars(select(column).where(column.in_(wanted[start : start + BATCH]))))
    return found
