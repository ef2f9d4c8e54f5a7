"""The list of messages: links can be followed by mouse and by key, texts copied."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from studydesk.ui.room.links import links
from studydesk.ui.room.talk_list import ENTRY, Line, TalkDelegate, TalkModel


class MessageList(QListView):
    """Shows a TalkModel. Enter follows the link of the current message, Ctrl+C copies it."""

    def __init__(self, model: TalkModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("talkList")
        self.setAccessibleName(self.tr("Messages"))
        self.setModel(model)
        self.painter = TalkDelegate(self)
        self.setItemDelegate(self.painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self._pressed = ""

    def link_at(self, at: QPointF) -> str:
        """Return the web address at a point of the viewport, or ""."""
        index = self.indexAt(at.toPoint())
        line = index.data(ENTRY)
        if not isinstance(line, Line):
            return ""
        return self.painter.link_at(QRectF(self.visualRect(index)), line, at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        link = self.link_at(event.position())
        shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().setToolTip(link)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self.link_at(event.position())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        link = self.link_at(event.position())
        if link and link == self._pressed and event.button() == Qt.MouseButton.LeftButton:
            follow(link)
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.currentIndex().data(ENTRY)
        found = links(line.entry.text) if isinstance(line, Line) else ()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and found:
            follow(found[0].address)
        elif event.matches(QKeySequence.StandardKey.Copy) and isinstance(line, Line):
            QGuiApplication.clipboard().setText(line.entry.text)
        else:
            super().keyPressEvent(event)


def follow(address: str) -> None:
    """Open a web address outside of the program."""
    QDesktopServices.openUrl(QUrl(address))
