"""The two ends of a board: what the widget asks for, and what it wants to hear. Both on the UI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from studydesk.services.strokes import LiveStroke, Presence, Stroke


@dataclass(frozen=True)
class Page:
    """One board among several of a room, for the bar of pages."""

    id: str
    title: str


class BoardPort(Protocol):
    """What the widget asks of the board it shows. Nothing here may block; nothing returns a result.

    The widget shows its own changes at once and gives new strokes a UUIDv7 and the present time. The port
    sets `by`, keeps the stroke, and sends every change back through `BoardSurface.apply`, also those that
    came from the widget (which knows them again by id). A refused change is taken back the same way.
    """

    def add_stroke(self, stroke: Stroke) -> None:
        """Keep a stroke that was just finished."""

    def erase(self, ids: Sequence[str]) -> None:
        """Remove strokes, whoever drew them, as one step of undo."""

    def undo(self) -> None:
        """Take back my last step, if there is one."""

    def redo(self) -> None:
        """Do again what was taken back last, if there is something."""

    def set_cursor(self, at: tuple[float, float] | None) -> None:
        """Tell the others where my pen is, in board units; None: not here. At most 30 times a second."""

    def set_live(self, live: LiveStroke | None) -> None:
        """Show the others the stroke I am drawing; None: there is none. At most 30 times a second."""

    def open_page(self, page_id: str) -> None:
        """Show another board of the room."""

    def new_page(self) -> None:
        """Make another board in the room and show it."""


class BoardSurface(Protocol):
    """What the port tells the widget. `BoardView` is one."""

    def load(self, strokes: Sequence[Stroke]) -> None:
        """Show these strokes instead of all that was there, and fit them if the view was never moved."""

    def apply(self, added: Sequence[Stroke], removed: Sequence[str]) -> None:
        """Show strokes that came and went. A known id among `added` replaces that stroke."""

    def remote_presence(self, present: Sequence[Presence]) -> None:
        """Show exactly these others: their cursors and the strokes they are drawing."""

    def set_history(self, can_undo: bool, can_redo: bool) -> None:
        """Enable undo and redo."""

    def set_pages(self, pages: Sequence[Page], current: str) -> None:
        """Name the boards of the room, in order. The bar of pages shows when there is more than one."""

    def set_read_only(self, read_only: bool) -> None:
        """Let a viewer look and move but not draw."""

    def saved_state(self, sentence: str, trouble: bool = False) -> None:
        """Say where the board is saved, as in "Saved here, and with 8 others". `trouble`: it is not."""
