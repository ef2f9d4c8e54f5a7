"""Presence: its encoding, and whose word counts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.net.awareness import (
    GONE,
    MAX_IDS_A_CHANNEL,
    Presence,
    PresenceTable,
    decode_presence,
    encode_presence,
)
from studydesk.net.codec import CodecFault, write_text, write_uint

HERE = '{"at":1}'
numbers = st.integers(0, 2**53 - 1)
states = st.just(GONE) | st.dictionaries(st.text("abc"), st.integers() | st.booleans()).map(json.dumps)
entries = st.lists(st.builds(Presence, numbers, numbers, states), max_size=6)


@given(entries)
def test_presence_comes_back(said: list[Presence]) -> None:
    assert decode_presence(encode_presence(said)) == said


@given(entries, st.data())
def test_altered_bytes_raise_a_codec_fault_and_nothing_else(
    said: list[Presence], data: st.DataObject
) -> None:
    raw = bytearray(encode_presence(said))
    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        decode_presence(bytes(raw))
    except CodecFault:
        return


@pytest.mark.parametrize("state", ["", "nul", "NaN", '{"x":Infinity}', "[" * 5000, "{" + "x" * 20_000])
def test_a_state_that_javascript_cannot_read_is_refused(state: str) -> None:
    with pytest.raises(CodecFault):
        decode_presence(write_uint(1) + write_uint(5) + write_uint(1) + write_text(state))


def test_more_entries_than_allowed_are_refused_before_they_are_read() -> None:
    with pytest.raises(CodecFault):
        decode_presence(write_uint(2**40))


def test_only_the_newer_state_counts() -> None:
    table = PresenceTable()
    assert table.apply("c", "marta", [Presence(7, 2, HERE)])
    assert table.apply("c", "marta", [Presence(7, 2, HERE), Presence(7, 1, HERE)]) == []
    assert table.apply("c", "marta", [Presence(7, 2, GONE)]) == [Presence(7, 2, GONE)]
    assert len(table) == 0


def test_nobody_can_alter_or_clear_the_presence_of_another() -> None:
    table = PresenceTable()
    table.apply("marta's", "marta", [Presence(7, 1, HERE)])
    for entry in (Presence(7, 9, '{"at":2}'), Presence(7, 9, GONE)):
        assert table.apply("ines's", "ines", [entry]) == []
    assert table.entries() == [Presence(7, 1, HERE)]


def test_a_desk_that_comes_back_takes_its_presence_over_and_keeps_it_when_the_old_socket_dies() -> None:
    table = PresenceTable()
    table.apply("old", "marta", [Presence(7, 1, HERE)])
    assert table.apply("new", "marta", [Presence(7, 2, HERE)])
    assert table.leave("old") == []
    assert table.leave("new") == [Presence(7, 2, GONE)]


def test_the_echo_of_one_that_left_does_not_bring_it_back() -> None:
    table = PresenceTable()
    table.apply("marta's", "marta", [Presence(7, 3, HERE)])
    assert table.leave("marta's") == [Presence(7, 3, GONE)]
    assert table.apply("ines's", "ines", [Presence(7, 3, HERE), Presence(7, 4, HERE)]) == []


def test_a_channel_cannot_fill_the_table() -> None:
    table = PresenceTable()
    many = [Presence(number, 1, HERE) for number in range(MAX_IDS_A_CHANNEL + 10)]
    assert len(table.apply("c", "marta", many)) == MAX_IDS_A_CHANNEL
