"""Reading a task out of a line of words, in English and French. Pure: no clock, no database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "lundi"),
            ("tuesday", "mardi"),
            ("wednesday", "mercredi"),
            ("thursday", "jeudi"),
            ("friday", "vendredi"),
            ("saturday", "samedi"),
            ("sunday", "dimanche"),
        )
    )
    for name in names
}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
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
        ),
        start=1,
    )
    for name in names
}
NEAR_DAYS = {
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "après-demain": 2,
    "apres-demain": 2,
    "aujourd'hui": 0,
    "aujourd’hui": 0,
    "today": 0,
    "tomorrow": 1,
    "demain": 1,
}

_BEFORE = r"(?<![\w/#’'.,-])"
_AFTER = r"(?![\w/’'-]|[.,]\d)"
_LEAD = r"(?:(?:on|by|due|until|before|for|le|pour|avant|d’ici|d'ici)\s+)?"
_WEEKDAY = "|".join(WEEKDAYS)
_MONTH = "|".join(MONTHS)

_DATE = re.compile(
    _BEFORE
    + _LEAD
    + r"(?:(?P<iso>\d{4}-\d{2}-\d{2})"
    + r"|(?P<slash_day>\d{1,2})/(?P<slash_month>\d{1,2})(?:/(?P<slash_year>\d{4}))?"
    + rf"|(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}}))?"
    + rf"|(?P<month_first>{_MONTH})\s+(?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year_last>\d{{4}}))?"
    + rf"|(?P<near>{'|'.join(NEAR_DAYS)})"
    + rf"|(?P<next>next\s+)?(?P<weekday>{_WEEKDAY})(?P<prochain>\s+prochain)?)"
    + _AFTER,
    re.IGNORECASE,
)
_DURATION = re.compile(
    _BEFORE
    + r"(?:(?P<hours>\d{1,3}(?:[.,]\d{1,2})?)\s?(?:hours?|heures?|hrs?|h)"
    + r"(?:\s?(?P<rest>[0-5]?\d)(?:\s?(?:minutes?|mins?|m))?)?"
    + r"|(?P<minutes>\d{1,4})\s?(?:minutes?|mins?|m))"
    + r"(?![\w/-])",
    re.IGNORECASE,
)
_HASH = re.compile(r"(?<!\S)#([^\s#]+)")


@dataclass(frozen=True)
class QuickTask:
    """What a line of words says. `marks` are its `#words` without the sign, in order."""

    title: str
    due: date | None = None
    minutes: int | None = None
    marks: tuple[str, ...] = ()


def parse_quick_task(text: str, today: date) -> QuickTask:
    """Take day, length and `#words` out of a line; the rest is the title.

    Days: today, tomorrow, a weekday (the next one after today; with "next" the one of next week), 2026-06-12,
    12/6 (day, month), 12 June. The last that is a real day counts. Lengths: 1h, 1h30, 1.5 h, 40 min. When
    nothing would be left for a title, the whole line is the title.
    """
    marks = tuple(match.group(1) for match in _HASH.finditer(text))
    rest = _HASH.sub(" ", text)
    due, rest = _take_date(rest, today)
    minutes, rest = _take_minutes(rest)
    title = " ".join(rest.split()).strip(" ,;")
    return QuickTask(title or " ".join(text.split()), due, minutes, marks)


def _take_date(text: str, today: date) -> tuple[date | None, str]:
    for match in reversed(list(_DATE.finditer(text))):
        day = _date_of(match, today)
        if day is not None:
            return day, text[: match.start()] + " " + text[match.end() :]
    return None, text


def _take_minutes(text: str) -> tuple[int | None, str]:
    matches = list(_DURATION.finditer(text))
    if not matches:
        return None, text
    match = matches[-1]
    if match["minutes"]:
        minutes = int(match["minutes"])
    else:
        minutes = round(float(match["hours"].replace(",", ".")) * 60) + int(match["rest"] or 0)
    if minutes == 0:
        return None, text
    return minutes, text[: match.start()] + " " + text[match.end() :]


def _date_of(match: re.Match[str], today: date) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["near"]:
            return today + timedelta(days=NEAR_DAYS[match["near"].lower()])
        if match["weekday"]:
            return _weekday(match, today)
        return _calendar_day(match, today)
    except (ValueError, OverflowError):
        return None  # such as 31 June: then the words are part of the title


def _weekday(match: re.Match[str], today: date) -> date:
    wanted = WEEKDAYS[match["weekday"].lower()]
    if match["next"] or match["prochain"]:
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _calendar_day(match: re.Match[str], today: date) -> date:
    if match["slash_day"]:
        day, month, year = int(match["slash_day"]), int(match["slash_month"]), match["slash_year"]
        if month > 12 >= day:
            day, month = month, day
    elif match["month"]:
        day, month, year = int(match["day"]), MONTHS[match["month"].lower()], match["year"]
    else:
        day, month, year = int(match["day_last"]), MONTHS[match["month_first"].lower()], match["year_last"]
    if year:
        return date(int(year), month, day)
    found = date(today.year, month, day)
    return found if found >= today else date(today.year + 1, month, day)
