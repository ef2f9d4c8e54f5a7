"""What commands say, as lines for a person."""

from __future__ import annotations

from collections.abc import Mapping


def as_text(value: object) -> str:
    """Return a value that a command said, readable without --json."""
    if isinstance(value, list):
        return "\n".join(_line(item) for item in value) if value else "Nothing."
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_short(item)}" for key, item in value.items())
    return str(value)


def _line(item: object) -> str:
    if isinstance(item, Mapping):
        return "  ".join(_short(part) for part in item.values() if part not in (None, "", []))
    return str(item)


def _short(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)}" if len(value) > 3 else ", ".join(_line(item) for item in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
