"""Records message boxes instead of showing them, since nobody sits there to click them away."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

_STATIC = ("information", "warning", "critical", "question", "about")


@dataclass
class Dialogs:
    """The texts of message boxes that a test caused; reading `texts` says that they were expected."""

    answer: object = None
    """What the next boxes return; None is the Ok or Yes button."""
    _texts: list[str] = field(default_factory=list)
    _read: bool = False

    @property
    def texts(self) -> list[str]:
        self._read = True
        return list(self._texts)

    def unexpected(self) -> list[str]:
        """Return what was shown although the test never asked for it."""
        return [] if self._read else [f"dialog {text!r}" for text in self._texts]

    def record(self, text: str, default: object) -> object:
        self._texts.append(text)
        return default if self.answer is None else self.answer


def replace_message_boxes(dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let QMessageBox tell `dialogs`; does nothing while Qt's widgets are not loaded."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None:
        return
    box = widgets.QMessageBox
    for name in _STATIC:
        button = box.StandardButton.Yes if name == "question" else box.StandardButton.Ok
        monkeypatch.setattr(box, name, _static(dialogs, button))
    monkeypatch.setattr(box, "exec", lambda self: dialogs.record(self.text(), box.StandardButton.Ok))


def _static(dialogs: Dialogs, button: object) -> Callable[..., object]:
    def show(*words: Any, **_options: Any) -> object:
        return dialogs.record(str(words[2]) if len(words) > 2 else "", button)

    return staticmethod(show)
