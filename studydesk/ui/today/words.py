"""Durations, days and moments as a person says them."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QLocale, QTime


def tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)


def duration(minutes: int) -> str:
    """Return minutes as "45 min", "2 h" or "2 h 45"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("{count} min").format(count=rest)
    return (
        tr("{hours} h {minutes}").format(hours=hours, minutes=f"{rest:02d}")
        if rest
        else tr("{hours} h").format(hours=hours)
    )


def clock(moment: datetime) -> str:
    """Return the local time of day."""
    local = moment.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def day_title(day: date) -> str:
    """Return a day as "Tuesday 24 November"."""
    locale = QLocale()
    name = locale.standaloneDayName(day.isoweekday())
    return f"{name[:1].upper()}{name[1:]} {day.day} {locale.monthName(day.month)}"


def late_since(due: date, today: date) -> str:
    """Return how a late task is marked: "since Friday", or with its date when that is long ago."""
    if (today - due).days < 7:
        return tr("since {day}").format(day=QLocale().standaloneDayName(due.isoweekday()))
    return tr("since {day}").format(
        day=f"{due.day} {QLocale().monthName(due.month, QLocale.FormatType.ShortFormat)}"
    )


def until(moment: datetime, now: datetime) -> str:
    """Return how long it is until a session begins, or that it runs."""
    minutes = int((moment - now).total_seconds() // 60)
    if minutes < 0:
        return tr("now")
    if minutes < 60:
        return tr("in {count} min").format(count=minutes)
    if moment.astimezone().date() == now.astimezone().date():
        return tr("in {time}").format(time=duration(minutes))
    days = (moment.astimezone().date() - now.astimezone().date()).days
    return tr("tomorrow") if days == 1 else tr("in {count} days").format(count=days)
