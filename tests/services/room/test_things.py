"""Boards in shared maps: strokes come back as they went in, and what is broken is passed over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Map

from studydesk.model.board import LiveStroke, Points, Stroke
from studydesk.services.room.documents import Documents
from studydesk.services.room.things import (
    live_as_json,
    put_strokes,
    read_presence,
    read_strokes,
    remove_things,
)

coordinates = st.tuples(st.floats(-5000, 5000), st.floats(-5000, 5000))
strokes = st.builds(
    Stroke,
    st.uuids().map(str),
    st.integers(0, 10) | st.just("#ff8800"),
    st.floats(0.5, 40),
    st.lists(coordinates, min_size=1, max_size=30).map(Points.from_units),
    st.text(max_size=10),
    st.integers(0, 2**45),
)


def documents() -> Documents:
    return Documents(lambda name, update, local: None)


@given(st.lists(strokes, max_size=6, unique_by=lambda stroke: stroke.id))
def test_strokes_come_back_through_an_update_as_they_went_in(drawn: list[Stroke]) -> None:
    here, there = documents(), documents()
    put_strokes(here, "board/a", drawn)
    there.receive("board/a", here.difference("board/a", b"\x00"))
    assert read_strokes(there, "board/a") == sorted(drawn, key=lambda stroke: stroke.order)


def test_removing_takes_only_what_is_there() -> None:
    here = documents()
    stroke = Stroke("s", 1, 2.0, Points.from_units([(0, 0), (5, 5)]))
    put_strokes(here, "board/a", [stroke])
    remove_things(here, "board/a", ["nobody", "s"])
    assert read_strokes(here, "board/a") == []


@pytest.mark.parametrize(
    "thing",
    [
        {"kind": "sticky", "text": "x"},
        {"kind": "stroke"},
        {"kind": "stroke", "colour": 1, "width": 2, "points": "no bytes", "by": "", "at": 1},
        {"kind": "stroke", "colour": 99, "width": 2, "points": b"\x01\x00\x01\x00\x00", "by": "", "at": 1},
        {"kind": "stroke", "colour": 1, "width": float("nan"), "points": b"\x01\x00\x01\x00\x00", "at": 1},
        {"kind": "stroke", "colour": 1, "width": 2, "points": b"\x01\x00\xff\xff\xff\xff", "at": 1},
    ],
)
def test_what_is_no_stroke_is_kept_but_not_shown(thing: dict[str, object]) -> None:
    here = documents()
    with here.change("board/a"):
        here.map("board/a", "things")["x"] = Map(thing)
    assert read_strokes(here, "board/a") == []
    assert "x" in here.map("board/a", "things")


def test_a_live_stroke_is_read_from_presence_as_it_was_drawn() -> None:
    points = Points.from_units([(1, 2), (3, 4.5)])
    live = LiveStroke("s", 3, 2.5, points)
    state = {
        "user": {"device": "d", "name": "Marta", "colour": 4.0},
        "cursor": {"x": 1.0, "y": 2.0},
        "live": live_as_json(live),
    }
    presence = read_presence("7", state)
    assert presence is not None
    assert (presence.name, presence.colour, presence.cursor, presence.live) == ("Marta", 4, (1.0, 2.0), live)


def test_a_long_live_stroke_travels_as_its_tail_within_bounds() -> None:
    points = Points.from_units([(n * 7 % 1000, n * 13 % 1000) for n in range(20_000)])
    sent = live_as_json(LiveStroke("s", 3, 2.5, points))
    assert len(str(sent["points"])) < 12_000
    presence = read_presence("7", {"user": {"name": "M"}, "live": sent})
    assert presence is not None
    assert presence.live is not None
    assert list(presence.live.points)[-1] == list(points)[-1]
    assert presence.live.start + len(presence.live.points) == 20_000


@pytest.mark.parametrize(
    "state",
    [
        None,
        {},
        {"user": {"name": 5}},
        {"user": {"name": "M"}, "cursor": {"x": "1", "y": 2}},
        {"user": {"name": "M"}, "live": {"id": "s", "points": "%%%"}},
        {"user": {"name": "M"}, "live": {"id": "s", "points": "", "colour": None, "width": 1}},
    ],
)
def test_a_presence_that_says_nothing_usable_is_not_shown(state: object) -> None:
    assert read_presence("1", state) is None
