"""How stock Qt widgets wear a look: Fusion, a proxy that paints the focus ring, one style sheet."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleOption, QWidget

from studydesk.foundation.paths import resources_directory
from studydesk.ui.theme import Theme, current

RING = 2
"""Width of the focus ring, and its distance from what it surrounds, in logical px."""


class DeskStyle(QProxyStyle):
    """Fusion, with our focus ring, shown only when the focus came by the keyboard."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element is not QStyle.PrimitiveElement.PE_FrameFocusRect:
            super().drawPrimitive(element, option, painter, widget)
            return
        state = getattr(option, "state", QStyle.StateFlag.State_None)
        if state & QStyle.StateFlag.State_KeyboardFocusChange or current().contrast:
            paint_ring(painter, QRectF(getattr(option, "rect", painter.viewport())).adjusted(1, 1, -1, -1), 6)


def paint_ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """Paint the focus ring with its middle line on `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(current().color("focus"), RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


def dress(app: QApplication, theme: Theme, palette: QPalette) -> None:
    """Give the application a look."""
    if not isinstance(app.style(), DeskStyle) and app.property("deskStyle") is None:
        app.setStyle(DeskStyle())
        app.setProperty("deskStyle", True)
    app.setPalette(palette)
    app.setFont(theme.font("body"))
    app.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Theme) -> str:
    """Fill the style sheet's template with the colours and sizes of a look."""
    styles = resources_directory() / "styles"
    template = Template((styles / "desk.qss").read_text("utf-8"))
    sizes = {f"px{size}": f"{theme.px(size)}px" for size in (11, 12, 13, 14, 15, 18, 20, 28, 32)}
    focus_line = {"edge": "2px" if theme.contrast else "1px"}
    caret = {"caret": (styles / f"caret-{theme.name}.svg").as_posix()}
    return template.substitute({**theme.colours, **sizes, **focus_line, **caret})
