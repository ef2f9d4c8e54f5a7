"""Geometry of strokes: rectangles, hits, thinning and smoothing. Pure, in board units unless said so."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import hypot

from studydesk.model.board import FULL_PRESSURE, UNITS_PER_STEP, Bounds, LiveStroke, Points, Stroke

Point = tuple[float, float]

_CHUNK = 512
"""Points that one pass of thinning looks at, so that its worst case stays linear in the length."""


def stroke_bounds(stroke: Stroke) -> Bounds:
    """Return the rectangle that the ink of a stroke covers."""
    return inflated(stroke.points.bounds(), stroke.width / 2)


def inflated(bounds: Bounds, by: float) -> Bounds:
    left, top, right, bottom = bounds
    return left - by, top - by, right + by, bottom + by


def united(first: Bounds, second: Bounds) -> Bounds:
    """Return the smallest rectangle around both."""
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )


def overlap(first: Bounds, second: Bounds) -> bool:
    """Tell whether two rectangles share a point; their edges count."""
    return first[0] <= second[2] and second[0] <= first[2] and first[1] <= second[3] and second[1] <= first[3]


def distance_to_segment(point: Point, start: Point, end: Point) -> float:
    """Return the distance from a point to the nearest point of a segment."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
    along = min(1.0, max(0.0, along))
    return hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def segment_distance(a: Point, b: Point, c: Point, d: Point) -> float:
    """Return the distance between the segments a-b and c-d; 0 where they cross."""
    if _cross(a, b, c) * _cross(a, b, d) < 0 and _cross(c, d, a) * _cross(c, d, b) < 0:
        return 0.0
    return min(
        distance_to_segment(a, c, d),
        distance_to_segment(b, c, d),
        distance_to_segment(c, a, b),
        distance_to_segment(d, a, b),
    )


def hits(stroke: Stroke, start: Point, end: Point, radius: float) -> bool:
    """Tell whether a round tool of `radius`, moved from `start` to `end`, touches the ink of `stroke`."""
    reach = radius + stroke.width / 2
    swept = inflated(_box(start, end), reach)
    if not overlap(stroke.points.bounds(), swept):
        return False
    before: Point | None = None
    for point in stroke.points:
        if before is None:
            if distance_to_segment(point, start, end) <= reach:
                return True
        elif overlap(_box(before, point), swept) and segment_distance(before, point, start, end) <= reach:
            return True
        before = point
    return False


def every(points: Points, step: int) -> array[int]:
    """Return each `step`-th point and the last one, as x and y alternately in sixteenths."""
    if step <= 1:
        return points.xy
    xs, ys = points.xy[0 :: 2 * step], points.xy[1 :: 2 * step]
    thinned = array("i", bytes(8 * len(xs)))
    thinned[0::2] = xs
    thinned[1::2] = ys
    if (len(points) - 1) % step:
        thinned.extend(points.xy[-2:])
    return thinned


def simplified(points: Points, tolerance: float) -> Points:
    """Leave out points that are less than `tolerance` from the line through their neighbours that stay.

    Douglas and Peucker (1973), on chunks of a long stroke; the first and last point always stay.
    """
    kept: list[int] = [0]
    for begin in range(0, len(points) - 1, _CHUNK):
        kept += _kept_between(points, begin, min(begin + _CHUNK, len(points) - 1), tolerance * UNITS_PER_STEP)
    xy = array("i")
    for index in kept:
        xy.extend(points.xy[2 * index : 2 * index + 2])
    return Points(xy, bytes(points.pressure[index] for index in kept) if points.pressure else b"")


def smoothed(points: Points, longest: float) -> array[int]:
    """Return a curve through all points with steps of about `longest` units, in sixteenths as in `every`.

    A centripetal Catmull-Rom spline (Catmull and Rom 1974; Yuksel and others 2011): no loops, no cusps.
    """
    way = list(points)
    curve = array("i", points.xy[:2])
    for index in range(len(way) - 1):
        start, end = way[index], way[index + 1]
        before = way[index - 1] if index else start
        after = way[index + 2] if index + 2 < len(way) else end
        pieces = min(16, max(1, round(hypot(end[0] - start[0], end[1] - start[1]) / longest)))
        for x, y in _spline(before, start, end, after, pieces):
            curve.append(round(x * UNITS_PER_STEP))
            curve.append(round(y * UNITS_PER_STEP))
    return curve


def pressed_widths(stroke: Stroke | LiveStroke) -> list[float]:
    """Return the width of the ink at each point, in units: from 35 % without pressure to 135 % with all."""
    if not stroke.points.pressure:
        return [stroke.width] * len(stroke.points)
    return [stroke.width * (0.35 + value / FULL_PRESSURE) for value in stroke.points.pressure]


def _cross(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _box(start: Point, end: Point) -> Bounds:
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])


def _kept_between(points: Points, first: int, last: int, tolerance: float) -> list[int]:
    """Return the sorted numbers of the points after `first` up to `last` that stay."""
    xy, kept, open_spans = points.xy, [last], [(first, last)]
    while open_spans:
        start, end = open_spans.pop()
        farthest, distance = 0, tolerance
        a, b = (xy[2 * start], xy[2 * start + 1]), (xy[2 * end], xy[2 * end + 1])
        for index in range(start + 1, end):
            away = distance_to_segment((xy[2 * index], xy[2 * index + 1]), a, b)
            if away > distance:
                farthest, distance = index, away
        if farthest:
            kept.append(farthest)
            open_spans += [(start, farthest), (farthest, end)]
    return sorted(kept)


def _spline(before: Point, start: Point, end: Point, after: Point, pieces: int) -> Sequence[Point]:
    """Return the points of one span of the spline, without its first."""
    if pieces == 1:
        return (end,)
    knots = [0.0]
    for a, b in ((before, start), (start, end), (end, after)):
        knots.append(knots[-1] + max(hypot(b[0] - a[0], b[1] - a[1]) ** 0.5, 1e-3))
    control = (before, start, end, after)
    span = knots[2] - knots[1]
    inner = [_spline_point(control, knots, knots[1] + span * piece / pieces) for piece in range(1, pieces)]
    return (*inner, end)


def _spline_point(control: Sequence[Point], knots: Sequence[float], t: float) -> Point:
    """Evaluate by the pyramid of Barry and Goldman (1988)."""
    level = [_between(control[i], control[i + 1], knots[i], knots[i + 1], t) for i in range(3)]
    level = [_between(level[i], level[i + 1], knots[i], knots[i + 2], t) for i in range(2)]
    return _between(level[0], level[1], knots[1], knots[2], t)


def _between(a: Point, b: Point, low: float, high: float, t: float) -> Point:
    share = (t - low) / (high - low)
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
