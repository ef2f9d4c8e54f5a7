"""What was dropped or pasted: web addresses, files, and files of bookmarks. Pure but for the look at the disk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

_BARE_ADDRESS = re.compile(r"^[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?$")
_BOOKMARKS = re.compile(rb"<!doctype\s+netscape-bookmark", re.IGNORECASE)


@dataclass(frozen=True)
class Dropped:
    """What came: addresses to add, files to copy, and files of bookmarks to bring in."""

    links: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    bookmarks: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.links or self.files or self.bookmarks)


def can_take(data: QMimeData) -> bool:
    """Tell whether a drag holds files or addresses, without looking at the disk."""
    return data.hasUrls() or (data.hasText() and is_address(data.text()))


def dropped(data: QMimeData) -> Dropped:
    """Sort what a drag or the clipboard holds."""
    if data.hasUrls():
        return sort_urls(data.urls())
    text = data.text() if data.hasText() else ""
    return Dropped(links=(text.strip(),)) if is_address(text) else Dropped()


def sort_urls(urls: Sequence[QUrl]) -> Dropped:
    """Sort addresses and local files."""
    links = tuple(url.toString() for url in urls if url.scheme() in ("http", "https"))
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    bookmarks = tuple(path for path in paths if holds_bookmarks(path))
    return Dropped(links, tuple(path for path in paths if path not in bookmarks), bookmarks)


def is_address(text: str) -> bool:
    """Tell whether one line of text is a web address, with or without its scheme."""
    words = text.strip()
    if not words or any(character.isspace() for character in words):
        return False
    if words.casefold().startswith(("http://", "https://")):
        return len(words.split("://", 1)[1]) > 0
    return bool(_BARE_ADDRESS.match(words))


def holds_bookmarks(path: Path) -> bool:
    """Tell whether a file is one of a browser's bookmarks, by how it begins."""
    if path.suffix.casefold() not in (".html", ".htm"):
        return False
    try:
        with path.open("rb") as file:
            return bool(_BOOKMARKS.search(file.read(512)))
    except OSError:
        return False
