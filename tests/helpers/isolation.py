"""Keeps tests away from the folders, the display and the settings of whoever runs them."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_XDG = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
_REAL_HOME = "STUDYDESK_TESTS_REAL_HOME"
_FORGOTTEN = ("STUDYDESK_DATA_DIR", "STUDYDESK_EXIT_AFTER_FIRST_PAINT", "DISPLAY", "WAYLAND_DISPLAY")


def package_manager_environment() -> dict[str, str]:
    """Return the environment with the real HOME, where npm finds its settings; StudyDesk never gets it."""
    names = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return {**names, "HOME": os.environ.get(_REAL_HOME, os.environ.get("HOME", "/"))}


def isolate() -> Path:
    """Point HOME and the XDG folders into a new temporary folder and draw offscreen; return that folder."""
    home = Path(tempfile.mkdtemp(prefix="studydesk-tests-"))
    os.environ.setdefault(_REAL_HOME, os.environ.get("HOME", "/"))  # a worker inherits the one of its parent
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
