"""The look as values: colours, type, sizes, taken by name from `resources/styles/tokens.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from studydesk.foundation.paths import resources_directory

NAMES = ("light", "dark", "contrast")
SMALLEST, LARGEST = 90, 160
PENS = 10


@dataclass(frozen=True)
class TypeStyle:
    """One style of type: size and line in logical px at 100 %, weight 400 to 700, tracking in em."""

    size: float
    line: float
    weight: int
    tracking: float


@dataclass(frozen=True)
class Theme:
    """All tokens of one look at one size of type. Colours, fonts and sizes are asked for by their names."""

    name: str
    scale: int
    colours: Mapping[str, str]
    pens: tuple[tuple[str, str], ...]  # (colour, label on it) of the ten member and pen colours
    styles: Mapping[str, TypeStyle]
    ui_families: tuple[str, ...]
    code_families: tuple[str, ...]
    _cache: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def dark(self) -> bool:
        """Tell whether light text stands on a dark ground."""
        return self.name != "light"

    @property
    def contrast(self) -> bool:
        """Tell whether borders must carry what tints carry elsewhere."""
        return self.name == "contrast"

    def hex(self, token: str) -> str:
        """Return a colour as "#RRGGBB", for style sheets and HTML."""
        return self.colours[token]

    def color(self, token: str) -> QColor:
        """Return a colour by its name in the look. Raises KeyError for a name that the look doesn't have."""
        found = self._cache.get(token)
        if not isinstance(found, QColor):
            found = self._cache[token] = QColor(self.colours[token])
        return found

    def pen(self, number: int) -> QColor:
        """Return the member or pen colour `number`; after the tenth they begin anew."""
        return QColor(self.pens[number % PENS][0])

    def pen_label(self, number: int) -> QColor:
        """Return the colour of text upon `pen(number)`."""
        return QColor(self.pens[number % PENS][1])

    def shadow(self) -> tuple[int, int, float]:
        """Return drop, blur (px) and opacity of the shadow under popups; opacity 0 where borders stand for it."""
        return (6, 20, 0.0 if self.contrast else 0.45 if self.dark else 0.14)

    def scrim(self) -> QColor:
        """Return what lies over the window under a dialog or the palette."""
        colour = QColor(self.colours["scrim"])
        colour.setAlphaF(0.55 if self.dark else 0.38)
        return colour

    def px(self, length: float) -> int:
        """Scale a length that depends on the size of type, in logical px."""
        return max(1, int(length * self.scale / 100 + 0.5))

    def line(self, style: str) -> int:
        """Return the line height of a type style in logical px."""
        return self.px(self.styles[style].line)

    def font(self, style: str, *, tabular: bool = False, weight: int | None = None) -> QFont:
        """Return the font of a type style ("title", "body", "small", "code" ...). Don't alter it; copy it.

        `tabular` gives figures of one width, for columns; `weight` (400 to 700) overrides that of the style.
        """
        key = (style, tabular, weight)
        found = self._cache.get(key)
        if not isinstance(found, QFont):
            found = self._cache[key] = self._make_font(style, tabular, weight)
        return found

    def _make_font(self, style: str, tabular: bool, weight: int | None) -> QFont:
        spec = self.styles[style]
        code = style == "code"
        font = QFont(list(self.code_families if code else self.ui_families))
        font.setPixelSize(self.px(spec.size))
        font.setWeight(QFont.Weight(weight or spec.weight))
        if spec.tracking:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 * (1 + spec.tracking))
        if code:
            font.setFeature(QFont.Tag("liga"), 0)
            font.setFeature(QFont.Tag("calt"), 0)
        else:
            font.setFeature(QFont.Tag("cv05"), 1)
            font.setFeature(QFont.Tag("ss03"), 1)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font


@cache
def _tokens() -> Any:  # the shape of the file is held by a test, not by types
    return json.loads((resources_directory() / "styles" / "tokens.json").read_text("utf-8"))


@cache
def load_theme(name: str, scale: int = 100) -> Theme:
    """Read one look ("light", "dark", "contrast") at a size of type in per cent, held within 90 to 160."""
    tokens = _tokens()
    scrim = tokens["elevation"]["scrim"]
    return Theme(
        name,
        min(max(scale, SMALLEST), LARGEST),
        {**tokens["themes"][name], "scrim": scrim["light" if name == "light" else "dark"]},
        tuple((pen[name]["color"], pen[name]["label"]) for pen in tokens["pens"]),
        {key: TypeStyle(*value) for key, value in tokens["type"].items()},
        tuple(tokens["font"]["ui"]),
        tuple(tokens["font"]["code"]),
    )


_current: Theme | None = None


def current() -> Theme:
    """Return the look in use; before any was chosen, the light one."""
    return _current or load_theme("light")


def palette_of(theme: Theme) -> QPalette:
    """Return Qt's palette for a look, so that stock widgets fit it before any style sheet."""
    role, palette = QPalette.ColorRole, QPalette()
    for where, token in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "window"),
        (role.Text, "text"),
        (role.PlaceholderText, "textMuted"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.BrightText, "onAccent"),
        (role.Highlight, "selected"),
        (role.HighlightedText, "onSelected"),
        (role.Link, "accentText"),
        (role.LinkVisited, "accentText"),
        (role.Accent, "accent"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.Light, "raised"),
        (role.Midlight, "hover"),
        (role.Mid, "line"),
        (role.Dark, "lineStrong"),
        (role.Shadow, "lineStrong"),
    ):
        palette.setColor(where, theme.color(token))
    for where in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, theme.color("textDisabled"))
    return palette


class ThemeManager(QObject):
    """Chooses the look by setting or system, and dresses the application in it, live."""

    changed = Signal(object)
    """Emitted with the new Theme, after the application wears it."""

    def __init__(self, choice: str = "system", scale: int = 100, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice, self._scale = choice, scale
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._wear(load_theme(self._name(), scale))

    @property
    def theme(self) -> Theme:
        """The look in use."""
        return current()

    @property
    def choice(self) -> str:
        """What was chosen: "system" or the name of a look."""
        return self._choice

    def choose(self, choice: str | None = None, scale: int | None = None) -> None:
        """Change look, size of type or both; the window follows at once."""
        self._choice = choice or self._choice
        self._scale = scale or self._scale
        theme = load_theme(self._name(), self._scale)
        if theme is not current():
            self._wear(theme)
            self.changed.emit(theme)

    def _name(self) -> str:
        if self._choice in NAMES:
            return self._choice
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def _system_changed(self) -> None:
        if self._choice == "system":
            self.choose()

    def _wear(self, theme: Theme) -> None:
        from studydesk.ui.style import dress

        global _current
        _current = theme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            dress(app, theme, palette_of(theme))
