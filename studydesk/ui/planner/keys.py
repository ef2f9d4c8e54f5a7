"""The cell that the keyboard stands on in the week, and how arrows move it over hours and events. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from studydesk.ui.planner.blocks import Block
from studydesk.ui.planner.geometry import DAY, moment_at

STEP = 30


@dataclass(frozen=True)
class Cell:
    """Half an hour of a day, `minute` from midnight."""

    day: date
    minute: int

    @property
    def start(self) -> datetime:
        return moment_at(self.day, self.minute)


def block_at(cell: Cell, blocks: Sequence[Block]) -> Block | None:
    """Return the event that the cell lies in; of several the one that began last."""
    end = cell.start + timedelta(minutes=STEP)
    inside = [b for b in blocks if b.start < end and b.end > cell.start]
    return max(inside, key=lambda b: (b.start, b.id), default=None)


def moved(cell: Cell, days: int, rows: int, blocks: Sequence[Block]) -> Cell:
    """Move by days and rows. A step up or down that begins on an event leaves it whole."""
    minute = cell.minute + rows * STEP
    block = block_at(cell, blocks)
    if rows and block is not None:
        edge = block.end if rows > 0 else block.start - timedelta(minutes=STEP)
        if edge.date() == cell.day:
            minute = (edge.hour * 60 + edge.minute) // STEP * STEP
            if rows > 0 and minute <= cell.minute:
                minute = cell.minute + STEP
    return Cell(cell.day + timedelta(days=days), max(0, min(DAY - STEP, minute)))


def neighbour(cell: Cell, chosen: str | None, blocks: Sequence[Block], direction: int) -> Block | None:
    """Return the next event in time (1) or the one before (-1), from the chosen one or the cell."""
    ordered = sorted(blocks, key=lambda b: (b.start, b.end, b.id))
    for index, block in enumerate(ordered):
        if block.id == chosen:
            at = index + direction
            return ordered[at] if 0 <= at < len(ordered) else None
    if direction > 0:
        return next((b for b in ordered if b.start >= cell.start), None)
    return next((b for b in reversed(ordered) if b.start < cell.start), None)


def cell_of(block: Block) -> Cell:
    minute = block.start.hour * 60 + block.start.minute
    return Cell(block.start.date(), minute // STEP * STEP)
