"""The board as one widget: the sheet with its tools floating over it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from studydesk.foundation.clock import Clock
from studydesk.services.strokes import Presence, Stroke
from studydesk.ui.board.actions import BoardActions
from studydesk.ui.board.camera import Camera
from studydesk.ui.board.canvas import BoardCanvas
from studydesk.ui.board.colours import board_colours
from studydesk.ui.board.hand import Hand
from studydesk.ui.board.input import BoardInput
from studydesk.ui.board.minimap import MiniMap
from studydesk.ui.board.panels import FloatingPanel
from studydesk.ui.board.port import BoardPort, Page
from studydesk.ui.board.toolbars import PagesBar, PenOptions, ToolColumn, ZoomBar
from studydesk.ui.board.tools import ToolBox
from studydesk.ui.theme import Theme, current

EDGE = 12
"""Logical pixels between the tools and the edge of the board."""

NEAR = 24
"""Tools step back when the pen draws within so many logical pixels of them."""

_MAP_NEEDS = QSize(700, 480)


class BoardView(QWidget):
    """A board that talks to a `BoardPort` and is a `BoardSurface` for it. `saved` passes on `saved_state`."""

    saved = Signal(str, bool)

    def __init__(self, port: BoardPort, parent: QWidget | None = None, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self._theme = current()
        colours = board_colours(self._theme)
        self._can = (False, False)
        self._page = ""
        self._places: dict[str, Camera] = {}
        self.tools = ToolBox(self)
        self.canvas = BoardCanvas(colours, self)
        self.hand = Hand(self.canvas, self.tools, port, clock)
        self.board_actions = BoardActions(self, self.canvas, self.tools, port)
        actions = self.board_actions
        keys = [action.shortcut().toString() for action in actions.pens]
        self.column = ToolColumn(colours, self.tools, actions.tools, self)
        self.options = PenOptions(colours, self.tools, actions.pen_names(), keys, self)
        self.zoom = ZoomBar(colours, actions.view, self)
        self.pages = PagesBar(colours, self)
        self.map = MiniMap(colours, self.canvas, self)
        self._input = BoardInput(self.canvas, self.tools, self.hand)
        self.setFocusProxy(self.canvas)
        self._connect(port)

    def _connect(self, port: BoardPort) -> None:
        self.hand.drawing.connect(self._step_back)
        self.canvas.camera_changed.connect(lambda: self.zoom.show_zoom(self.canvas.camera.zoom))
        self.tools.changed.connect(self._arrange)
        self.pages.chosen.connect(port.open_page)
        self.pages.wanted.connect(port.new_page)
        self.zoom.show_zoom(self.canvas.camera.zoom)

    # What the port tells

    def load(self, strokes: Sequence[Stroke]) -> None:
        """Show these strokes instead of all that was there, and fit them if the view was never moved."""
        self.canvas.load(strokes)

    def apply(self, added: Sequence[Stroke], removed: Sequence[str]) -> None:
        """Show strokes that came and went."""
        self.canvas.apply(added, removed)

    def remote_presence(self, present: Sequence[Presence]) -> None:
        """Show exactly these others."""
        self.canvas.show_others(present)

    def set_history(self, can_undo: bool, can_redo: bool) -> None:
        """Enable undo and redo."""
        self._can = can_undo, can_redo
        self.board_actions.set_history(can_undo, can_redo)

    def set_pages(self, pages: Sequence[Page], current: str) -> None:
        """Name the boards of the room, in order. Each is seen again from where it was left."""
        if current != self._page:
            self._places[self._page] = self.canvas.camera
            self._page = current
            self.canvas.start_anew(self._places.get(current))
        self.pages.show_pages(pages, current)
        self._arrange()

    def set_read_only(self, read_only: bool) -> None:
        """Let a viewer look and move but not draw."""
        if read_only and self.hand.is_marking:
            self.hand.cancel()
        self.tools.set_read_only(read_only)
        self.board_actions.set_history(*self._can)

    def saved_state(self, sentence: str, trouble: bool = False) -> None:
        """Say where the board is saved; the window's status line shows it."""
        self.saved.emit(sentence, trouble)

    # Look

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and current() is not self._theme:
            self.set_theme(current())
        super().changeEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in another theme. The view also follows the application's by itself."""
        self._theme = theme
        colours = board_colours(theme)
        self.canvas.set_colours(colours)
        for panel in self._panels():
            panel.set_colours(colours)
        self.tools.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.canvas.setGeometry(self.rect())
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(900, 640)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 320)

    def _panels(self) -> tuple[FloatingPanel, ...]:
        return self.column, self.options, self.zoom, self.pages, self.map

    def _arrange(self) -> None:
        wide, high = self.width(), self.height()
        for panel in (self.column, self.options, self.zoom, self.pages):
            panel.adjustSize()
        self.column.move(EDGE, EDGE)
        self.options.move(self.column.geometry().right() + 1 + 8, EDGE)
        self.zoom.move(EDGE, high - EDGE - self.zoom.height())
        self.map.setVisible(wide >= _MAP_NEEDS.width() and high >= _MAP_NEEDS.height())
        self.map.move(wide - EDGE - self.map.width(), high - EDGE - self.map.height())
        middle = max((wide - self.pages.width()) // 2, self.zoom.geometry().right() + EDGE)
        self.pages.move(middle, high - EDGE - self.pages.height())

    def _step_back(self, at: QPointF | None) -> None:
        for panel in self._panels():
            near = panel.geometry().adjusted(-NEAR, -NEAR, NEAR, NEAR)
            panel.fade(at is not None and _holds(near, at))
            panel.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, at is not None)


def _holds(rect: QRect, at: QPointF) -> bool:
    return rect.contains(at.toPoint())
