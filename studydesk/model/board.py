"""What lies on a board: strokes, strokes still being drawn, and who is there. Immutable, without Qt.

Coordinates are board units (one unit is one logical pixel at 100 %), x to the right and y downwards, kept in
sixteenths of a unit as in the wire format of `docs/protocol.md`: saving and loading never moves a point.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

UNITS_PER_STEP = 16
"""A coordinate is kept as an integer count of 1/16 unit."""

MAX_POINTS = 100_000
"""A stroke with more points is refused."""

MAX_COORDINATE = 1 << 24
"""Coordinates are within plus and minus this many board units."""

MAX_WIDTH = 512.0
"""The widest stroke, in board units."""

PEN_COUNT = 10
"""Colours 0 to 9 are the pens of the theme."""

MARKER = 10
"""The colour number of the marker: drawn in the theme's marker colour, beneath all ink."""

FULL_PRESSURE = 255

Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom in board units."""

_MAX_STEPS = MAX_COORDINATE * UNITS_PER_STEP


class BadStroke(ValueError):
    """A stroke that nobody may draw: too long, out of bounds, or not what its bytes claim."""


@dataclass(frozen=True, slots=True)
class Points:
    """The way of one stroke, at least one point long.

    `xy` holds x and y alternately in sixteenths of a unit and must not be altered; `pressure` holds one byte
    (0 to 255) for each point, or nothing when the pen has none.
    """

    xy: array[int]
    pressure: bytes = b""

    def __post_init__(self) -> None:
        count = len(self.xy) // 2
        if len(self.xy) % 2 or not 0 < count <= MAX_POINTS:
            raise BadStroke(f"a stroke has 1 to {MAX_POINTS} points, not {len(self.xy) / 2:g}")
        if self.pressure and len(self.pressure) != count:
            raise BadStroke("a stroke has one pressure for each of its points")
        if min(self.xy) < -_MAX_STEPS or max(self.xy) > _MAX_STEPS:
            raise BadStroke("a stroke leaves the board")

    @classmethod
    def from_units(cls, points: Iterable[tuple[float, float]], pressure: Iterable[int] = ()) -> Points:
        """Round points in board units to the grid of sixteenths.

        Raises BadStroke for NaN, infinities, coordinates off the board and too many points.
        """
        steps = array("i")
        try:
            for x, y in points:
                steps.append(round(x * UNITS_PER_STEP))
                steps.append(round(y * UNITS_PER_STEP))
            return cls(steps, bytes(pressure))
        except (ValueError, OverflowError) as reason:
            raise BadStroke(str(reason)) from reason

    def __len__(self) -> int:
        return len(self.xy) // 2

    def __iter__(self) -> Iterator[tuple[float, float]]:
        """Yield the points in board units."""
        for x, y in zip(self.xy[0::2], self.xy[1::2], strict=True):
            yield x / UNITS_PER_STEP, y / UNITS_PER_STEP

    def __hash__(self) -> int:
        return hash((self.xy.tobytes(), self.pressure))

    def bounds(self) -> Bounds:
        """Return the smallest rectangle around the points, without the width of the pen."""
        xs, ys = self.xy[0::2], self.xy[1::2]
        scale = 1 / UNITS_PER_STEP
        return min(xs) * scale, min(ys) * scale, max(xs) * scale, max(ys) * scale

    def tail(self, start: int) -> Points:
        """Return the points from number `start` on."""
        return Points(self.xy[2 * start :], self.pressure[start:])


def check_colour(colour: int | str) -> int | str:
    """Return `colour` if it is a pen (0 to 9), the marker or `#rrggbb`; raise BadStroke otherwise."""
    if isinstance(colour, bool) or not isinstance(colour, int | str):
        raise BadStroke("a colour is a number or #rrggbb")
    if isinstance(colour, int):
        if 0 <= colour <= MARKER:
            return colour
    elif len(colour) == 7 and colour[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in colour[1:]):
        return colour
    raise BadStroke(f"no such colour: {str(colour)[:20]}")


def check_width(width: float) -> float:
    """Return `width` in board units if a stroke may have it; raise BadStroke otherwise (NaN too)."""
    if not 0 < width <= MAX_WIDTH:
        raise BadStroke(f"a stroke is up to {MAX_WIDTH:g} units wide, not {width}")
    return float(width)


@dataclass(frozen=True, slots=True)
class Stroke:
    """One finished stroke. `colour` is 0 to 9, MARKER or `#rrggbb`; `width` is in board units.

    `by` is the id of the device that drew it and `at` the time in milliseconds since 1970 (UTC).
    Strokes lie over each other in the order of (`at`, `id`).
    """

    id: str
    colour: int | str
    width: float
    points: Points
    by: str = ""
    at: int = 0

    def __post_init__(self) -> None:
        check_colour(self.colour)
        check_width(self.width)

    @property
    def order(self) -> tuple[int, str]:
        """Sorts strokes from the lowest to the topmost."""
        return self.at, self.id

    @property
    def is_marker(self) -> bool:
        return self.colour == MARKER

    def looks_like(self, other: Stroke) -> bool:
        """Tell whether both are drawn alike, whoever made them and when."""
        return (self.colour, self.width, self.points) == (other.colour, other.width, other.points)


@dataclass(frozen=True, slots=True)
class LiveStroke:
    """A stroke that is being drawn: its points from number `start` on (0: all so far)."""

    id: str
    colour: int | str
    width: float
    points: Points
    start: int = 0

    def __post_init__(self) -> None:
        check_colour(self.colour)
        check_width(self.width)
        if not 0 <= self.start <= MAX_POINTS:
            raise BadStroke("a live stroke starts at one of its points")


@dataclass(frozen=True, slots=True)
class Presence:
    """One other member who looks at this board.

    `key` tells two windows of one device apart; `colour` is a pen number; `cursor` is in board units.
    """

    key: str
    device: str
    name: str
    colour: int
    cursor: tuple[float, float] | None = None
    live: LiveStroke | None = field(default=None)
