"""Reading what others wrote: texts, bookmarks, lists of addresses, cards. Raises Fault with why it can't be."""

from __future__ import annotations

import csv
import io
import plistlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.parsers.expat import ExpatError

from studydesk.foundation.errors import Fault
from studydesk.model.files import SIZE_LIMIT, TOO_LARGE, open_plain
from studydesk.model.sniffing import HEAD, sniff

TEXT_LIMIT = 20_000_000
SHORTCUT_LIMIT = 1_000_000
BROKEN = "Its text is not valid UTF-8."
_FRONTS = ("front", "question", "recto", "term")
_BACKS = ("back", "answer", "réponse", "reponse", "verso", "definition")


@dataclass(frozen=True)
class Bookmark:
    """A bookmark of a browser's file."""

    url: str
    title: str
    tags: tuple[str, ...] = ()
    added: datetime | None = None


def read_head(path: Path) -> bytes:
    """Return the first bytes of a plain file. Raises Fault for one of 2 GB or that is none."""
    with open_plain(path) as source:
        if source.seek(0, io.SEEK_END) >= SIZE_LIMIT:
            raise Fault(TOO_LARGE)
        source.seek(0)
        return source.read(HEAD)


def read_text(path: Path, any_text: bool = False) -> str:
    """Return the text of a file, its line ends and byte-order mark included. Raises Fault.

    UTF-8, or UTF-16 where its mark says so; nothing is guessed. With `any_text` whatever is valid UTF-8 is taken.
    """
    with open_plain(path) as source:
        if source.seek(0, io.SEEK_END) >= SIZE_LIMIT:
            raise Fault(TOO_LARGE)
        if source.tell() > TEXT_LIMIT:
            raise Fault("It is larger than 20 MB, too large for a note.")
        source.seek(0)
        data = source.read(TEXT_LIMIT + 1)
    if any_text:
        return _utf8(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(data)
    if data.startswith(b"%PDF-") or b"\0" in data or not _is_utf8(data):
        raise Fault(_why_no_text(data))
    return _utf8(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _why_no_text(data: bytes) -> str:
    """Say what this is instead; only asked of what is no text, for a text may begin with words like a signature."""
    kind = sniff(data[:HEAD])
    if kind not in ("text/plain", "text/html", "image/svg+xml", "application/octet-stream"):
        return f"Its name is that of a text, but it is {kind}."
    return BROKEN if not _is_utf8(data) else "It is not a text: it holds zero bytes."


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Fault(BROKEN) from error


def _utf16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise Fault(BROKEN) from error


class _Bookmarks(HTMLParser):
    """Reads the Netscape bookmark format: <H3> names a folder, <DL> opens it, <A> is a bookmark."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Bookmark] = []
        self._folders: list[str] = []
        self._pending = ""
        self._inside = ""
        self._words = ""
        self._attributes: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "dl":
            self._folders.append(self._pending)
            self._pending = ""
        elif tag in ("a", "h3"):
            self._inside, self._words = tag, ""
            self._attributes = {key: value or "" for key, value in attrs}

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "dl" and self._folders:
            self._folders.pop()
        elif tag == self._inside == "h3":
            self._pending, self._inside = " ".join(self._words.split()), ""
        elif tag == self._inside == "a":
            self._inside = ""
            self._add()

    def _add(self) -> None:
        given = self._attributes.get("tags", "")
        tags = tuple(part.strip() for part in given.split(",") if part.strip())
        folder = self._folders[-1] if self._folders else ""
        if folder and folder not in tags:
            tags = (*tags, folder)
        added = self._attributes.get("add_date", "")
        moment = datetime.fromtimestamp(int(added), UTC) if re.fullmatch(r"\d{9,10}", added) else None
        url = self._attributes.get("href", "").strip()
        self.found.append(Bookmark(url, " ".join(self._words.split()), tags, moment))


def is_bookmarks(head: bytes) -> bool:
    """Tell whether a file is in the Netscape bookmark format, by its first bytes."""
    return b"netscape-bookmark-file" in head[:1024].lower()


def read_bookmarks(text: str) -> list[Bookmark]:
    """Return the bookmarks of a browser's file, folders as tags."""
    parser = _Bookmarks()
    parser.feed(text)
    parser.close()
    return parser.found


def read_addresses(text: str) -> list[Bookmark]:
    """Return the addresses of a Windows shortcut (`URL=`) or of a list with one on each line. Raises Fault."""
    lines = [line.strip().removeprefix("\ufeff") for line in text.splitlines()]
    shortcuts = [line[4:].strip() for line in lines if line[:4].upper() == "URL="]
    chosen = shortcuts or [line for line in lines if line and not line.startswith(("#", "["))]
    if not chosen or not all(re.match(r"https?://\S+\Z", line, re.IGNORECASE) for line in chosen):
        raise Fault("It holds no list of web addresses.")
    return [Bookmark(url, "") for url in chosen]


def read_webloc(path: Path) -> list[Bookmark]:
    """Return the address of a macOS shortcut, a property list with the key URL. Raises Fault for another file."""
    with open_plain(path) as source:
        data = source.read(SHORTCUT_LIMIT + 1)
    try:
        found = plistlib.loads(data) if len(data) <= SHORTCUT_LIMIT else None
    except (plistlib.InvalidFileException, ExpatError, ValueError, OverflowError, RecursionError) as error:
        raise Fault("It holds no web address.") from error
    url = found.get("URL") if isinstance(found, dict) else None
    if not isinstance(url, str) or not re.match(r"https?://\S+\Z", url, re.IGNORECASE):
        raise Fault("It holds no web address.")
    return [Bookmark(url, path.stem)]


def read_cards(text: str, tabs: bool) -> list[tuple[str, str, str]]:
    """Return (front, back, deck) of a table whose head names front and back, or one of two columns without a head.

    Raises Fault for another.
    """
    try:
        rows = list(
            csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter="\t" if tabs else _delimiter(text))
        )
    except csv.Error as error:
        raise Fault("Its table can't be read.") from error
    head = [cell.strip().casefold() for cell in rows[0]] if rows else []
    front, back = _column(head, _FRONTS), _column(head, _BACKS)
    if front is None or back is None:
        return _two_columns(rows)
    deck = _column(head, ("deck", "paquet"))
    return [
        (row[front], row[back], row[deck] if deck is not None and deck < len(row) else "")
        for row in rows[1:]
        if max(front, back) < len(row) and row[front].strip()
    ]


def _two_columns(rows: Sequence[Sequence[str]]) -> list[tuple[str, str, str]]:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled or any(len(row) != 2 or not row[0].strip() for row in filled):
        raise Fault(
            "It is no table of two columns, and its first line does not name the columns front and back."
        )
    return [(front, back, "") for front, back in filled]


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return ";" if head.count(";") > head.count(",") else ","


def _column(head: Sequence[str], names: Sequence[str]) -> int | None:
    return next((number for number, cell in enumerate(head) if cell in names), None)
