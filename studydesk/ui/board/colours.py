"""The colours that the board takes from a theme."""

from __future__ import annotations

from dataclasses import dataclass

from studydesk.ui.board.ink import InkColours


@dataclass(frozen=True)
class BoardColours:
    """Ink and paper, and the tokens of the floating tools, as `#rrggbb`. `contrast` asks for stronger borders."""

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
    contrast: bool = False
