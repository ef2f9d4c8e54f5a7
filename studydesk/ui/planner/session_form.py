"""The fields of a session: what, when, where, with whom, in which room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from studydesk.services.planner import SessionKind
from studydesk.ui.planner import words
from studydesk.ui.planner.draft import SessionDraft, check_session
from studydesk.ui.widgets.fields import InputField
from studydesk.ui.widgets.labels import Label
from studydesk.ui.widgets.segmented import SegmentedControl


class SessionForm(QWidget):
    """Shows a draft and reads it back; what can't be read is told at its field."""

    def __init__(
        self,
        draft: SessionDraft,
        rooms: Sequence[tuple[str, str]],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        start, end = words.clock(draft.start), words.clock(draft.end)
        self.fields = {
            "title": InputField(words.tr("Title"), words.tr("SQL for analysts, 3"), draft.title),
            "date": InputField(words.tr("Day"), words.tr("27 November"), words.typed_day(draft.start.date())),
            "start": InputField(words.tr("From"), "14:00", start),
            "end": InputField(words.tr("To"), "15:30", end),
            "place": InputField(words.tr("Place"), words.tr("Room Lyon"), draft.place),
            "with": InputField(words.tr("With"), "Marta", draft.with_whom),
        }
        kinds = (
            (SessionKind.SESSION.value, words.tr("Session"), ""),
            (SessionKind.OWN.value, words.tr("Own slot"), ""),
            (SessionKind.REVIEW.value, words.tr("Review"), ""),
        )
        self.kind = SegmentedControl(kinds, words.tr("Kind"), draft.kind.value)
        self.room = _room_choice(rooms, draft.room_id)
        self._lay_out(bool(rooms))
        self.setFocusProxy(self.fields["title"])

    def read(self) -> SessionDraft | None:
        """Return what is typed, or None after telling what is wrong and putting the caret there."""
        typed = {name: field.text() for name, field in self.fields.items()}
        room = str(self.room.currentData() or "") or None
        checked = check_session(typed, SessionKind(self.kind.value()), room, self._today)
        for name, field in self.fields.items():
            fault = checked.faults.get(name)
            field.set_fault(words.misread(fault) if fault else "")
        first = next((name for name in self.fields if name in checked.faults), None)
        if first is not None:
            self.fields[first].edit.setFocus()
        return checked.value

    def _lay_out(self, with_rooms: bool) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(14)
        for name, row, column, wide in (
            ("title", 0, 0, 4),
            ("date", 1, 0, 2),
            ("start", 1, 2, 1),
            ("end", 1, 3, 1),
            ("place", 2, 0, 2),
            ("with", 2, 2, 2),
        ):
            grid.addWidget(self.fields[name], row, column, 1, wide, Qt.AlignmentFlag.AlignTop)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(14)
        column_layout.addWidget(self.kind)
        column_layout.addLayout(grid)
        if with_rooms:
            label = Label(words.tr("Room"), "small", "textSecondary", weight=500)
            label.setBuddy(self.room)
            box = QVBoxLayout()
            box.setSpacing(4)
            box.addWidget(label)
            box.addWidget(self.room)
            column_layout.addLayout(box)
        else:
            self.room.hide()


def _room_choice(rooms: Sequence[tuple[str, str]], chosen: str | None) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(words.tr("Room"))
    box.addItem(words.tr("None"), "")
    for room_id, name in rooms:
        box.addItem(name, room_id)
    at = box.findData(chosen or "")
    if at < 0 and chosen:
        box.addItem(words.tr("A room that is not on this desk"), chosen)
        at = box.count() - 1
    box.setCurrentIndex(max(0, at))
    return box
