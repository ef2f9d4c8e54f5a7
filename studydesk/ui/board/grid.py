"""The dotted grid of the paper."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

SPACING = 24
"""Board units between two dots."""


class GridDots:
    """Paints the dots of the board's grid; none where they would be closer than 12 logical pixels."""

    def __init__(self, colour: str, ratio: float = 1.0) -> None:
        self._ratio = ratio
        self._side = max(3, round(3 * ratio))
        self._dot = self._new_dot(colour)

    def paint(self, painter: QPainter, target: QRect, origin: QPoint, scale: float) -> None:
        """Fill `target` with dots; `origin` is where its corner lies on the board, in device pixels at `scale`."""
        step = SPACING * scale
        if step < SPACING / 2 * self._ratio:
            return
        strip = self._strip(target.width(), origin.x(), step)
        for y in _places(origin.y(), target.height(), step, self._side):
            painter.drawImage(QPoint(target.left(), target.top() + y), strip)

    def _strip(self, width: int, left: int, step: float) -> QImage:
        """One row of dots: rows are copied, which is much faster than dot by dot."""
        strip = QImage(width, self._side, QImage.Format.Format_ARGB32_Premultiplied)
        strip.fill(Qt.GlobalColor.transparent)
        painter = QPainter(strip)
        for x in _places(left, width, step, self._side):
            painter.drawImage(QPoint(x, 0), self._dot)
        painter.end()
        return strip

    def _new_dot(self, colour: str) -> QImage:
        dot = QImage(self._side, self._side, QImage.Format.Format_ARGB32_Premultiplied)
        dot.fill(Qt.GlobalColor.transparent)
        painter = QPainter(dot)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        middle, radius = self._side / 2, 1.1 * self._ratio
        painter.drawEllipse(QRectF(middle - radius, middle - radius, 2 * radius, 2 * radius))
        painter.end()
        return dot


def _places(start: int, length: int, step: float, side: int) -> list[int]:
    """Return where dots begin between `start` and `start + length`, counted from `start`."""
    first, last = int((start - side) // step), int((start + length + side) // step) + 1
    return [round(number * step) - side // 2 - start for number in range(first, last + 1)]
