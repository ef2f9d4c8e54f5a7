"""The review over a real desk, with a database on the disk and a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from studydesk.foundation.clock import ManualClock
from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from studydesk.services.events import DeskChanged
from studydesk.ui.actions import Actions
from studydesk.ui.bridge import Bridge
from studydesk.ui.context import UiContext
from studydesk.ui.review.place import ReviewPlace
from studydesk.ui.theme import ThemeManager


@dataclass
class Review:
    """The place in a window of its own, and what it asked of the window."""

    desk: Desk
    place: ReviewPlace
    window: QMainWindow
    toasts: list[str] = field(default_factory=list)
    gone_to: list[str] = field(default_factory=list)

    def add(self, *fronts: str, back: str = "an answer", deck: str = "SQL basics/Joins") -> None:
        """Add cards and wait until they are kept."""
        for front in fronts:
            self.desk.review.add_card(front, back, deck).result(10)


@pytest.fixture
def desk(desk_dir: Path, clock: ManualClock) -> Iterator[Desk]:
    opened = Desk(DeskPaths(desk_dir), clock)
    opened.start().result(20)
    yield opened
    opened.close()


@pytest.fixture
def review(desk: Desk, qtbot: QtBot) -> Iterator[Review]:
    window = QMainWindow()
    qtbot.addWidget(window)
    bridge, themes, actions = Bridge(desk.events), ThemeManager("light"), Actions(window)
    toasts: list[str] = []
    gone_to: list[str] = []

    def navigate(place: str, **where: object) -> None:
        gone_to.append(place)

    def toast(sentence: str, kind: str = "note", button: str = "", action: object = None) -> None:
        toasts.append(sentence)

    place = ReviewPlace(UiContext(desk, bridge, themes, actions, navigate, toast))
    bridge.event.connect(
        lambda event: place.refresh(event.changes) if isinstance(event, DeskChanged) else None
    )
    actions.set_place("review")
    window.setCentralWidget(place)
    window.resize(1204, 772)
    window.show()
    qtbot.waitExposed(window)
    yield Review(desk, place, window, toasts, gone_to)
    window.hide()
    bridge.close()
