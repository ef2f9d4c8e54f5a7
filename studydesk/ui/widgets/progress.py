"""Progress, always with a figure in words beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studydesk.ui.theme import current


def paint_progress(painter: QPainter, rect: QRectF, share: float) -> None:
    """Paint a bar that is full at `share` 1.0."""
    theme, radius = current(), rect.height() / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("line"), 1) if theme.contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("sunken"))
    painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        filled = QRectF(rect)
        filled.setWidth(max(rect.height(), rect.width() * min(share, 1)))
        painter.drawRoundedRect(filled, radius, radius)
    painter.restore()


class ProgressBar(QWidget):
    """6 px high (4 in lists). `words` is the figure it stands for; screen readers hear it."""

    def __init__(
        self, share: float = 0, words: str = "", height: int = 6, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_share(share, words)

    def set_share(self, share: float, words: str = "") -> None:
        """Show how much is done, 0.0 to 1.0."""
        self._share = share
        self.setAccessibleName(words or f"{share:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_progress(QPainter(self), QRectF(self.rect()).adjusted(0.5, 0, -0.5, 0), self._share)
