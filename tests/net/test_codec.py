"""Numbers and texts as lib0 writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.net.codec import MAX_UINT, CodecFault, Reader, write_bytes, write_text, write_uint

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.integers(0, MAX_UINT))
def test_a_number_comes_back(value: int) -> None:
    data = write_uint(value)
    reader = Reader(data)
    assert (reader.uint(), reader.remaining) == (value, 0)
    assert len(data) <= 8


@pytest.mark.parametrize(
    ("value", "data"), [(0, "00"), (127, "7f"), (128, "8001"), (300, "ac02"), (MAX_UINT, "ffffffffffffff0f")]
)
def test_numbers_are_written_as_lib0_does(value: int, data: str) -> None:
    assert write_uint(value).hex() == data


@pytest.mark.parametrize("value", [-1, MAX_UINT + 1])
def test_a_number_that_javascript_cannot_hold_is_not_written(value: int) -> None:
    with pytest.raises(CodecFault):
        write_uint(value)


@pytest.mark.parametrize("data", ["", "80", "ffffffffffffff1f", "ffffffffffffffff01", "808080808080808000"])
def test_a_number_cut_off_or_out_of_range_is_refused(data: str) -> None:
    with pytest.raises(CodecFault):
        Reader(bytes.fromhex(data)).uint()


@given(st.binary(max_size=300), texts)
def test_bytes_and_texts_come_back_one_behind_the_other(data: bytes, text: str) -> None:
    reader = Reader(write_bytes(data) + write_text(text))
    assert (reader.bytes(300), reader.text(4000), reader.remaining) == (data, text, 0)


def test_a_length_beyond_the_limit_or_the_message_is_refused_before_anything_is_copied() -> None:
    with pytest.raises(CodecFault):
        Reader(write_bytes(b"12345")).bytes(4)
    with pytest.raises(CodecFault):
        Reader(write_uint(2**40) + b"x").bytes(2**50)


def test_text_that_is_not_unicode_is_refused_in_both_directions() -> None:
    with pytest.raises(CodecFault):
        Reader(write_bytes(b"\xff\xfe")).text(10)
    with pytest.raises(CodecFault):
        write_text("\ud800")
