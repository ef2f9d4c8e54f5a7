"""Qt's events on the canvas, told to the hand in its own words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
    QWheelEvent,
)

from studydesk.ui.board.canvas import BoardCanvas
from studydesk.ui.board.cursors import cursor_for
from studydesk.ui.board.hand import Hand, apart
from studydesk.ui.board.tools import Tool, ToolBox

WHEEL_STEP = 120
"""Eighths of a degree in one notch of a wheel (QWheelEvent.angleDelta)."""

_NOTCH_PIXELS = 64
_NOTCH_ZOOM = 2 ** (1 / 3)
_OURS = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class BoardInput(QObject):
    """Listens to a canvas. Space, the middle button or the move tool move the view; two fingers move and zoom."""

    def __init__(self, canvas: BoardCanvas, tools: ToolBox, hand: Hand) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._tools = tools
        self._hand = hand
        self._space = False
        self._tablet_down = False
        self._pinch: tuple[QPointF, float] | None = None
        canvas.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        canvas.setMouseTracking(True)
        canvas.setTabletTracking(True)
        canvas.installEventFilter(self)
        tools.changed.connect(self._show_cursor)
        self._show_cursor()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QTabletEvent):
            return self._tablet(event)
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QTouchEvent):
            return self._touch(event)
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QNativeGestureEvent):
            return self._gesture(event)
        if isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() in (QEvent.Type.Leave, QEvent.Type.Hide):
            self._hand.leave()
        if event.type() == QEvent.Type.FocusOut:
            self._space = False
            self._show_cursor()
        return False

    # Mouse and pen

    def _mouse(self, event: QMouseEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            if event.button() == Qt.MouseButton.MiddleButton:
                self._hand.press(event.position(), Tool.MOVE)
            elif event.button() == Qt.MouseButton.LeftButton:
                self._hand.press(event.position(), self._tool())
            self._show_cursor()
        elif event.type() == QEvent.Type.MouseMove:
            self._hand.move(event.position())
        elif event.type() == QEvent.Type.MouseButtonRelease:
            if event.button() in _OURS:
                self._hand.release()
                self._show_cursor()
        else:
            return False
        return True

    def _tablet(self, event: QTabletEvent) -> bool:
        if event.type() == QEvent.Type.TabletPress:
            rubber = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._tablet_down = True
            self._hand.press(event.position(), Tool.ERASER if rubber else self._tool(), event.pressure())
        elif event.type() == QEvent.Type.TabletMove:
            self._hand.move(event.position(), event.pressure() if self._tablet_down else None)
        elif event.type() == QEvent.Type.TabletRelease:
            self._tablet_down = False
            self._hand.release()
        event.accept()
        return True

    def _tool(self) -> Tool:
        return Tool.MOVE if self._space else self._tools.tool

    # Fingers

    def _touch(self, event: QTouchEvent) -> bool:
        points = event.points()
        event.accept()
        if self._tablet_down or not points:  # a palm beside the pen
            return True
        if len(points) >= 2:
            self._two_fingers(points[0].position(), points[1].position())
        else:
            self._one_finger(event, points[0])
        if event.type() in (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel):
            self._pinch = None
        return True

    def _one_finger(self, event: QTouchEvent, point: QEventPoint) -> None:
        if event.type() == QEvent.Type.TouchBegin:
            self._hand.press(point.position(), self._tool())
        elif event.type() == QEvent.Type.TouchCancel:
            self._hand.cancel()
        elif point.state() == QEventPoint.State.Released:
            self._hand.release()
        elif self._pinch is None:
            self._hand.move(point.position())

    def _two_fingers(self, first: QPointF, second: QPointF) -> None:
        """Zoom by how the fingers part, and move by how their middle moves."""
        if self._hand.is_busy:
            self._hand.cancel()
        middle, spread = (first + second) / 2, apart(first, second)
        if self._pinch is not None:
            before, spread_before = self._pinch
            camera = self._canvas.camera.moved(before.x() - middle.x(), before.y() - middle.y())
            camera = camera.zoomed(camera.zoom * spread / spread_before, middle.x(), middle.y())
            self._canvas.look(camera, zooming=True)
        self._pinch = middle, spread

    # Wheel, touchpad, keys

    def _wheel(self, event: QWheelEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = event.angleDelta().y() / WHEEL_STEP
            self._zoom_by(_NOTCH_ZOOM**notches, event.position())
        else:
            self._scroll(event)
        event.accept()
        return True

    def _scroll(self, event: QWheelEvent) -> None:
        delta = QPointF(event.pixelDelta())
        if delta.isNull():
            delta = QPointF(event.angleDelta()) / WHEEL_STEP * _NOTCH_PIXELS
        sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not delta.x()
        self._canvas.pan(*((-delta.y(), 0) if sideways else (-delta.x(), -delta.y())))

    def _gesture(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._zoom_by(1 + event.value(), event.position())
        return True

    def _zoom_by(self, factor: float, around: QPointF) -> None:
        zoom = self._canvas.camera.zoom * max(0.1, factor)
        self._canvas.zoom_to(zoom, (around.x(), around.y()), zooming=True)

    def _key(self, event: QKeyEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = pressed
            self._show_cursor()
            return True
        if pressed and event.key() == Qt.Key.Key_Escape and self._hand.is_busy:
            self._hand.cancel()
            return True
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if pressed and arrow is not None:
            step = 320 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _NOTCH_PIXELS
            self._canvas.pan(arrow[0] * step, arrow[1] * step)
            return True
        return False

    def _show_cursor(self) -> None:
        gripping = self._hand.is_busy and not self._hand.is_marking
        self._canvas.setCursor(cursor_for(self._tool(), self._tools, self._canvas.colours, gripping))
