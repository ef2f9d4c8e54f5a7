"""Taking everything out. Two exports of one desk are identical: sorted, without a date, ids travel."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from studydesk.foundation.paths import DeskPaths
from studydesk.model import files, tags
from studydesk.model.database import Database
from studydesk.model.entities import Attachment, Entity, Note, Notebook, StoredFile, Tag
from studydesk.model.transfer import layout
from studydesk.model.transfer.bulk import BATCH
from studydesk.model.transfer.names import Paths, safe_name
from studydesk.model.transfer.records import Row, columns_of, table_of, to_line
from studydesk.model.transfer.staging import Staging
from studydesk.model.views.transfer import ExportReport

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

T = TypeVar("T")
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class _Contents:
    """All rows but the texts, each list in order of id."""

    notebooks: list[Row]
    notes: list[Row]
    attachments: list[Row]
    files: list[Row]
    tags: list[Row]
    plain: dict[str, list[Row]]


class _Stopped(Exception):
    """The export was cancelled."""


@dataclass(frozen=True)
class _Exporter:
    """What every part of an export needs."""

    database: Database
    paths: DeskPaths
    directory: Path
    staging: Staging
    progress: Progress | None
    cancelled: Callable[[], bool]

    def read(self, work: Callable[[Session], T]) -> T:
        """Run one reading on the database thread and wait for it."""
        return self.database.submit(work).result()

    def step(self, done: int, total: int, name: str) -> None:
        """Tell the progress; end when cancelled."""
        if self.cancelled():
            raise _Stopped
        if self.progress is not None:
            self.progress(done, total, name)

    def write(self, path: str, text: str) -> None:
        """Write a text as UTF-8, byte for byte."""
        self.staging.place(path).write_bytes(text.encode("utf-8"))


def export_all(
    database: Database,
    paths: DeskPaths,
    directory: Path,
    progress: Progress | None,
    cancelled: Callable[[], bool],
) -> ExportReport:
    """Write everything into an empty, a new, or an earlier export's directory. Raises Fault for another.

    It is there whole or, when cancelled or failed, as it was before.
    """
    with Staging(directory) as staging:
        exporter = _Exporter(database, paths, directory, staging, progress, cancelled)
        try:
            report = _write_all(exporter, exporter.read(_read_contents))
        except _Stopped:
            return ExportReport(directory, cancelled=True)
        staging.settle()
    return report


def _read_contents(session: Session) -> _Contents:
    live = Note.deleted_at.is_(None)
    notes = _rows(session, Note, ("text", "deleted_at", "excerpt", "title_key", "name_key"), live)
    return _Contents(
        _rows(session, Notebook),
        notes,
        _rows(session, Attachment),
        _rows(session, StoredFile, key="sha256"),
        _rows(session, Tag),
        {
            plain.name: _plain_rows(session, plain, {str(row["id"]) for row in notes})
            for plain in layout.PLAIN
        },
    )


def _rows(
    session: Session, entity: type[Entity], without: Iterable[str] = (), *where: Any, key: str = "id"
) -> list[Row]:
    columns = columns_of(entity, without)
    query = select(*columns).where(*where).order_by(table_of(entity).c[key])
    names = [column.name for column in columns]
    return [dict(zip(names, row, strict=True)) for row in session.execute(query)]


def _plain_rows(session: Session, plain: layout.Plain, live: set[str]) -> list[Row]:
    rows = _rows(session, plain.entity)
    for column, to in plain.refers:
        if to == "notes" and plain.name == "versions":
            rows = [row for row in rows if row[column] in live]
        elif to == "notes":
            rows = [{**row, column: row[column] if row[column] in live else None} for row in rows]
    if plain.tagged is not None:
        names = tags.tags_of(session, plain.tagged, [str(row["id"]) for row in rows])
        rows = [{**row, "tags": list(names.get(str(row["id"]), ()))} for row in rows]
    return rows


def _write_all(exporter: _Exporter, contents: _Contents) -> ExportReport:
    taken = Paths()
    folders = _place_notebooks(contents.notebooks, taken)
    attachments = _place_attachments(contents, folders, taken)
    notes = _place_notes(contents.notes, folders, taken)
    placed = {str(row["sha256"]) for row in attachments}
    stored = [
        {**row, "path": None if row["sha256"] in placed else f"files/{row['sha256']}{row['suffix']}"}
        for row in contents.files
    ]
    total = len(notes) + len(attachments) + len(stored)
    _write_notes(exporter, notes, total)
    _copy_files(exporter, attachments, stored, len(notes), total)
    _write_side(exporter, contents, notes, attachments, stored)
    return ExportReport(
        exporter.directory,
        len(notes),
        len(contents.plain["resources"]),
        len(contents.plain["cards"]),
        len(contents.plain["tasks"]),
        len(contents.plain["sessions"]),
        len(stored),
    )


def _place_notebooks(notebooks: Sequence[Row], taken: Paths) -> dict[object, str]:
    """Give each notebook its folder; parents first."""
    folders: dict[object, str] = {None: ""}
    waiting = list(notebooks)
    while waiting:
        ready = [row for row in waiting if row["parent_id"] in folders]
        for row in ready:
            name = safe_name(str(row["folder"] or row["title"]))
            folders[row["id"]] = taken.take(folders[row["parent_id"]], name)
        waiting = [row for row in waiting if row["id"] not in folders]
        if not ready:
            break
    return folders


def _place_attachments(contents: _Contents, folders: dict[object, str], taken: Paths) -> list[Row]:
    kept = {row["sha256"]: row for row in contents.files}
    placed = []
    for row in contents.attachments:
        if row["sha256"] in kept and row["notebook_id"] in folders:
            *inner, name = (safe_name(part) for part in str(row["path"]).split("/"))
            folder = "/".join(part for part in (folders[row["notebook_id"]], *inner) if part)
            placed.append({**row, "place": row["path"], "path": taken.take(folder, name)})
            if folder:
                taken.hold(folder)
    return placed


def _place_notes(notes: Sequence[Row], folders: dict[object, str], taken: Paths) -> list[Row]:
    """Give each note its file; those that came in under a name first, so that they keep it."""
    placed: dict[object, str] = {}
    for row in sorted(notes, key=lambda one: (not one["file_name"], one["id"])):
        name = str(row["file_name"]) or f"{row['title'] or 'untitled'}.md"
        placed[row["id"]] = taken.take(folders.get(row["notebook_id"], ""), safe_name(name, "untitled.md"))
    return [{**row, "path": placed[row["id"]]} for row in notes]


def _write_notes(exporter: _Exporter, notes: Sequence[Row], total: int) -> None:
    for start in range(0, len(notes), BATCH):
        batch = notes[start : start + BATCH]
        ids = [str(row["id"]) for row in batch]
        texts = exporter.read(partial(_texts, ids=ids))
        for number, row in enumerate(batch, start + 1):
            exporter.step(number, total, str(row["title"]))
            exporter.write(str(row["path"]), texts.get(str(row["id"]), ""))


def _texts(session: Session, ids: Sequence[str]) -> dict[str, str]:
    return dict(session.execute(select(Note.id, Note.text).where(Note.id.in_(ids))).all())


def _copy_files(
    exporter: _Exporter, attachments: Sequence[Row], stored: Sequence[Row], done: int, total: int
) -> None:
    suffixes = {row["sha256"]: str(row["suffix"]) for row in stored}
    wanted = [row for row in (*attachments, *stored) if row["path"] is not None]
    for number, row in enumerate(wanted, done + 1):
        exporter.step(number, total, str(row["path"]))
        source = files.location(exporter.paths, str(row["sha256"]), suffixes[row["sha256"]])
        if source.is_file():
            shutil.copyfile(source, exporter.staging.place(str(row["path"])))


def _write_side(
    exporter: _Exporter,
    contents: _Contents,
    notes: Sequence[Row],
    attachments: Sequence[Row],
    stored: Sequence[Row],
) -> None:
    lines = {
        layout.NOTEBOOKS: contents.notebooks,
        layout.NOTES: notes,
        layout.ATTACHMENTS: attachments,
        layout.FILES: stored,
        layout.TAGS: contents.tags,
        **{plain.path: contents.plain[plain.name] for plain in layout.PLAIN},
    }
    for path, rows in lines.items():
        exporter.write(path, "".join(map(to_line, rows)))
    exporter.write(layout.MARK, to_line({"format": layout.FORMAT, "version": layout.VERSION}))
