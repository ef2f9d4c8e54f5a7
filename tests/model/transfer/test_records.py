"""Rows go out as lines of JSON and come back the same; what the desk can't keep is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.model.entities import Resource, Task
from studydesk.model.transfer.records import from_lines, to_columns, to_line

MOMENT = "2026-01-05T09:00:00Z"
WORDS = st.text(st.characters(exclude_categories=["Cs"]))
ZONES = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
MOMENTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=ZONES)


@given(title=WORDS, notes=WORDS, minutes=st.none() | st.integers(0, 2**62), created=MOMENTS)
def test_a_row_comes_back_as_it_went_out(
    title: str, notes: str, minutes: int | None, created: datetime
) -> None:
    row: dict[str, object] = {
        "id": "t", "title": title, "notes": notes, "minutes": minutes, "created": created,
        "due": None, "planned": None, "done_at": None, "goal_id": None, "position": 3, "source": "me",
    }  # fmt: skip
    ((_, found),) = from_lines(to_line(row))
    assert found is not None
    assert to_columns(Task, found) == row


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", '"\\ud800"'),
        ("minutes", "9" * 30),
        ("minutes", "true"),
        ("minutes", '"5"'),
        ("created", '"9999-12-31T23:59:59-10:00"'),
        ("created", '"2026-01-05T09:00:00"'),
        ("title", "null"),
    ],
)
def test_what_a_task_can_not_hold_is_refused(column: str, value: str) -> None:
    good = {"id": '"t"', "title": '"x"', "created": f'"{MOMENT}"'}
    line = ",".join(f'"{key}":{one}' for key, one in {**good, column: value}.items())
    assert to_columns(Task, json.loads("{" + line + "}")) is None


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999"])
def test_a_share_that_is_no_number_is_refused(value: str) -> None:
    line = f'{{"id":"r","kind":"link","title":"x","added":"{MOMENT}","progress":{value}}}'
    assert to_columns(Resource, json.loads(line)) is None


def test_moments_come_back_in_utc() -> None:
    found = to_columns(Task, {"id": "t", "title": "x", "created": "2026-01-05T10:00:00+01:00"})
    assert found is not None
    assert found["created"] == datetime(2026, 1, 5, 9, tzinfo=UTC)
