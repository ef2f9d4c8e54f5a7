"""The walk over foreign updates: everything Yjs writes passes, everything else is refused without a crash."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

from studydesk.net.codec import CodecFault, write_uint
from studydesk.net.update_guard import MAX_DEPTH, check_state_vector, check_update

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1).map(float)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=8,
)


def updates_of(items: list[Any], words: str) -> list[bytes]:
    """Return the updates of a document in which values, texts and shared types were written and removed."""
    doc: Doc[Any] = Doc(client_id=77)
    updates: list[bytes] = []
    subscription = doc.observe(lambda event: updates.append(event.update))
    things = doc.get("things", type=Map)
    text = doc.get("text", type=Text)
    for number, item in enumerate(items):
        things[f"thing{number}"] = Map({"value": item, "list": Array([item])})
    text.insert(0, words)
    with doc.transaction():
        if items:
            del things["thing0"]
        del text[0 : len(words[: len(words) // 2].encode())]  # this library counts bytes
    del subscription
    return [*updates, doc.get_update()]


@given(st.lists(values, max_size=3), st.text("aé𝄞", max_size=6))
def test_every_update_of_the_library_passes(items: list[Any], words: str) -> None:
    for update in updates_of(items, words):
        check_update(update)


@given(st.lists(values, max_size=2), st.data())
def test_a_mutated_update_is_refused_or_can_be_applied_without_a_crash(
    items: list[Any], data: st.DataObject
) -> None:
    raw = bytearray(updates_of(items, "ab")[-1])
    for position in data.draw(st.lists(st.integers(0, len(raw) - 1), min_size=1, max_size=4)):
        raw[position] = data.draw(st.integers(0, 255))
    try:
        check_update(bytes(raw))
        Doc().apply_update(bytes(raw))
    except (CodecFault, ValueError, RuntimeError):
        return
    except BaseException as fault:
        assert type(fault).__name__ == "PanicException"  # noqa: PT017 - the library has no public name for it


@given(st.binary(max_size=60))
def test_random_bytes_raise_a_codec_fault_and_nothing_else(data: bytes) -> None:
    for check in (check_update, check_state_vector):
        try:
            check(data)
        except CodecFault:
            continue


def test_every_cut_of_an_update_is_refused() -> None:
    update = updates_of([{"a": [1.5, "x"]}], "words")[-1]
    for length in range(len(update)):
        with pytest.raises(CodecFault):
            check_update(update[:length])
    with pytest.raises(CodecFault):
        check_update(update + b"\x00")


def any_update(value: bytes) -> bytes:
    """An update with one item of content Any in the root map `m`."""
    return b"\x01\x01\x01\x00" + b"\x28\x01\x01m\x01k" + b"\x01" + value + b"\x00"


def test_values_nested_as_deep_as_the_library_can_bear_pass_and_deeper_ones_do_not() -> None:
    check_update(any_update(b"\x75\x01" * MAX_DEPTH + b"\x7e"))
    with pytest.raises(CodecFault):
        check_update(any_update(b"\x75\x01" * (MAX_DEPTH + 1) + b"\x7e"))
    with pytest.raises(CodecFault):
        check_update(any_update(b"\x75\x01" * 500_000 + b"\x7e"))


@pytest.mark.parametrize(
    "update",
    [
        write_uint(2**40),
        b"\x01" + write_uint(2**40),
        any_update(b"\x75" + write_uint(2**50)),
        any_update(b"\x77" + write_uint(2**50) + b"x"),
        b"\x00\x01\x01\x01" + write_uint(2**31) + write_uint(2**32 - 1),
        b"\x01\x01\x01\x00\x0a\x00\x00",
        b"\x01\x01\x01\x00\x1f\x01\x01m\x00",
    ],
)
def test_what_claims_more_than_there_is_or_what_there_can_be_is_refused(update: bytes) -> None:
    with pytest.raises(CodecFault):
        check_update(update)


def test_the_state_vector_of_the_library_passes_and_a_longer_one_does_not() -> None:
    doc: Doc[Any] = Doc({"text": Text("words")})
    check_state_vector(doc.get_state())
    with pytest.raises(CodecFault):
        check_state_vector(doc.get_state() + b"\x01")
    with pytest.raises(CodecFault):
        check_state_vector(write_uint(2**30))


def test_a_text_cut_inside_a_character_still_passes() -> None:
    """The library then keeps an empty piece of text, which is honest and must not put its author out."""
    doc: Doc[Any] = Doc(client_id=77)
    text = doc.get("text", type=Text)
    text.insert(0, "héllo")
    text.format(0, 3, {"bold": True})
    text.insert_embed(2, {"a": 1})  # the second of the two bytes of é
    check_update(doc.get_update())
