"""The tools of the board: their column, the options of the pen, undo and zoom, pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPen
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from studydesk.ui.board.colours import BoardColours
from studydesk.ui.board.panels import BUTTON_RADIUS, FloatingPanel, IconButton, PanelButton, TextButton
from studydesk.ui.board.port import Page
from studydesk.ui.board.tools import Tool, ToolBox

_DOWN = QBoxLayout.Direction.TopToBottom
_RIGHT = QBoxLayout.Direction.LeftToRight
_ICONS = {
    Tool.MOVE: "ph.hand",
    Tool.PEN: "ph.pencil-simple",
    Tool.MARKER: "ri.mark-pen-line",
    Tool.ERASER: "ph.eraser",
}
_DOTS = (2.0, 3.5, 5.5)


class ToolColumn(FloatingPanel):
    """One button for each tool, with its key in the corner."""

    def __init__(
        self, colours: BoardColours, tools: ToolBox, actions: dict[Tool, QAction], parent: QWidget
    ) -> None:
        super().__init__(colours, _DOWN, parent)
        self.setAccessibleName(self.tr("Tools"))
        self._tools = tools
        self.buttons: dict[Tool, IconButton] = {}
        for tool, action in actions.items():
            self._add(tool, action)
            if tool is Tool.MOVE:
                self.add_line()
        tools.changed.connect(self._follow)
        self._follow()

    def _add(self, tool: Tool, action: QAction) -> None:
        key = action.shortcut().toString()
        button = IconButton(self, action.text(), _ICONS[tool], key, key)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.clicked.connect(action.trigger)
        self.row.addWidget(button)
        self.buttons[tool] = button

    def _follow(self) -> None:
        for tool, button in self.buttons.items():
            button.setEnabled(tool is Tool.MOVE or not self._tools.read_only)
            button.setChecked(tool is self._tools.tool)
            if not button.isEnabled():
                button.setToolTip(self.tr("You are here as a viewer: you can look and move, not draw."))


class _ColourDot(PanelButton):
    """A pen's colour; the chosen one wears a ring."""

    def __init__(self, panel: FloatingPanel, name: str, number: int, keys: str) -> None:
        super().__init__(panel, name, QSize(29, 30), keys)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self._number = number

    def paint_face(self, painter: QPainter) -> None:
        colours = self.panel.colours
        middle = QRectF(self.rect()).center()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.ink.pens[self._number]))
        painter.drawEllipse(middle, 8, 8)
        if self.isChecked():
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, 12.5, 12.5)


class _WidthDot(PanelButton):
    """One of three widths, as a dot of that size."""

    def __init__(self, panel: FloatingPanel, name: str, radius: float) -> None:
        super().__init__(panel, name, QSize(30, 28))
        self.setCheckable(True)
        self._radius = radius

    def paint_ground(self, painter: QPainter) -> None:
        if not self.isChecked():
            super().paint_ground(painter)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.panel.colours.accent_tint))
        painter.drawRoundedRect(self.rect(), BUTTON_RADIUS, BUTTON_RADIUS)

    def paint_face(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.panel.colours.text))
        painter.drawEllipse(QRectF(self.rect()).center(), self._radius, self._radius)


class PenOptions(FloatingPanel):
    """The colours of the pen and the widths of pen and marker, in one line."""

    def __init__(
        self,
        colours: BoardColours,
        tools: ToolBox,
        names: Sequence[str],
        keys: Sequence[str],
        parent: QWidget,
    ) -> None:
        super().__init__(colours, _RIGHT, parent)
        self.setAccessibleName(self.tr("Pen options"))
        self.row.setSpacing(0)
        self._tools = tools
        self.dots = [_ColourDot(self, name, number, keys[number]) for number, name in enumerate(names)]
        for number, dot in enumerate(self.dots):
            dot.clicked.connect(lambda _=False, pen=number: tools.choose_pen(pen))
            self.row.addWidget(dot)
        self._line = self.add_line()
        labels = (self.tr("Thin"), self.tr("Middle"), self.tr("Thick"))
        self.widths = [_WidthDot(self, label, radius) for label, radius in zip(labels, _DOTS, strict=True)]
        for size, width in enumerate(self.widths):
            width.clicked.connect(lambda _=False, chosen=size: tools.choose_size(chosen))
            self.row.addWidget(width)
        tools.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        pen = self._tools.tool is Tool.PEN
        for number, dot in enumerate(self.dots):
            dot.setVisible(pen)
            dot.setChecked(number == self._tools.pen)
        self._line.setVisible(pen)
        for size, width in enumerate(self.widths):
            width.setChecked(size == self._tools.size)
        self.setVisible(self._tools.tool in (Tool.PEN, Tool.MARKER))
        self.adjustSize()


class ZoomBar(FloatingPanel):
    """Undo and redo, then zoom."""

    def __init__(self, colours: BoardColours, actions: dict[str, QAction], parent: QWidget) -> None:
        super().__init__(colours, _RIGHT, parent)
        self.setAccessibleName(self.tr("Undo and zoom"))
        self.percent = TextButton(self, actions["natural"].text(), 56, _keys(actions["natural"]))
        self.percent.clicked.connect(actions["natural"].trigger)
        self._add(actions["undo"], "ph.arrow-u-up-left")
        self._add(actions["redo"], "ph.arrow-u-up-right")
        self.add_line()
        self._add(actions["smaller"], "ph.minus")
        self.row.addWidget(self.percent)
        self._add(actions["larger"], "ph.plus")
        self._add(actions["fit"], "ph.corners-out")

    def show_zoom(self, zoom: float) -> None:
        """Show a zoom in per cent."""
        percent = zoom * 100
        figure = f"{percent:.0f}" if percent >= 1 else f"{percent:.1f}"
        self.percent.setText(self.tr("{figure} %").format(figure=figure))

    def _add(self, action: QAction, icon: str) -> None:
        button = IconButton(self, action.text(), icon, _keys(action), side=28)
        button.clicked.connect(action.trigger)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        self.row.addWidget(button)


class PagesBar(FloatingPanel):
    """The boards of a room, one after the other. Hidden while there is only one."""

    chosen = Signal(str)
    wanted = Signal()

    def __init__(self, colours: BoardColours, parent: QWidget) -> None:
        super().__init__(colours, _RIGHT, parent)
        self.setAccessibleName(self.tr("Boards of this room"))
        self._pages: Sequence[Page] = ()
        self._at = 0
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.RichText)
        self.before = IconButton(self, self.tr("Board before"), "ph.caret-left", side=28)
        self.after = IconButton(self, self.tr("Next board"), "ph.caret-right", side=28)
        new = IconButton(self, self.tr("New board"), "ph.plus", side=28)
        for part in (self.before, self._title, self.after, new):
            self.row.addWidget(part)
        self.before.clicked.connect(lambda: self._go(-1))
        self.after.clicked.connect(lambda: self._go(1))
        new.clicked.connect(self.wanted)
        self.hide()

    def show_pages(self, pages: Sequence[Page], current: str) -> None:
        """Show where `current` stands among the boards."""
        self._pages = pages
        self._at = next((number for number, page in enumerate(pages) if page.id == current), 0)
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at < len(pages) - 1)
        self._write()
        self.setVisible(len(pages) > 1)
        self.adjustSize()

    def set_colours(self, colours: BoardColours) -> None:
        super().set_colours(colours)
        self._write()

    def _go(self, by: int) -> None:
        self.chosen.emit(self._pages[self._at + by].id)

    def _write(self) -> None:
        if not self._pages:
            return
        place = self.tr("{number} of {count}").format(number=self._at + 1, count=len(self._pages))
        self._title.setText(
            f'<span style="color:{self.colours.text};font-weight:500">{_plain(self._pages[self._at].title)}</span>'
            f' <span style="color:{self.colours.text_muted}">{place}</span>'
        )


def _keys(action: QAction) -> str:
    return action.shortcut().toString()


def _plain(text: str) -> str:
    """Escape a title for rich text, cut to 40 characters."""
    short = text if len(text) <= 40 else text[:39] + "…"
    return short.replace("&", "&amp;").replace("<", "&lt;")
