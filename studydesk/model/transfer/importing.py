"""Bringing in whatever is recognised. Runs on a thread of its own; writes go to the database thread in batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from studydesk.foundation.changes import Changed
from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.foundation.paths import DeskPaths
from studydesk.model import files, library, review
from studydesk.model.database import Database
from studydesk.model.transfer import folder_import, own_import
from studydesk.model.transfer.reading import (
    Bookmark,
    read_addresses,
    read_bookmarks,
    read_cards,
    read_text,
    read_webloc,
)
from studydesk.model.transfer.scanning import UNKNOWN, Found, Scan, What, scan, why_not
from studydesk.model.transfer.tally import Tally
from studydesk.model.views.library import ResourceView
from studydesk.model.views.transfer import ImportReport

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

T = TypeVar("T")
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Importer:
    """What every part of an import needs: the desk, what is counted, and whether to stop."""

    database: Database
    paths: DeskPaths
    clock: Clock
    tally: Tally
    cancelled: Callable[[], bool]

    def write(self, work: Callable[[Session], T]) -> T:
        """Run one batch on the database thread and wait for it."""
        return self.database.submit(work).result()


def import_paths(
    database: Database,
    paths: DeskPaths,
    clock: Clock,
    chosen: Sequence[Path],
    progress: Progress | None,
    cancelled: Callable[[], bool],
) -> ImportReport:
    """Bring in files and folders; what can't come in is named in the report."""
    importer = Importer(database, paths, clock, Tally(progress), cancelled)
    for path in chosen:
        if cancelled():
            break
        if own_import.is_export(path):
            own_import.restore(importer, path)
        else:
            _import_foreign(importer, scan(path, cancelled))
    return replace(importer.tally.report(), cancelled=cancelled())


def _import_foreign(importer: Importer, found: Scan) -> None:
    importer.tally.skipped += found.skipped
    importer.tally.expect(len(found.files))
    rest = folder_import.import_notes(importer, found.files)
    for item in rest:
        if importer.cancelled():
            return
        importer.tally.step(item.path.name)
        try:
            _import_file(importer, item)
        except Fault as fault:
            if isinstance(fault, files.NotSaved):
                raise
            importer.tally.skip(item.path, fault.sentence)
        except OSError as error:
            if isinstance(files.as_fault(error), files.NotSaved):
                raise
            importer.tally.skip(item.path, why_not(error))


def _import_file(importer: Importer, item: Found) -> None:
    if item.what in (What.RESOURCE, What.PICTURE):
        _import_resource(importer, item.path)
    elif item.what is What.BOOKMARKS:
        _import_links(importer, item.path, read_bookmarks(read_text(item.path)))
    elif item.what is What.ADDRESSES:
        _import_links(importer, item.path, read_addresses(read_text(item.path)))
    elif item.what is What.SHORTCUT:
        _import_links(importer, item.path, read_webloc(item.path))
    elif item.what is What.CARDS:
        _import_cards(importer, item.path)
    else:
        raise Fault(UNKNOWN)


def _import_resource(importer: Importer, path: Path) -> None:
    stored = files.store_path(importer.paths, path)
    changed = importer.write(lambda session: library.add_stored_file(session, importer.clock, stored, ()))
    importer.tally.resources += _added(changed)


def _import_links(importer: Importer, path: Path, bookmarks: Sequence[Bookmark]) -> None:
    def work(session: Session) -> tuple[int, list[str]]:
        count, bad = 0, []
        for mark in bookmarks:
            try:
                count += _added(_add_link(session, importer.clock, mark))
            except Fault:
                bad.append(mark.url)
        return count, bad

    count, bad = importer.write(work)
    importer.tally.resources += count
    for url in bad:
        importer.tally.skip(path, f"{url[:80] or 'An empty entry'} is not a web address.")


def _add_link(session: Session, clock: Clock, mark: Bookmark) -> Changed[ResourceView]:
    changed = library.add_link(session, clock, mark.url, mark.title or None, mark.tags, None, "", None)
    if mark.added is not None and _added(changed):
        library.find(session, changed.value.id).added = mark.added
    return changed


def _import_cards(importer: Importer, path: Path) -> None:
    cards = read_cards(read_text(path), path.suffix.lower() == ".tsv")

    def work(session: Session) -> None:
        for front, back, deck in cards:
            review.add_card(session, importer.clock, front, back, deck or path.stem, (), None)

    importer.write(work)
    importer.tally.cards += len(cards)


def _added(changed: Changed[ResourceView]) -> int:
    return int(any(change.action == "added" for change in changed.changes.changes))
