"""What the hand does on the canvas: draws, erases, moves the view. Mouse, pen tablet, fingers, wheel."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot
from time import monotonic

from PySide6.QtCore import QObject, QPointF, Signal

from studydesk.foundation.clock import Clock, SystemClock
from studydesk.foundation.ids import new_id
from studydesk.services.strokes import Stroke
from studydesk.ui.board.canvas import BoardCanvas
from studydesk.ui.board.port import BoardPort
from studydesk.ui.board.tools import Tool, ToolBox
from studydesk.ui.board.track import SPLIT_AT, PenTrack

ERASER_RADIUS = 9.0
"""Logical pixels around the pointer that the eraser touches."""

TELL_EVERY = 1 / 30
"""Seconds between two messages about my cursor or live stroke."""


class Hand(QObject):
    """Turns the way of a pointer in the view (logical pixels) into strokes, erasures and camera moves.

    `drawing` tells where the pen is while it draws (None: it was lifted), so that tools can step aside.
    """

    drawing = Signal(object)

    def __init__(
        self, canvas: BoardCanvas, tools: ToolBox, port: BoardPort, clock: Clock | None = None
    ) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._tools = tools
        self._port = port
        self._clock = clock or SystemClock()
        self._act: Callable[[QPointF, float | None], None] | None = None
        self._last = QPointF()
        self._erased: list[Stroke] = []
        self._told_cursor = self._told_live = 0.0

    @property
    def is_busy(self) -> bool:
        """Tell whether something is being drawn, erased or moved."""
        return self._act is not None

    @property
    def is_marking(self) -> bool:
        """Tell whether something is being drawn or erased."""
        return self._act in (self._draw, self._erase)

    def press(self, at: QPointF, tool: Tool, pressure: float | None = None) -> None:
        """Put the pointer down with a tool."""
        self.release()
        self._last = at
        self._act = {Tool.MOVE: self._move, Tool.ERASER: self._erase}.get(tool, self._draw)
        if self._act == self._draw:
            self._begin_stroke()
        if self._act != self._move:
            self._act(at, pressure)

    def move(self, at: QPointF, pressure: float | None = None) -> None:
        """Move the pointer, down or not."""
        if self._act is not None:
            self._act(at, pressure)
        self._last = at
        self._tell_cursor(at)

    def release(self) -> None:
        """Lift the pointer: what was drawn or erased is kept."""
        act, self._act = self._act, None
        if act == self._draw:
            self._end_stroke()
        elif act == self._erase:
            self._end_erasing()
        if act is not None:
            self.drawing.emit(None)

    def cancel(self) -> None:
        """Lift the pointer as if it had never been down: no stroke, and what was erased comes back."""
        act, self._act = self._act, None
        if act == self._draw and self._canvas.wet is not None:
            self._canvas.wet = None
            self._port.set_live(None)
            self._canvas.update()
        if act == self._erase:
            self._canvas.apply(self._erased, [])
            self._erased = []
        self.drawing.emit(None)

    def leave(self) -> None:
        """Tell the others that my pointer is no longer here."""
        self._told_cursor = 0.0
        self._port.set_cursor(None)

    # Moving the view

    def _move(self, at: QPointF, pressure: float | None) -> None:
        self._canvas.pan(self._last.x() - at.x(), self._last.y() - at.y())

    # Drawing

    def _begin_stroke(self) -> None:
        tools, pixel = self._tools, 1 / self._canvas.camera.zoom
        self._canvas.wet = PenTrack(new_id(self._clock), tools.colour, tools.width, pixel)

    def _draw(self, at: QPointF, pressure: float | None) -> None:
        wet = self._canvas.wet
        if wet is None:
            return
        x, y = self._canvas.camera.to_board(at.x(), at.y())
        if wet.add(x, y, pressure):
            self._canvas.update_area(wet.recent())
            self._tell_live(wet)
            self.drawing.emit(at)
        if len(wet) >= SPLIT_AT:
            self._end_stroke()
            self._begin_stroke()
            self._draw(at, pressure)

    def _end_stroke(self) -> None:
        wet, self._canvas.wet = self._canvas.wet, None
        if wet is None or not len(wet):
            return
        made_at = round(self._clock.now().timestamp() * 1000)
        stroke = Stroke(wet.id, wet.colour, wet.width, wet.finished(), "", made_at)
        self._canvas.apply([stroke], [])
        self._port.add_stroke(stroke)
        self._port.set_live(None)

    # Erasing

    def _erase(self, at: QPointF, pressure: float | None) -> None:
        camera = self._canvas.camera
        start = camera.to_board(self._last.x(), self._last.y())
        end = camera.to_board(at.x(), at.y())
        under = self._canvas.content.under(start, end, ERASER_RADIUS / camera.zoom)
        if under:
            self._canvas.apply([], [stroke.id for stroke in under])
            self._erased += under
        self.drawing.emit(at)

    def _end_erasing(self) -> None:
        erased, self._erased = self._erased, []
        if erased:
            self._port.erase([stroke.id for stroke in erased])

    # What the others see

    def _tell_cursor(self, at: QPointF) -> None:
        now = monotonic()
        if now - self._told_cursor >= TELL_EVERY:
            self._told_cursor = now
            self._port.set_cursor(self._canvas.camera.to_board(at.x(), at.y()))

    def _tell_live(self, wet: PenTrack) -> None:
        now = monotonic()
        if now - self._told_live >= TELL_EVERY:
            self._told_live = now
            self._port.set_live(wet.live())


def apart(first: QPointF, second: QPointF) -> float:
    """Return the distance of two points, at least 1."""
    return max(1.0, hypot(first.x() - second.x(), first.y() - second.y()))
