"""Restoring an export of this program: ids, notebooks, tags, dates, order. What is there already stays as it is."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from studydesk.foundation.changes import Kind
from studydesk.foundation.errors import Fault
from studydesk.model import files
from studydesk.model.entities import Attachment, Entity, Note, Notebook, StoredFile, Tag
from studydesk.model.note_text import clean_tag, fold
from studydesk.model.transfer import layout
from studydesk.model.transfer.bulk import BATCH, NewNote, add_notes, add_rows, add_tags, known_ids, new_note
from studydesk.model.transfer.reading import read_text
from studydesk.model.transfer.records import Row, can_be_kept, from_lines, to_columns
from studydesk.model.transfer.scanning import why_not

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from studydesk.model.transfer.importing import Importer

_NOTE_WITHOUT = ("text", "deleted_at", "excerpt", "title_key", "name_key")
_HASH = re.compile(r"[0-9a-f]{64}(?:\.[a-z0-9]{1,10})?")  # also a part of a path, so nothing else may be
_NOT_OURS = re.compile(r"[\x00\\:\ud800-\udfff]")  # no path of an export has these; some lead out of it
_ENTITIES = {"notes": (Note, "id"), "files": (StoredFile, "sha256")}
_ENTITIES |= {plain.name: (plain.entity, "id") for plain in layout.PLAIN}


def is_export(directory: Path) -> bool:
    """Tell whether a folder is an export of this program."""
    try:
        found = json.loads((directory / layout.MARK).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("format") == layout.FORMAT


def restore(importer: Importer, directory: Path) -> None:
    """Bring in an export. Raises Fault for one that a newer program wrote."""
    version = json.loads((directory / layout.MARK).read_bytes()).get("version")
    if not isinstance(version, int) or version > layout.VERSION:
        raise Fault("This export was written by a newer StudyDesk. Update StudyDesk to bring it in.")
    work = _Restore(importer, directory)
    work.tags()
    work.notebooks()
    work.files()
    work.notes()
    for plain in layout.PLAIN:
        if not importer.cancelled():
            work.plain(plain)


class _Restore:
    """One restoring; each step writes one table."""

    def __init__(self, importer: Importer, directory: Path) -> None:
        self._importer = importer
        self._tally = importer.tally
        self._directory = directory

    def _read(self, path: str, entity: type[Entity], without: Sequence[str] = ()) -> list[tuple[Row, Row]]:
        """Return (columns, line) of each good line of a side file; the bad ones are named under skipped."""
        side = self._directory / path
        try:
            text = side.read_text("utf-8")
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError) as error:
            self._tally.skip(side, why_not(error) if isinstance(error, OSError) else "It is not valid UTF-8.")
            return []
        good = []
        for number, found in from_lines(text):
            row = None if found is None else to_columns(entity, found, without)
            if found is None or row is None:
                self._tally.skip(side, f"Line {number} can't be read.")
            else:
                good.append((row, found))
        return good

    def _new(
        self, entity: type[Entity], rows: list[tuple[Row, Row]], key: str = "id"
    ) -> list[tuple[Row, Row]]:
        """Leave out what is there already, and what stands there twice."""
        ids = [str(row[key]) for row, _ in rows]
        known = self._importer.write(lambda session: known_ids(session, entity, ids, key))
        fresh = []
        for row, found in rows:
            if row[key] not in known:
                known.add(str(row[key]))
                fresh.append((row, found))
        return fresh

    def _write(self, work: Callable[[Session], None]) -> None:
        self._importer.write(work)

    def notebooks(self) -> None:
        """Restore notebooks, parents first; one whose parent is missing comes to the top."""
        fresh = [row for row, _ in self._new(Notebook, self._read(layout.NOTEBOOKS, Notebook))]
        waiting = {row["id"] for row in fresh}
        known = self._known(Notebook, [row["parent_id"] for row in fresh])
        ordered: list[Row] = []
        while fresh:
            ready = [row for row in fresh if row["parent_id"] not in waiting]
            ready = ready or [{**fresh[0], "parent_id": None}]
            for row in ready:
                there = row["parent_id"] is None or row["parent_id"] in known
                ordered.append(row if there else {**row, "parent_id": None})
                known.add(str(row["id"]))
                waiting.discard(row["id"])
            done = {row["id"] for row in ready}
            fresh = [row for row in fresh if row["id"] not in done]
        self._write(lambda session: add_rows(session, Notebook, ordered))

    def tags(self) -> None:
        """Restore the names of tags as they were first written; what carries them says so itself."""
        rows = [row for row, _ in self._new(Tag, self._read(layout.TAGS, Tag))]
        good = [{**row, "key": fold(name)} for row in rows if clean_tag(name := str(row["name"])) == name]
        self._write(lambda session: add_rows(session, Tag, good))

    def _known(self, entity: type[Entity], ids: Sequence[object], key: str = "id") -> set[str]:
        wanted = {str(one) for one in ids if one is not None}
        return self._importer.write(lambda session: known_ids(session, entity, wanted, key))

    def files(self) -> None:
        """Restore files by content, at their places in notebooks' folders and elsewhere."""
        attachments = self._new(Attachment, self._read(layout.ATTACHMENTS, Attachment))
        places = {str(row["sha256"]): str(found["path"]) for row, found in reversed(attachments)}
        stored = self._read(layout.FILES, StoredFile)
        fresh = self._new(StoredFile, stored, "sha256")
        self._tally.expect(len(fresh))
        good = [row for row, found in fresh if self._stored(row, found, places)]
        self._write(lambda session: add_rows(session, StoredFile, good))
        self._attachments(attachments)

    def _stored(self, row: Row, found: Row, places: dict[str, str]) -> bool:
        if self._importer.cancelled():
            return False
        self._tally.step(str(row["name"]))
        return self._store(row, found, places)

    def _store(self, row: Row, found: Row, places: dict[str, str]) -> bool:
        """Copy the bytes of a file into the desk; tell whether they are what its hash says."""
        written = found.get("path") or places.get(str(row["sha256"]))
        path = self._inside(written)
        if path is None or not _HASH.fullmatch(f"{row['sha256']}{row['suffix']}"):
            self._tally.skip(str(written), "Its place in the export can't be read.")
            return False
        try:
            stored = files.store_path(self._importer.paths, path, str(row["suffix"]))
        except Fault as fault:
            return self._left_out(path, fault, fault.sentence)
        except OSError as error:
            return self._left_out(path, files.as_fault(error), why_not(error))
        if stored.sha256 != row["sha256"]:
            self._tally.skip(path, "Its content is not what the export says.")
            return False
        return True

    def _left_out(self, path: Path, error: BaseException, why: str) -> bool:
        if isinstance(error, files.NotSaved):
            raise error
        self._tally.skip(path, why)
        return False

    def _attachments(self, rows: Sequence[tuple[Row, Row]]) -> None:
        hashes = self._known(StoredFile, [row["sha256"] for row, _ in rows], "sha256")
        notebooks = self._known(Notebook, [row["notebook_id"] for row, _ in rows])
        good = [
            {**row, "path": found.get("place", row["path"])}
            for row, found in rows
            if row["sha256"] in hashes and (row["notebook_id"] is None or row["notebook_id"] in notebooks)
        ]
        self._write(lambda session: add_rows(session, Attachment, good))

    def _inside(self, written: object) -> Path | None:
        """Return a path within the export, or None for one that would lead out of it."""
        if not isinstance(written, str) or not written or _NOT_OURS.search(written):
            return None
        parts = PurePosixPath(written).parts
        if ".." in parts or parts[0] == "/":
            return None
        path, top = self._directory.joinpath(*parts), os.path.realpath(self._directory)
        return path if os.path.commonpath((os.path.realpath(path), top)) == top else None

    def notes(self) -> None:
        """Restore notes with their texts."""
        rows = self._new(Note, self._read(layout.NOTES, Note, _NOTE_WITHOUT))
        notebooks = self._known(Notebook, [row["notebook_id"] for row, _ in rows])
        self._tally.expect(len(rows))
        for start in range(0, len(rows), BATCH):
            if self._importer.cancelled():
                return
            read = (self._note(row, found, notebooks) for row, found in rows[start : start + BATCH])
            batch = [note for note in read if note is not None]
            self._write(partial(add_notes, notes=batch))
            self._tally.notes += len(batch)

    def _note(self, row: Row, found: Row, notebooks: set[str]) -> NewNote | None:
        path = self._inside(found.get("path"))
        self._tally.step(str(row["title"]))
        if path is None:
            self._tally.skip(str(found.get("path")), "Its place in the export can't be read.")
            return None
        try:
            text = read_text(path, any_text=True)
        except Fault as fault:
            self._tally.skip(path, fault.sentence)
            return None
        except OSError as error:
            self._tally.skip(path, why_not(error))
            return None
        notebook_id = str(row["notebook_id"]) if row["notebook_id"] in notebooks else None
        return replace(new_note_of(row, text), notebook_id=notebook_id)

    def plain(self, plain: layout.Plain) -> None:
        """Restore a table that goes out as it is."""
        rows = self._new(plain.entity, self._read(plain.path, plain.entity))
        for column, to in plain.refers:
            rows = self._tied(rows, column, to, required=plain.name in ("answers", "versions"))
        tagged = {str(row["id"]): _names(found.get("tags")) for row, found in rows}
        plain_rows = [row for row, _ in rows]

        def work(session: Session) -> None:
            add_rows(session, plain.entity, plain_rows)
            if plain.tagged is not None:
                add_tags(session, Kind(plain.tagged), tagged)

        self._write(work)
        if plain.name in ("resources", "cards", "tasks", "sessions"):
            setattr(self._tally, plain.name, getattr(self._tally, plain.name) + len(plain_rows))

    def _tied(
        self, rows: list[tuple[Row, Row]], column: str, to: str, required: bool
    ) -> list[tuple[Row, Row]]:
        """Loosen what refers to a thing that is not there; leave it out where it means nothing alone."""
        entity, key = _ENTITIES[to]
        known = self._known(entity, [row[column] for row, _ in rows], key)
        tied = []
        for row, found in rows:
            there = row[column] is None or row[column] in known
            if there or not required:
                tied.append((row if there else {**row, column: None}, found))
        return tied


def new_note_of(row: Row, text: str) -> NewNote:
    """Make the note of a line of the export and its text."""
    created, updated = row["created"], row["updated"]
    if not isinstance(created, datetime) or not isinstance(updated, datetime):
        raise TypeError("a note needs its moments")
    title, name = str(row["title"]), str(row["file_name"])
    return new_note(str(row["id"]), text, None, created, updated, name, title, bool(row["pinned"]))


def _names(value: object) -> list[str]:
    found = value if isinstance(value, list) else []
    return [one for one in found if isinstance(one, str) and can_be_kept(one)]
