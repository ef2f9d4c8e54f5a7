"""Settings are read at once, checked, and kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from studydesk.foundation.changes import Change, Kind
from studydesk.foundation.errors import Fault
from studydesk.services.base import DeskContext
from studydesk.services.events import DeskChanged
from studydesk.services.settings import DECLARED, NAME, SCALE, THEME
from tests.services.conftest import done


def test_a_desk_without_a_database_has_the_defaults(context: DeskContext) -> None:
    assert context.settings.get(THEME) == "system"
    assert not context.paths.database.exists()


def test_a_value_is_there_at_once_and_after_a_restart(open_desk: Callable[[str], DeskContext]) -> None:
    first = open_desk("desk")
    future = first.settings.set(NAME, "Inès")
    assert first.settings.get(NAME) == "Inès"
    done(future)
    done(first.settings.remember("notebook.split", 272))
    second = open_desk("desk")
    assert second.settings.get(NAME) == "Inès"
    assert second.settings.remembered("notebook.split", 0) == 272


def test_a_changed_setting_is_told(context: DeskContext, events: list[object]) -> None:
    done(context.settings.set(SCALE, 120))
    changed = next(event for event in events if isinstance(event, DeskChanged))
    assert changed.changes.changes == (Change(Kind.SETTING, "look.scale"),)


def test_a_value_that_does_not_fit_is_refused(context: DeskContext) -> None:
    with pytest.raises(Fault, match="one of: system"):
        context.settings.set(THEME, "pink")
    with pytest.raises(Fault, match="like 100"):
        SCALE.check(True)


def test_keys_are_declared_once() -> None:
    keys = [setting.key for setting in DECLARED]
    assert len(keys) == len(set(keys))
