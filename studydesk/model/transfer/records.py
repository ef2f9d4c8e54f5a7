"""Rows of the desk as lines of JSON, and back. One line for each row, sorted keys, ids and moments as text."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import cast

from sqlalchemy import Column, Table

from studydesk.model.entities import Entity
from studydesk.model.entities.base import Moment

Row = dict[str, object]
_HALVES = re.compile("[\ud800-\udfff]")


def table_of(entity: type[Entity]) -> Table:
    """Return the table of an entity."""
    return cast(Table, entity.__table__)


def columns_of(entity: type[Entity], without: Iterable[str] = ()) -> list[Column[object]]:
    """Return the columns that travel: all but the integer key of this database and those named."""
    left_out = {"row", *without}
    return [column for column in table_of(entity).columns if column.name not in left_out]


def to_line(row: Mapping[str, object]) -> str:
    """Return a row as one line of JSON."""
    plain = {key: _to_json(value) for key, value in row.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _to_json(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def from_lines(text: str) -> Iterator[tuple[int, Row | None]]:
    """Yield (line number, row) for each line; None for a line that is no JSON object."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            found = None
        yield number, found if isinstance(found, dict) else None


def to_columns(entity: type[Entity], found: Row, without: Iterable[str] = ()) -> Row | None:
    """Return what a row of JSON means for the columns of an entity, or None where it doesn't fit them."""
    row: Row = {}
    for column in columns_of(entity, without):
        if column.name not in found:
            if not column.nullable and column.default is None:
                return None
            row[column.name] = getattr(column.default, "arg", None)
            continue
        try:
            row[column.name] = _from_json(column, found[column.name])
        except (TypeError, ValueError, OverflowError):
            return None
    return row


def _from_json(column: Column[object], value: object) -> object:
    if value is None:
        if not column.nullable:
            raise ValueError(column.name)
        return None
    wanted = datetime if isinstance(column.type, Moment) else column.type.python_type
    if wanted in (datetime, date):
        return _day_or_moment(wanted, str(value))
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise TypeError(column.name)
    if not can_be_kept(value):
        raise ValueError(column.name)
    return value


def can_be_kept(value: object) -> bool:
    """Tell whether SQLite can keep a value: JSON also says NaN, numbers without bound, and half characters."""
    if isinstance(value, str):
        return not _HALVES.search(value)
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or -(2**63) <= value < 2**63


def _day_or_moment(wanted: type, value: str) -> date | datetime:
    if wanted is date:
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)
