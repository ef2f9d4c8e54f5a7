"""The faces that ship with the program: Inter for text, JetBrains Mono for code."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from studydesk.foundation.paths import resources_directory

FIRST = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
LATER = (
    "Inter-Bold.otf",
    "Inter-Italic.otf",
    "JetBrainsMono-Regular.ttf",
    "JetBrainsMono-Bold.ttf",
    "JetBrainsMono-Italic.ttf",
)
_loaded: set[str] = set()


def load_first() -> None:
    """Load what the first window needs. Where a file is missing, the system's faces stand in."""
    _load(FIRST)


def load_all() -> None:
    """Load every face, those of notes and code too; called once the window stands."""
    _load(FIRST + LATER)


def _load(names: tuple[str, ...]) -> None:
    folder = resources_directory() / "fonts"
    for name in names:
        if name not in _loaded:
            _loaded.add(name)
            QFontDatabase.addApplicationFont(str(folder / name))
