"""The focus ring: 2 px, 2 px outside of the control, only when the focus came by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studydesk.ui.style import RING, paint_ring
from studydesk.ui.theme import current

REACH = 4
KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


def by_keyboard(event: QFocusEvent) -> bool:
    """Tell whether a ring belongs around what just got the focus."""
    return event.reason() in KEYBOARD or current().contrast


class FocusRing(QWidget):
    """Painted around one control, beside it in the same parent, so that it scrolls along."""

    def __init__(self, target: QWidget, radius: float) -> None:
        super().__init__(target.parentWidget())
        self._target, self._radius = target, radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        target.installEventFilter(self)
        self._follow()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.ZOrderChange):
            self._follow()
        elif event.type() is QEvent.Type.Hide:
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        inset = RING / 2
        rect = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        paint_ring(QPainter(self), rect, self._radius + REACH - inset)

    def _follow(self) -> None:
        self.setGeometry(self._target.geometry().adjusted(-REACH, -REACH, REACH, REACH))
        self.raise_()


if TYPE_CHECKING:
    _Control = QWidget
else:
    _Control = object  # two Qt classes as bases of one widget end in a crash


class Ringed(_Control):
    """Mix into a control before its Qt class to give it the ring. `ring_radius` is that of the control."""

    ring_radius: float = 6
    _ring: FocusRing | None = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if by_keyboard(event) and self._ring is None and self.parentWidget() is not None:
            self._ring = FocusRing(self, self.ring_radius)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        ring, self._ring = self._ring, None
        if ring is not None:
            self.removeEventFilter(ring)
            ring.hide()
            ring.deleteLater()
        self.update()
