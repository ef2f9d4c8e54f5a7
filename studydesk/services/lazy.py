"""Modules that are imported on first use, so that the database thread loads SQLAlchemy, after the first paint."""

from __future__ import annotations

import importlib
from typing import Any


class LazyModule:
    """Stands for a module until one of its names is asked for. Python's import lock makes that safe on any thread.

    Beside it, under TYPE_CHECKING, stands the real import, which type checkers and packagers read.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(importlib.import_module(self._name), attribute)
