"""The look: every pair of the table can be read, sizes stay within bounds, a change is worn at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studydesk.ui.theme import NAMES, PENS, ThemeManager, current, load_theme

GROUNDS = ("window", "surface", "raised", "hover", "sunken")
PAIRS = [
    *(("text", ground) for ground in (*GROUNDS, "pressed", "markerSoft", "accentTint")),
    *(("textSecondary", ground) for ground in GROUNDS),
    *(("textMuted", ground) for ground in GROUNDS),
    *(("onAccent", ground) for ground in ("accent", "accentHover", "accentPressed")),
    *(("accentText", ground) for ground in ("window", "surface", "accentTint", "raised")),
    *((tone, f"{tone}Tint") for tone in ("info", "success", "warning", "danger")),
    *(("onSticky", f"sticky{number}") for number in range(1, 7)),
    ("onSelected", "selected"),
    ("onMarker", "marker"),
    ("onDanger", "danger"),
    ("onHeroBlock", "heroBlock"),
]


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_can_be_read_on_their_ground(name: str, ink: str, ground: str) -> None:
    theme = load_theme(name)
    assert ratio(theme.color(ink), theme.color(ground)) >= 4.5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("number", range(PENS))
def test_a_member_s_letters_can_be_read_on_the_member_s_colour(name: str, number: int) -> None:
    theme = load_theme(name)
    assert ratio(theme.pen_label(number), theme.pen(number)) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_the_ring_and_the_edge_of_a_control_stand_out(name: str) -> None:
    theme = load_theme(name)
    for token in ("focus", "lineControl"):
        for ground in ("surface", "window"):
            assert ratio(theme.color(token), theme.color(ground)) >= 3


@given(st.integers(-1000, 1000))
def test_type_is_never_smaller_or_larger_than_the_setting_allows(scale: int) -> None:
    theme = load_theme("light", scale)
    assert 90 <= theme.scale <= 160
    assert theme.px(100) == theme.scale


def test_all_type_grows_with_the_setting(qapp: QApplication) -> None:
    plain, large = load_theme("light"), load_theme("light", 160)
    for style in plain.styles:
        assert large.font(style).pixelSize() > plain.font(style).pixelSize() >= 11
        assert large.line(style) > plain.line(style)


def test_another_look_is_worn_at_once_and_told(qtbot: QtBot, qapp: QApplication) -> None:
    manager = ThemeManager("light")
    with qtbot.waitSignal(manager.changed) as told:
        manager.choose("dark", 125)
    assert told.args == [load_theme("dark", 125)]
    assert current().name == "dark"
    assert qapp.palette().color(QPalette.ColorRole.Base) == load_theme("dark").color("surface")
    assert qapp.font().pixelSize() == load_theme("dark", 125).font("body").pixelSize()
    manager.choose("light", 100)


def test_an_equal_choice_tells_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    manager = ThemeManager("light")
    with qtbot.assertNotEmitted(manager.changed):
        manager.choose("light", 100)


def test_colours_stand_in_the_tokens_only() -> None:
    ui = Path(__file__).resolve().parents[2] / "studydesk" / "ui"
    literal = re.compile(r"""["']#[0-9A-Fa-f]{6,8}["']""")
    found = [str(path) for path in ui.rglob("*.py") if literal.search(path.read_text("utf-8"))]
    assert found == []
