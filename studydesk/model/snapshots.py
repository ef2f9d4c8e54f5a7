"""Taking commands back: rows as they were before, put back as they were.

A command names the rows that it will touch, parents before what depends on them. Their state is kept, and
the inverse writes it back; doing so it keeps the state that it found, which does the command again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, delete, insert, select, update

from studydesk.foundation.changes import Change, ChangeSet, Inverse, Kind
from studydesk.model import tags
from studydesk.model.entities import Entity, Note

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TAGGED = (Kind.NOTE, Kind.RESOURCE, Kind.CARD, Kind.TASK)


@dataclass(frozen=True)
class Target:
    """A row that a command touches, by its id. `kind` is told to views; None for rows that belong to another."""

    entity: type[Entity]
    id: str
    kind: Kind | None = None

    @property
    def table(self) -> Table:
        return cast(Table, self.entity.__table__)


@dataclass(frozen=True)
class _State:
    """How a row stood: its columns (None when it was not there) and its tags."""

    target: Target
    values: dict[str, object] | None
    tags: tuple[str, ...] = ()


def inverse_of(session: Session, label: str, targets: Sequence[Target]) -> Inverse:
    """Keep how these rows stand now. Running the inverse puts them back so, in one transaction."""
    session.flush()
    states = tuple(_read(session, target) for target in targets)
    return Inverse(label, lambda later: _put_back(later, label, states))


def _read(session: Session, target: Target) -> _State:
    table = target.table
    row = session.execute(select(table).where(table.c.id == target.id)).mappings().one_or_none()
    if row is None:
        return _State(target, None)
    names: tuple[str, ...] = ()
    if target.kind in TAGGED:
        names = tags.tags_of(session, target.kind, [target.id]).get(target.id, ())
    return _State(target, {str(key): value for key, value in row.items()}, names)


def _put_back(session: Session, label: str, states: Sequence[_State]) -> ChangeSet:
    again = inverse_of(session, label, [state.target for state in states])
    there = {state.target: _exists(session, state.target) for state in states}
    for state in states:
        if state.values is not None:
            _write(session, state, there[state.target])
    for state in reversed(states):
        if state.values is None and there[state.target]:
            _remove(session, state.target)
    changes = tuple(
        Change(state.target.kind, state.target.id, _action(state, there[state.target]))
        for state in states
        if state.target.kind is not None
    )
    return ChangeSet(label, changes, again)


def _exists(session: Session, target: Target) -> bool:
    return (
        session.execute(select(target.table.c.id).where(target.table.c.id == target.id)).first() is not None
    )


def _write(session: Session, state: _State, there: bool) -> None:
    table, values = state.target.table, state.values or {}
    if there:
        session.execute(update(table).where(table.c.id == state.target.id).values(values))
    else:
        session.execute(insert(table).values(values))
    if state.target.kind in TAGGED:
        tags.set_tags(session, state.target.kind, state.target.id, state.tags)
    if state.target.entity is Note:
        from studydesk.model import note_links

        note_links.refresh(session, state.target.id, str(values["text"]))


def _remove(session: Session, target: Target) -> None:
    if target.kind in TAGGED:
        tags.drop_tags(session, target.kind, target.id)
    session.execute(delete(target.table).where(target.table.c.id == target.id))


def _action(state: _State, there: bool) -> str:
    if state.values is None:
        return "removed"
    return "altered" if there else "added"
