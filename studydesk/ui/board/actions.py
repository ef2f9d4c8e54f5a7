"""Everything one can do on a board, as named actions with their keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from studydesk.services.strokes import PEN_COUNT
from studydesk.ui.board.canvas import BoardCanvas
from studydesk.ui.board.port import BoardPort
from studydesk.ui.board.tools import Tool, ToolBox


class BoardActions(QObject):
    """The actions of one board. They belong to `owner`, whose `actions()` the palette can list."""

    def __init__(self, owner: QWidget, canvas: BoardCanvas, tools: ToolBox, port: BoardPort) -> None:
        super().__init__(owner)
        self._owner = owner
        self._canvas = canvas
        self._tools = tools
        self.tools = self._tool_actions()
        self.pens = [self._pen_action(number, name) for number, name in enumerate(self.pen_names())]
        self.view = {
            "undo": self._new(self.tr("Undo"), QKeySequence("Ctrl+Z"), port.undo),
            "redo": self._new(self.tr("Redo"), QKeySequence("Ctrl+Y"), port.redo, "Ctrl+Shift+Z"),
            "smaller": self._new(self.tr("Zoom out"), QKeySequence("-"), self._step(-1), "Ctrl+-"),
            "larger": self._new(
                self.tr("Zoom in"), QKeySequence("+"), self._step(1), "Ctrl++", "Ctrl+=", "="
            ),
            "natural": self._new(
                self.tr("Zoom to 100 %"), QKeySequence("Ctrl+0"), lambda: canvas.zoom_to(1.0)
            ),
            "fit": self._new(self.tr("Show the whole board"), QKeySequence("Shift+1"), canvas.fit, "!"),
        }
        self._new(self.tr("Thinner ink"), QKeySequence("["), lambda: tools.choose_size(tools.size - 1))
        self._new(self.tr("Thicker ink"), QKeySequence("]"), lambda: tools.choose_size(tools.size + 1))
        self.set_history(False, False)
        tools.changed.connect(self._follow)

    def pen_names(self) -> list[str]:
        """Return the names of the ten pens, in order."""
        return [
            self.tr("Ink pen"),
            self.tr("Cobalt pen"),
            self.tr("Vermilion pen"),
            self.tr("Leaf pen"),
            self.tr("Plum pen"),
            self.tr("Amber pen"),
            self.tr("Sky pen"),
            self.tr("Rose pen"),
            self.tr("Cocoa pen"),
            self.tr("Teal pen"),
        ]

    def set_history(self, can_undo: bool, can_redo: bool) -> None:
        """Enable undo and redo; a viewer has neither."""
        self.view["undo"].setEnabled(can_undo and not self._tools.read_only)
        self.view["redo"].setEnabled(can_redo and not self._tools.read_only)

    def _tool_actions(self) -> dict[Tool, QAction]:
        named = (
            (Tool.MOVE, self.tr("Move the view"), "H"),
            (Tool.PEN, self.tr("Pen"), "P"),
            (Tool.MARKER, self.tr("Marker"), "M"),
            (Tool.ERASER, self.tr("Eraser"), "E"),
        )
        return {tool: self._new(name, QKeySequence(key), self._choose(tool)) for tool, name, key in named}

    def _pen_action(self, number: int, name: str) -> QAction:
        key = QKeySequence(str((number + 1) % PEN_COUNT))
        return self._new(name, key, lambda: self._tools.choose_pen(number))

    def _new(self, name: str, key: QKeySequence, then: Callable[[], None], *more: str) -> QAction:
        action = QAction(name, self._owner)
        action.setShortcuts([key, *(QKeySequence(other) for other in more)])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: then())
        self._owner.addAction(action)
        return action

    def _choose(self, tool: Tool) -> Callable[[], None]:
        return lambda: self._tools.choose(tool)

    def _step(self, direction: int) -> Callable[[], None]:
        return lambda: self._canvas.zoom_to(self._canvas.camera.next_stop(direction))

    def _follow(self) -> None:
        for action in [*self.tools.values(), *self.pens]:
            action.setEnabled(not self._tools.read_only)
        self.tools[Tool.MOVE].setEnabled(True)
