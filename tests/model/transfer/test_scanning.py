"""A walk takes in what was chosen, each folder once, and nothing from elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from studydesk.model.transfer.scanning import NO_RIGHTS, Scan, scan

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows asks for rights to make links")


def walk(path: Path) -> Scan:
    return scan(path, lambda: False)


def why(found: Scan) -> dict[str, str]:
    return {Path(one.path).name: one.why for one in found.skipped}


def test_links_out_of_the_chosen_folder_are_left_out(tmp_path: Path) -> None:
    chosen, other = tmp_path / "vault", tmp_path / "vault-other"
    chosen.mkdir()
    other.mkdir()
    (other / "secret.md").write_text("# secret")
    (chosen / "folder").symlink_to(other)
    (chosen / "file.md").symlink_to(other / "secret.md")
    found = walk(chosen)
    assert found.files == []
    assert all("leads out" in sentence for sentence in why(found).values())
    assert set(why(found)) == {"folder", "file.md"}


def test_a_chosen_link_and_links_within_are_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.md").write_text("# a")
    (tmp_path / "real" / "b.md").symlink_to("a.md")
    (tmp_path / "chosen").symlink_to("real")
    found = walk(tmp_path / "chosen")
    assert [(one.path.name, one.folder) for one in found.files] == [
        ("a.md", ("chosen",)),
        ("b.md", ("chosen",)),
    ]


def test_folders_full_of_links_to_each_other_come_to_an_end(tmp_path: Path) -> None:
    names = [f"f{number}" for number in range(9)]
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text("# a")
    for name in names:
        for other in names:
            (tmp_path / name / f"to-{other}").symlink_to(f"../{other}")
    found = walk(tmp_path)
    assert len(found.files) <= 2 * len(names)


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS makes no such names")
def test_names_that_are_no_utf_8_are_named(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(folder)
    with open(folder + b"/a.md", "wb") as target:
        target.write(b"# a")
    found = walk(tmp_path)
    assert found.files == []
    assert list(why(found).values()) == ["Its name is not valid UTF-8."]


def test_a_folder_without_rights_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.md").write_text("# a")
    listed = os.listdir

    def refuse(path: Path) -> list[str]:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "listdir", refuse)
    found = walk(tmp_path)
    assert [one.path.name for one in found.files] == ["a.md"]
    assert why(found) == {"closed": NO_RIGHTS}


def test_a_folder_that_can_be_listed_but_not_entered_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "b.md").write_text("# b")
    (tmp_path / "z.md").write_text("# z")
    plain = Path.stat

    def refuse(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.parent.name == "half":
            raise PermissionError(13, "Permission denied", str(path))
        return plain(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)
    found = walk(tmp_path)
    assert [one.path.name for one in found.files] == ["z.md"]
    assert why(found) == {"b.md": NO_RIGHTS}
