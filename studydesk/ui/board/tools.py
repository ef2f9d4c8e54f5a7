"""What is in the hand: the tool, and the colour and width of each pen."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from studydesk.services.strokes import MARKER, PEN_COUNT

PEN_WIDTHS = (1.5, 2.5, 5.0)
MARKER_WIDTHS = (10.0, 16.0, 26.0)
"""Thin, middle and thick, in board units."""


class Tool(StrEnum):
    """The tools that a board has."""

    MOVE = "move"
    PEN = "pen"
    MARKER = "marker"
    ERASER = "eraser"


class ToolBox(QObject):
    """The chosen tool with its options. `changed` tells that any of it is another now."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tool = Tool.PEN
        self._pen = 0
        self._sizes = {Tool.PEN: 1, Tool.MARKER: 1}
        self._read_only = False

    @property
    def tool(self) -> Tool:
        return Tool.MOVE if self._read_only else self._tool

    @property
    def read_only(self) -> bool:
        """A viewer may look and move only."""
        return self._read_only

    @property
    def pen(self) -> int:
        """The number of the pen's colour, whichever tool is chosen."""
        return self._pen

    @property
    def size(self) -> int:
        """0, 1 or 2: thin, middle or thick."""
        return self._sizes.get(self.tool, 1)

    @property
    def colour(self) -> int:
        """The colour that the tool draws in."""
        return MARKER if self.tool is Tool.MARKER else self._pen

    @property
    def width(self) -> float:
        """The width that the tool draws in, in board units."""
        return (MARKER_WIDTHS if self.tool is Tool.MARKER else PEN_WIDTHS)[self.size]

    def choose(self, tool: Tool) -> None:
        self._tool = tool
        self.changed.emit()

    def choose_pen(self, number: int) -> None:
        """Take the pen of this colour number (0 to 9) in the hand."""
        self._pen = number % PEN_COUNT
        self._tool = Tool.PEN
        self.changed.emit()

    def choose_size(self, size: int) -> None:
        """Choose thin, middle or thick (0 to 2) for the tool in the hand."""
        self._sizes[self.tool] = min(2, max(0, size))
        self.changed.emit()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.changed.emit()
