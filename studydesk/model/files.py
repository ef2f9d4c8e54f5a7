"""Files of a desk, kept by the hash of their content, and found again by what a note writes."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from studydesk.foundation.changes import Change, Changed, ChangeSet, Kind
from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.foundation.paths import DeskPaths
from studydesk.model.database import NotSaved
from studydesk.model.entities import Attachment, Note, StoredFile
from studydesk.model.note_links import Folders
from studydesk.model.note_text import link_path
from studydesk.model.opening import as_fault
from studydesk.model.sniffing import HEAD, sniff, suffix_of, usual_suffix

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = [
    "SIZE_LIMIT",
    "TOO_LARGE",
    "NotSaved",
    "Stored",
    "add_image",
    "as_fault",
    "keep",
    "location",
    "open_plain",
    "resolve",
    "store_bytes",
    "store_path",
]

SIZE_LIMIT = 2_000_000_000
IMAGE_LIMIT = 64 * 1024 * 1024
TOO_LARGE = "It is larger than 2 GB."
_CHUNK = 1024 * 1024
_REFERENCE = re.compile(r"\A(?:\.\./|\./)*files/(?P<sha256>[0-9a-f]{64})(?:\.[A-Za-z0-9]{1,10})?\Z")


@dataclass(frozen=True)
class Stored:
    """A file whose bytes lie in the desk, before its row is kept. `suffix` has its dot or is empty."""

    sha256: str
    name: str
    suffix: str
    size: int
    mime: str

    @property
    def reference(self) -> str:
        """How Markdown refers to it, and where an export lays it down."""
        return f"files/{self.sha256}{self.suffix}"


def location(paths: DeskPaths, sha256: str, suffix: str) -> Path:
    """Return where the file with this hash lies."""
    return paths.files / sha256[:2] / f"{sha256}{suffix}"


def open_plain(path: Path) -> BinaryIO:
    """Open a plain file for reading. Raises Fault for devices, pipes, folders; OSError as usual.

    Opening does not block on a pipe, and what was checked is what was opened.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Fault("It is not a plain file.")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def store_path(paths: DeskPaths, path: Path, suffix: str | None = None) -> Stored:
    """Copy a file into the desk under its hash. Raises Fault (2 GB and more, no plain file) or OSError.

    `suffix` is the ending to keep it under, for one that has its row elsewhere; else its name or content tells.
    """
    if path.is_fifo() or not (path.is_file() or path.is_symlink()):
        path.stat()  # a missing one says so
        raise Fault("It is not a plain file.")
    with open_plain(path) as source:
        if os.fstat(source.fileno()).st_size >= SIZE_LIMIT:
            raise Fault(TOO_LARGE)
        return _store(paths, iter(lambda: source.read(_CHUNK), b""), path.name, suffix)


def store_bytes(paths: DeskPaths, data: bytes, name: str) -> Stored:
    """Put bytes into the desk under their hash."""
    return _store(paths, iter((data,)), name)


def _store(paths: DeskPaths, chunks: Iterator[bytes], name: str, suffix: str | None = None) -> Stored:
    """Write to a temporary name, sync, rename, so that a file under its hash is always whole."""
    paths.files.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size, head = hashlib.sha256(), 0, b""
    descriptor, temporary = tempfile.mkstemp(prefix=".new-", dir=paths.files)
    try:
        with os.fdopen(descriptor, "wb") as target:
            for chunk in chunks:
                head = head if len(head) >= HEAD else (head + chunk)[:HEAD]
                size += len(chunk)
                if size >= SIZE_LIMIT:
                    raise Fault(TOO_LARGE)
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        mime = sniff(head)
        ending = suffix_of(name) or usual_suffix(mime) if suffix is None else suffix
        stored = Stored(digest.hexdigest(), name, ending, size, mime)
        _settle(paths, Path(temporary), stored)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return stored


def _settle(paths: DeskPaths, temporary: Path, stored: Stored) -> None:
    final = location(paths, stored.sha256, stored.suffix)
    if final.exists() and final.stat().st_size == stored.size:
        return
    final.parent.mkdir(mode=0o700, exist_ok=True)
    os.replace(temporary, final)
    _sync_folder(final.parent)


def _sync_folder(folder: Path) -> None:
    """Let a rename survive a power cut, where the system can sync a folder."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def keep(session: Session, clock: Clock, stored: Stored) -> StoredFile:
    """Keep the row of a stored file; one with that content that is there already is returned."""
    values = {
        "sha256": stored.sha256,
        "name": stored.name,
        "suffix": stored.suffix,
        "size": stored.size,
        "mime": stored.mime,
        "added": clock.now(),
    }
    session.execute(insert(StoredFile).values(**values).on_conflict_do_nothing())
    return session.get_one(StoredFile, stored.sha256)


def path_of(paths: DeskPaths, row: StoredFile) -> Path:
    """Return where the file of a row lies."""
    return location(paths, row.sha256, row.suffix)


def add_image(
    session: Session, paths: DeskPaths, clock: Clock, data: bytes | Path, name: str
) -> Changed[str]:
    """Store a picture and return how Markdown refers to it."""
    if isinstance(data, Path):
        if data.is_file() and data.stat().st_size > IMAGE_LIMIT:
            raise Fault("That picture is larger than 64 MB.")
        with open_plain(data) as source:
            name = name or data.name
            data = source.read(IMAGE_LIMIT + 1)
    if len(data) > IMAGE_LIMIT:
        raise Fault("That picture is larger than 64 MB.")
    if not sniff(data[:HEAD]).startswith("image/"):
        raise Fault("That is not a picture that can be shown.")
    stored = store_bytes(paths, data, name)
    row = keep(session, clock, stored)
    changes = ChangeSet("Add picture", (Change(Kind.FILE, row.sha256, "added"),))
    return Changed(f"files/{row.sha256}{row.suffix}", changes)


def resolve(session: Session, paths: DeskPaths, reference: str, note_id: str | None) -> Path | None:
    """Return where the file lies that a note's text refers to, or None."""
    path = link_path(reference.split("|", 1)[0], wiki=False)
    match = _REFERENCE.match(path)
    sha256 = match["sha256"] if match is not None else _attached(session, path, note_id)
    row = None if sha256 is None else session.get(StoredFile, sha256)
    if row is None:
        return None
    found = path_of(paths, row)
    return found if found.is_file() else None


def _attached(session: Session, path: str, note_id: str | None) -> str | None:
    """Return the hash of the file that lies at `path` seen from the folder of a note, else the one of that name."""
    name = posixpath.basename(path)
    if not name:
        return None
    notebook_id = session.scalar(select(Note.notebook_id).where(Note.id == note_id)) if note_id else None
    folders = Folders(session)
    query = select(Attachment).where(
        (Attachment.path == name) | Attachment.path.endswith(f"/{name}", autoescape=True)
    )
    found = {
        posixpath.join(folders.path(row.notebook_id), row.path): row.sha256 for row in session.scalars(query)
    }
    folder = folders.path(notebook_id)
    exact = found.get(posixpath.normpath(posixpath.join(folder, path)))
    if exact is not None or "/" in path:
        return exact if exact is not None else found.get(_from_top(folder, path))
    return next(iter(found.values()), None)


def _from_top(folder: str, path: str) -> str:
    """Read a path as one from the top folder, as some note programs write it."""
    top = "/" + folder.strip("/").split("/")[0]
    return posixpath.normpath(posixpath.join(top, path.lstrip("/")))
