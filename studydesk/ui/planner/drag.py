"""What a drag over the week means: a new span, an event that moves, or one that gets longer. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from studydesk.ui.planner.blocks import Block, Look
from studydesk.ui.planner.geometry import DAY, SNAP, moment_at, snap, snap_down

LEAST = SNAP


class Grip(StrEnum):
    """What was taken hold of."""

    EMPTY = "empty"
    BODY = "body"
    EDGE = "edge"


@dataclass(frozen=True)
class Drag:
    """A drag that began at `day`, `minute` on `block`, or on empty hours."""

    grip: Grip
    day: date
    minute: float
    block: Block | None = None

    def ghost(self, day: date, minute: float) -> Block:
        """Return what would be when the pointer is let go at `day`, `minute`."""
        if self.block is None:
            return self._span(minute)
        if self.grip is Grip.EDGE:
            return resized(self.block, day, minute)
        return self._carried(self.block, day, minute)

    def _span(self, minute: float) -> Block:
        anchor = snap_down(self.minute)
        start = min(anchor, snap(minute))
        end = max(anchor + LEAST, snap(minute))
        return Block("", "", moment_at(self.day, start), moment_at(self.day, end), Look.PROPOSED)

    def _carried(self, block: Block, day: date, minute: float) -> Block:
        by = timedelta(days=(day - self.day).days, minutes=snap_signed(minute - self.minute))
        return block.moved_to(block.start + by)


def snap_signed(minutes: float) -> int:
    """Round a distance, which may be negative, to the nearest step."""
    return round(minutes / SNAP) * SNAP


def resized(block: Block, day: date, minute: float) -> Block:
    """Let an event end at a point, but last at least LEAST minutes."""
    end = moment_at(day, snap(minute))
    return replace(block, end=max(end, block.start + timedelta(minutes=LEAST)))


def lengthened(block: Block, minutes: int) -> Block:
    """Let an event end later (or earlier), but last at least LEAST minutes."""
    return replace(
        block, end=max(block.end + timedelta(minutes=minutes), block.start + timedelta(minutes=LEAST))
    )


def dropped_task(title: str, minutes: int | None, day: date, minute: float) -> Block:
    """Return the slot that a task would get when it is let go at a point; half an hour without a length."""
    start = moment_at(day, snap_down(min(minute, float(DAY - SNAP))))
    return Block("", title, start, start + timedelta(minutes=minutes or 30), Look.PROPOSED)


def same_time(one: Block, other: Block) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def clock_text(moment: datetime) -> str:
    """Return a time of day as the hours at the left are written, as in "9:00"."""
    return f"{moment.hour}:{moment.minute:02d}"
