"""The icons of the board's tools, in any colour and sharp on any screen."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

TOOL_ICONS = {
    "move": "ph.hand",
    "pen": "ph.pencil-simple",
    "marker": "ri.mark-pen-line",
    "eraser": "ph.eraser",
}


@lru_cache(maxsize=256)
def icon_pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """Return an icon as a picture of `size` logical pixels."""
    import qtawesome  # it loads fonts, so only when the first board is shown

    pixmap: QPixmap = qtawesome.icon(name, color=colour).pixmap(QSize(size, size), ratio)
    return pixmap
