"""What all entities share: moments in UTC, and the integer key by which the search index knows a row."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC and given back in UTC. Raises ValueError for a naive one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Entity(DeclarativeBase):
    """The base of all entities of a desk."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Moment}


class Searched:
    """Mixed into what the search index covers.

    `row` is the table's integer primary key, so that it stays through a VACUUM; the program knows a thing by
    its `id`, a UUIDv7 as text.
    """

    row: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True, sort_order=-2)
    id: Mapped[str] = mapped_column(String, unique=True, sort_order=-1)
