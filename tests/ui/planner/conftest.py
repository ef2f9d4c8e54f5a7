"""A stage for the planner."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studydesk.ui.planner.place import PlannerPlace
from tests.ui.planner.staging import PlaceStage, open_stage


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, nothing_left_behind: None) -> Iterator[PlaceStage]:
    yield from open_stage(qtbot, tmp_path / "desk")


@pytest.fixture
def planner(stage: PlaceStage) -> PlannerPlace:
    """The planner on an empty desk, not shown yet."""
    return PlannerPlace(stage.context)
