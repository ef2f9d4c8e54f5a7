"""Where the events of a week lie on the screen, and which time a point means. Pure: numbers and local times.

Times are naive local times of one day's clock; a day runs from 0:00 to 24:00 on the grid whatever the
clocks do in spring and autumn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

SNAP = 15
"""Minutes to which drags snap."""

DAY = 24 * 60


@dataclass(frozen=True)
class Piece:
    """The part of an event that lies on one day: minutes from midnight, and which of how many lanes."""

    key: str
    day: date
    start: int
    end: int
    lane: int = 0
    lanes: int = 1


@dataclass(frozen=True)
class Box:
    """A rectangle in logical pixels."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x < self.left + self.width and self.top <= y < self.top + self.height


def minute_of(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def moment_at(day: date, minute: int) -> datetime:
    """Return the local time `minute` minutes after midnight of `day`; 1440 is midnight of the next."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def snap(minute: float, step: int = SNAP) -> int:
    """Round to the nearest step within the day."""
    return max(0, min(DAY, int(minute / step + 0.5) * step))


def snap_down(minute: float, step: int = SNAP) -> int:
    """Return the step that `minute` lies in."""
    return max(0, min(DAY - step, int(minute // step) * step))


def pieces(key: str, start: datetime, end: datetime, days: Sequence[date]) -> list[Piece]:
    """Cut an event at midnight and keep what lies on `days`."""
    found = []
    for day in days:
        first = max(start, moment_at(day, 0))
        last = min(end, moment_at(day, DAY))
        if first < last:
            begin = int((first - moment_at(day, 0)).total_seconds() // 60)
            found.append(Piece(key, day, begin, begin + int((last - first).total_seconds() // 60)))
    return found


def side_by_side(all_pieces: Sequence[Piece], least: int = 20) -> list[Piece]:
    """Give pieces that overlap on one day lanes of equal width.

    A piece takes the first lane that is free at its start; all that touch each other, directly or through
    others, share one number of lanes. Pieces shorter than `least` minutes count as that long, since they are
    painted so.
    """
    placed: list[Piece] = []
    for day in sorted({piece.day for piece in all_pieces}):
        of_day = sorted((p for p in all_pieces if p.day == day), key=lambda p: (p.start, -p.end, p.key))
        placed.extend(_lanes_of_day(of_day, least))
    return placed


def _lanes_of_day(of_day: Sequence[Piece], least: int) -> list[Piece]:
    placed: list[Piece] = []
    cluster: list[tuple[Piece, int]] = []
    ends: list[int] = []

    def close() -> None:
        placed.extend(Piece(p.key, p.day, p.start, p.end, lane, len(ends)) for p, lane in cluster)
        cluster.clear()
        ends.clear()

    for piece in of_day:
        if ends and piece.start >= max(ends):
            close()
        end = max(piece.end, piece.start + least)
        lane = next((i for i, taken in enumerate(ends) if taken <= piece.start), len(ends))
        if lane == len(ends):
            ends.append(end)
        else:
            ends[lane] = end
        cluster.append((piece, lane))
    close()
    return placed


@dataclass(frozen=True)
class Grid:
    """The measures of the grid of hours: a column of hours at the left, then the days, all in logical pixels.

    Vertical positions count from 0:00, before scrolling.
    """

    days: tuple[date, ...]
    left: float
    width: float
    hour: float

    @property
    def column(self) -> float:
        return self.width / max(1, len(self.days))

    @property
    def height(self) -> float:
        return 24 * self.hour

    def x_of(self, index: int) -> float:
        return self.left + index * self.column

    def y_of(self, minute: float) -> float:
        return minute * self.hour / 60

    def day_at(self, x: float) -> date | None:
        """Return the day of a column, or None beside the grid."""
        if not self.days or not self.left <= x < self.left + self.width:
            return None
        return self.days[min(len(self.days) - 1, int((x - self.left) / self.column))]

    def nearest_day(self, x: float) -> date:
        index = int((x - self.left) // self.column)
        return self.days[max(0, min(len(self.days) - 1, index))]

    def minute_at(self, y: float) -> float:
        return max(0.0, min(float(DAY), y * 60 / self.hour))

    def box(self, piece: Piece, least: float = 24) -> Box:
        """Return where a piece is painted: 3 px from its column's lines, 5 px left free at the right."""
        index = self.days.index(piece.day)
        room = self.column - 8
        lane = room / piece.lanes
        gap = 2 if piece.lane < piece.lanes - 1 else 0
        top = self.y_of(piece.start)
        height = max(least, self.y_of(piece.end) - top) - 1
        return Box(self.x_of(index) + 3 + piece.lane * lane, top + 0.5, max(4.0, lane - gap), height - 0.5)


def fitting_days(width: float, left: float) -> int:
    """Return how many day columns a grid of this width can hold in comfort: 1, 3, 5 or 7."""
    room = width - left
    for count, least in ((7, 168), (5, 132), (3, 110)):
        if room / count >= least:
            return count
    return 3 if room >= 240 else 1
