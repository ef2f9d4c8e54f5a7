"""File names that every system can keep, and paths that don't collide. Pure."""

from __future__ import annotations

import re
import unicodedata

from studydesk.model.sniffing import suffix_of

LENGTH_LIMIT = 240  # bytes in UTF-8, of the 255 that most file systems allow
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|\Z)", re.IGNORECASE)
RESERVED_AT_TOP = ("files", "studydesk")


def safe_name(name: str, fallback: str = "untitled") -> str:
    """Return a file or folder name like `name` that Windows, macOS and Linux can keep.

    A name that all can keep comes back as it is.
    """
    clean = _FORBIDDEN.sub("-", name)
    clean = re.sub(r"[. ]+\Z", lambda match: "_" * len(match[0]), clean)
    clean = re.sub(r"\A[. ]", "_", clean)
    if _DEVICES.match(clean):
        clean = f"_{clean}"
    return _shortened(clean) or fallback


def _shortened(name: str) -> str:
    if len(name.encode()) <= LENGTH_LIMIT:
        return name
    suffix = suffix_of(name)
    room = LENGTH_LIMIT - len(suffix.encode())
    stem = name[: len(name) - len(suffix)].encode()[:room].decode(errors="ignore").rstrip(". ")
    return f"{stem}{name[len(name) - len(suffix) :]}"


class Paths:
    """Hands out paths below one folder, none twice even where case does not count."""

    def __init__(self) -> None:
        self._taken = {name.casefold() for name in RESERVED_AT_TOP}

    def take(self, folder: str, name: str) -> str:
        """Return `folder/name`, or the next free one as in "name 2.md". `folder` is "" at the top."""
        suffix = suffix_of(name)
        stem = name[: len(name) - len(suffix)]
        prefix = f"{folder}/" if folder else ""
        number, path = 1, f"{prefix}{name}"
        while _folded(path) in self._taken:
            number += 1
            path = f"{prefix}{stem} {number}{name[len(stem) :]}"
        self._taken.add(_folded(path))
        return path

    def hold(self, folder: str) -> None:
        """Keep a folder and those above it from being given to a file."""
        parts = folder.split("/")
        self._taken.update(_folded("/".join(parts[:depth])) for depth in range(1, len(parts) + 1))


def _folded(path: str) -> str:
    """Return what two paths have in common that one file system or another takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
