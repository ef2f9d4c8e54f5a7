"""Where a desk lies on the disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT_VARIABLE = "STUDYDESK_DATA_DIR"


@dataclass(frozen=True)
class DeskPaths:
    """The files of one desk below its data directory `root`."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "desk.db"

    @property
    def files(self) -> Path:
        """Files by content hash."""
        return self.root / "files"

    @property
    def identity(self) -> Path:
        """Private keys and certificate, mode 0600 inside a 0700 folder."""
        return self.root / "identity"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def spool(self) -> Path:
        """What a hub started by this desk writes down before it relays."""
        return self.root / "spool"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def owner_lock(self) -> Path:
        """Locked by the process that owns the desk."""
        return self.root / "owner.lock"

    @property
    def owner_door(self) -> Path:
        """Says how to reach the owning process: port and secret, mode 0600."""
        return self.root / "owner.json"

    def make(self) -> None:
        """Make the data directory if it is missing, readable by its owner only."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)


def desk_paths(override: str | os.PathLike[str] | None = None) -> DeskPaths:
    """Choose the data directory: `override`, else STUDYDESK_DATA_DIR, else the system's place for it."""
    chosen = override or os.environ.get(ENVIRONMENT_VARIABLE)
    if chosen:
        return DeskPaths(Path(chosen).expanduser().absolute())
    import platformdirs  # only when needed: it costs start-up time

    return DeskPaths(Path(platformdirs.user_data_dir("StudyDesk", appauthor=False)))


def resources_directory() -> Path:
    """Return the folder of icons, fonts, styles and sounds, in a checkout or in a packaged app."""
    import sys

    bundled = getattr(sys, "_MEIPASS", None)
    return Path(bundled) / "resources" if bundled else Path(__file__).resolve().parents[2] / "resources"
