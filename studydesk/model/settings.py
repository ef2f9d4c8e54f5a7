"""Where the values of settings are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydesk.model.entities import SettingRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def put(session: Session, key: str, value: str) -> None:
    """Keep a value, which is JSON, under a key."""
    session.merge(SettingRow(key=key, value=value))


def get(session: Session, key: str) -> str | None:
    """Return the JSON kept under a key, or None."""
    row = session.get(SettingRow, key)
    return None if row is None else row.value
