"""Signed entries: what one desk writes another verifies, and forgeries are known as such."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studydesk.foundation.clock import ManualClock
from studydesk.net.identity import Identity
from studydesk.net.membership import Membership, found_room, grant_membership
from studydesk.net.statement import StatementFault, room_id
from studydesk.services.room import entries as entries_module
from studydesk.services.room.documents import Documents
from studydesk.services.room.entries import EntryBook, log_author, read_entry


class Side:
    """One desk of a room, without store or network."""

    def __init__(self, identity: Identity, room: str, clock: ManualClock) -> None:
        self.updates: list[tuple[str, bytes]] = []
        self.identity = identity
        self.documents = Documents(lambda name, update, local: self.updates.append((name, update)))
        self.book = EntryBook(room, identity, self.documents, clock)

    def slip_in(self, name: str, *raws: object) -> None:
        """Put something into a log past the book, as a forger would."""
        with self.documents.change(name):
            for raw in raws:
                self.documents.array(name, "entries").append(raw)

    def give_to(self, other: Side) -> None:
        for name, update in self.updates:
            other.documents.receive(name, update)


@pytest.fixture
def people(tmp_path: Path, clock: ManualClock) -> tuple[Membership, Side, Side]:
    marta = Identity.load_or_create(tmp_path / "marta", clock)
    ines = Identity.load_or_create(tmp_path / "ines", clock)
    founding = found_room(marta, "SQL", "Marta", 1)
    room = room_id(founding)
    grant = grant_membership(marta, room, ines.public_keys, "Inès", "member", 2)
    membership = Membership.resolve(founding, [grant])
    return membership, Side(marta, room, clock), Side(ines, room, clock)


def test_an_entry_written_by_one_is_verified_by_the_other(people: tuple[Membership, Side, Side]) -> None:
    membership, marta, ines = people
    marta.book.write("message", {"text": "Draw the row that would get lost."})
    marta.give_to(ines)
    (entry,) = ines.book.scan(membership, ines.documents.documents())
    assert (entry.text, entry.verified) == ("Draw the row that would get lost.", True)
    assert ines.book.scan(membership, ines.documents.documents()) == []


def test_entries_are_numbered_chained_and_later_than_what_was_seen(
    people: tuple[Membership, Side, Side],
) -> None:
    membership, marta, ines = people
    first = marta.book.write("message", {"text": "1"})
    second = marta.book.write("message", {"text": "2"})
    assert (first.seq, second.seq) == (0, 1)
    assert second.prev == first.statement.digest
    marta.give_to(ines)
    ines.book.scan(membership, ines.documents.documents())
    assert ines.book.write("message", {"text": "3"}).lamport > second.lamport


def test_an_altered_entry_is_shown_as_forged(people: tuple[Membership, Side, Side]) -> None:
    membership, marta, ines = people
    marta.book.write("message", {"text": "yes"})
    raw = marta.documents.array(f"log/{marta.identity.device}/0", "entries")[0]
    forged = json.loads(raw)
    forged["body"]["body"]["text"] = "no"
    ines.slip_in(f"log/{marta.identity.device}/0", json.dumps(forged))
    (entry,) = ines.book.scan(membership, ines.documents.documents())
    assert (entry.text, entry.verified) == ("no", False)


def test_an_entry_in_the_log_of_another_is_forged(people: tuple[Membership, Side, Side]) -> None:
    membership, marta, ines = people
    entry = ines.book.write("message", {"text": "I am Marta"})
    name = f"log/{marta.identity.device}/0"
    marta.slip_in(name, entry.statement.text())
    (seen,) = marta.book.scan(membership, [name])
    assert not seen.verified


def test_a_second_entry_with_the_same_number_is_forged(people: tuple[Membership, Side, Side]) -> None:
    membership, marta, ines = people
    first = marta.book.write("message", {"text": "first"})
    body = dict(first.statement.body) | {"body": {"text": "instead"}}
    again = marta.identity.sign(body)
    marta.slip_in(f"log/{marta.identity.device}/0", again.text())
    marta.give_to(ines)
    seen = ines.book.scan(membership, ines.documents.documents())
    assert [entry.text for entry in seen if entry.verified] == ["first"]
    assert [entry.text for entry in seen if not entry.verified] == ["instead"]


def test_entries_of_an_unknown_author_wait_for_the_membership(people: tuple[Membership, Side, Side]) -> None:
    membership, marta, ines = people
    ines.book.write("message", {"text": "hello"})
    ines.give_to(marta)
    alone = Membership.resolve(membership.founding, [])
    names = marta.documents.documents()
    assert marta.book.scan(alone, names) == []
    assert [entry.text for entry in marta.book.scan(membership, names)] == ["hello"]


def test_rubbish_in_a_log_is_passed_over(people: tuple[Membership, Side, Side]) -> None:
    membership, marta, ines = people
    name = f"log/{marta.identity.device}/0"
    ines.slip_in(name, "", "{}", "[1]", '{"body":{},"by":"x","key":"y","sig":"z"}', 7)
    assert ines.book.scan(membership, [name]) == []


def test_a_book_that_remembers_goes_on_numbering_where_it_was(
    people: tuple[Membership, Side, Side], clock: ManualClock
) -> None:
    membership, marta, _ = people
    kept = [(marta.book.write("message", {"text": str(n)}).statement.text(), True) for n in range(3)]
    again = EntryBook(membership.room, marta.identity, marta.documents, clock)
    again.remember(kept)
    assert again.write("message", {"text": "4"}).seq == 3


def test_a_log_goes_on_in_another_segment_when_it_is_full(
    people: tuple[Membership, Side, Side], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries_module, "SEGMENT", 2)
    _, marta, _ = people
    for number in range(5):
        marta.book.write("message", {"text": str(number)})
    assert sorted(marta.documents.documents()) == [f"log/{marta.identity.device}/{n}" for n in range(3)]


@pytest.mark.parametrize(
    ("document", "known"),
    [
        ("log/" + "a" * 32 + "/0", True),
        ("log/" + "a" * 32 + "/01", False),
        ("log/" + "A" * 32 + "/0", False),
        ("board/x", False),
    ],
)
def test_only_log_documents_have_an_author(document: str, known: bool) -> None:
    assert (log_author(document) is not None) == known


def test_something_that_is_no_entry_is_refused() -> None:
    with pytest.raises(StatementFault):
        read_entry('{"body":{"kind":"message"},"by":"a","key":"b","sig":"c"}')
