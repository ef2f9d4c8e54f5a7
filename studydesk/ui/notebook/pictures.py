"""Pictures of notes for the preview: boxes of tasks, and files of the desk. Nothing comes from the network."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPen, QPixmap

from studydesk.ui.bridge import Bridge
from studydesk.ui.icons import paint_icon
from studydesk.ui.theme import current

BOX = 16
LARGEST_SIDE = 4000
"""Pixels; larger pictures are read at a smaller size, never whole."""
_LOCAL = {"", "file"}

FindFile = Callable[[str], Future[Path | None]]


class Pictures(QObject):
    """Reads the pictures a note shows, one after another, and tells when one is there."""

    arrived = Signal(str)
    """Emitted with the address under which a picture can be had now."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._find: FindFile | None = None
        self._known: dict[str, QImage] = {}
        self._asked: set[str] = set()
        self.width = 680

    def look_in(self, find: FindFile | None) -> None:
        """Choose how references of the note on screen become files; forget the pictures of the one before."""
        self._find = find
        self._known.clear()
        self._asked.clear()

    def picture(self, address: QUrl) -> QImage:
        """Return the picture at `address`, no wider than `width`; an outline until it is there."""
        name = address.toString()
        known = self._known.get(name)
        if known is not None:
            return known
        if (
            name not in self._asked
            and self._find is not None
            and address.scheme() in _LOCAL
            and address.path()
        ):
            self._asked.add(name)
            reference = QUrl.fromPercentEncoding(address.toString().encode())
            self._bridge.when_done(
                self._find(reference), lambda path: self._take(name, path), lambda _: None, self
            )
        return _stand_in()

    def _take(self, name: str, path: Path | None) -> None:
        image = _read(path, self.width) if path is not None else QImage()
        if not image.isNull():
            self._known[name] = image
            self.arrived.emit(name)


def _read(path: Path, width: int) -> QImage:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        return QImage()
    room = QSize(min(size.width(), width), LARGEST_SIDE)
    if size.width() > room.width() or size.height() > room.height():
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _stand_in() -> QImage:
    image = QImage(48, 36, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(current().color("sunken"))
    painter = QPainter(image)
    paint_icon(painter, "ph.image", QRectF(14, 8, 20, 20), "textMuted")
    painter.end()
    return image


def task_box(checked: bool, ratio: float) -> QPixmap:
    """Return the picture of a task's box."""
    theme = current()
    picture = QPixmap(QSize(round(BOX * ratio), round(BOX * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(1, 1, BOX - 2, BOX - 2)
    painter.setPen(QPen(theme.color("accent" if checked else "lineControl"), 1.5))
    painter.setBrush(theme.color("accent") if checked else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame, 4, 4)
    if checked:
        paint_icon(painter, "ph.check", QRectF(2, 2, BOX - 4, BOX - 4), "onAccent")
    painter.end()
    return picture
