"""A desk, and what a place is given, without the rest of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from studydesk.services.events import DeskChanged
from studydesk.ui import fonts
from studydesk.ui.actions import Actions
from studydesk.ui.bridge import Bridge
from studydesk.ui.context import UiContext
from studydesk.ui.notebook.place import NotebookPlace
from studydesk.ui.theme import ThemeManager


@dataclass
class Toasts:
    """The sentences that were shown, with what their buttons do."""

    shown: list[tuple[str, str, Callable[[], object] | None]] = field(default_factory=list)

    def __call__(
        self, sentence: str, kind: str = "note", button: str = "", action: Callable[[], object] | None = None
    ) -> None:
        self.shown.append((sentence, button, action))


@pytest.fixture
def desk(desk_dir: Path) -> Iterator[Desk]:
    desk = Desk(DeskPaths(desk_dir))
    desk.start().result(10)
    yield desk
    desk.close()


@pytest.fixture
def bridge(desk: Desk, qapp: object) -> Iterator[Bridge]:
    bridge = Bridge(desk.events)
    yield bridge
    bridge.close()


@pytest.fixture
def toasts() -> Toasts:
    return Toasts()


@pytest.fixture
def context(desk: Desk, bridge: Bridge, toasts: Toasts, qtbot: QtBot) -> Iterator[UiContext]:
    fonts.load_all()
    window = QMainWindow()
    themes = ThemeManager("light")
    yield UiContext(desk, bridge, themes, Actions(window), lambda place, **where: None, toasts)
    window.close()


@pytest.fixture
def place(context: UiContext, bridge: Bridge, qtbot: QtBot) -> Iterator[NotebookPlace]:
    place = NotebookPlace(context)  # not given to qtbot, which would close it before it is left
    place.resize(1200, 760)

    def tell(event: object) -> None:
        if isinstance(event, DeskChanged):
            place.refresh(event.changes)

    bridge.event.connect(tell)
    place.show()
    yield place
    place.leave()
    bridge.event.disconnect(tell)
    qtbot.waitUntil(place.can_close)
    place.close()
    place.deleteLater()
