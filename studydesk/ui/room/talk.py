"""The talk of a room: messages, and a field to write the next one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studydesk.services.room.views import EntryView
from studydesk.ui.icons import paint_icon
from studydesk.ui.room.messages import MessageList
from studydesk.ui.room.talk_list import TalkModel
from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import IconButton
from studydesk.ui.widgets.empty import EmptyState

HIGHEST = 140


class TalkView(QWidget):
    """Messages above, the composer below. `said` carries what was written."""

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = TalkModel(self)
        self.list = MessageList(self.model)
        empty = EmptyState(
            "ph.chat-text",
            self.tr("Nobody has written yet"),
            self.tr("Messages stay with everyone who was in the room, also offline."),
        )
        empty.add_button(self.tr("Say hello")).clicked.connect(self._write)
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self.list)
        self.composer = Composer()
        self.composer.sent.connect(self.said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 12, 0)
        row.addWidget(self.composer)
        column.addLayout(row)

    def load(self, entries: Sequence[EntryView], unread: int = 0) -> None:
        """Show these messages and go to the last; a mark parts the last `unread` from the others."""
        self.model.load(entries, unread)
        self._show_or_empty()
        self.list.scrollToBottom()

    def add(self, entries: Sequence[EntryView]) -> None:
        """Show more messages; who reads at the end stays at the end."""
        bar = self.list.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 40 or any(entry.mine for entry in entries)
        self.model.add(entries)
        self._show_or_empty()
        if at_end:
            self.list.scrollToBottom()

    def set_read_only(self, read_only: bool) -> None:
        """A viewer reads only."""
        self.composer.setEnabled(not read_only)
        hint = self.tr("You are a viewer: you can read here") if read_only else self.tr("Write to everyone")
        self.composer.edit.setPlaceholderText(hint)

    def _write(self) -> None:
        self.composer.edit.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.list.painter.forget_sizes()

    def _show_or_empty(self) -> None:
        self._stack.setCurrentIndex(1 if self.model.rowCount() else 0)


class Composer(QWidget):
    """A field that grows with its text. Enter sends, Shift+Enter begins a line."""

    sent = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = _Edit()
        self.edit.setObjectName("talkComposer")
        self.edit.setAccessibleName(self.tr("Message to everyone"))
        self.edit.setPlaceholderText(self.tr("Write to everyone"))
        self.edit.submitted.connect(self._send)
        self.edit.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self.edit.focused.connect(self.update)
        self.edit.textChanged.connect(self._ready)
        self.button = _Send("ph.paper-plane-right", self.tr("Send"), small=True)
        self.button.setObjectName("talkSend")
        self.button.clicked.connect(self._send)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 4, 4)
        row.setSpacing(4)
        row.addWidget(self.edit, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        self._ready()
        self._fit()

    def _send(self) -> None:
        text = self.edit.toPlainText().strip()
        if text:
            self.edit.clear()
            self.sent.emit(text)

    def _ready(self) -> None:
        self.button.setEnabled(bool(self.edit.toPlainText().strip()))

    def _fit(self) -> None:
        lines = max(1, int(self.edit.document().size().height()))
        high = min(HIGHEST, lines * self.edit.fontMetrics().lineSpacing() + 10)
        self.edit.setFixedHeight(max(28, high))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.edit.hasFocus()
        painter.setPen(QPen(theme.color("focus" if focused else "lineControl"), 2 if focused else 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


class _Send(IconButton):
    """Filled as soon as there is something to send."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.isEnabled():
            super().paintEvent(event)
            return
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accentHover" if self.underMouse() else "accent"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        middle = QRectF(self.width() / 2 - 8, self.height() / 2 - 8, 16, 16)
        paint_icon(painter, self.icon_name, middle, "onAccent")


class _Edit(QPlainTextEdit):
    submitted = Signal()
    focused = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QPlainTextEdit { background: transparent; border: none; padding: 0; }")

    def sizeHint(self) -> QSize:
        return QSize(160, 28)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 28)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.focused.emit()
        return super().event(event)
