"""The one table in which all benchmarks tell their figures."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure. `limit` is what it must hold, in words; `ok` is None where nothing is promised."""

    name: str
    figure: str
    limit: str = ""
    ok: bool | None = None


def skipped(name: str, why: str) -> Row:
    """A figure that could not be taken here."""
    return Row(name, "skipped", why)


def verdict(ok: bool | None) -> str:
    """Say a row's outcome in a word."""
    return {None: "", True: "ok", False: "MISSED"}[ok]


def format_table(rows: Sequence[Row]) -> str:
    """Lay the rows out in columns."""
    cells = [("benchmark", "figure", "limit", "")]
    cells += [(row.name, row.figure, row.limit, verdict(row.ok)) for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(4)]
    lines = ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) for line in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)


def percentile(values: Iterable[float], percent: float) -> float:
    """Return the value below which `percent` of all lie (nearest rank). Raises ValueError when empty."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def median(values: Iterable[float]) -> float:
    """Return the middle value."""
    return statistics.median(values)
