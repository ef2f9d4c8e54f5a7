"""Search over everything that has text: one FTS5 index, which triggers keep in step (see the first migration).

A row of the index is known by `row * 16 + number of its table`; the texts stand in the tables alone. Where many
match, ranking all of them would be slow; then the newest stand first, those with a hit in the title before them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, literal, select, text

from studydesk.foundation.changes import Kind
from studydesk.model.entities import Card, Entry, Goal, Note, Resource, Room, StudySession, Task
from studydesk.model.entities.base import Searched
from studydesk.model.snippets import snippet
from studydesk.model.views.search import Hit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CANDIDATES = 2000
WORD_LIMIT = 16
_TITLE_WEIGHT = 8.0


@dataclass(frozen=True)
class _Table:
    """How a kind of thing is searched: its number in the index, and what a hit shows of it."""

    number: int
    kind: Kind
    entity: type[Searched]
    shown: Callable[[], Select[int, str, str, str, datetime]]


_Shown = Select[int, str, str, str, datetime]


def _columns(entity: Any, title: Any, body: Any, when: Any) -> _Shown:
    return select(entity.row, entity.id, title, body, when)


def _entry_columns() -> _Shown:
    at = Entry.received_at
    return select(Entry.row, Entry.id, Room.name, Entry.text, at).join(Room, Room.id == Entry.room_id)


_TABLES = (
    _Table(0, Kind.NOTE, Note, lambda: _columns(Note, Note.title, Note.text, Note.updated)),
    _Table(
        1,
        Kind.RESOURCE,
        Resource,
        lambda: _columns(
            Resource,
            Resource.title,
            Resource.author
            + literal(" ")
            + Resource.url
            + literal(" ")
            + Resource.notes
            + literal(" ")
            + Resource.text,
            Resource.added,
        ),
    ),
    _Table(2, Kind.CARD, Card, lambda: _columns(Card, Card.front, Card.back, Card.created)),
    _Table(3, Kind.TASK, Task, lambda: _columns(Task, Task.title, Task.notes, Task.created)),
    _Table(
        4,
        Kind.SESSION,
        StudySession,
        lambda: _columns(
            StudySession,
            StudySession.title,
            StudySession.place + literal(" ") + StudySession.with_whom + literal(" ") + StudySession.notes,
            StudySession.start,
        ),
    ),
    _Table(5, Kind.GOAL, Goal, lambda: _columns(Goal, Goal.title, Goal.notes, Goal.created)),
    _Table(6, Kind.ENTRY, Entry, _entry_columns),
)
_BY_NUMBER = {table.number: table for table in _TABLES}
_BY_KIND = {table.kind: table for table in _TABLES}

_FEW = text("SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH :words LIMIT :most)")
_RANKED = text(
    "SELECT rowid, bm25(search, :weight, 1.0) AS score FROM search WHERE search MATCH :words"
    " AND (:number < 0 OR rowid % 16 = :number) ORDER BY score, rowid DESC LIMIT :limit"
)
_NEWEST = text(
    "SELECT rowid FROM search WHERE search MATCH :words AND (:number < 0 OR rowid % 16 = :number)"
    " ORDER BY rowid DESC LIMIT :limit"
)
_MATCHING = text("SELECT rowid FROM search WHERE search MATCH :words AND rowid % 16 = :number LIMIT :limit")


@dataclass(frozen=True)
class Query:
    """What was typed: its words as the index splits them, and whether the last is still open."""

    words: tuple[str, ...]
    last_open: bool

    def match(self, column: str = "") -> str:
        """Return the FTS5 expression; each word is quoted, so that no sign has a meaning."""
        quoted = [f'"{word}"' for word in self.words]
        if self.last_open:
            quoted[-1] += " *"
        return f"{{{column}}} : ({' AND '.join(quoted)})" if column else " AND ".join(quoted)


def read_query(typed: str) -> Query:
    """Split what was typed into words of letters and digits; the last is open unless white space follows it."""
    found = re.findall(r"[^\W_]+", "".join(map(_plain_sign, unicodedata.normalize("NFC", typed))))
    words = tuple(word[:64] for word in found[:WORD_LIMIT])
    return Query(words, bool(words) and not typed[-1:].isspace() and len(found) <= WORD_LIMIT)


def _plain_sign(sign: str) -> str:
    """Let through what FTS5's unicode61 takes for a part of a word: letters, digits, marks, private use."""
    category = unicodedata.category(sign)
    return sign if category[0] in "LN" or category in ("Co", "Mn", "Mc") else " "


def search(session: Session, typed: str, kind: Kind | str | None = None, limit: int = 20) -> tuple[Hit, ...]:
    """Find what holds all the words typed, best first. Never fails on what is typed."""
    query = read_query(typed)
    table = None if kind is None else _BY_KIND.get(Kind(kind)) if kind in set(Kind) else None
    if not query.words or limit <= 0 or (kind is not None and table is None):
        return ()
    number = -1 if table is None else table.number
    return _hits(session, _best(session, query, number, limit), query)


def matching_rows(session: Session, typed: str, kind: Kind, most: int = 10_000) -> list[int]:
    """Return the integer keys of the things of one kind that hold all the words, in no order."""
    query, number = read_query(typed), _BY_KIND[kind].number
    if not query.words:
        return []
    found = session.execute(_MATCHING, {"words": query.match(), "number": number, "limit": most})
    return [rowid // 16 for (rowid,) in found]


def _best(session: Session, query: Query, number: int, limit: int) -> list[int]:
    """Return the best rows: those with all the words in the title, then the others."""
    few = session.execute(_FEW, {"words": query.match(), "most": CANDIDATES + 1}).scalar_one() <= CANDIDATES
    best: dict[int, None] = {}
    for words in (query.match("title"), query.match()):
        if len(best) < limit:
            wanted = {"words": words, "number": number, "limit": limit + len(best)}
            statement = _RANKED.bindparams(weight=_TITLE_WEIGHT) if few else _NEWEST
            best.update(dict.fromkeys(row[0] for row in session.execute(statement, wanted)))
    return list(best)[:limit]


def _hits(session: Session, rowids: Sequence[int], query: Query) -> tuple[Hit, ...]:
    """Read what is shown of these rows, in their order."""
    found: dict[int, Hit] = {}
    for number in {rowid % 16 for rowid in rowids}:
        table = _BY_NUMBER[number]
        rows = [rowid // 16 for rowid in rowids if rowid % 16 == number]
        for row, thing_id, title, body, when in session.execute(
            table.shown().where(table.entity.row.in_(rows))
        ):
            found[row * 16 + number] = _hit(table.kind, thing_id, title, body, when, query)
    return tuple(found[rowid] for rowid in rowids if rowid in found)


def _hit(kind: Kind, thing_id: str, title: str, body: str, when: datetime, query: Query) -> Hit:
    return Hit(str(kind), thing_id, title, snippet(body, query.words, query.last_open), when)
