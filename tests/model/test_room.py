"""What is kept of rooms: logs in order, entries once, pins that hold."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydesk.foundation.errors import Fault
from studydesk.model import room
from studydesk.model.database import Database
from studydesk.model.room_records import EntryRecord, PeerRecord, RoomRecord
from tests.model.store import opened, run

NUMBERS = itertools.count()
NOW = datetime(2026, 1, 5, tzinfo=UTC)
ROOM = RoomRecord("r", "SQL", "{}", "facilitator", NOW, addresses=("10.0.0.1:4444",))


@pytest.fixture
def database(desk_dir: Path) -> Iterator[Database]:
    with opened(desk_dir) as database:
        run(database, lambda session: room.add_room(session, ROOM))
        yield database


def entry(author: str, seq: int, lamport: int, kind: str = "message") -> EntryRecord:
    name = f"{author}{seq}"
    return EntryRecord(name, "r", author, seq, "", lamport, 5, kind, "{}", True, "{}", NOW, "words")


def test_a_room_is_kept_as_it_was_given_and_once(database: Database) -> None:
    assert run(database, lambda session: room.room(session, "r")) == ROOM
    other = replace(ROOM, name="Other")
    assert run(database, lambda session: room.add_room(session, other)) == ROOM
    assert run(database, room.rooms) == [ROOM]


def test_what_was_read_never_goes_back(database: Database) -> None:
    run(database, lambda session: room.update_room(session, "r", last_read=9, archived=True))
    changed = run(database, lambda session: room.update_room(session, "r", last_read=3, addresses=["a:1"]))
    assert (changed.last_read, changed.archived, changed.addresses) == (9, True, ("a:1",))
    assert run(database, lambda session: room.rooms(session, archived=False)) == []
    with pytest.raises(Fault, match="not on this desk"):
        run(database, lambda session: room.update_room(session, "x", last_read=1))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(st.binary(min_size=1, max_size=4), min_size=1, max_size=6),
    after=st.lists(st.binary(min_size=1, max_size=4), max_size=4),
    cut=st.integers(0, 9),
)
def test_compacting_keeps_order_and_what_came_later(
    database: Database, before: list[bytes], after: list[bytes], cut: int
) -> None:
    number = next(NUMBERS)
    name, other = f"note/{number}", f"board/{number}"
    run(database, lambda session: room.append_updates(session, "r", other, [b"other"]))
    run(database, lambda session: room.append_updates(session, "r", name, before))
    log = run(database, lambda session: room.load_updates(session, "r", name))
    up_to = log[min(cut, len(log) - 1)][0]
    kept = [data for sequence, data in log if sequence > up_to]
    run(database, lambda session: room.compact(session, "r", name, b"merged", up_to))
    last = run(database, lambda session: room.append_updates(session, "r", name, after))
    now = run(database, lambda session: room.load_updates(session, "r", name))
    assert [data for _, data in now] == [b"merged", *kept, *after]
    assert last == (now[-1][0] if after else 0)
    assert [data for _, data in run(database, lambda s: room.load_updates(s, "r", other))] == [b"other"]


def test_documents_are_those_that_hold_an_update(database: Database) -> None:
    run(database, lambda session: room.append_updates(session, "r", "room", [b"1", b"2"]))
    run(database, lambda session: room.append_updates(session, "r", "board/1", [b"1"]))
    assert run(database, lambda session: room.documents(session, "r")) == ["board/1", "room"]


def test_an_entry_is_kept_once_and_the_first_stays(database: Database) -> None:
    first = entry("a", 0, 1)
    forged = replace(first, id="other", body='{"x":1}')
    assert run(database, lambda session: room.add_entries(session, [first, first, entry("b", 0, 1)])) == [
        first,
        entry("b", 0, 1),
    ]
    assert run(database, lambda session: room.add_entries(session, [forged, replace(first, seq=7)])) == []
    assert first in run(database, lambda session: room.entries(session, "r"))


def test_entries_are_read_oldest_first_in_pages(database: Database) -> None:
    written = [entry("b", 1, 3), entry("a", 0, 1), entry("b", 0, 1, "membership"), entry("a", 1, 2)]
    run(database, lambda session: room.add_entries(session, written))
    names = [one.id for one in run(database, lambda session: room.entries(session, "r"))]
    assert names == ["a0", "b0", "a1", "b1"]
    page = run(database, lambda session: room.entries(session, "r", limit=2))
    assert [one.id for one in page] == ["a1", "b1"]
    older = run(database, lambda session: room.entries(session, "r", limit=2, before=page[0]))
    assert [one.id for one in older] == ["a0", "b0"]
    messages = run(database, lambda session: room.entries(session, "r", ["message"]))
    assert [one.id for one in messages] == ["a0", "a1", "b1"]


def test_a_changed_pin_is_refused_and_empty_fields_leave_what_is_known(database: Database) -> None:
    known = PeerRecord("p", "Marta", '{"tls":"k"}', "aa", ("h:1",), NOW)
    run(database, lambda session: room.upsert_peer(session, known))
    assert run(database, lambda session: room.upsert_peer(session, PeerRecord("p"))) == known
    with pytest.raises(Fault, match="another certificate"):
        run(database, lambda session: room.upsert_peer(session, PeerRecord("p", fingerprint="bb")))
    assert run(database, room.peers) == [known]


def test_removing_a_room_removes_all_of_it(database: Database) -> None:
    run(database, lambda session: room.append_updates(session, "r", "room", [b"1"]))
    run(database, lambda session: room.add_entries(session, [entry("a", 0, 1)]))
    run(database, lambda session: room.remove_room(session, "r"))
    assert run(database, lambda session: room.documents(session, "r")) == []
    assert run(database, lambda session: room.entries(session, "r")) == []
