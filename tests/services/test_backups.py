"""A backup holds the whole desk, and restoring never costs what is there."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from studydesk.foundation.errors import Fault
from studydesk.foundation.paths import DeskPaths
from studydesk.services.backups import Backups, restore_from
from studydesk.services.base import DeskContext
from studydesk.services.notebook import Notebook
from tests.services.conftest import done

PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)


@pytest.fixture
def backup(context: DeskContext, tmp_path: Path) -> Path:
    """A backup of a desk with one note, one picture and one key."""
    done(Notebook(context).new_note("Kept"))
    done(Notebook(context).add_image(PNG))
    context.paths.identity.mkdir(mode=0o700)
    (context.paths.identity / "sign.key").write_bytes(b"secret")
    report = done(Backups(context).backup_to(tmp_path / "b.zip"))
    assert report.files == 1
    return tmp_path / "b.zip"


def titles(context: DeskContext) -> list[str]:
    return [row.title for row in done(Notebook(context).list_notes())]


def test_a_restored_desk_has_notes_files_and_identity(
    backup: Path, open_desk: Callable[[str], DeskContext]
) -> None:
    other = open_desk("other")
    restore_from(backup, other.paths)
    assert titles(other) == ["Kept"]
    assert (other.paths.identity / "sign.key").read_bytes() == b"secret"
    assert len(list(other.paths.files.rglob("*.png"))) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_only_its_owner_may_read_a_backup_and_what_comes_of_it(backup: Path, tmp_path: Path) -> None:
    paths = DeskPaths(tmp_path / "restored")
    restore_from(backup, paths)
    assert backup.stat().st_mode & 0o777 == 0o600
    assert (paths.identity / "sign.key").stat().st_mode & 0o777 == 0o600
    assert paths.identity.stat().st_mode & 0o077 == 0


def test_what_was_there_is_kept_aside(
    backup: Path, open_desk: Callable[[str], DeskContext], tmp_path: Path
) -> None:
    other = open_desk("other")
    done(Notebook(other).new_note("Mine"))
    other.database.close()
    report = restore_from(backup, other.paths)
    assert report.kept_aside == tmp_path / "other.before-restore-1"
    assert titles(open_desk("other")) == ["Kept"]
    assert titles(open_desk("other.before-restore-1")) == ["Mine"]


def test_a_damaged_backup_leaves_the_desk_as_it_was(
    backup: Path, open_desk: Callable[[str], DeskContext], tmp_path: Path
) -> None:
    other = open_desk("other")
    done(Notebook(other).new_note("Mine"))
    other.database.close()
    data = bytearray(backup.read_bytes())
    with zipfile.ZipFile(backup) as archive:
        info = archive.getinfo("desk.db")
    data[info.header_offset + 200] ^= 0xFF
    backup.write_bytes(data)
    with pytest.raises(Fault, match="damaged"):
        restore_from(backup, other.paths)
    assert titles(open_desk("other")) == ["Mine"]
    assert not list(tmp_path.glob(".other-*"))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_another_file_is_no_backup(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(Fault, match="not a backup"):
        restore_from(tmp_path / "x.zip", DeskPaths(tmp_path / "desk"))
    assert not (tmp_path / "desk").exists()


def test_names_that_lead_out_of_the_desk_are_not_unpacked(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup, "a") as archive:
        archive.writestr("../evil", b"x")
        archive.writestr("identity/../../evil", b"x")
    restore_from(backup, DeskPaths(tmp_path / "deep" / "desk"))
    assert not list(tmp_path.rglob("evil"))


def test_a_missing_folder_is_a_fault(context: DeskContext, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="not there"):
        done(Backups(context).backup_to(tmp_path / "no" / "b.zip"))


def test_a_backup_that_lies_in_the_desk_restores_it_and_stays(context: DeskContext) -> None:
    done(Notebook(context).new_note("Kept"))
    context.paths.backups.mkdir()
    file = context.paths.backups / "b.zip"
    done(Backups(context).backup_to(file))
    done(Notebook(context).new_note("Later"))
    context.database.close()
    report = restore_from(file, context.paths)
    assert file.is_file()
    assert report.size == file.stat().st_size


def test_restoring_where_no_desk_is_keeps_nothing_aside(backup: Path, tmp_path: Path) -> None:
    paths = DeskPaths(tmp_path / "fresh")
    paths.make()
    paths.owner_lock.touch()
    assert restore_from(backup, paths).kept_aside is None
    assert paths.owner_lock.exists()
    assert paths.database.exists()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch, open_desk: Callable[[str], DeskContext]) -> DeskContext:
    """A closed desk with a note, whose folder can't be renamed, as on Windows while its lock is held."""
    other = open_desk("other")
    done(Notebook(other).new_note("Mine"))
    other.database.close()
    other.paths.owner_lock.touch()
    rename = os.rename

    def refuse(source: Path, target: Path) -> None:
        if Path(source) in (other.paths.root, other.paths.owner_lock):
            raise PermissionError(13, "Permission denied", str(source))
        rename(source, target)

    monkeypatch.setattr(os, "rename", refuse)
    return other


def test_a_desk_whose_folder_is_in_use_is_restored_all_the_same(
    backup: Path, held: DeskContext, open_desk: Callable[[str], DeskContext]
) -> None:
    report = restore_from(backup, held.paths)
    assert report.kept_aside is not None
    assert held.paths.owner_lock.exists()
    assert titles(open_desk("other")) == ["Kept"]
    assert titles(open_desk("other.before-restore-1")) == ["Mine"]


@pytest.mark.parametrize("stuck", ["desk.db", "files"])
def test_a_swap_that_gets_stuck_is_taken_back(
    stuck: str,
    backup: Path,
    held: DeskContext,
    open_desk: Callable[[str], DeskContext],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rename = os.rename

    def refuse(source: Path, target: Path) -> None:
        if Path(source).name == stuck and "restoring" in Path(source).parent.name:
            raise PermissionError(13, "Permission denied", str(source))
        rename(source, target)

    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(PermissionError):
        restore_from(backup, held.paths)
    assert titles(open_desk("other")) == ["Mine"]
    assert not held.paths.root.with_name("other.before-restore-1").exists()


def test_a_folder_is_no_place_for_a_backup(context: DeskContext, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="is a folder"):
        done(Backups(context).backup_to(tmp_path))
    with pytest.raises(Fault, match="not a backup"):
        restore_from(tmp_path, DeskPaths(tmp_path / "new"))


def test_a_file_with_an_odd_date_is_backed_up(context: DeskContext, tmp_path: Path) -> None:
    done(Notebook(context).add_image(PNG))
    (file,) = context.paths.files.rglob("*.png")
    os.utime(file, (0, 0))
    assert done(Backups(context).backup_to(tmp_path / "b.zip")).files == 1
    assert not list(context.paths.root.glob(".backup-*"))
