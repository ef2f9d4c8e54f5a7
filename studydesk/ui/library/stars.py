"""My rating as five stars, by mouse or keys 0 to 5."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studydesk.ui.icons import paint_icon
from studydesk.ui.library import words
from studydesk.ui.theme import current
from studydesk.ui.widgets.focus import Ringed

STEP = 28
SIDE = 20


class Stars(Ringed, QWidget):
    """Five stars. Says by `chosen` a new rating, 0 to 5; a press on the present one takes it away."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rating = 0
        self._hover = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_rating(0)

    @property
    def rating(self) -> int:
        return self._rating

    def set_rating(self, rating: int) -> None:
        """Show a rating without a signal."""
        self._rating = max(0, min(5, rating))
        self.setAccessibleName(f"{words.tr('My rating')}, {words.rating(self._rating)}")
        self.setToolTip(words.tr("Keys 1 to 5; 0 takes it away"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(5 * STEP, STEP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_5:
            self._choose(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Plus):
            self._choose(min(5, self._rating + 1))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Minus):
            self._choose(max(0, self._rating - 1))
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(self._star_at(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            star = self._star_at(event)
            self._choose(0 if star == self._rating else star)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hover(0)
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self._hover or self._rating
        token = "accent" if self._hover else "textSecondary"
        for number in range(5):
            box = QRectF(number * STEP + (STEP - SIDE) / 2 - 4, (STEP - SIDE) / 2, SIDE, SIDE)
            paint_icon(painter, "ph.star-fill" if number < shown else "ph.star", box, current().color(token))

    def _star_at(self, event: QMouseEvent) -> int:
        return max(1, min(5, int(event.position().x() // STEP) + 1))

    def _set_hover(self, star: int) -> None:
        if star != self._hover:
            self._hover = star
            self.update()

    def _choose(self, rating: int) -> None:
        if rating != self._rating:
            self.set_rating(rating)
            self.chosen.emit(rating)
