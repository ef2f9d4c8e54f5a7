"""Everything in the planner and the library has a name, and is large enough to hit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from studydesk.services.planner import SessionKind
from studydesk.ui.library.place import LibraryPlace
from studydesk.ui.library.stars import Stars
from studydesk.ui.place import Place
from studydesk.ui.planner.blocks import aware
from studydesk.ui.planner.place import PlannerPlace
from studydesk.ui.planner.week_view import WeekView
from tests.ui.planner.staging import NOW, PlaceStage

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    Stars,
    WeekView,
)


def controls(place: Place) -> list[QWidget]:
    found = [w for w in place.findChildren(QWidget) if isinstance(w, CONTROLS) and w.isVisible()]
    return [w for w in found if not isinstance(w, QScrollBar)]


@pytest.mark.parametrize("kind", [PlannerPlace, LibraryPlace])
def test_each_control_has_a_name_and_a_large_enough_area(stage: PlaceStage, kind: type[Place]) -> None:
    planner = stage.desk.planner
    start = aware(NOW + timedelta(days=1))
    stage.do(planner.add_session("Read", start, start + timedelta(hours=1), kind=SessionKind.OWN))
    stage.do(planner.add_task("Read", minutes=30))
    stage.do(stage.desk.library.add_link("https://example.org", "Joins"))
    place = kind(stage.context)
    stage.show(place)
    stage.qtbot.wait(200)
    found = controls(place)
    assert len(found) > 6
    assert [w for w in found if not w.accessibleName()] == []
    assert [(w, w.size()) for w in found if w.height() < 28 or w.width() < 28] == []
