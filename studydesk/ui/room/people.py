"""The members of a room, who is there, and where they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studydesk.services.room.views import Person
from studydesk.ui.room.talk_list import Index
from studydesk.ui.theme import current
from studydesk.ui.widgets.avatar import paint_avatar

PERSON = Qt.ItemDataRole.UserRole
ROW = 56


class PeopleList(QListWidget):
    """One row for each person; those who are there come first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("peopleList")
        self.setAccessibleName(self.tr("People of the room"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_PersonDelegate(self))
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)

    def show_people(self, people: Sequence[Person], boards: dict[str, str]) -> None:
        """Show people; `boards` gives the title of each board document."""
        self.clear()
        for person in people:
            item = QListWidgetItem()
            facts = self._facts(person, boards)
            name = self.tr("{name} (you)").format(name=person.name) if person.me else person.name
            item.setData(PERSON, (person, name, facts))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{person.name}, {facts}")
            self.addItem(item)

    def _facts(self, person: Person, boards: dict[str, str]) -> str:
        roles = {
            "facilitator": self.tr("Facilitator"),
            "member": self.tr("Member"),
            "viewer": self.tr("Viewer"),
            "guest": self.tr("Guest"),
        }
        role = roles.get(person.role, person.role)
        if not person.present:
            where = self.tr("not here now")
        elif person.where in boards:
            where = self.tr("on “{board}”").format(board=boards[person.where or ""])
        else:
            where = self.tr("here")
        return f"{role} · {where}"


class _PersonDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        person, name, facts = index.data(PERSON)
        rect = QRectF(option.rect)
        theme = current()
        painter.save()
        avatar = QRectF(rect.left() + 24, rect.center().y() - 16, 32, 32)
        paint_avatar(painter, avatar, person.name, person.colour, "here" if person.present else "", "surface")
        words = rect.adjusted(72, 8, -24, -8)
        painter.setFont(theme.font("body", weight=500))
        painter.setPen(theme.color("text" if person.present else "textSecondary"))
        painter.drawText(words, Qt.AlignmentFlag.AlignTop, name)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("textMuted"))
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom, facts)
        painter.fillRect(
            QRectF(rect.left() + 24, rect.bottom() - 1, rect.width() - 48, 1), theme.color("line")
        )
        painter.restore()
