"""Notes: listing, reading and changing them. Runs in the caller's transaction, on the database thread."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Select, func, select

from studydesk.foundation.changes import Change, Changed, ChangeSet, Kind
from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.foundation.ids import new_id
from studydesk.model import note_links, tags
from studydesk.model.entities import Note, Notebook, NoteVersion, Tag, Tagging
from studydesk.model.note_text import fold, link_key, read_note, with_box, with_title
from studydesk.model.notebook_tree import below as notebooks_below
from studydesk.model.snapshots import Target, inverse_of
from studydesk.model.views.notebook import NoteOrder, NoteRow, NoteView, VersionRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GONE = "That note is not there any more."
VERSION_AGE = timedelta(minutes=10)

_ROW = (Note.id, Note.title, Note.excerpt, Note.updated, Note.pinned, Note.notebook_id)
_ORDERS = {
    NoteOrder.UPDATED: (Note.updated.desc(), Note.row.desc()),
    NoteOrder.CREATED: (Note.created.desc(), Note.row.desc()),
    NoteOrder.TITLE: (Note.title_key, Note.row),
}


def find(session: Session, note_id: str) -> Note:
    """Return the entity of a note. Raises Fault when it is not there."""
    note = session.scalar(select(Note).where(Note.id == note_id))
    if note is None:
        raise Fault(GONE)
    return note


def list_notes(
    session: Session,
    notebook_id: str | None,
    tag: str | None,
    order: NoteOrder,
    limit: int,
    offset: int,
    below: bool,
) -> tuple[NoteRow, ...]:
    """List notes of a notebook, of a tag, or all; pinned ones first."""
    query = select(*_ROW).where(Note.deleted_at.is_(None))
    if notebook_id is not None:
        chosen = notebooks_below(session, notebook_id) if below else [notebook_id]
        query = query.where(Note.notebook_id.in_(chosen))
    if tag is not None:
        carrying = (
            select(Tagging.thing_id)
            .join(Tag, Tag.id == Tagging.tag_id)
            .where(Tagging.kind == Kind.NOTE, Tag.key == fold(tag.lstrip("#")))
        )
        query = query.where(Note.id.in_(carrying))
    return _rows(session, query.order_by(Note.pinned.desc(), *_ORDERS[order]).limit(limit).offset(offset))


def list_trash(session: Session) -> tuple[NoteRow, ...]:
    """List deleted notes, the last deleted first."""
    query = select(*_ROW).where(Note.deleted_at.is_not(None)).order_by(Note.deleted_at.desc(), Note.row)
    return _rows(session, query)


def titles(session: Session, prefix: str, limit: int) -> tuple[NoteRow, ...]:
    """List notes whose title holds these words, those that begin with them first."""
    escaped = fold(prefix).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    query = (
        select(*_ROW)
        .where(Note.deleted_at.is_(None), Note.title_key.like(f"%{escaped}%", escape="\\"))
        .order_by(Note.title_key.like(f"{escaped}%", escape="\\").desc(), func.length(Note.title), Note.row)
        .limit(limit)
    )
    return _rows(session, query)


def _rows(session: Session, query: Select[str, str, str, datetime, bool, str | None]) -> tuple[NoteRow, ...]:
    found = session.execute(query).all()
    names = tags.tags_of(session, Kind.NOTE, [row.id for row in found])
    return tuple(
        NoteRow(note_id, title, excerpt, updated, pinned, notebook_id, names.get(note_id, ()))
        for note_id, title, excerpt, updated, pinned, notebook_id in found
    )


def note(session: Session, note_id: str) -> NoteView:
    """Return one note with its text."""
    return view(session, find(session, note_id))


def view(session: Session, entity: Note) -> NoteView:
    """Return the view of a note."""
    notebook = None if entity.notebook_id is None else session.get(Notebook, entity.notebook_id)
    names = tags.tags_of(session, Kind.NOTE, [entity.id]).get(entity.id, ())
    return NoteView(
        entity.id,
        entity.title,
        entity.text,
        entity.created,
        entity.updated,
        entity.pinned,
        entity.notebook_id,
        None if notebook is None else notebook.title,
        names,
        entity.deleted_at,
    )


def new_note(
    session: Session, clock: Clock, title: str, text: str, notebook_id: str | None
) -> Changed[NoteView]:
    """Make a note; with a title and no text it begins with that title as its heading."""
    if notebook_id is not None and session.get(Notebook, notebook_id) is None:
        raise Fault("That notebook is not there any more.")
    now, title = clock.now(), " ".join(title.split())
    if title and not text:
        text = f"# {title}\n\n"
    entity = Note(id=new_id(clock), title=title, text="", notebook_id=notebook_id, created=now, updated=now)
    inverse = inverse_of(session, "New note", [Target(Note, entity.id, Kind.NOTE)])
    _put_text(entity, text)
    if title and not read_note(text).heading:
        _put_title(entity, title)
    session.add(entity)
    session.flush()
    _follow_text(session, entity)
    changes = ChangeSet("New note", (Change(Kind.NOTE, entity.id, "added"),), inverse)
    return Changed(view(session, entity), changes)


def save_text(session: Session, clock: Clock, note_id: str, text: str, run: str) -> Changed[NoteView]:
    """Keep the text of a note; title, tags and links follow it."""
    entity = find(session, note_id)
    if text == entity.text:
        return Changed(view(session, entity), ChangeSet("Write note"))
    _keep_version(session, clock, entity, run)
    _put_text(entity, text)
    entity.updated = clock.now()
    session.flush()
    _follow_text(session, entity)
    return Changed(view(session, entity), ChangeSet("Write note", (Change(Kind.NOTE, note_id),)))


def rename(session: Session, clock: Clock, note_id: str, title: str) -> Changed[NoteView]:
    """Give a note another title, where its text has one there."""
    entity, title = find(session, note_id), " ".join(title.split())
    if not title:
        raise Fault("A note needs a title.")
    inverse = inverse_of(session, "Rename note", [Target(Note, note_id, Kind.NOTE)])
    text = with_title(entity.text, title)
    if text is not None:
        _put_text(entity, text)
    _put_title(entity, title)
    entity.updated = clock.now()
    session.flush()
    _follow_text(session, entity)
    return Changed(view(session, entity), ChangeSet("Rename note", (Change(Kind.NOTE, note_id),), inverse))


def move(session: Session, note_id: str, notebook_id: str | None) -> Changed[NoteView]:
    """Put a note into another notebook, or into none."""
    if notebook_id is not None and session.get(Notebook, notebook_id) is None:
        raise Fault("That notebook is not there any more.")
    return _alter(session, note_id, "Move note", notebook_id=notebook_id)


def pin(session: Session, note_id: str, pinned: bool) -> Changed[NoteView]:
    """Pin or unpin a note."""
    return _alter(session, note_id, "Pin note" if pinned else "Unpin note", pinned=pinned)


def delete(session: Session, clock: Clock, note_id: str) -> Changed[NoteView]:
    """Put a note into the trash."""
    return _alter(session, note_id, "Delete note", "removed", deleted_at=clock.now())


def restore(session: Session, note_id: str) -> Changed[NoteView]:
    """Take a note out of the trash."""
    return _alter(session, note_id, "Restore note", "added", deleted_at=None)


def _alter(
    session: Session, note_id: str, label: str, action: str = "altered", **values: object
) -> Changed[NoteView]:
    entity = find(session, note_id)
    inverse = inverse_of(session, label, [Target(Note, note_id, Kind.NOTE)])
    for field, value in values.items():
        setattr(entity, field, value)
    session.flush()
    return Changed(view(session, entity), ChangeSet(label, (Change(Kind.NOTE, note_id, action),), inverse))


def versions(session: Session, note_id: str) -> tuple[VersionRow, ...]:
    """List earlier texts of a note, newest first."""
    query = select(NoteVersion).where(NoteVersion.note_id == note_id).order_by(NoteVersion.at.desc())
    return tuple(
        VersionRow(version.id, version.at, version.title, version.text, len(version.text))
        for version in session.scalars(query.order_by(NoteVersion.id.desc()))
    )


def tick_task(
    session: Session, clock: Clock, note_id: str, line: int, checked: bool, run: str
) -> Changed[NoteView]:
    """Set the task box on a line."""
    text = with_box(find(session, note_id).text, line, checked)
    if text is None:
        raise Fault("There is no box on that line.")
    inverse = inverse_of(session, "Tick task", [Target(Note, note_id, Kind.NOTE)])
    saved = save_text(session, clock, note_id, text, run)
    return Changed(saved.value, ChangeSet("Tick task", saved.changes.changes, inverse))


def _keep_version(session: Session, clock: Clock, entity: Note, run: str) -> None:
    """Keep the text before, unless this run kept one less than ten minutes ago."""
    last = session.scalar(
        select(NoteVersion).where(NoteVersion.note_id == entity.id).order_by(NoteVersion.at.desc()).limit(1)
    )
    now = clock.now()
    if not entity.text or (last is not None and last.run == run and now - last.at < VERSION_AGE):
        return
    session.add(
        NoteVersion(
            id=new_id(clock), note_id=entity.id, at=now, title=entity.title, text=entity.text, run=run
        )
    )


def _put_text(entity: Note, text: str) -> None:
    """Set the text, and the title that follows it: front matter, first heading, or the first line it followed."""
    before, facts = read_note(entity.text), read_note(text)
    entity.text, entity.excerpt = text, facts.excerpt
    if facts.heading:
        _put_title(entity, facts.heading)
    elif not entity.title or entity.title in (before.heading, before.first_line):
        _put_title(entity, facts.first_line)


def _put_title(entity: Note, title: str) -> None:
    entity.title, entity.title_key = title, link_key(title)


def _follow_text(session: Session, entity: Note) -> None:
    facts = read_note(entity.text)
    tags.set_tags(session, Kind.NOTE, entity.id, facts.tags)
    note_links.replace_links(session, entity.id, facts.links)
