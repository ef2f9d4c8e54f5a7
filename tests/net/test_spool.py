"""The spool of a hub: what was written comes back, what a crash cut off does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.net.codec import Reader
from studydesk.net.spool import Record, Spool

records = st.builds(Record, st.text("abc/", max_size=9), st.text("xyz", max_size=9), st.binary(max_size=200))
ONE, TWO, THREE = (Record("room", "marta", bytes((number,)) * 30) for number in range(3))


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    opened = Spool(tmp_path / "room.spool")
    yield opened
    opened.close()


def again(tmp_path: Path) -> list[Record]:
    """Read the file as the next process would."""
    reopened = Spool(tmp_path / "room.spool")
    try:
        return list(reopened.records())
    finally:
        reopened.close()


@given(st.lists(records, max_size=4))
def test_records_stand_one_behind_the_other(several: list[Record]) -> None:
    reader = Reader(b"".join(record.encode() for record in several))
    for record in several:
        inner = Reader(reader.bytes(1000))
        assert (inner.text(99), inner.text(99)) == (record.name, record.sender)
        assert inner.data[inner.position :] == record.update
    assert not reader.remaining


def test_what_was_appended_is_there_after_the_end_of_the_process(spool: Spool, tmp_path: Path) -> None:
    for record in (ONE, TWO):
        spool.append(record)
    assert again(tmp_path) == [ONE, TWO]
    assert (tmp_path / "room.spool").stat().st_mode & 0o777 == 0o600


def test_a_record_cut_off_by_a_crash_is_dropped_and_the_next_one_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "room.spool"
    for length in range(len(TWO.encode())):
        path.write_bytes(ONE.encode() + TWO.encode()[:length])
        spool = Spool(path)
        assert list(spool.records()) == [ONE]
        spool.append(THREE)
        assert list(spool.records()) == [ONE, THREE]
        spool.close()


def test_the_last_record_can_be_taken_back(spool: Spool, tmp_path: Path) -> None:
    spool.append(ONE)
    spool.append(TWO)
    spool.forget_last()
    spool.append(THREE)
    assert again(tmp_path) == [ONE, THREE]
    assert spool.size == len(ONE.encode() + THREE.encode())


def test_records_are_replaced_and_appending_goes_on(spool: Spool, tmp_path: Path) -> None:
    spool.append(ONE)
    spool.append(TWO)
    spool.replace([THREE])
    spool.append(ONE)
    assert again(tmp_path) == [THREE, ONE]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["room.spool"]


def test_a_closed_spool_can_take_its_file_along(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "room.spool")
    spool.append(ONE)
    spool.close(remove=True)
    assert list(tmp_path.iterdir()) == []
