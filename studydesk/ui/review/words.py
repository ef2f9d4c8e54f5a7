"""How the review names intervals, days and counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QLocale

from studydesk.services.review import CardView, DayDue, ReviewCounts

SECONDS_A_CARD = 20
"""How long a card takes, for saying how much is left."""


def tr(text: str) -> str:
    """Translate a text of the review."""
    return QCoreApplication.translate("Review", text)


def counted(count: int, one: str, many: str) -> str:
    """Return `one` or `many`, translated, with the number in place of `{n}`."""
    return tr(one if count == 1 else many).format(n=QLocale().toString(count))


def cards(count: int) -> str:
    return counted(count, "1 card", "{n} cards")


def until(due: datetime, now: datetime) -> str:
    """Say how long it is from `now` to `due`, as in "in 5 min", "in 3 days", "in 4 months"."""
    minutes = max(1, round((due - now).total_seconds() / 60))
    if minutes < 60:
        return tr("in {n} min").format(n=minutes)
    days = (due.astimezone().date() - now.astimezone().date()).days
    if minutes < 24 * 60 and days < 2:
        return tr("in {n} h").format(n=round(minutes / 60))
    if days < 60:
        return counted(days, "in 1 day", "in {n} days")
    if days < 700:
        return counted(round(days / 30.4), "in 1 month", "in {n} months")
    return counted(round(days / 365.25), "in 1 year", "in {n} years")


def day(moment: datetime | date) -> str:
    """As in "16 Nov", with the year when it is another one."""
    local = moment.astimezone().date() if isinstance(moment, datetime) else moment
    month = QLocale().monthName(local.month, QLocale.FormatType.ShortFormat)
    year = "" if local.year == date.today().year else f" {local.year}"
    return f"{local.day} {month}{year}"


def weekday(of: date) -> str:
    """Two letters of a day's name."""
    return QLocale().dayName(of.isoweekday(), QLocale.FormatType.ShortFormat)[:2]


def left(done: int, due: int) -> str:
    """As in "7 of 18, about 4 min left"."""
    minutes = max(1, round(due * SECONDS_A_CARD / 60))
    text = tr("{number} of {total}, about {minutes} min left")
    return text.format(number=done + 1, total=done + due, minutes=minutes)


def knew(card: CardView) -> str:
    if not card.reviews:
        return tr("not asked yet")
    return counted(card.reviews, "{good} of 1 time", "{good} of {n} times").replace(
        "{good}", str(card.recalled)
    )


def chance(card: CardView) -> str:
    return tr("not known yet") if card.retrievability is None else f"{card.retrievability * 100:.0f} %"


def deck_path(deck: str) -> str:
    return "  ›  ".join(deck.split("/")) if deck else tr("No deck")


def decks(names: Sequence[str]) -> str:
    """Name up to two decks, and how many more there are."""
    shown = sorted({name.split("/")[0] for name in names if name})
    if len(shown) > 2:
        return tr("{first}, {second} and {n} more").format(first=shown[0], second=shown[1], n=len(shown) - 2)
    return tr("{first} and {second}").format(first=shown[0], second=shown[1]) if shown[1:] else "".join(shown)


def done_today(counts: ReviewCounts, today: date) -> str:
    """As in "18 cards, 15 of them recalled. The next ones are due tomorrow."."""
    answered, good = counts.answered_today, counts.recalled_today
    first = tr("{cards}, {good} of them recalled.").format(cards=cards(answered), good=good)
    return f"{first} {next_ones(counts.next_days, today)}"


def next_ones(days: Sequence[DayDue], today: date) -> str:
    """Say when cards are due again."""
    for entry in days:
        if entry.count:
            return tr("The next ones are due {when}.").format(when=_when(entry.day, today))
    return tr("Nothing more is due in the next seven days.")


def _when(of: date, today: date) -> str:
    if of <= today:
        return tr("later today")
    if of == today + timedelta(days=1):
        return tr("tomorrow")
    return tr("on {day}").format(day=QLocale().dayName(of.isoweekday()))
