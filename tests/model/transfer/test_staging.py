"""An export is there whole or not at all, and touches nothing that it did not write."""

from __future__ import annotations

from pathlib import Path

import pytest

from studydesk.foundation.errors import Fault
from studydesk.model.transfer import layout
from studydesk.model.transfer.records import Row, to_line
from studydesk.model.transfer.staging import STAGE, Staging


def export(directory: Path, notes: dict[str, str], whole: bool = True) -> None:
    """Write an export of some texts, as `exporting` does."""
    with Staging(directory) as staging:
        for path, text in notes.items():
            staging.place(path).write_text(text)
        staging.place(layout.NOTES).write_text("".join(to_line({"path": path}) for path in notes))
        staging.place(layout.MARK).write_text("{}")
        if whole:
            staging.settle()


def texts(directory: Path) -> dict[str, str]:
    """Return what lies in a folder but for the side files."""
    found = {path.relative_to(directory).as_posix(): path for path in directory.rglob("*") if path.is_file()}
    return {name: path.read_text() for name, path in found.items() if not name.startswith(layout.SIDE)}


def test_what_was_not_finished_leaves_the_earlier_export_as_it_was(tmp_path: Path) -> None:
    export(tmp_path, {"a.md": "old"})
    export(tmp_path, {"a.md": "new", "b.md": "new"}, whole=False)
    assert texts(tmp_path) == {"a.md": "old"}
    assert not (tmp_path / STAGE).exists()


def test_what_was_not_finished_leaves_an_empty_folder_empty(tmp_path: Path) -> None:
    export(tmp_path / "out", {"a.md": "new"}, whole=False)
    assert list((tmp_path / "out").iterdir()) == []


def test_an_export_after_one_that_was_killed_succeeds(tmp_path: Path) -> None:
    (tmp_path / STAGE).mkdir()
    (tmp_path / STAGE / "half.md").write_text("half")
    export(tmp_path, {"a.md": "new"})
    assert texts(tmp_path) == {"a.md": "new"}
    assert not (tmp_path / STAGE).exists()


def test_what_is_gone_is_removed_with_its_empty_folders(tmp_path: Path) -> None:
    export(tmp_path, {"one/two/a.md": "a", "one/b.md": "b", "Case.md": "c"})
    (tmp_path / "mine.txt").write_text("mine")
    export(tmp_path, {"one/b.md": "b", "case.md": "c"})
    assert texts(tmp_path) == {"one/b.md": "b", "case.md": "c", "mine.txt": "mine"}
    assert not (tmp_path / "one" / "two").exists()


def test_a_file_may_take_the_place_of_a_folder_that_is_gone(tmp_path: Path) -> None:
    export(tmp_path, {"a.md/b.md": "b"})
    export(tmp_path, {"a.md": "a"})
    assert texts(tmp_path) == {"a.md": "a"}


def test_what_stands_in_the_way_is_not_overrun(tmp_path: Path) -> None:
    export(tmp_path, {"a.md": "a"})
    (tmp_path / "b.md").mkdir()
    (tmp_path / "b.md" / "mine.txt").write_text("mine")
    with pytest.raises(Fault, match=r"stands at b\.md"):
        export(tmp_path, {"a.md": "a", "b.md": "b"})
    assert (tmp_path / "b.md" / "mine.txt").read_text() == "mine"


def test_a_list_of_an_earlier_export_that_lies_removes_nothing_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    export(tmp_path / "out", {"a.md": "a"})
    lies: list[Row] = [{"path": "../secret.txt"}, {"path": str(tmp_path / "secret.txt")}, {"path": 5}]
    (tmp_path / "out" / layout.NOTES).write_text("".join(map(to_line, lies)))
    export(tmp_path / "out", {"a.md": "a"})
    assert (tmp_path / "secret.txt").read_text() == "secret"


def test_a_file_and_a_foreign_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Fault, match="holds other things"):
        export(tmp_path, {"a.md": "a"})
    with pytest.raises(Fault, match="is a file"):
        export(tmp_path / "mine.txt", {"a.md": "a"})
    assert texts(tmp_path) == {"mine.txt": "mine"}
