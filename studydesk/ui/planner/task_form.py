"""The fields of a task: what, until when, on which day, how long, for which goal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from studydesk.services.planner import GoalView
from studydesk.ui.planner import words
from studydesk.ui.planner.draft import TaskDraft, check_task
from studydesk.ui.widgets.fields import InputField
from studydesk.ui.widgets.labels import Label

_TOP = Qt.AlignmentFlag.AlignTop


class TaskForm(QWidget):
    """Shows a draft and reads it back; what can't be read is told at its field."""

    def __init__(
        self, draft: TaskDraft, goals: Sequence[GoalView], today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self.fields = {
            "title": InputField(words.tr("Title"), words.tr("Read chapter 4"), draft.title),
            "planned": InputField(words.tr("Planned for"), words.tr("tomorrow"), _day(draft.planned)),
            "due": InputField(words.tr("Due"), words.tr("27 November"), _day(draft.due)),
            "minutes": InputField(words.tr("Takes"), "1h30", _length(draft.minutes)),
        }
        self.goal = _goal_choice(goals, draft.goal_id)
        self.notes = QPlainTextEdit(draft.notes)
        self.notes.setProperty("field", True)
        self.notes.setAccessibleName(words.tr("Notes"))
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(84)
        self._lay_out()
        self.setFocusProxy(self.fields["title"])

    def read(self) -> TaskDraft | None:
        """Return what is typed, or None after telling what is wrong and putting the caret there."""
        typed = {name: field.text() for name, field in self.fields.items()}
        typed["notes"] = self.notes.toPlainText()
        checked = check_task(typed, str(self.goal.currentData() or "") or None, self._today)
        for name, field in self.fields.items():
            fault = checked.faults.get(name)
            field.set_fault(words.misread(fault) if fault else "")
        first = next((name for name in self.fields if name in checked.faults), None)
        if first is not None:
            self.fields[first].edit.setFocus()
        return checked.value

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(14)
        grid.addWidget(self.fields["title"], 0, 0, 1, 2)
        grid.addWidget(self.fields["planned"], 1, 0, _TOP)
        grid.addWidget(self.fields["due"], 1, 1, _TOP)
        grid.addWidget(self.fields["minutes"], 2, 0, _TOP)
        grid.addLayout(_labelled(words.tr("Goal"), self.goal), 2, 1, _TOP)
        grid.addLayout(_labelled(words.tr("Notes"), self.notes), 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)


def _labelled(text: str, widget: QWidget) -> QVBoxLayout:
    label = Label(text, "small", "textSecondary", weight=500)
    label.setBuddy(widget)
    box = QVBoxLayout()
    box.setSpacing(4)
    box.addWidget(label)
    box.addWidget(widget)
    return box


def _goal_choice(goals: Sequence[GoalView], chosen: str | None) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(words.tr("Goal"))
    box.addItem(words.tr("None"), "")
    for goal in goals:
        box.addItem(goal.title, goal.id)
    box.setCurrentIndex(max(0, box.findData(chosen or "")))
    return box


def _day(day: date | None) -> str:
    return words.typed_day(day) if day is not None else ""


def _length(minutes: int | None) -> str:
    return words.duration(minutes) if minutes else ""
