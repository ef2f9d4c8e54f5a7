"""The left pane: my work plan of the week, a line to add a task quickly, and the tasks in their groups."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from studydesk.services.planner import parse_quick_task
from studydesk.ui.planner import words
from studydesk.ui.planner.feed import Snapshot
from studydesk.ui.planner.task_groups import groups
from studydesk.ui.planner.task_list import TaskList
from studydesk.ui.widgets.empty import EmptyState
from studydesk.ui.widgets.labels import Label, SectionLabel
from studydesk.ui.widgets.progress import ProgressBar

MARGIN = 16


class WorkPlanPane(QWidget):
    """Shows the tasks of a Snapshot; `list` is the list itself."""

    quick_added = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = date(2000, 1, 1)
        self._title = SectionLabel(words.tr("My work plan"))
        self._bar = ProgressBar()
        self._figure = Label("", "small", "textMuted", tabular=True)
        self.quick = QLineEdit()
        self._reading = Label("", "small", "textMuted", wrap=True)
        self.list = TaskList()
        self._empty = EmptyState(
            "ph.check-square",
            words.tr("No tasks yet"),
            words.tr("Write one above, as in “Read chapter 4 friday 1h #sql”, then drag it onto an hour."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        self._dress_quick()
        self._lay_out()

    def show_snapshot(self, snapshot: Snapshot, goal_minutes: int, rooms: Mapping[str, str]) -> None:
        """Show the tasks and figures of a reading.

        `goal_minutes` is what I mean to do a week, 0 for none; `rooms` gives names of rooms by id.
        """
        self._today = snapshot.now.date()
        self._show_figures(snapshot, goal_minutes)
        chosen = self.list.current_task
        found = groups(snapshot.tasks, snapshot.week, self._today, rooms)
        self.list.tasks.show(found, self._today)
        if chosen is not None:
            self.list.choose(chosen.id)
        self._stack.setCurrentWidget(self.list if found else self._empty)

    def focus_quick(self) -> None:
        """Put the caret into the line that adds."""
        self.quick.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.quick.selectAll()

    def _show_figures(self, snapshot: Snapshot, goal_minutes: int) -> None:
        first = snapshot.week.first
        week = QDate(first.year, first.month, first.day).weekNumber()[0]
        self._title.setText(words.tr("My work plan, week {week}").format(week=week))
        done, wanted = snapshot.minutes_done, goal_minutes or snapshot.minutes_planned
        figure = words.progress(done, wanted)
        self._figure.setText(figure)
        self._bar.set_share(done / wanted if wanted else 0.0, figure)

    def _dress_quick(self) -> None:
        self.quick.setPlaceholderText(words.tr("Read chapter 4 friday 1h #sql"))
        self.quick.setAccessibleName(words.tr("New task"))
        self.quick.setMaxLength(500)
        self.quick.returnPressed.connect(self._add)
        self.quick.textChanged.connect(self._read_aloud)
        self.quick.installEventFilter(self)
        self._reading.hide()

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(10)
        figures.addWidget(self._bar, 1)
        figures.addWidget(self._figure)
        top = QVBoxLayout()
        top.setContentsMargins(MARGIN, 16, MARGIN, 8)
        top.setSpacing(10)
        top.addWidget(self._title)
        top.addLayout(figures)
        top.addSpacing(2)
        top.addWidget(self.quick)
        top.addWidget(self._reading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    def _read_aloud(self, text: str) -> None:
        """Say below the line how it is understood, while it is written."""
        quick = parse_quick_task(text, self._today)
        parts = [quick.title] if quick.title else []
        if quick.due is not None:
            parts.append(words.tr("due {day}").format(day=words.near_day(quick.due, self._today)))
        if quick.minutes:
            parts.append(words.duration(quick.minutes))
        parts += [f"#{mark}" for mark in quick.marks]
        self._reading.setText(" · ".join(parts))
        self._reading.setVisible(len(parts) > 1)

    def _add(self) -> None:
        text = self.quick.text().strip()
        if text:
            self.quick_added.emit(text)
            self.quick.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.quick and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.quick.text():
                self.quick.clear()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)
