"""The head of the side panel: what it shows, who is here, and the way to close it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studydesk.services.room.views import Person
from studydesk.ui.theme import current
from studydesk.ui.widgets.avatar import paint_avatar
from studydesk.ui.widgets.buttons import IconButton

FACE, STEP = 26, 32


class SideHead(QWidget):
    """A tab with its line, and below it the faces of those who are here."""

    closed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        close = IconButton("ph.x", self.tr("Hide the talk"), "Ctrl+Shift+B")
        close.setObjectName("hideSide")
        close.clicked.connect(self.closed)
        self.faces = Faces()
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 6, 0)
        row.addWidget(_Tab(title))
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.faces)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, line = QPainter(self), current().color("line")
        painter.fillRect(0, self.faces.y() - 1, self.width(), 1, line)
        painter.fillRect(0, self.height() - 1, self.width(), 1, line)


class _Tab(QWidget):
    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(current().font("control")).horizontalAdvance(self._title)
        return QSize(int(width) + 16, max(40, current().px(40)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setFont(theme.font("control"))
        painter.setPen(theme.color("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._title)
        painter.fillRect(0, self.height() - 2, self.width(), 2, theme.color("accent"))


class Faces(QWidget):
    """The faces of those who are here, as many as fit, then how many more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[Person, ...] = ()
        self.setFixedHeight(46)

    def show_people(self, people: Sequence[Person]) -> None:
        """Show who is here; the others are passed over."""
        self._people = tuple(person for person in people if person.present)
        names = ", ".join(person.name for person in self._people)
        self.setAccessibleName(
            self.tr("Here: {names}").format(names=names) if names else self.tr("Nobody here")
        )
        self.setToolTip(names)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = max(1, (self.width() - 32 - 28) // STEP)
        shown = self._people if len(self._people) <= room else self._people[:room]
        for number, person in enumerate(shown):
            rect = QRectF(16 + number * STEP, (self.height() - FACE) / 2, FACE, FACE)
            paint_avatar(painter, rect, person.name, person.colour, "here")
        painter.setFont(current().font("small"))
        painter.setPen(current().color("textMuted"))
        rest = QRectF(16 + len(shown) * STEP, 0, self.width(), self.height())
        if not self._people:
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self.tr("Nobody is here now"))
        elif len(shown) < len(self._people):
            more = f"+{len(self._people) - len(shown)}"
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, more)
