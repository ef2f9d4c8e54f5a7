"""The migrations and the entities say the same, and a desk of each released schema opens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.orm import Session

from studydesk.model import entities, search
from studydesk.model.database import Database
from studydesk.model.entities import Entity
from tests.model.store import opened, run

FIXTURES = Path(__file__).parent / "fixtures"
TABLES = [name for name in entities.__all__ if name != "Entity"]


@pytest.fixture(params=sorted(FIXTURES.glob("desk-schema-*.db")), ids=lambda path: path.stem)
def old_desk(request: pytest.FixtureRequest, desk_dir: Path) -> Iterator[Database]:
    """A copy of a desk of each released schema."""
    desk_dir.mkdir()
    shutil.copy(request.param, desk_dir / "desk.db")
    with opened(desk_dir) as database:
        yield database


def test_migrations_make_what_the_entities_say(desk_dir: Path) -> None:
    with opened(desk_dir) as database:
        run(database, lambda session: None)
    engine = create_engine(f"sqlite:///{desk_dir / 'desk.db'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda item, name, kind, *rest: not str(name).startswith("search")},
        )
        assert compare_metadata(context, Entity.metadata) == []
    engine.dispose()


@pytest.mark.parametrize("name", TABLES)
def test_an_old_desk_opens_with_one_of_each(old_desk: Database, name: str) -> None:
    def read(session: Session) -> int:
        entity = getattr(entities, name)
        session.scalars(select(entity)).all()
        return session.scalar(select(func.count()).select_from(entity)) or 0

    assert run(old_desk, read) > 0


def test_an_old_desk_is_whole_and_can_be_searched(old_desk: Database) -> None:
    def check(session: Session) -> object:
        session.execute(text("INSERT INTO search(search) VALUES ('integrity-check')"))
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        return session.execute(text("PRAGMA integrity_check")).scalar()

    assert run(old_desk, check) == "ok"
    hits = run(old_desk, lambda session: search.search(session, "marker"))
    assert {hit.kind for hit in hits} == {"note", "resource", "card", "task", "session", "goal", "entry"}
