"""Markdown files and folders of them: folders become notebooks, pictures stay where notes refer to them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.foundation.ids import new_id
from studydesk.model import files
from studydesk.model.entities import Attachment, Notebook
from studydesk.model.files import Stored, store_path
from studydesk.model.note_text import front_matter, link_path
from studydesk.model.transfer.bulk import BATCH, NewNote, add_notes, new_note
from studydesk.model.transfer.reading import read_text
from studydesk.model.transfer.scanning import Found, What, why_not

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from studydesk.model.transfer.importing import Importer

Folder = tuple[str, ...]
_HTML = re.compile(r"""\b(?:src|href)\s?=\s?["'](?P<place>[^"'<>\n]{1,1000})["']""", re.IGNORECASE)
_CREATED = ("created", "date", "created_at", "creation-date")
_UPDATED = ("updated", "modified", "updated_at", "last_modified")


def import_notes(importer: Importer, found: Sequence[Found]) -> list[Found]:
    """Bring in the notes among what was found, with the files that lie beside them; return what is left."""
    folders = _note_folders(found)
    ids = importer.write(lambda session: _make_notebooks(session, importer, folders)) if folders else {}
    references = _write_notes(importer, [item for item in found if item.what is What.NOTE], ids)
    beside = [item for item in found if item.what is not What.NOTE and _belongs(item, folders, references)]
    _attach_all(importer, beside, ids)
    taken = {item.path for item in beside}
    return [item for item in found if item.what is not What.NOTE and item.path not in taken]


def _note_folders(found: Sequence[Found]) -> list[Folder]:
    """Return the folders that hold notes, somewhere below them too; parents first."""
    folders = {
        item.folder[:depth]
        for item in found
        if item.what is What.NOTE
        for depth in range(1, len(item.folder) + 1)
    }
    return sorted(folders)


def _make_notebooks(session: Session, importer: Importer, folders: Sequence[Folder]) -> dict[Folder, str]:
    last = session.scalar(select(func.max(Notebook.position)).where(Notebook.parent_id.is_(None)))
    start = 0 if last is None else last + 1
    ids = {folder: new_id(importer.clock) for folder in folders}
    rows = [
        {
            "id": ids[folder],
            "title": " ".join(folder[-1].split()) or folder[-1],
            "parent_id": ids.get(folder[:-1]),
            "position": start + number,
            "folder": folder[-1],
            "created": importer.clock.now(),
        }
        for number, folder in enumerate(folders)
    ]
    session.execute(insert(Notebook), rows)
    return ids


def _write_notes(importer: Importer, items: Sequence[Found], ids: dict[Folder, str]) -> set[str]:
    """Write notes in batches; return the paths, from the chosen folder on, of all files that they refer to."""
    references: set[str] = set()
    for start in range(0, len(items), BATCH):
        if importer.cancelled():
            break
        batch = []
        for item in items[start : start + BATCH]:
            importer.tally.step(item.path.name)
            note = _read_note(importer, item, ids.get(item.folder))
            if note is not None:
                batch.append(note)
                references |= _references(item.folder, note)
        importer.write(partial(add_notes, notes=batch))
        importer.tally.notes += len(batch)
    return references


def _read_note(importer: Importer, item: Found, notebook_id: str | None) -> NewNote | None:
    try:
        text = read_text(item.path)
        changed = datetime.fromtimestamp(item.path.stat().st_mtime, UTC)
    except Fault as fault:
        importer.tally.skip(item.path, fault.sentence)
        return None
    except (OverflowError, ValueError):
        changed = importer.clock.now()  # the file's date is one that no calendar has
    except OSError as error:
        importer.tally.skip(item.path, why_not(error))
        return None
    meta = front_matter(text)
    updated = _moment(meta, _UPDATED) or changed
    created = _moment(meta, _CREATED) or min(changed, updated)
    return new_note(new_id(importer.clock), text, notebook_id, created, updated, item.path.name)


def _moment(meta: dict[str, object], keys: Sequence[str]) -> datetime | None:
    """Return the first moment that front matter names under one of these keys."""
    for key in keys:
        value = meta.get(key)
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value.strip())
            except ValueError:
                continue
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time(), UTC)
        if isinstance(value, datetime) and 1 < value.year < 9999:  # else it may have none in UTC
            return value if value.tzinfo is not None else value.replace(tzinfo=UTC)
    return None


def _references(folder: Folder, note: NewNote) -> set[str]:
    base = "/" + "/".join(folder)
    paths = [link_path(link.target, link.wiki) for link in note.facts.links]
    paths += [link_path(match["place"], False) for match in _HTML.finditer(note.text)]
    return {posixpath.normpath(posixpath.join(base, path)) for path in paths}


def _belongs(item: Found, folders: Sequence[Folder], references: set[str]) -> bool:
    """Tell whether a file lies within a folder of notes and is a picture, or one that a note refers to."""
    if not item.folder or item.folder[:1] not in folders:
        return False
    path = posixpath.join("/", *item.folder, item.path.name)
    return item.what is What.PICTURE or path in references


def _attach_all(importer: Importer, items: Sequence[Found], ids: dict[Folder, str]) -> None:
    """Keep files at their places beside notes, the rows of many in one transaction."""
    for start in range(0, len(items), BATCH):
        batch = []
        for item in items[start : start + BATCH]:
            if importer.cancelled():
                break
            stored = _store(importer, item)
            if stored is not None:
                batch.append((*_place(item, ids), stored))
        if batch:
            importer.write(partial(_add_attachments, clock=importer.clock, placed=batch))


def _store(importer: Importer, item: Found) -> Stored | None:
    importer.tally.step(item.path.name)
    try:
        return store_path(importer.paths, item.path)
    except Fault as fault:
        if isinstance(fault, files.NotSaved):
            raise
        importer.tally.skip(item.path, fault.sentence)
    except OSError as error:
        if isinstance(files.as_fault(error), files.NotSaved):
            raise
        importer.tally.skip(item.path, why_not(error))
    return None


def _place(item: Found, ids: dict[Folder, str]) -> tuple[str, str]:
    """Return the nearest notebook above a file, and the file's path from its folder on."""
    depth = next(depth for depth in range(len(item.folder), 0, -1) if item.folder[:depth] in ids)
    return ids[item.folder[:depth]], "/".join((*item.folder[depth:], item.path.name))


def _add_attachments(session: Session, clock: Clock, placed: Sequence[tuple[str, str, Stored]]) -> None:
    for notebook_id, path, stored in placed:
        row = files.keep(session, clock, stored)
        values = {"id": new_id(clock), "notebook_id": notebook_id, "path": path, "sha256": row.sha256}
        session.execute(sqlite_insert(Attachment).values(**values).on_conflict_do_nothing())
