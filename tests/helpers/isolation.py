"""Keeps tests away from the folders, the display and the settings of whoever runs them."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

ORIGINAL_ENVIRONMENT: dict[str, str] = dict(os.environ)
"""The environment before `isolate`; package managers need it, StudyDesk never gets it."""

_XDG = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
_FORGOTTEN = ("STUDYDESK_DATA_DIR", "STUDYDESK_EXIT_AFTER_FIRST_PAINT", "DISPLAY", "WAYLAND_DISPLAY")


def isolate() -> Path:
    """Point HOME and the XDG folders into a new temporary folder and draw offscreen; return that folder."""
    home = Path(tempfile.mkdtemp(prefix="studydesk-tests-"))
    os.environ["HOME"] = str(home)
    for name in _XDG:
        os.environ[name] = str(home / name.removeprefix("XDG_").removesuffix("_HOME").lower())
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    for name in _FORGOTTEN:
        os.environ.pop(name, None)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    return home


def remove(home: Path) -> None:
    """Remove what `isolate` made; a file that still disappears under our hands is no fault."""
    shutil.rmtree(home, ignore_errors=True)
