"""The index finds exactly what a search through all strokes finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studydesk.model.board import Bounds, Points, Stroke
from studydesk.model.board_geometry import overlap, stroke_bounds, united
from studydesk.model.board_index import BoardIndex

where = st.integers(-5_000, 5_000).map(float)
size = st.sampled_from([0.0, 3.0, 200.0, 256.0, 700.0, 9_000.0])


@st.composite
def strokes(draw: st.DrawFn) -> list[Stroke]:
    made = []
    for number in range(draw(st.integers(0, 25))):
        x, y, wide, high = draw(where), draw(where), draw(size), draw(size)
        made.append(
            Stroke(f"s{number}", 0, 2.0, Points.from_units([(x, y), (x + wide, y + high)]), "", number)
        )
    return made


@st.composite
def areas(draw: st.DrawFn) -> Bounds:
    x, y = draw(where), draw(where)
    return x, y, x + draw(size), y + draw(size)


def filled(given_strokes: list[Stroke]) -> BoardIndex:
    index = BoardIndex()
    for stroke in given_strokes:
        index.add(stroke)
    return index


@given(strokes(), areas(), st.sets(st.integers(0, 24)))
def test_it_finds_what_overlaps_in_order(given_strokes: list[Stroke], area: Bounds, gone: set[int]) -> None:
    index = filled(given_strokes)
    for number in gone:
        index.remove(f"s{number}")
    left = [stroke for number, stroke in enumerate(given_strokes) if number not in gone]
    expected = [stroke.id for stroke in left if overlap(stroke_bounds(stroke), area)]
    assert [placed.stroke.id for placed in index.inside(area)] == expected
    assert index.is_empty(area) == (not expected)


@given(strokes(), st.sets(st.integers(0, 24)))
def test_its_extent_is_that_of_what_is_left(given_strokes: list[Stroke], gone: set[int]) -> None:
    index = filled(given_strokes)
    for number in gone:
        index.remove(f"s{number}")
    expected: Bounds | None = None
    for number, stroke in enumerate(given_strokes):
        if number not in gone:
            bounds = stroke_bounds(stroke)
            expected = bounds if expected is None else united(expected, bounds)
    assert index.extent() == expected


def test_a_stroke_with_a_known_id_takes_the_place_of_the_old_one() -> None:
    index = BoardIndex()
    index.add(Stroke("a", 0, 2.0, Points.from_units([(0, 0)])))
    index.add(Stroke("a", 1, 2.0, Points.from_units([(900, 900)])))
    assert len(index) == 1
    assert index.is_empty((-10, -10, 10, 10))
    assert [placed.stroke.colour for placed in index.inside((890, 890, 910, 910))] == [1]
