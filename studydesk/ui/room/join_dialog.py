"""Joining a room for the first time: its code, who hosts it, and the name to be seen under."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studydesk.foundation.errors import Fault, NotReachable
from studydesk.services.room.views import NearRoom, RoomRow
from studydesk.services.settings import NAME
from studydesk.ui.context import UiContext
from studydesk.ui.room.code_boxes import CodeBoxes
from studydesk.ui.theme import current
from studydesk.ui.widgets.avatar import Avatar
from studydesk.ui.widgets.dialog import BaseDialog
from studydesk.ui.widgets.empty import IconView
from studydesk.ui.widgets.fields import InputField
from studydesk.ui.widgets.labels import Label


class JoinDialog(BaseDialog):
    """Asks for a code, and for an address when no room was chosen. `joined` carries the room."""

    joined = Signal(object)

    def __init__(self, context: UiContext, room: NearRoom | None, parent: QWidget) -> None:
        super().__init__(self._title(room), self._sentence(room), self.tr("Join"), parent)
        self._context, self._room = context, room
        self._asked = 0
        self.address = InputField(self.tr("Address"), "192.168.1.20:4827")
        self.address.edit.setObjectName("joinAddress")
        self.address.setVisible(room is None)
        self.code = CodeBoxes()
        self.name = InputField(self.tr("Your name in this room"), self.tr("as others know you"))
        self.name.set_text(context.settings.get(NAME) or context.desk.rooms.keeper.name())
        self.name.edit.setObjectName("joinName")
        self.fault = Label("", "small", "danger", wrap=True)
        self.fault.setObjectName("joinFault")
        self.fault.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.hint = Label(self.tr("Usually six digits. You need it only this once."), "small", "textMuted")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._fill()
        self.primary.setObjectName("joinButton")
        self.primary.clicked.connect(self._join)
        for changed in (self.code.textChanged, self.address.changed, self.name.changed):
            changed.connect(self._ready)
        self._ready()
        (self.address if room is None else self.code).setFocus()

    def _title(self, room: NearRoom | None) -> str:
        if room is None:
            return self.tr("Join a room by its address")
        return self.tr("Join “{name}”").format(name=room.name or self.tr("a room"))

    def _sentence(self, room: NearRoom | None) -> str:
        if room is None:
            return self.tr("Whoever hosts the room sees its address and code on the screen.")
        return self.tr("Type the code that {host} shows or says.").format(host=room.host_name)

    def _fill(self) -> None:
        self.content.addWidget(self.address)
        boxes = QVBoxLayout()
        boxes.setSpacing(8)
        boxes.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        boxes.addWidget(self.hint)
        boxes.addWidget(self.fault)
        self.fault.hide()
        self.content.addLayout(boxes)
        if self._room is not None:
            self.content.addWidget(
                HostLine(self._room.host_name, self.tr("Hosts this room"), self.tr("Encrypted"))
            )
        self.content.addWidget(self.name)

    def _ready(self) -> None:
        address = self._room is not None or bool(self.address.text())
        ready = bool(self.code.code()) and address and bool(self.name.text())
        self.primary.setEnabled(ready)
        self.primary.setToolTip("" if ready else self.tr("The code and your name are needed."))

    def _join(self) -> None:
        self._asked += 1
        turn = self._asked
        self.primary.setEnabled(False)
        self.primary.setText(self.tr("Joining"))
        self._say("")
        where = self._room if self._room is not None else self.address.text()
        asked = self._context.desk.rooms.join(where, self.code.code(), self.name.text())
        self._context.bridge.when_done(asked, lambda row: self._in(turn, row), self._out, owner=self)

    def _in(self, turn: int, row: RoomRow) -> None:
        if turn == self._asked:
            self.joined.emit(row)
            self.accept()

    def _out(self, error: BaseException) -> None:
        self.primary.setText(self.tr("Join"))
        self._ready()
        sentence = error.sentence if isinstance(error, Fault) else self.tr("Joining did not work. Try again.")
        if isinstance(error, NotReachable) and self._room is None:
            self.address.set_fault(sentence)
            self.address.setFocus()
            self.adjustSize()
            return
        self._say(sentence)
        self.code.set_fault(True)
        self.code.setFocus()
        self.code.selectAll()

    def _say(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
        self.hint.setVisible(not sentence)
        self.code.setAccessibleDescription(sentence)
        self.adjustSize()


class HostLine(QWidget):
    """Who hosts, on a sunken ground, with a lock."""

    def __init__(self, name: str, fact: str, secure: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(Avatar(name, sum(name.encode()) % 10, 32, "here"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(name, "control"))
        words.addWidget(Label(fact, "small", "textSecondary"))
        row.addLayout(words, 1)
        row.addWidget(IconView("ph.lock", "success", 16))
        row.addWidget(Label(secure, "small", "success"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("line"))
        painter.setBrush(theme.color("window"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
