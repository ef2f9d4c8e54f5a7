"""A whole desk in one file, and back: database, files, identity. Everything is checked before anything is moved."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import IO

from studydesk.foundation.errors import Fault
from studydesk.foundation.paths import DeskPaths
from studydesk.model import opening
from studydesk.model.database import Database
from studydesk.model.views.backup import BackupReport

MARK = "backup.json"
FORMAT = "studydesk backup"
VERSION = 1
NOT_A_BACKUP = "That file is not a backup of StudyDesk."
DAMAGED = "That backup is damaged. Your present desk was left as it is."
_MEMBER = re.compile(
    r"desk\.db|backup\.json|identity/[A-Za-z0-9._-]{1,100}"
    r"|files/[0-9a-f]{2}/(?P<sha256>[0-9a-f]{64})(?:\.[a-z0-9]{1,10})?"
)


def backup_to(database: Database, paths: DeskPaths, file: Path) -> BackupReport:
    """Write a backup to `file`, which is replaced only when the new one is whole. Runs while the desk works."""
    database.start().result()
    if not file.absolute().parent.is_dir():
        raise Fault(f"The folder {file.absolute().parent} is not there.")
    if file.is_dir():
        raise Fault(f"{file} is a folder. Name a file in it.")
    descriptor, temporary = tempfile.mkstemp(prefix=".backup-", dir=file.absolute().parent)
    try:
        with os.fdopen(descriptor, "wb") as target:  # made with mode 0600
            count = _write_archive(target, paths)
            target.flush()
            os.fsync(target.fileno())
        os.replace(temporary, file)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return BackupReport(file, count, file.stat().st_size)


def _write_archive(target: IO[bytes], paths: DeskPaths) -> int:
    with (
        tempfile.TemporaryDirectory(
            prefix=".backup-", dir=paths.root
        ) as folder,  # where there is room for it
        zipfile.ZipFile(
            target, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False
        ) as archive,
    ):
        copy = Path(folder) / "desk.db"
        connection = sqlite3.connect(paths.database, timeout=30)
        try:
            connection.execute("VACUUM INTO ?", (str(copy),))
        finally:
            connection.close()
        mark = {"format": FORMAT, "version": VERSION, "schema": opening.schema_of(copy)}
        archive.writestr(MARK, json.dumps(mark, sort_keys=True))
        archive.write(copy, "desk.db")
        _add_folder(archive, paths, paths.identity)
        return _add_folder(archive, paths, paths.files)


def _add_folder(archive: zipfile.ZipFile, paths: DeskPaths, folder: Path) -> int:
    count = 0
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(paths.root).as_posix()
        if path.is_file() and _MEMBER.fullmatch(name):
            archive.write(path, name, zipfile.ZIP_STORED)
            count += 1
    return count


def restore_from(file: Path, paths: DeskPaths) -> BackupReport:
    """Put the desk of a backup at `paths`; what was there is kept aside. The desk must be closed. Raises Fault."""
    if file.is_dir():
        raise Fault(NOT_A_BACKUP)
    root = paths.root
    root.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{root.name}-restoring-", dir=root.parent))
    try:
        count, size = _unpack(file, fresh), file.stat().st_size  # the file may lie within the desk
        _check(fresh)
        aside = _swap(paths, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return BackupReport(file, count, size, aside)


def _unpack(file: Path, fresh: Path) -> int:
    """Unpack into an empty folder, checking each file against its hash. Only names that a backup has are taken."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check_mark(archive)
            members = [info for info in archive.infolist() if _MEMBER.fullmatch(info.filename)]
            for info in members:
                _unpack_member(archive, info, fresh)
    except FileNotFoundError as error:
        raise Fault(f"{file} is not there.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Fault(DAMAGED if zipfile.is_zipfile(file) else NOT_A_BACKUP) from error
    return sum(info.filename.startswith("files/") for info in members)


def _check_mark(archive: zipfile.ZipFile) -> None:
    try:
        mark = json.loads(archive.read(MARK))
    except (KeyError, ValueError) as error:
        raise Fault(NOT_A_BACKUP) from error
    if not isinstance(mark, dict) or mark.get("format") != FORMAT:
        raise Fault(NOT_A_BACKUP)
    version, schema = mark.get("version"), mark.get("schema")
    if not isinstance(version, int) or not isinstance(schema, int):
        raise Fault(NOT_A_BACKUP)
    if version > VERSION or schema > opening.SCHEMA:
        raise Fault("That backup was made by a newer StudyDesk. Update StudyDesk to restore it.")


def _unpack_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, fresh: Path) -> None:
    target = fresh / info.filename
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with archive.open(info) as source, os.fdopen(descriptor, "wb") as sink:
        while chunk := source.read(1024 * 1024):
            digest.update(chunk)
            sink.write(chunk)
        sink.flush()
        os.fsync(sink.fileno())
    match = _MEMBER.fullmatch(info.filename)
    if match is not None and match["sha256"] and match["sha256"] != digest.hexdigest():
        raise Fault(DAMAGED)


def _check(fresh: Path) -> None:
    """Raise Fault unless the unpacked database is whole."""
    database = fresh / "desk.db"
    if not database.is_file() or not 0 < opening.schema_of(database) <= opening.SCHEMA:
        raise Fault(DAMAGED)
    connection = sqlite3.connect(database)
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        tied = connection.execute("PRAGMA foreign_key_check").fetchone() is None
    except sqlite3.DatabaseError as error:
        raise Fault(DAMAGED) from error
    finally:
        connection.close()
    if not whole or not tied:
        raise Fault(DAMAGED)
    (fresh / MARK).unlink(missing_ok=True)


def _swap(paths: DeskPaths, fresh: Path) -> Path | None:
    """Move the present desk aside and the new one in; if the second step fails, take the first back.

    The lock of whoever restores stays, and so do earlier backups.
    """
    root = paths.root
    held = {paths.owner_lock.name, paths.owner_door.name}
    if not root.exists():
        os.rename(fresh, root)
        return None
    if all(path.name in held for path in root.iterdir()):
        _move_all(fresh, root, frozenset())
        return None
    aside = _free_name(root)
    try:
        os.rename(root, aside)
    except PermissionError:  # Windows renames no folder in which a file is open, as the lock is
        _swap_contents(root, fresh, aside, frozenset(held | {paths.backups.name}))
        return aside
    try:
        os.rename(fresh, root)
    except OSError:
        os.rename(aside, root)
        raise
    if (aside / paths.backups.name).is_dir():
        os.rename(aside / paths.backups.name, paths.backups)
    return aside


def _swap_contents(root: Path, fresh: Path, aside: Path, staying: frozenset[str]) -> None:
    aside.mkdir(mode=0o700)
    try:
        _move_all(root, aside, staying)
        try:
            _move_all(fresh, root, frozenset())
        except OSError:
            _move_all(aside, root, frozenset())
            raise
    except OSError:
        aside.rmdir()
        raise


def _move_all(source: Path, target: Path, staying: frozenset[str]) -> None:
    """Move what lies in a folder into another, or nothing when one of them can't be moved."""
    moved: list[str] = []
    try:
        for name in sorted(path.name for path in source.iterdir() if path.name not in staying):
            os.rename(source / name, target / name)
            moved.append(name)
    except OSError:
        for name in moved:
            os.rename(target / name, source / name)
        raise


def _free_name(root: Path) -> Path:
    number = 1
    while (aside := root.with_name(f"{root.name}.before-restore-{number}")).exists():
        number += 1
    return aside
