"""Task boxes in the text of a note."""

from __future__ import annotations

import re

_BOX = re.compile(
    r"^(?P<lead>[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)+\[)(?P<mark>[ xX])(?P<rest>\][ \t]+\S.*)$"
)


def is_task(line: str) -> bool | None:
    """Return whether the box on `line` is ticked, or None when there is no box."""
    match = _BOX.match(line)
    return match["mark"] != " " if match else None


def ticked(line: str, checked: bool) -> str:
    """Return `line` with its box ticked or cleared; a line without a box stays as it is."""
    return _BOX.sub(lambda match: f"{match['lead']}{'x' if checked else ' '}{match['rest']}", line)
