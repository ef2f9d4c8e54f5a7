"""Local calendar days and the moments that bound them. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from studydesk.foundation.clock import Clock


def local_day(moment: datetime) -> date:
    """Return the calendar day of a moment in the computer's zone."""
    return moment.astimezone().date()


def today(clock: Clock, day: date | None = None) -> date:
    """Return `day`, or the local day of the clock."""
    return day if day is not None else local_day(clock.now())


def start_of(day: date) -> datetime:
    """Return the moment when a local day begins, in UTC."""
    return datetime.combine(day, time.min).astimezone().astimezone(UTC)


def bounds(first: date, days: int = 1) -> tuple[datetime, datetime]:
    """Return the moments that bound `days` local days from `first`, the second exclusive."""
    return start_of(first), start_of(first + timedelta(days=days))


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
