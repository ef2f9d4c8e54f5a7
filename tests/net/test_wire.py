"""The framing of Hocuspocus: what is written is read, and what is broken is refused as such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.net import wire
from studydesk.net.codec import CodecFault, write_text, write_uint

names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
sessions = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=16)
addresses = st.one_of(names, st.builds(lambda name, session: f"{name}\0{session}", names, sessions))
payloads = st.binary(max_size=100)
common = st.one_of(
    st.builds(wire.SyncStep1, addresses, payloads),
    st.builds(wire.SyncStep2, addresses, payloads),
    st.builds(wire.Update, addresses, payloads),
    st.builds(wire.Awareness, addresses, payloads),
    st.builds(wire.QueryAwareness, addresses),
    st.builds(wire.Stateless, addresses, names),
)
from_client = st.one_of(
    common,
    st.builds(wire.AuthToken, addresses, names, st.none() | sessions),
    st.builds(wire.Close, addresses),
    st.just(wire.Ping()),
    st.just(wire.Pong()),
)
from_hub = st.one_of(
    common,
    st.builds(wire.TokenWanted, addresses),
    st.builds(wire.PermissionDenied, addresses, names),
    st.builds(wire.Authenticated, addresses, names),
    st.builds(wire.Close, addresses, names),
    st.builds(wire.SyncStatus, addresses, st.booleans()),
    st.just(wire.Ping()),
)


@given(from_client)
def test_what_a_client_says_comes_back(message: wire.FromClient) -> None:
    assert wire.decode_from_client(wire.encode(message)) == message


@given(from_hub)
def test_what_a_hub_says_comes_back(message: wire.FromHub) -> None:
    assert wire.decode_from_hub(wire.encode(message)) == message


@given(st.one_of(from_client, from_hub), st.data())
def test_altered_or_cut_bytes_raise_a_codec_fault_and_nothing_else(
    message: wire.Message, data: st.DataObject
) -> None:
    raw = bytearray(wire.encode(message))
    for position in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=3)):
        raw[position] = data.draw(st.integers(0, 255))
    cut = bytes(raw[: data.draw(st.integers(0, len(raw)))])
    for read in (wire.decode_from_client, wire.decode_from_hub):
        for attempt in (bytes(raw), cut):
            try:
                read(attempt)
            except CodecFault:
                continue


@given(st.binary(max_size=80))
def test_random_bytes_raise_a_codec_fault_and_nothing_else(data: bytes) -> None:
    for read in (wire.decode_from_client, wire.decode_from_hub):
        try:
            read(data)
        except CodecFault:
            continue


def test_the_frames_are_those_of_a_stock_provider() -> None:
    assert wire.encode(wire.AuthToken("a", "t", "4.8.0")).hex() == "0161020001740534" + "2e382e30"
    assert wire.encode(wire.SyncStep1("a", b"\x00")).hex() == "016100000100"
    assert wire.encode(wire.SyncStatus("a", True)).hex() == "01610801"
    assert wire.encode(wire.Ping()) == b"\x09"
    assert wire.decode_from_client(bytes.fromhex("01610200" + "0174")) == wire.AuthToken("a", "t", None)


def test_a_type_that_is_not_known_is_passed_over() -> None:
    assert wire.decode_from_client(write_text("a") + write_uint(77) + b"junk") == wire.Unknown("a", 77)


@pytest.mark.parametrize(
    "address", ["n" * (wire.MAX_NAME_BYTES + 1), "n\0" + "s" * (wire.MAX_SESSION_BYTES + 1), "n\0s\0t"]
)
def test_an_address_out_of_bounds_is_refused(address: str) -> None:
    with pytest.raises(CodecFault):
        wire.decode_from_client(write_text(address) + b"\x03")


def test_an_answer_can_be_matched_to_its_document_without_the_session() -> None:
    assert wire.name_of("board/x\0session") == wire.name_of("board/x") == "board/x"
