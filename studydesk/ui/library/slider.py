"""How far I am, as a bar that can be pulled."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from studydesk.ui.library import words
from studydesk.ui.theme import current
from studydesk.ui.widgets.focus import Ringed
from studydesk.ui.widgets.progress import paint_progress

KNOB = 14


class ProgressSlider(Ringed, QSlider):
    """0 to 100 per cent. `settled` tells a new value once the hand lets go, or a key moved it."""

    settled = Signal(int)
    ring_radius = 6

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, 100)
        self.setSingleStep(1)
        self.setPageStep(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words.tr("Progress in per cent"))

    def sizeHint(self) -> QSize:
        return QSize(120, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        share = self.value() / 100
        room = self.width() - KNOB
        paint_progress(painter, QRectF(KNOB / 2, self.height() / 2 - 3, room, 6), share)
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.setBrush(theme.color("raised"))
        painter.drawEllipse(QRectF(share * room + 1, (self.height() - KNOB) / 2 + 1, KNOB - 2, KNOB - 2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._pull(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._pull(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderDown(False)
            self.settled.emit(self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.value()
        super().keyPressEvent(event)
        if self.value() != before:
            self.settled.emit(self.value())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the panel scrolls; a progress must not change by the way

    def _pull(self, event: QMouseEvent) -> None:
        share = (event.position().x() - KNOB / 2) / max(1, self.width() - KNOB)
        self.setValue(round(max(0.0, min(1.0, share)) * 100))
