"""What a backup or a restore did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BackupReport:
    """`file` is the backup, `files` how many stored files it holds, `size` its bytes.

    `kept_aside` is where the desk that was there before a restore lies now, or None.
    """

    file: Path
    files: int
    size: int
    kept_aside: Path | None = None
