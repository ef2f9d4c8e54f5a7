"""The mini map: the whole board small, with a frame around what the view shows."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QWidget

from studydesk.services.strokes import Bounds, united
from studydesk.ui.board.canvas import BoardCanvas
from studydesk.ui.board.colours import BoardColours
from studydesk.ui.board.panels import FloatingPanel

SIZE = QSize(132, 84)
_MARGIN = 6


class MiniMap(FloatingPanel):
    """Press or drag on it to look there."""

    def __init__(self, colours: BoardColours, canvas: BoardCanvas, parent: QWidget) -> None:
        super().__init__(colours, QBoxLayout.Direction.LeftToRight, parent)
        self.setFixedSize(SIZE)
        self.setAccessibleName(self.tr("Map of the board"))
        self.setToolTip(self.tr("Press to look there"))
        self._canvas = canvas
        self._picture = QImage()
        self._pictured: Bounds | None = None
        canvas.camera_changed.connect(self.update)
        canvas.content_changed.connect(self._draw_anew)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self.opacity)
        area, inner = self._area(), self._inner()
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(inner, 3, 3)
        painter.setClipPath(clip)
        painter.drawImage(inner, self._picture_of(area, inner.size()))
        painter.restore()
        painter.setPen(QPen(QColor(self.colours.accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._frame(area, inner))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def _draw_anew(self) -> None:
        self._pictured = None
        self.update()

    def _picture_of(self, area: Bounds, size: QSizeF) -> QImage:
        """Return the small picture; it is made anew only when the board or the area is another."""
        if area != self._pictured:
            ratio = self.devicePixelRatioF()
            wide, high = round(size.width() * ratio), round(size.height() * ratio)
            self._picture = self._canvas.content.picture.overview_of(area, wide, high)
            self._pictured = area
        return self._picture

    def _go(self, at: QPointF) -> None:
        area, inner = self._area(), self._inner()
        share = (area[2] - area[0]) / inner.width()
        x, y = area[0] + (at.x() - inner.left()) * share, area[1] + (at.y() - inner.top()) * share
        canvas = self._canvas
        canvas.look(canvas.camera.centred(x, y, canvas.width(), canvas.height()))

    def _inner(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)

    def _area(self) -> Bounds:
        """Return what the map shows: the strokes and the view, in the map's proportions."""
        seen, extent = self._canvas.area(), self._canvas.content.index.extent()
        left, top, right, bottom = united(seen, extent) if extent else seen
        inner = self._inner()
        side = max((right - left) / inner.width(), (bottom - top) / inner.height())
        wide, high = side * inner.width(), side * inner.height()
        x, y = (left + right - wide) / 2, (top + bottom - high) / 2
        return x, y, x + wide, y + high

    def _frame(self, area: Bounds, inner: QRectF) -> QRectF:
        share = inner.width() / (area[2] - area[0])
        left, top, right, bottom = self._canvas.area()
        frame = QRectF(
            inner.left() + (left - area[0]) * share,
            inner.top() + (top - area[1]) * share,
            (right - left) * share,
            (bottom - top) * share,
        )
        return frame.intersected(inner.adjusted(0.75, 0.75, -0.75, -0.75))
