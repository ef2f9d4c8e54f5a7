"""Tags on notes, resources, cards and tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from studydesk.foundation.changes import Kind
from studydesk.foundation.ids import new_id
from studydesk.model.entities import Note, Tag, Tagging
from studydesk.model.note_text import clean_tag, fold
from studydesk.model.views.notebook import TagCount

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def tag_ids(session: Session, names: Iterable[str]) -> dict[str, str]:
    """Return {folded name: tag id} for these names, making those that are new."""
    wanted = {fold(name): name for name in names}
    if not wanted:
        return {}
    made = [{"id": new_id(), "name": name, "key": key} for key, name in wanted.items()]
    session.execute(sqlite_insert(Tag).on_conflict_do_nothing(), made)
    found: dict[str, str] = {}
    keys = list(wanted)
    for start in range(0, len(keys), 500):
        query = select(Tag.key, Tag.id).where(Tag.key.in_(keys[start : start + 500]))
        found.update(dict(session.execute(query).all()))
    return found


def set_tags(session: Session, kind: Kind, thing_id: str, names: Sequence[str]) -> tuple[str, ...]:
    """Give a thing exactly these tags, in this order; return them cleaned, each once."""
    chosen = {fold(name): name for raw in reversed(names) if (name := clean_tag(raw))}
    ordered = dict(reversed(chosen.items()))
    drop_tags(session, kind, thing_id)
    ids = tag_ids(session, ordered.values())
    rows = [
        {"kind": kind, "thing_id": thing_id, "number": number, "tag_id": ids[key]}
        for number, key in enumerate(ordered)
    ]
    if rows:
        session.execute(insert(Tagging), rows)
    return tuple(ordered.values())


def drop_tags(session: Session, kind: Kind, thing_id: str) -> None:
    """Take all tags from a thing."""
    session.execute(delete(Tagging).where(Tagging.kind == kind, Tagging.thing_id == thing_id))


def tags_of(session: Session, kind: Kind, thing_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the tags of things as {id: names}; things without tags are missing."""
    found: dict[str, list[str]] = {}
    for start in range(0, len(thing_ids), 500):
        query = (
            select(Tagging.thing_id, Tag.name)
            .join(Tag, Tag.id == Tagging.tag_id)
            .where(Tagging.kind == kind, Tagging.thing_id.in_(thing_ids[start : start + 500]))
            .order_by(Tagging.thing_id, Tagging.number)
        )
        for thing_id, name in session.execute(query):
            found.setdefault(thing_id, []).append(name)
    return {thing_id: tuple(names) for thing_id, names in found.items()}


def counts(session: Session, kind: Kind) -> tuple[TagCount, ...]:
    """Count the things of a kind that carry each tag, by name; notes in the trash don't count."""
    query = (
        select(Tag.name, func.count())
        .join(Tagging, Tagging.tag_id == Tag.id)
        .where(Tagging.kind == kind)
        .group_by(Tag.id)
        .order_by(Tag.key)
    )
    if kind is Kind.NOTE:
        query = query.join(Note, Note.id == Tagging.thing_id).where(Note.deleted_at.is_(None))
    return tuple(TagCount(name, count) for name, count in session.execute(query))


def matching(session: Session, prefix: str, limit: int) -> tuple[TagCount, ...]:
    """List tags that begin with `prefix`, the most used first."""
    escaped = fold(prefix.lstrip("#")).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    uses = func.count(Tagging.tag_id)
    query = (
        select(Tag.name, uses)
        .join(Tagging, Tagging.tag_id == Tag.id)
        .where(Tag.key.like(f"{escaped}%", escape="\\"))
        .group_by(Tag.id)
        .order_by(uses.desc(), Tag.key)
        .limit(limit)
    )
    return tuple(TagCount(name, count) for name, count in session.execute(query))
