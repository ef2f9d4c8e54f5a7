"""One worker, one transaction at a time; what is refused is refused in a sentence."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from studydesk.foundation.errors import Fault
from studydesk.model import settings
from studydesk.model.opening import APPLICATION_ID, SCHEMA
from tests.model.store import opened, run


def pragma(name: str) -> Callable[[Session], object]:
    return lambda session: session.execute(text(f"PRAGMA {name}")).scalar()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("user_version", SCHEMA),
        ("application_id", APPLICATION_ID),
    ],
)
def test_a_desk_is_kept_as_promised(desk_dir: Path, name: str, value: object) -> None:
    with opened(desk_dir) as database:
        assert run(database, pragma(name)) == value


def test_importing_the_services_loads_no_sqlalchemy() -> None:
    code = (
        "import sys, studydesk.services.notebook, studydesk.services.planner, studydesk.services.library,"
        " studydesk.services.review, studydesk.services.search, studydesk.services.transfer,"
        " studydesk.services.backups, studydesk.services.settings;"
        "sys.exit(any(name in sys.modules for name in ('sqlalchemy', 'alembic', 'fsrs', 'yaml')))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


def test_a_failed_piece_of_work_leaves_nothing_and_the_next_goes_on(desk_dir: Path) -> None:
    def half(session: Session) -> None:
        settings.put(session, "a", "1")
        session.flush()
        raise Fault("no")

    heard: list[BaseException] = []
    with opened(desk_dir) as database:
        future = database.submit(half, failed=heard.append)
        with pytest.raises(Fault, match="no"):
            future.result(30)
        assert len(heard) == 1
        assert run(database, lambda session: settings.get(session, "a")) is None


def test_work_is_done_in_order_and_all_of_it_before_closing(desk_dir: Path) -> None:
    order: list[int] = []
    with opened(desk_dir) as database:
        for number in range(20):
            database.submit(lambda session: None, lambda _, number=number: order.append(number))
    assert order == list(range(20))


def test_committed_is_told_before_the_future_resolves(desk_dir: Path) -> None:
    told: list[str] = []
    with opened(desk_dir) as database:
        assert database.submit(lambda session: "value", told.append).result(30) == "value"
        assert told == ["value"]


def test_a_listener_that_fails_does_not_undo_what_is_saved(
    desk_dir: Path, expect_error: Callable[[str], None]
) -> None:
    expect_error("what follows a transaction failed")

    def fail(value: object) -> None:
        raise ValueError("listener")

    with opened(desk_dir) as database:
        database.submit(lambda session: settings.put(session, "a", "1"), fail).result(30)
        assert run(database, lambda session: settings.get(session, "a")) == "1"


def test_a_closed_desk_says_so(desk_dir: Path) -> None:
    with opened(desk_dir) as database:
        run(database, lambda session: None)
    database.close()
    with pytest.raises(Fault, match="closed"):
        run(database, lambda session: None)


def test_a_newer_desk_is_refused_and_left_alone(desk_dir: Path) -> None:
    with opened(desk_dir) as database:
        run(database, lambda session: None)
    connection = sqlite3.connect(desk_dir / "desk.db")
    connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.close()
    before = (desk_dir / "desk.db").read_bytes()
    with opened(desk_dir) as database:
        with pytest.raises(Fault, match=r"newer StudyDesk .* Update StudyDesk"):
            database.start().result(30)
        with pytest.raises(Fault, match="newer StudyDesk"):
            run(database, lambda session: None)
    assert (desk_dir / "desk.db").read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database" * 100, b"SQLite format 3\0" + bytes(range(256)) * 20])
def test_another_file_is_refused_and_left_alone(desk_dir: Path, content: bytes) -> None:
    desk_dir.mkdir()
    (desk_dir / "desk.db").write_bytes(content)
    with opened(desk_dir) as database, pytest.raises(Fault, match="damaged"):
        database.start().result(30)
    assert (desk_dir / "desk.db").read_bytes() == content


def test_a_database_of_another_program_is_refused(desk_dir: Path) -> None:
    desk_dir.mkdir()
    connection = sqlite3.connect(desk_dir / "desk.db")
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with opened(desk_dir) as database, pytest.raises(Fault, match="not a desk"):
        database.start().result(30)


def test_a_folder_with_odd_signs_can_be_a_desk(tmp_path: Path) -> None:
    root = tmp_path / "50% off? #1 & [é]"
    with opened(root) as database:
        run(database, lambda session: settings.put(session, "a", "1"))
    assert (root / "desk.db").is_file()
