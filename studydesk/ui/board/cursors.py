"""The pointer over the board says which tool is in the hand."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap

from studydesk.ui.board.colours import BoardColours
from studydesk.ui.board.hand import ERASER_RADIUS
from studydesk.ui.board.tools import Tool, ToolBox

_SIDE = 24


def cursor_for(tool: Tool, tools: ToolBox, colours: BoardColours, gripping: bool) -> QCursor:
    """Return a hand for moving, a ring for the eraser, a dot in the ink's colour for a pen."""
    if tool is Tool.MOVE:
        return QCursor(Qt.CursorShape.ClosedHandCursor if gripping else Qt.CursorShape.OpenHandCursor)
    if tool is Tool.ERASER:
        return _ring(ERASER_RADIUS, colours.text_secondary, None)
    radius = min(9.0, max(2.0, tools.width / 2))
    return _ring(radius, colours.ink.paper, colours.ink.of(tools.colour))


def _ring(radius: float, line: str, fill: str | None) -> QCursor:
    picture = QPixmap(_SIDE, _SIDE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(line), 1.5))
    if fill is not None:
        painter.setBrush(QColor(fill))
    painter.drawEllipse(QPointF(_SIDE / 2, _SIDE / 2), radius, radius)
    painter.end()
    return QCursor(picture, _SIDE // 2, _SIDE // 2)
