"""A stage for the library."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studydesk.ui.library.place import LibraryPlace
from tests.ui.planner.staging import PlaceStage, open_stage


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, nothing_left_behind: None) -> Iterator[PlaceStage]:
    yield from open_stage(qtbot, tmp_path / "desk")


@pytest.fixture
def library(stage: PlaceStage) -> LibraryPlace:
    """The library on an empty desk, not shown yet."""
    return LibraryPlace(stage.context)
