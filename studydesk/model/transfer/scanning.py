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
    """Walk a file or folder. Hidden files and folders inside it are passed over without a word."""
    found = Scan()
    _visit(found, path, (), frozenset(), cancelled)
    return found


def _visit(
    found: Scan, path: Path, folder: tuple[str, ...], above: frozenset[str], cancelled: Callable[[], bool]
) -> None:
    if cancelled():
        return
    try:
        mode = path.stat().st_mode
    except OSError as error:
        broken = path.is_symlink() and error.errno == errno.ENOENT
        found.skip(path, "It is a link to something that is not there." if broken else why_not(error))
        return
    if stat.S_ISDIR(mode):
        _visit_folder(found, path, folder, above, cancelled)
    elif stat.S_ISREG(mode):
        _visit_file(found, path, folder)
    else:
        found.skip(path, NOT_PLAIN)


def _visit_folder(
    found: Scan, path: Path, folder: tuple[str, ...], above: frozenset[str], cancelled: Callable[[], bool]
) -> None:
    real = os.path.realpath(path)
    if real in above:
        found.skip(path, "It is a link that leads back to a folder above it.")
        return
    if len(folder) >= DEPTH_LIMIT:
        found.skip(path, "Its folders lie too deep within each other.")
        return
    try:
        names = sorted(os.listdir(path))
    except OSError as error:
        found.skip(path, why_not(error))
        return
    inner = (*folder, path.name or path.resolve().name or "Import")
    for name in names:
        if not name.startswith("."):
            _visit(found, path / name, inner, above | {real}, cancelled)


def _visit_file(found: Scan, path: Path, folder: tuple[str, ...]) -> None:
    try:
        os.fsencode(path.name).decode("utf-8")
    except UnicodeDecodeError:
        found.skip(Path(os.fsencode(path).decode("utf-8", "replace")), "Its name is not valid UTF-8.")
        return
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


def classify(path: Path) -> tuple[What | None, str]:
    """Tell what a plain file is, by its content before its name, or why it is left out. Raises Fault, OSError."""
    head = read_head(path)
    if is_note_name(path.name):
        return What.NOTE, ""
    kind, suffix = sniff(head), suffix_of(path.name)
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
