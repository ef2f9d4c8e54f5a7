"""Hits, thinning and smoothing of strokes."""

from __future__ import annotations

import math
from array import array

from hypothesis import given
from hypothesis import strategies as st

from studydesk.model.board import Points, Stroke
from studydesk.model.board_geometry import (
    distance_to_segment,
    every,
    hits,
    pressed_widths,
    segment_distance,
    simplified,
    smoothed,
)

coordinate = st.integers(-500, 500).map(float)
place = st.tuples(coordinate, coordinate)
ways = st.lists(place, min_size=1, max_size=40)


def stroke(*points: tuple[float, float], width: float = 2.0) -> Stroke:
    return Stroke("s", 0, width, Points.from_units(points))


def test_the_eraser_hits_a_line_that_it_crosses_between_two_samples() -> None:
    assert hits(stroke((0, 0), (100, 0)), (50, -80), (50, 80), 1)


def test_the_eraser_misses_what_lies_beyond_its_radius() -> None:
    line = stroke((0, 0), (100, 0), width=4)
    assert hits(line, (50, 10), (60, 10), 8.5)
    assert not hits(line, (50, 10), (60, 10), 7.5)


def test_a_dot_can_be_hit() -> None:
    assert hits(stroke((10, 10)), (12, 10), (12, 10), 3)
    assert not hits(stroke((10, 10)), (30, 10), (30, 10), 3)


def test_a_ring_is_not_hit_in_its_middle() -> None:
    ring = stroke(*((100 * math.cos(t / 10), 100 * math.sin(t / 10)) for t in range(64)))
    assert not hits(ring, (-5, 0), (5, 0), 10)


@given(place, place, place, place)
def test_the_distance_of_segments_is_symmetric_and_no_more_than_that_of_their_ends(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]
) -> None:
    assert segment_distance(a, b, c, d) == segment_distance(c, d, a, b)
    assert segment_distance(a, b, c, d) <= distance_to_segment(a, c, d)


@given(ways, st.floats(0.1, 20))
def test_thinning_keeps_the_ends_and_stays_near_every_point(
    way: list[tuple[float, float]], tolerance: float
) -> None:
    whole = Points.from_units(way)
    thin = list(simplified(whole, tolerance))
    assert (thin[0], thin[-1]) == (way[0], way[-1])
    for point in way:
        pairs = list(zip(thin, thin[1:] or thin, strict=False))
        assert min(distance_to_segment(point, a, b) for a, b in pairs) <= tolerance + 1e-6


def test_thinning_a_straight_line_leaves_two_points_with_their_pressure() -> None:
    line = Points.from_units([(x, x) for x in range(50)], range(50))
    thin = simplified(line, 0.5)
    assert list(thin) == [(0, 0), (49, 49)]
    assert thin.pressure == bytes((0, 49))


def test_thinning_a_very_long_scribble_ends_soon() -> None:
    scribble = Points.from_units([(x * 37 % 97 * 3.0, x * 53 % 89 * 5.0) for x in range(60_000)])
    assert len(simplified(scribble, 0.1)) > 10_000


@given(ways, st.integers(1, 12))
def test_every_keeps_the_first_and_the_last_point(way: list[tuple[float, float]], step: int) -> None:
    whole = Points.from_units(way)
    thin = every(whole, step)
    assert thin[:2] == whole.xy[:2]
    assert thin[-2:] == whole.xy[-2:]
    assert len(thin) // 2 == len(range(0, len(way) - 1, step)) + 1


@given(ways)
def test_a_curve_goes_through_all_its_points_in_order(way: list[tuple[float, float]]) -> None:
    curve = smoothed(Points.from_units(way), 4.0)
    passed = iter(zip(curve[0::2], curve[1::2], strict=True))
    for x, y in way:
        assert any(at == (x * 16, y * 16) for at in passed)


def test_a_curve_of_a_circle_is_rounder_than_its_corners() -> None:
    corners = [(100 * math.cos(t * math.pi / 6), 100 * math.sin(t * math.pi / 6)) for t in range(12)]
    curve = smoothed(Points.from_units(corners), 2.0)
    radii = [math.hypot(x / 16, y / 16) for x, y in zip(curve[0::2], curve[1::2], strict=True)]
    inner = radii[20:-20]
    assert min(inner) > 98.5 > 100 * math.cos(math.pi / 12)


def test_more_pressure_makes_wider_ink() -> None:
    pressed = Stroke("s", 0, 4.0, Points(array("i", [0, 0, 16, 0, 32, 0]), bytes((0, 128, 255))))
    widths = pressed_widths(pressed)
    assert widths == sorted(widths)
    assert widths[0] < 4.0 < widths[-1]
