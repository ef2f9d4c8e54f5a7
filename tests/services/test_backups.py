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
