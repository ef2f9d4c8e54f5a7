"""A board in a window, with a port that records."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from studydesk.ui.board.camera import Camera
from studydesk.ui.board.view import BoardView
from studydesk.ui.theme import load_theme
from tests.ui.board.recording import RecordingPort


@pytest.fixture
def port() -> RecordingPort:
    return RecordingPort()


@pytest.fixture
def view(qtbot: QtBot, port: RecordingPort) -> Iterator[BoardView]:
    """A light board of 800 x 600 at 100 %, its origin in the upper left corner."""
    board = BoardView(port)
    qtbot.addWidget(board)
    board.set_theme(load_theme("light"))
    board.resize(800, 600)
    board.show()
    qtbot.waitExposed(board)
    board.canvas.look(Camera(ratio=board.devicePixelRatioF()))
    yield board
    board.hide()
