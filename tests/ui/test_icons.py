"""Icons: every name that the program asks for is shipped, and is drawn in the colour that is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from studydesk.ui import icons
from studydesk.ui.theme import current

UI = Path(__file__).resolve().parents[2] / "studydesk" / "ui"
NAME = re.compile(r"""["']((?:ph|ri|mdi6)\.[a-z0-9-]+)["']""")
ASKED = sorted({name for path in UI.rglob("*.py") for name in NAME.findall(path.read_text("utf-8"))})


@pytest.mark.parametrize("name", ASKED)
def test_an_icon_is_shipped_and_draws_something(qapp: QApplication, name: str) -> None:
    assert icons.known(name)
    image = icons.pixmap(name, "text", 20, 1).toImage()
    inked = sum(image.pixelColor(x, y).alpha() > 60 for x in range(20) for y in range(20))
    assert 6 < inked < 396


def test_an_icon_takes_the_colour_of_its_token(qapp: QApplication) -> None:
    image = icons.pixmap("ph.circle-fill", "accent", 20, 1).toImage()
    assert image.pixelColor(10, 10) == current().color("accent")


def test_a_picture_is_sharp_on_a_dense_screen_and_made_once(qapp: QApplication) -> None:
    picture = icons.pixmap("ph.sun", "text", 20, 2)
    assert picture.width() == 40
    assert icons.pixmap("ph.sun", "text", 20, 2).cacheKey() == picture.cacheKey()


def test_an_unknown_name_is_a_bug(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icons.pixmap("ph.no-such-icon")
