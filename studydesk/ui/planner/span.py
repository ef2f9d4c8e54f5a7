"""Which days the planner shows. Pure: dates only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

AGENDA_DAYS = 14


class Mode(StrEnum):
    """Views of the planner."""

    DAY = "day"
    WEEK = "week"
    AGENDA = "agenda"


@dataclass(frozen=True)
class Span:
    """`count` days in a row from `first`."""

    first: date
    count: int

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.count - 1)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=offset) for offset in range(self.count))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def moments(self) -> tuple[datetime, datetime]:
        """Return the first moment of the span and the first after it, aware, in the computer's zone."""
        after = self.last + timedelta(days=1)
        return midnight(self.first), midnight(after)


def midnight(day: date) -> datetime:
    """Return the first moment of a local day, aware."""
    return datetime.combine(day, time()).astimezone()


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def whole_week(day: date) -> Span:
    """Return Monday to Sunday of the week of `day`."""
    return Span(monday_of(day), 7)


def shown_span(mode: Mode, anchor: date, fitting: int, weekend: bool) -> Span:
    """Choose the days to show around `anchor`.

    `fitting` is how many day columns the width can hold; below five the week begins at `anchor` and has three
    days. Saturday and Sunday are shown where seven fit, and where `weekend` says that something lies there.
    """
    if mode is Mode.DAY:
        return Span(anchor, 1)
    if mode is Mode.AGENDA:
        return Span(anchor, AGENDA_DAYS)
    if fitting < 5:
        return Span(anchor, 3)
    seven = fitting >= 7 or weekend or anchor.weekday() > 4
    return Span(monday_of(anchor), 7 if seven else 5)


def step(span: Span, mode: Mode, direction: int) -> date:
    """Return the anchor one page later (1) or earlier (-1). A step beyond the calendar's ends stays."""
    days = {Mode.DAY: 1, Mode.AGENDA: AGENDA_DAYS}.get(mode, 3 if span.count == 3 else 7)
    try:
        return span.first + timedelta(days=direction * days)
    except OverflowError:
        return span.first
