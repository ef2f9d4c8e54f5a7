"""Link reference definitions at the head of paragraphs (CommonMark 0.31, section 4.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from studydesk.model.markdown.blocks import Block, BlockKind

References = Mapping[str, tuple[str, str | None]]
"""Label, in lower case with single blanks, to address and title."""

_LABEL = r"[ ]{0,3}\[((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*\n?[ \t]*"
_ADDRESS = r"(<[^<>\n]*>|[^\s<]\S*)"
_TITLE = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))"""
_WITH_TITLE = re.compile(rf"{_LABEL}{_ADDRESS}(?:[ \t]+|[ \t]*\n[ \t]*){_TITLE}[ \t]*(?:\n|$)", re.S)
_WITHOUT_TITLE = re.compile(rf"{_LABEL}{_ADDRESS}()[ \t]*(?:\n|$)", re.S)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def label_key(label: str) -> str:
    """Return the form under which labels match."""
    return " ".join(label.split()).lower()


def unescape(text: str) -> str:
    """Undo backslash escapes."""
    return _ESCAPE.sub(r"\1", text)


def cut_definitions(paragraph: str) -> tuple[dict[str, tuple[str, str | None]], str]:
    """Return the definitions that `paragraph` begins with, and what is left of it."""
    found: dict[str, tuple[str, str | None]] = {}
    while paragraph.lstrip(" ").startswith("["):
        match = _WITH_TITLE.match(paragraph) or _WITHOUT_TITLE.match(paragraph)
        if not match or not match[1].strip() or match[1].startswith("^"):
            break
        address = match[2][1:-1] if match[2].startswith("<") else match[2]
        title = unescape(match[3][1:-1]) if match[3] else None
        found.setdefault(label_key(match[1]), (unescape(address), title))
        paragraph = paragraph[match.end() :]
    return found, paragraph


def without_definitions(paragraph: str) -> str:
    """Return `paragraph` without the definitions it begins with."""
    return cut_definitions(paragraph)[1]


def definitions_in(blocks: Iterable[Block]) -> dict[str, tuple[str, str | None]]:
    """Return all definitions in and below `blocks`; of two with one label the first holds."""
    found: dict[str, tuple[str, str | None]] = {}
    for top in blocks:
        for block in (top, *top.walk()):
            if block.kind is BlockKind.PARAGRAPH and block.lines[0].startswith("["):
                for key, value in cut_definitions("\n".join(block.lines))[0].items():
                    found.setdefault(key, value)
    return found
