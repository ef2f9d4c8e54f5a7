"""What keys do to Markdown: pure functions from lines and selections to new ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

INDENT = "  "
_ITEM = re.compile(
    r"^(?P<indent>[ \t]*)(?P<quote>(?:>[ \t]?)*)(?P<marker>(?:[-+*]|(?P<number>\d{1,9})(?P<dot>[.)]))[ \t]+)"
    r"(?P<box>\[[ xX]\][ \t]+)?(?P<text>.*)$"
)
_QUOTE = re.compile(r"^(?P<lead>[ \t]*(?:>[ \t]?)+)(?P<text>.*)$")


@dataclass(frozen=True)
class Edit:
    """Text to put in place of a range, and where the selection is then; offsets within the whole result."""

    text: str
    start: int
    end: int


def continuation(line: str) -> str | None:
    """Return what a new line after `line` begins with; "" ends an empty item; None where nothing goes on."""
    item = _ITEM.match(line)
    if item:
        if not item["text"].strip():
            return ""
        marker = item["marker"]
        if item["number"]:
            marker = f"{int(item['number']) + 1}{item['dot']} "
        return f"{item['indent']}{item['quote']}{marker}{'[ ] ' if item['box'] else ''}"
    quote = _QUOTE.match(line)
    if quote:
        return quote["lead"] if quote["text"].strip() else ""
    return None


def is_item(line: str) -> bool:
    """Tell whether a list item begins on `line`."""
    return _ITEM.match(line) is not None


def indented(line: str) -> str:
    """Return `line` one level deeper."""
    item = _ITEM.match(line)
    step = " " * len(item["marker"]) if item and item["number"] else INDENT
    return step + line


def outdented(line: str) -> str:
    """Return `line` one level less deep."""
    if line.startswith("\t"):
        return line[1:]
    blanks = len(line) - len(line.lstrip(" "))
    item = _ITEM.match(line)
    step = len(item["marker"]) if item and item["number"] else len(INDENT)
    return line[min(blanks, step) :]


def wrapped(selected: str, mark: str) -> Edit:
    """Put `mark` around `selected`, or take it off where it is there already."""
    size = len(mark)
    if is_wrapped(selected, mark):
        inner = selected[size:-size]
        return Edit(inner, 0, len(inner))
    return Edit(f"{mark}{selected}{mark}", size, size + len(selected))


def is_wrapped(selected: str, mark: str) -> bool:
    """Tell whether `mark` stands at both ends of `selected`, not as a part of a longer mark."""
    size = len(mark)
    if len(selected) < 2 * size + 1 or not (selected.startswith(mark) and selected.endswith(mark)):
        return False
    run = len(selected) - len(selected.lstrip(mark[0]))
    return run == size or run == 3


def linked(selected: str) -> Edit:
    """Make a link of `selected`; the cursor goes to what is missing."""
    if re.match(r"(?:https?://|mailto:)\S+$", selected):
        return Edit(f"[]({selected})", 1, 1)
    text = f"[{selected}]()"
    place = len(text) - 1 if selected else 1
    return Edit(text, place, place)


def with_task(line: str) -> str:
    """Make `line` a task, tick it, or clear it again."""
    item = _ITEM.match(line)
    if item and item["box"]:
        start = item.start("box")
        mark = "x" if line[start + 1] == " " else " "
        return line[: start + 1] + mark + line[start + 2 :]
    if item:
        start = item.end("marker")
        return f"{line[:start]}[ ] {line[start:]}"
    stripped = line.lstrip()
    return f"{line[: len(line) - len(stripped)]}- [ ] {stripped}"


def with_bullet(line: str) -> str:
    """Make `line` an item of a list, or take the bullet off."""
    item = _ITEM.match(line)
    if item:
        return item["indent"] + item["quote"] + item["text"]
    stripped = line.lstrip()
    return f"{line[: len(line) - len(stripped)]}- {stripped}"


def table(columns: int = 3, rows: int = 2) -> str:
    """Return an empty table with its head."""
    head = "| " + " | ".join(f"Column {number + 1}" for number in range(columns)) + " |"
    rule = "| " + " | ".join("--------" for _ in range(columns)) + " |"
    row = "| " + " | ".join("        " for _ in range(columns)) + " |"
    return "\n".join([head, rule, *[row] * rows]) + "\n"


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Merge two changes of one text by lines; None where both changed the same ones differently."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    from difflib import SequenceMatcher

    original = base.splitlines(keepends=True)
    found: set[tuple[int, int, tuple[str, ...]]] = set()
    for new in (mine.splitlines(keepends=True), theirs.splitlines(keepends=True)):
        for kind, low, high, new_low, new_high in SequenceMatcher(None, original, new, False).get_opcodes():
            if kind != "equal":
                found.add((low, high, tuple(new[new_low:new_high])))
    changes = sorted(found)
    if any(after[0] < before[1] or after[0] == before[0] for before, after in pairwise(changes)):
        return None
    for low, high, lines in reversed(changes):
        original[low:high] = lines
    return "".join(original)
