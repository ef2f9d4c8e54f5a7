"""Commands over one's own things, each in a process of its own, as a script sees them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def ask(studydesk_command: Command) -> Callable[..., Any]:
    """Run a command that must succeed and print one JSON document and nothing else."""

    def run(*words: str | Path, **more: Any) -> Any:
        done = studydesk_command("--json", *words, **more)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        assert done.stdout.count("\n") == 1
        return json.loads(done.stdout)

    return run


def test_notes_are_made_listed_shown_and_found(ask: Callable[..., Any]) -> None:
    made = ask(
        "note", "new", "Joins", "--text", "# Joins\n\nKeep the **rows** you need.", "--notebook", "SQL"
    )
    shown = ask("note", "show", made["id"])
    assert (shown["title"], shown["notebook"]) == ("Joins", "SQL")
    assert [row["id"] for row in ask("note", "list")] == [made["id"]]
    (hit,) = ask("search", "rows", "need")
    assert (hit["kind"], hit["id"], hit["title"]) == ("note", made["id"], "Joins")
    assert "rows" in hit["snippet"]


def test_tasks_resources_and_cards_are_added_and_listed(ask: Callable[..., Any], tmp_path: Path) -> None:
    task = ask("task", "add", "read", "chapter", "4", "50", "min", "--due", "2027-03-01")
    assert (task["minutes"], task["due"], task["done"]) == (50, "2027-03-01", False)
    ask("task", "done", task["id"])
    assert ask("task", "list") == []
    assert [row["done"] for row in ask("task", "list", "--all")] == [True]
    ask("resource", "add", "https://example.org/null", "--title", "A guide to NULL", "--tag", "sql")
    file = tmp_path / "notes.txt"
    file.write_text("plain", encoding="utf-8")
    ask("resource", "add", file)
    assert {row["title"] for row in ask("resource", "list")} >= {"A guide to NULL"}
    assert len(ask("resource", "list")) == 2
    card = ask("card", "add", "What does LEFT JOIN keep?", "Every row of the left table.", "--deck", "SQL")
    assert [row["id"] for row in ask("card", "list")] == [card["id"]]
    assert [row["id"] for row in ask("review", "due")] == [card["id"]]


def test_my_own_boards_need_no_room(ask: Callable[..., Any]) -> None:
    board = ask("board", "new", "Joins, drawn")
    assert ask("board", "list") == [board]
    assert ask("room", "list") == []


def test_a_backup_brings_everything_back(ask: Callable[..., Any], tmp_path: Path, desk_dir: Path) -> None:
    made = ask("note", "new", "Kept")
    ask("backup", tmp_path / "desk.backup")
    ask("note", "new", "Made after the backup")
    ask("restore", tmp_path / "desk.backup")
    assert [row["id"] for row in ask("note", "list")] == [made["id"]]
    assert Path(ask("restore", tmp_path / "desk.backup")["kept_aside"]).exists()


def test_export_then_import_then_export_is_identical(ask: Callable[..., Any], tmp_path: Path) -> None:
    ask("note", "new", "Joins", "--text", "See [[Grain]].\r\n", "--notebook", "SQL")
    ask("task", "add", "read")
    ask("card", "add", "front", "back")
    ask("export", tmp_path / "one")
    other = tmp_path / "other desk"
    ask("import", tmp_path / "one", desk=other)
    ask("export", tmp_path / "two", desk=other)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert len(contents(tmp_path / "one")) > 2


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["note", "show", "nothing"], 1),
        (["task", "add", "x", "--due", "31 November"], 1),
        (["import", "/nowhere/at/all"], 0),
        (["export", "/proc/nowhere"], 1),
        (["backup", "/nowhere/at/all.zip"], 1),
        (["restore", "/nowhere/at/all.zip"], 1),
        (["room", "say", "nowhere", "x"], 1),
        (["room", "create", " "], 1),
        (["dance"], 2),
        (["note"], 2),
    ],
)
def test_a_fault_is_one_sentence_and_a_status(
    studydesk_command: Command, words: list[str], status: int
) -> None:
    done = studydesk_command("--json", *words)
    assert done.returncode == status, done.stderr
    if status:
        assert done.stdout == ""
        assert len(done.stderr.strip().splitlines()) == 1
        assert "Traceback" not in done.stderr


def test_a_missing_path_is_named_under_skipped_with_why(ask: Callable[..., Any]) -> None:
    (skipped,) = ask("import", "/nowhere/at/all")["skipped"]
    assert skipped["path"].endswith("all")
    assert skipped["why"]


def test_two_commands_at_once_on_one_desk_both_succeed(ask: Callable[..., Any], desk_dir: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda number: ask("note", "new", f"Note {number}"), range(3)))
    assert len({note["id"] for note in made}) == 3
    assert len(ask("note", "list")) == 3


def test_without_json_a_person_can_read_it(studydesk_command: Command) -> None:
    studydesk_command("note", "new", "Joins")
    assert "Joins" in studydesk_command("note", "list").stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
