"""The side of Today: who is near, this week, goals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from studydesk.ui.theme import current
from studydesk.ui.today import words
from studydesk.ui.widgets.avatar import Avatar
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.labels import Hairline, Label, SectionLabel
from studydesk.ui.widgets.layouts import clear
from studydesk.ui.widgets.progress import ProgressBar

if TYPE_CHECKING:
    from studydesk.services.planner import DayMinutes, GoalView
    from studydesk.services.room.views import NearDesk

WIDTH = 304
MAX_NEAR = 4


class TodaySide(QScrollArea):
    """`rooms_wanted` when more of those near are to be seen, `goal_wanted` to set a goal."""

    rooms_wanted = Signal()
    goal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFixedWidth(max(WIDTH, current().px(WIDTH)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = _Ground()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 16, 0, 16)
        column.setSpacing(0)
        self._near, self._week, self._goals = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for number, part in enumerate((self._near, self._week, self._goals)):
            if number:
                column.addSpacing(18)
                column.addWidget(Hairline())
                column.addSpacing(14)
            part.setContentsMargins(20, 0, 20, 0)
            part.setSpacing(8)
            column.addLayout(part)
        column.addStretch(1)
        self.setWidget(page)
        self.show_near(())

    def show_near(self, desks: Sequence[NearDesk]) -> None:
        """Show who is near."""
        clear(self._near)
        count = words.tr("1 desk") if len(desks) == 1 else words.tr("{count} desks").format(count=len(desks))
        self._near.addWidget(_Head(words.tr("Near you"), count if desks else ""))
        for desk in desks[:MAX_NEAR]:
            self._near.addWidget(_Person(desk))
        if not desks:
            hint = words.tr("Nobody near. Desks on the same network appear here by themselves.")
            self._near.addWidget(Label(hint, "small", "textMuted", wrap=True))
        if len(desks) > MAX_NEAR:
            more = Button(words.tr("{count} more").format(count=len(desks) - MAX_NEAR), "link")
            more.clicked.connect(self.rooms_wanted)
            self._near.addWidget(more)

    def show_week(self, days: Sequence[DayMinutes], today: date) -> None:
        """Show the minutes of this week, done of planned."""
        clear(self._week)
        done, planned = sum(day.done for day in days), sum(day.planned for day in days)
        fact = words.tr("nothing planned")
        if planned:
            fact = words.tr("{done} of {planned}").format(
                done=words.duration(done), planned=words.duration(planned)
            )
        elif done:
            fact = words.duration(done)
        self._week.addWidget(_Head(words.tr("This week"), fact))
        self._week.addWidget(WeekBars(days, today))

    def show_goals(self, goals: Sequence[GoalView]) -> None:
        """Show goals with how far each is."""
        clear(self._goals)
        self._goals.addWidget(_Head(words.tr("Goals"), ""))
        for goal in goals[:6]:
            self._goals.addWidget(_Goal(goal))
        button = Button(words.tr("Set a goal"), "link")
        button.clicked.connect(self.goal_wanted)
        self._goals.addWidget(button)


class _Ground(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current().color("window"))
        painter.fillRect(0, 0, 1, self.height(), current().color("line"))


class _Head(QWidget):
    def __init__(self, title: str, fact: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 2)
        row.addWidget(SectionLabel(title))
        row.addStretch(1)
        row.addWidget(Label(fact, "small", "textSecondary", tabular=True))


class _Person(QWidget):
    def __init__(self, desk: NearDesk) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Avatar(desk.name, desk.colour, 28, "here"))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(desk.name, "body", weight=500, elide=True).fill())
        rooms = [room.name for room in desk.rooms if room.name]
        fact = words.tr("hosts {room}").format(room=rooms[0]) if rooms else words.tr("on this network")
        column.addWidget(Label(fact, "small", "textSecondary", elide=True).fill())
        row.addLayout(column, 1)


class _Goal(QWidget):
    def __init__(self, goal: GoalView) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(5)
        row = QHBoxLayout()
        row.addWidget(Label(goal.title, "body", weight=500, elide=True).fill(), 1)
        row.addWidget(Label(f"{round(goal.progress * 100)} %", "small", "textSecondary", tabular=True))
        column.addLayout(row)
        bar = ProgressBar()
        bar.set_share(goal.progress, goal.title)
        column.addWidget(bar)
        column.addWidget(Label(_goal_fact(goal), "small", "textSecondary"))


def _goal_fact(goal: GoalView) -> str:
    left = goal.tasks - goal.tasks_done
    parts = []
    if goal.due is not None:
        month = QLocale().monthName(goal.due.month)
        parts.append(words.tr("By {day}.").format(day=f"{goal.due.day} {month}"))
    if goal.tasks:
        parts.append(
            words.tr("1 task left.") if left == 1 else words.tr("{count} tasks left.").format(count=left)
        )
    return " ".join(parts) or words.tr("No task yet.")


class WeekBars(QWidget):
    """One bar for each weekday: done over planned."""

    def __init__(self, days: Sequence[DayMinutes], today: date) -> None:
        super().__init__()
        worked = [day for day in days if day.day.isoweekday() < 6 or day.planned or day.done]
        self._days, self._today = tuple(worked), today
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            ", ".join(
                f"{QLocale().dayName(day.day.isoweekday())} {words.duration(day.done)}" for day in worked
            )
        )

    def sizeHint(self) -> QSize:
        return QSize(240, 78)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        most = max([60, *(max(day.planned, day.done) for day in self._days)])
        step = self.width() / max(1, len(self._days))
        for number, day in enumerate(self._days):
            track = QRectF(step * number + step / 2 - 9, 2, 18, 52)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunken"))
            painter.drawRoundedRect(track, 3, 3)
            high = min(1.0, day.done / most) * track.height()
            if high:
                painter.setBrush(theme.color("accent"))
                painter.drawRoundedRect(QRectF(track.left(), track.bottom() - high, 18, high), 3, 3)
            now = day.day == self._today
            painter.setFont(theme.font("small", weight=600 if now else 400))
            painter.setPen(theme.color("text" if now else "textSecondary"))
            name = QLocale().dayName(day.day.isoweekday(), QLocale.FormatType.ShortFormat)[:2]
            painter.drawText(QRectF(step * number, 58, step, 18), Qt.AlignmentFlag.AlignCenter, name)
