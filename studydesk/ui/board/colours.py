"""What the board takes from a theme."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont

from studydesk.ui.board.ink import InkColours
from studydesk.ui.theme import Theme, load_theme


@dataclass(frozen=True)
class BoardColours:
    """Ink and paper, and the tokens of the floating tools, as `#rrggbb`; and the faces of their words."""

    ink: InkColours
    raised: str
    line: str
    line_strong: str
    hover: str
    pressed: str
    text: str
    text_secondary: str
    text_muted: str
    text_disabled: str
    accent: str
    on_accent: str
    accent_tint: str
    focus: str
    contrast: bool
    figures: QFont
    names: QFont


def board_colours(theme: Theme) -> BoardColours:
    """Pick the board's colours and faces from a theme."""
    return BoardColours(
        ink_colours(theme),
        theme.hex("raised"),
        theme.hex("line"),
        theme.hex("lineStrong"),
        theme.hex("hover"),
        theme.hex("pressed"),
        theme.hex("text"),
        theme.hex("textSecondary"),
        theme.hex("textMuted"),
        theme.hex("textDisabled"),
        theme.hex("accent"),
        theme.hex("onAccent"),
        theme.hex("accentTint"),
        theme.hex("focus"),
        theme.contrast,
        theme.font("control", tabular=True),
        theme.font("section"),
    )


def ink_colours(theme: Theme) -> InkColours:
    """Pick paper, marker and the ten pens from a theme.

    The contrast theme has the pens of the dark one, and ink on its own bright marker could not be read.
    """
    marker = load_theme("dark").hex("marker") if theme.contrast else theme.hex("marker")
    return InkColours(
        theme.hex("boardPaper"),
        theme.hex("boardGrid"),
        marker,
        tuple(colour for colour, _ in theme.pens),
        tuple(label for _, label in theme.pens),
    )
