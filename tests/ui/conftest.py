"""Places of the window over a real desk, without the shell around them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from studydesk.ui.actions import Actions
from studydesk.ui.bridge import Bridge
from studydesk.ui.context import UiContext
from studydesk.ui.fonts import load_all
from studydesk.ui.theme import ThemeManager

T = TypeVar("T")


@pytest.fixture(autouse=True)
def garbage_on_this_thread() -> Iterator[None]:
    """Destroy widgets on the thread of the windows only, as the program does."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@dataclass
class Stage:
    """A desk with everything a place needs around it; what the shell would do is written down."""

    desk: Desk
    context: UiContext
    window: QWidget
    qtbot: QtBot
    toasts: list[str] = field(default_factory=list)
    went: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def do(self, future: Future[T]) -> T:
        """Wait for a service while the window lives on."""
        self.qtbot.waitUntil(future.done, timeout=15_000)
        return future.result()


@pytest.fixture
def make_stage(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, nothing_left_behind: None
) -> Iterator[Callable[[str], Stage]]:
    """Make a stage on a new desk of the given name; all end with the test."""
    load_all()
    made: list[Stage] = []

    def make(name: str) -> Stage:
        desk = Desk(DeskPaths(tmp_path / name))
        desk.start().result(30)
        bridge = Bridge(desk.events)
        window = QWidget()
        qtbot.addWidget(window)
        toasts: list[str] = []
        went: list[tuple[str, dict[str, object]]] = []
        context = UiContext(
            desk,
            bridge,
            ThemeManager("light"),
            Actions(window),
            lambda place, **where: went.append((place, where)),
            lambda sentence, kind="note", button="", action=None: toasts.append(sentence),
        )
        stage = Stage(desk, context, window, qtbot, toasts, went)
        made.append(stage)
        return stage

    yield make
    for stage in made:
        stage.context.bridge.close()
        stage.desk.close()


@pytest.fixture
def stage(make_stage: Callable[[str], Stage]) -> Stage:
    """One stage."""
    return make_stage("desk")
