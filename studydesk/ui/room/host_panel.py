"""What the host shows to others: the code, large, and the address of the room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studydesk.services.room.views import HostInfo
from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import Button, IconButton
from studydesk.ui.widgets.labels import Label


def spaced(code: str) -> str:
    """Return a code of six digits as it is read out: `4827 19`."""
    return f"{code[:4]} {code[4:]}" if len(code) == 6 and code.isdecimal() else code


class HostPanel(QWidget):
    """The code in large figures, the address, and what the host can do. Lies over the room until it is sent away."""

    new_code_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: HostInfo | None = None
        self.code = Label("", "display", "text", tabular=True)
        self.code.setObjectName("roomCode")
        self.code.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        font = QFont(current().font("display", tabular=True))
        font.setPixelSize(current().px(40))
        self.code.setFont(font)
        self._address = Label("", "small", "textSecondary")
        self._address.setObjectName("roomAddress")
        self._address.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hint = Label("", "small", "textMuted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 16, 16)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Code to join"), "small", "textSecondary").fill())
        away = IconButton("ph.x", self.tr("Hide the code"))
        away.clicked.connect(self.hide)
        head.addWidget(away)
        column.addLayout(head)
        column.addWidget(self.code)
        column.addWidget(self._hint)
        column.addWidget(self._address)
        column.addSpacing(8)
        column.addLayout(self._buttons())
        self.setFixedWidth(current().px(320))

    def show_info(self, info: HostInfo) -> None:
        """Show how others come in."""
        self._info = info
        self.code.setText(spaced(info.code) or self.tr("Members only"))
        self._address.setText(
            self.tr("or by address {address}").format(address=f"{info.address}:{info.port}")
        )
        self._hint.setText(
            self.tr("Read it out, or show it. It holds for ten minutes; members need none.")
            if info.code
            else self.tr("Only a facilitator can let new people in.")
        )

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        copy = Button(self.tr("Copy"), small=True)
        copy.clicked.connect(self._copy)
        fresh = Button(self.tr("New code"), small=True)
        fresh.setObjectName("newCode")
        fresh.clicked.connect(self.new_code_wanted)
        close = Button(self.tr("Close for others"), "danger", small=True)
        close.setObjectName("closeForOthers")
        close.clicked.connect(self.close_wanted)
        row.addWidget(copy)
        row.addWidget(fresh)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _copy(self) -> None:
        if self._info is not None:
            words = self.tr("StudyDesk room: code {code}, address {address}")
            address = f"{self._info.address}:{self._info.port}"
            QGuiApplication.clipboard().setText(words.format(code=spaced(self._info.code), address=address))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("lineStrong"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
