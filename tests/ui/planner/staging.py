"""A place in a window over a real desk, with a clock that stands and toasts that are written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studydesk.foundation.clock import ManualClock
from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from studydesk.services.events import DeskChanged
from studydesk.ui.actions import Actions
from studydesk.ui.bridge import Bridge
from studydesk.ui.context import UiContext
from studydesk.ui.place import Place
from studydesk.ui.theme import ThemeManager

T = TypeVar("T")
NOW = datetime(2026, 11, 24, 13, 18)
"""Tuesday, local time."""


@dataclass
class Toast:
    """One sentence that was shown, and what its button does."""

    sentence: str
    kind: str
    action: Callable[[], object] | None


@dataclass
class PlaceStage:
    """A desk, a window, and what the shell would have done."""

    desk: Desk
    context: UiContext
    window: QWidget
    qtbot: QtBot
    toasts: list[Toast] = field(default_factory=list)
    refreshed: int = 0

    def do(self, future: Future[T]) -> T:
        """Wait for a service."""
        return future.result(20)

    def show(self, place: Place, width: int = 1204, height: int = 772) -> None:
        """Show a place as the shell does, and tell it of changes."""
        layout = self.window.layout()
        assert layout is not None
        layout.addWidget(place)
        self.window.resize(width, height)
        self.window.show()
        self.qtbot.waitExposed(self.window).__enter__()

        def tell(event: object) -> None:
            if isinstance(event, DeskChanged):
                self.refreshed += 1
                place.refresh(event.changes)

        self.context.bridge.event.connect(tell)
        place.activate()

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something on the screen is so."""
        self.qtbot.waitUntil(condition, timeout=8_000)

    def click(self, widget: QWidget, x: float, y: float) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(int(x), int(y)))


def open_stage(qtbot: QtBot, root: Path) -> Iterator[PlaceStage]:
    """Open a desk and a window; close both afterwards."""
    desk = Desk(DeskPaths(root), ManualClock(NOW.astimezone()))
    desk.start().result(30)
    window = QWidget()
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    qtbot.addWidget(window)
    toasts: list[Toast] = []
    context = UiContext(
        desk,
        Bridge(desk.events),
        ThemeManager("light"),
        Actions(window),
        lambda place, **where: None,
        lambda sentence, kind="note", button="", action=None: toasts.append(Toast(sentence, kind, action)),
    )
    yield PlaceStage(desk, context, window, qtbot, toasts)
    context.bridge.close()
    desk.close()
