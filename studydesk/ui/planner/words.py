"""How the planner says days, hours, lengths, events and what is wrong with a typed date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QLocale

from studydesk.services.planner import TaskView
from studydesk.ui.planner.blocks import Block, Look
from studydesk.ui.planner.reading import Misread, Problem
from studydesk.ui.planner.span import Span

_SINGLE_MARKS = str.maketrans("“”", "‘’")


def tr(text: str, n: int = -1) -> str:
    """Translate a text of the planner; with `n` its plural, where %n stands for the number."""
    return QCoreApplication.translate("Planner", text, None, n)


def weekday(day: date) -> str:
    return QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.LongFormat)


def weekday_short(day: date) -> str:
    return QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)


def month(number: int) -> str:
    return QLocale().monthName(number, QLocale.FormatType.LongFormat)


def day_and_month(day: date) -> str:
    """As in "24 November"."""
    return f"{day.day} {month(day.month)}"


def full_day(day: date) -> str:
    """As in "Tuesday 24 November"."""
    return f"{weekday(day)} {day_and_month(day)}"


def short_day(day: date) -> str:
    """As in "Tue 24"."""
    return f"{weekday_short(day)} {day.day}"


def typed_day(day: date) -> str:
    """A day as a field shows it, with its year, so that it is read back as the same day."""
    return f"{day.day} {month(day.month)} {day.year}"


def span_title(span: Span) -> str:
    """As in "23 to 27 November", "30 November to 4 December", "Tuesday 24 November"."""
    first, last = span.first, span.last
    if span.count == 1:
        return full_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return tr("{first} to {last}").format(first=first.day, last=day_and_month(last))
    if first.year != last.year:
        first_text = f"{day_and_month(first)} {first.year}"
        return tr("{first} to {last}").format(first=first_text, last=f"{day_and_month(last)} {last.year}")
    return tr("{first} to {last}").format(first=day_and_month(first), last=day_and_month(last))


def quoted(title: str) -> str:
    """Put a title in quotation marks; marks inside it become single ones."""
    return f"“{title.translate(_SINGLE_MARKS)}”"


def clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02d}"


def hour(number: int) -> str:
    return f"{number}:00"


def duration(minutes: int) -> str:
    """As in "25 min", "1 h", "1 h 30"."""
    if minutes < 60:
        return tr("{minutes} min").format(minutes=minutes)
    hours, rest = divmod(minutes, 60)
    if rest:
        return tr("{hours} h {minutes}").format(hours=hours, minutes=f"{rest:02d}")
    return tr("{hours} h").format(hours=hours)


def progress(done: int, wanted: int) -> str:
    """As in "5 h 10 of 12 h"."""
    if not wanted:
        return tr("{done} done").format(done=duration(done)) if done else tr("nothing planned yet")
    return tr("{done} of {wanted}").format(done=duration(done), wanted=duration(wanted))


def more(count: int) -> str:
    return tr("and {count} more").format(count=count)


def left(count: int) -> str:
    return tr("{count} left").format(count=count)


def due_task(title: str) -> str:
    return tr("Due: {title}").format(title=title)


def week_name(days: Sequence[date], events: int) -> str:
    """What a screen reader says of the week."""
    if not days:
        return tr("Week")
    title = span_title(Span(days[0], len(days)))
    count = (
        tr("no events") if not events else tr("1 event") if events == 1 else tr("{n} events").format(n=events)
    )
    return f"{title}, {count}"


def block_span(block: Block) -> str:
    """As in "9:00 to 10:30"."""
    return tr("{start} to {end}").format(start=clock(block.start), end=clock(block.end))


def block_detail(block: Block, with_time: bool = False) -> str:
    """The line below an event's title."""
    if with_time:
        return block_span(block)
    if block.look is Look.PROPOSED:
        return tr("proposed")
    if block.look is Look.DONE:
        length = duration(block.minutes)
        return tr("done, {length}").format(length=length) if block.done else length
    if block.look is Look.MEETING:
        return " · ".join(part for part in (block.place, block.with_whom) if part)
    whom = tr("with {name}").format(name=block.with_whom) if block.with_whom else ""
    return " · ".join(part for part in (whom or block.place or duration(block.minutes),) if part)


def block_kind(block: Block) -> str:
    return {
        Look.MEETING: tr("session"),
        Look.OWN: tr("own slot"),
        Look.REVIEW: tr("review"),
        Look.DONE: tr("done") if block.done else tr("over"),
        Look.PROPOSED: tr("proposed"),
    }[block.look]


def block_sentence(block: Block) -> str:
    """All of an event in one sentence, for tooltips and screen readers."""
    whom = tr("with {name}").format(name=block.with_whom) if block.with_whom else ""
    parts = (
        block.title,
        full_day(block.start.date()),
        block_span(block),
        block.place,
        whom,
        block_kind(block),
    )
    return ", ".join(part for part in parts if part)


def cell_sentence(moment: datetime) -> str:
    return tr("{day}, {time}, free. Enter makes a session.").format(
        day=full_day(moment.date()), time=clock(moment)
    )


def near_day(day: date, today: date) -> str:
    """As in "today", "tomorrow", "Friday", "Friday 4 December"."""
    away = (day - today).days
    if away == 0:
        return tr("today")
    if away == 1:
        return tr("tomorrow")
    if away == -1:
        return tr("yesterday")
    return weekday(day) if 1 < away < 7 else f"{weekday_short(day)} {day_and_month(day)}"


def task_detail(task: TaskView, today: date, room: str = "") -> str:
    """The quiet line of a task: when, then what for."""
    late = task.late_since(today)
    when = ""
    if late is not None:
        when = tr("since {day}").format(day=near_day(late, today))
    elif task.due is not None and not task.done:
        when = tr("due {day}").format(day=near_day(task.due, today))
    elif task.planned is not None and not task.done:
        when = tr("planned {day}").format(day=near_day(task.planned, today))
    what = task.goal_title or room or " ".join(f"#{tag}" for tag in task.tags)
    return " · ".join(part for part in (when, what) if part)


def misread(fault: Misread) -> str:
    """The sentence that helps to mend a typed date or time."""
    if fault.problem is Problem.MONTH_TOO_SHORT:
        return _days_of_month(fault.month, fault.year)
    return {
        Problem.EMPTY: tr("Fill this in first."),
        Problem.UNREADABLE: tr("I can't read that. Try 27 November, 14:00 or 1h30."),
        Problem.NO_SUCH_MONTH: tr("A year has 12 months. Day and month: 27/11."),
        Problem.HOUR_TOO_LARGE: tr("A day has 24 hours. Try 14:00."),
        Problem.MINUTE_TOO_LARGE: tr("An hour has 60 minutes. Try 14:30."),
        Problem.END_BEFORE_START: tr("The end comes before the start."),
    }[fault.problem]


def _days_of_month(number: int, year: int) -> str:
    import calendar

    days = calendar.monthrange(year, number)[1]
    if number == 2:
        return tr("February {year} has {days} days.").format(year=year, days=days)
    return tr("{month} has {days} days.").format(month=month(number).capitalize(), days=days)
