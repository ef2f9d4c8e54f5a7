"""Writing an export beside its place and moving it in when it is whole, so that none is ever half there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from studydesk.foundation.errors import Fault
from studydesk.model.transfer import layout
from studydesk.model.transfer.records import from_lines

STAGE = ".studydesk-export"
NOT_EMPTY = "That folder holds other things. Choose an empty or a new one."
IN_THE_WAY = "Something of yours stands at {path} in that folder. Move it away, then try again."


class Staging:
    """The folder of an export, and a hidden one in it where the new export is written first.

    Raises Fault when the folder holds something else than an earlier export.
    """

    def __init__(self, directory: Path) -> None:
        self._directory, self._stage = directory, directory / STAGE
        self._old = _earlier_paths(directory)
        self._new: list[str] = []

    def __enter__(self) -> Staging:
        shutil.rmtree(self._stage, ignore_errors=True)  # of an export that was killed
        self._stage.mkdir()
        return self

    def __exit__(self, *error: object) -> None:
        shutil.rmtree(self._stage, ignore_errors=True)

    def place(self, path: str) -> Path:
        """Return where to write the file that will lie at `path`."""
        target = self._stage / path
        target.parent.mkdir(parents=True, exist_ok=True)
        self._new.append(path)
        return target

    def settle(self) -> None:
        """Move everything in, and remove what an earlier export wrote and this one did not; nothing else."""
        for path in self._old.difference(self._new):
            self._remove(path)
        self._new.sort(key=lambda path: (not path.startswith(f"{layout.SIDE}/"), path))
        for path in self._new:
            self._move(path)

    def _move(self, path: str) -> None:
        source, target = self._stage / path, self._directory / path
        if not source.is_file():
            return
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, target)
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise Fault(IN_THE_WAY.format(path=path)) from error

    def _remove(self, path: str) -> None:
        """Remove a file that an earlier export wrote, and the folders that are empty without it."""
        if ".." in Path(path).parts or Path(path).is_absolute():
            return
        target = self._directory / path
        if target.is_file():
            target.unlink()
        for folder in list(target.parents)[: len(Path(path).parts) - 1]:
            if not folder.is_dir() or any(folder.iterdir()):
                return
            folder.rmdir()


def _earlier_paths(directory: Path) -> set[str]:
    """Return the paths that an earlier export wrote here. Raises Fault when the folder holds something else."""
    if directory.exists() and not directory.is_dir():
        raise Fault(f"{directory} is a file. Choose a folder.")
    directory.mkdir(parents=True, exist_ok=True)
    names = {path.name for path in directory.iterdir()}
    if names and STAGE not in names and not (directory / layout.MARK).is_file():
        raise Fault(NOT_EMPTY)
    found: set[str] = set()
    for name in (layout.NOTES, layout.ATTACHMENTS, layout.FILES):
        side = directory / name
        if side.is_file():
            lines = from_lines(side.read_text("utf-8", errors="replace"))
            found.update(
                path for _, row in lines if row is not None and isinstance(path := row.get("path"), str)
            )
    return found
