"""Reading dates and times as people type them. Pure; what can't be read is told by what is wrong with it."""

from __future__ import annotations

import calendar
import re
from datetime import date, time
from enum import StrEnum

from studydesk.services.planner import parse_quick_task


class Problem(StrEnum):
    """What is wrong with a typed date or time."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    MONTH_TOO_SHORT = "month too short"
    NO_SUCH_MONTH = "no such month"
    HOUR_TOO_LARGE = "hour too large"
    MINUTE_TOO_LARGE = "minute too large"
    END_BEFORE_START = "end before start"


class Misread(Exception):
    """A date or time could not be read. `month` and `year` say which month is too short."""

    def __init__(self, problem: Problem, month: int = 0, year: int = 0) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.month = month
        self.year = year


_NUMBERS = re.compile(r"^(?P<d>\d{1,2})\s*[./]\s*(?P<m>\d{1,2})(?:\s*[./]\s*(?P<y>\d{4})?)?$")
_ISO = re.compile(r"^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})$")
_DAY_FIRST = re.compile(
    r"^(?:[^\W\d]+\.?,?\s+)?(?P<d>\d{1,2})(?:er|st|nd|rd|th)?\s+(?P<name>[^\W\d]{3,})\.?(?:,?\s+(?P<y>\d{4}))?$"
)
_MONTH_FIRST = re.compile(
    r"^(?P<name>[^\W\d]{3,})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<y>\d{4}))?$"
)
_TIME = re.compile(
    r"^(?P<h>\d{1,2})(?:\s*[:.hH]\s*(?P<m>\d{1,2})?|(?P<m2>\d{2}))?\s*(?P<half>[aApP]\.?[mM]\.?)?$"
)

_MONTHS = (
    ("january", "janvier"),
    ("february", "février", "fevrier"),
    ("march", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juin"),
    ("july", "juillet"),
    ("august", "août", "aout"),
    ("september", "septembre"),
    ("october", "octobre"),
    ("november", "novembre"),
    ("december", "décembre", "decembre"),
)


def read_date(text: str, today: date) -> date:
    """Read a day: 2026-11-27, 27/11, 27.11.2026, 27 November, Nov 27, Fri 27 Nov, friday, tomorrow.

    Without a year it is the nearest such day, up to six months back. Raises Misread.
    """
    words = " ".join(text.split())
    if not words:
        raise Misread(Problem.EMPTY)
    for pattern in (_ISO, _NUMBERS, _DAY_FIRST, _MONTH_FIRST):
        match = pattern.match(words)
        if match:
            return _calendar_date(match.groupdict(), today)
    quick = parse_quick_task(f"x {words}", today)
    if quick.due is None or quick.title != "x":
        raise Misread(Problem.UNREADABLE)
    return quick.due


def _calendar_date(parts: dict[str, str | None], today: date) -> date:
    month = _month(parts)
    day = int(parts["d"] or 0)
    written = parts.get("y")
    year = int(written) if written else _near_year(day, month, today)
    if not 1 <= year <= 9998 or day < 1:
        raise Misread(Problem.UNREADABLE)
    if day > calendar.monthrange(year, month)[1]:
        raise Misread(Problem.MONTH_TOO_SHORT, month, year)
    return date(year, month, day)


def _month(parts: dict[str, str | None]) -> int:
    name = parts.get("name")
    if name is None:
        number = int(parts["m"] or 0)
        if not 1 <= number <= 12:
            raise Misread(Problem.NO_SUCH_MONTH)
        return number
    fitting = [i for i, names in enumerate(_MONTHS, 1) if any(n.startswith(name.casefold()) for n in names)]
    if len(fitting) != 1:
        raise Misread(Problem.UNREADABLE)
    return fitting[0]


def _near_year(day: int, month: int, today: date) -> int:
    months_away = (today.year * 12 + today.month) - (today.year * 12 + month)
    if months_away > 6:
        return today.year + 1
    if months_away < -6:
        return today.year - 1
    return today.year


def read_time(text: str) -> time:
    """Read a time of day: 14:00, 14h30, 9, 930, 1400, 2 pm. Raises Misread."""
    words = text.strip()
    if not words:
        raise Misread(Problem.EMPTY)
    match = _TIME.match(words) or re.match(r"^(?P<h>\d{1,2})(?P<m>\d{2})(?P<m2>)(?P<half>)$", words)
    if not match:
        raise Misread(Problem.UNREADABLE)
    hour, minute = int(match["h"]), int(match["m"] or match["m2"] or 0)
    hour = _by_half(hour, match["half"] or "")
    if hour > 23:
        raise Misread(Problem.HOUR_TOO_LARGE)
    if minute > 59:
        raise Misread(Problem.MINUTE_TOO_LARGE)
    return time(hour, minute)


def _by_half(hour: int, half: str) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise Misread(Problem.UNREADABLE)
    return hour % 12 + (12 if half[0] in "pP" else 0)


def read_minutes(text: str) -> int | None:
    """Read a length: 25, 25 min, 1h30, 1.5 h; nothing means none. Raises Misread."""
    words = text.strip()
    if not words:
        return None
    if words.isdecimal() and len(words) <= 4:
        return int(words) or None
    quick = parse_quick_task(f"x {words}", date(2000, 1, 1))
    if quick.minutes is None or quick.title != "x":
        raise Misread(Problem.UNREADABLE)
    return quick.minutes
