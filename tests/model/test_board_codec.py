"""The bytes of a stroke: what goes out comes back, and nothing else comes in."""

from __future__ import annotations

from array import array
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.model.board import MAX_COORDINATE, MAX_POINTS, BadStroke, LiveStroke, Points, Stroke
from studydesk.model.board_codec import decode_points, encode_points

EDGE = MAX_COORDINATE * 16
steps = st.integers(-EDGE, EDGE) | st.integers(-200, 200)


@st.composite
def points(draw: st.DrawFn) -> Points:
    pairs = draw(st.lists(st.tuples(steps, steps), min_size=1, max_size=60))
    pressed = draw(st.booleans())
    pressure = draw(st.binary(min_size=len(pairs), max_size=len(pairs))) if pressed else b""
    return Points(array("i", [value for pair in pairs for value in pair]), pressure)


@given(points())
def test_points_come_back_as_they_went(given_points: Points) -> None:
    assert decode_points(encode_points(given_points)) == given_points


def test_bytes_are_those_of_the_protocol() -> None:
    way = Points(array("i", [1, -1, 101, -1]), bytes((3, 2)))
    assert encode_points(way) == bytes((1, 1, 2, 2, 1, 6, 0xC8, 0x01, 0, 1))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        way = decode_points(data)
    except BadStroke:
        return
    assert 0 < len(way) <= MAX_POINTS


@given(points(), st.data())
def test_cut_bytes_are_refused(given_points: Points, data: st.DataObject) -> None:
    whole = encode_points(given_points)
    with pytest.raises(BadStroke):
        decode_points(whole[: data.draw(st.integers(0, len(whole) - 1))])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (bytes((2, 0, 1, 0, 0)), "version"),
        (bytes((1, 2, 1, 0, 0)), "flags"),
        (bytes((1, 0, 0)), "1 to"),
        (bytes((1, 0, 1, 0, 0, 0)), "need"),
        (bytes((1, 0, 1)) + b"\xff" * 9, "too long"),
        (bytes((1, 0, 0xC0, 0x84, 0x3D)) + bytes(2_000_000), "points"),
        (bytes((1, 0, 1)) + b"\x80\x80\x80\x80\x08\x00", "leaves"),
        (bytes((1, 1, 1, 0, 0, 1)), "pressure"),
    ],
)
def test_bad_bytes_are_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(BadStroke, match=why):
        decode_points(data)


def test_a_stroke_of_a_million_points_is_refused() -> None:
    with pytest.raises(BadStroke):
        Points(array("i", bytes(8 * 1_000_000)))


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf"), 2.0**24 + 1])
def test_a_point_that_is_nowhere_is_refused(bad: float) -> None:
    with pytest.raises(BadStroke):
        Points.from_units([(0.0, 0.0), (bad, 1.0)])


@pytest.mark.parametrize("colour", [11, -1, True, "red", "#12345", "#12345g", 1.5])
def test_a_colour_that_does_not_exist_is_refused(colour: object) -> None:
    with pytest.raises(BadStroke):
        Stroke("s", cast(int, colour), 2.0, Points.from_units([(0, 0)]))


@pytest.mark.parametrize("width", [0.0, -1.0, float("nan"), 1e9])
def test_a_width_that_no_pen_has_is_refused(width: float) -> None:
    with pytest.raises(BadStroke):
        LiveStroke("s", 0, width, Points.from_units([(0, 0)]))
