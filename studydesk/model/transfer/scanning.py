"""Walking folders for an import: what each file is, and what is left out and why."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from studydesk.foundation.errors import Fault
from studydesk.model.note_text import is_note_name
from studydesk.model.sniffing import mismatch, resource_kind, sniff, suffix_of
from studydesk.model.transfer.reading import is_bookmarks, read_head
from studydesk.model.views.transfer import Skipped

NO_RIGHTS = "You have no rights to read it."
NO_NAME = "Its name is not valid UTF-8."
NOT_PLAIN = "It is not a plain file."
UNKNOWN = "StudyDesk does not know this kind of file."
DEPTH_LIMIT = 60


class What(StrEnum):
    """What a file is for an import."""

    NOTE = "note"
    PICTURE = "picture"
    RESOURCE = "resource"
    BOOKMARKS = "bookmarks"
    ADDRESSES = "addresses"
    SHORTCUT = "shortcut"
    CARDS = "cards"
    OTHER = "other"


@dataclass(frozen=True)
class Found:
    """A file to bring in. `folder` holds the names of the folders from the chosen one down to it."""

    path: Path
    folder: tuple[str, ...]
    what: What


@dataclass
class Scan:
    """What a walk found, in order of name, and what it left out."""

    files: list[Found] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def skip(self, path: Path, why: str) -> None:
        """Leave a path out."""
        self.skipped.append(Skipped(str(path), why))


def why_not(error: OSError) -> str:
    """Return the sentence for a file that can't be read."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return NO_RIGHTS
    if error.errno == errno.ELOOP:
        return "It is a link that leads back to itself."
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return "It is not there."
    return f"It can't be read ({error.strerror or 'unknown reason'})."


def scan(path: Path, cancelled: Callable[[], bool]) -> Scan:
    """Walk a file or folder. Hidden files and folders inside it are passed over without a word.

    Links to what lies elsewhere are left out: who chose a folder did not choose those.
    """
    found = Scan()
    _Walk(found, os.path.realpath(path), cancelled).visit(path, (), frozenset())
    return found


class _Walk:
    """One walk below a chosen file or folder, whose real path is `top`."""

    def __init__(self, found: Scan, top: str, cancelled: Callable[[], bool]) -> None:
        self._found, self._top, self._cancelled = found, top, cancelled
        self._followed: set[str] = set()

    def visit(self, path: Path, folder: tuple[str, ...], above: frozenset[str]) -> None:
        """Take in a path. `folder` holds the names of the folders down to it, `above` their real paths."""
        if self._cancelled():
            return
        if not _is_utf8(path.name):
            self._found.skip(Path(os.fsencode(path).decode("utf-8", "replace")), NO_NAME)
            return
        try:
            mode = path.stat().st_mode
        except OSError as error:
            broken = error.errno == errno.ENOENT and path.is_symlink()
            self._found.skip(
                path, "It is a link to something that is not there." if broken else why_not(error)
            )
            return
        why = self._why_not_followed(path, above) if folder and path.is_symlink() else None
        if why is not None:
            self._found.skip(path, why)
        elif stat.S_ISDIR(mode):
            self._visit_folder(path, folder, above)
        elif stat.S_ISREG(mode):
            _visit_file(self._found, path, folder)
        else:
            self._found.skip(path, NOT_PLAIN)

    def _why_not_followed(self, path: Path, above: frozenset[str]) -> str | None:
        """Return why a link is not followed, if so. A folder is followed once, or links among them had no end."""
        real = os.path.realpath(path)
        if real in above:
            return "It is a link that leads back to a folder above it."
        if real in self._followed:
            return "It is a link to a folder that another link leads to already."
        if os.path.commonpath((real, self._top)) != self._top:
            return "It is a link that leads out of the folder that you chose."
        if os.path.isdir(real):
            self._followed.add(real)
        return None

    def _visit_folder(self, path: Path, folder: tuple[str, ...], above: frozenset[str]) -> None:
        if len(folder) >= DEPTH_LIMIT:
            self._found.skip(path, "Its folders lie too deep within each other.")
            return
        try:
            names = sorted(os.listdir(path))
        except OSError as error:
            self._found.skip(path, why_not(error))
            return
        inner = (*folder, path.name or path.resolve().name or "Import")
        within = above | {os.path.realpath(path)}
        for name in names:
            if not name.startswith("."):
                self.visit(path / name, inner, within)


def _visit_file(found: Scan, path: Path, folder: tuple[str, ...]) -> None:
    try:
        what, why = classify(path)
    except Fault as fault:
        what, why = None, fault.sentence
    except OSError as error:
        what, why = None, why_not(error)
    if what is None:
        found.skip(path, why)
    else:
        found.files.append(Found(path, folder, what))


def _is_utf8(name: str) -> bool:
    try:
        os.fsencode(name).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def classify(path: Path) -> tuple[What | None, str]:
    """Tell what a plain file is, by its content before its name, or why it is left out. Raises Fault, OSError."""
    head = read_head(path)
    if is_note_name(path.name):
        return What.NOTE, ""
    kind, suffix = sniff(head), suffix_of(path.name)
    if suffix == ".webloc":
        return What.SHORTCUT, ""
    why = mismatch(path.name, kind)
    if why is not None:
        return None, why
    if kind.startswith("image/"):
        return What.PICTURE, ""
    if resource_kind(kind) != "file":
        return What.RESOURCE, ""
    if suffix in (".html", ".htm") and is_bookmarks(head):
        return What.BOOKMARKS, ""
    if suffix == ".url":
        return What.ADDRESSES, ""
    return (What.CARDS, "") if suffix in (".csv", ".tsv") else (What.OTHER, "")
