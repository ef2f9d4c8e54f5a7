"""One goal and a date."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QVBoxLayout, QWidget

from studydesk.services.settings import WELCOMED
from studydesk.ui.context import UiContext
from studydesk.ui.today import words
from studydesk.ui.widgets.dialog import BaseDialog
from studydesk.ui.widgets.fields import InputField
from studydesk.ui.widgets.labels import Label


class GoalDialog(BaseDialog):
    """Sets a goal."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(
            words.tr("What do you want to be able to do?"),
            words.tr("Say it as something you can do: then you know when you are there."),
            words.tr("Set the goal"),
            parent,
        )
        self._context = context
        self.title = InputField(words.tr("I want to be able to"), words.tr("query our sales data on my own"))
        self.title.edit.setObjectName("goalTitle")
        by = date.today() + timedelta(days=90)
        self.day = QDateEdit(QDate(by.year, by.month, by.day))
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(words.tr("By"))
        self.day.setMinimumDate(QDate.currentDate())
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Label(words.tr("By"), "small", "textSecondary", weight=500))
        column.addWidget(self.day)
        self.content.addWidget(self.title)
        self.content.addLayout(column)
        self.title.changed.connect(self._ready)
        self.primary.clicked.connect(self._set)
        self._ready()
        self.title.setFocus()

    def _ready(self) -> None:
        self.primary.setEnabled(bool(self.title.text()))

    def _set(self) -> None:
        chosen = self.day.date()
        due = date(chosen.year(), chosen.month(), chosen.day())
        self._context.settings.set(WELCOMED, True)
        self._context.bridge.when_done(self._context.desk.planner.add_goal(self.title.text(), due))
        self.accept()
