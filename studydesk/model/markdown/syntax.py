"""The forms of lines that open and close blocks (CommonMark 0.31, chapters 4 and 5; GFM for tables)."""

from __future__ import annotations

import re

TAB_STOP = 4
MAX_DEPTH = 40
"""Nested containers; deeper markers count as text."""

FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
ATX_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)(.*)$")
ATX_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
SETEXT_UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
ITEM_MARKER = re.compile(r"([-+*]|(\d{1,9})[.)])(?=[ \t]|$)")
FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,200})\]:[ \t]*")
DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")

ATTRIBUTE = r"""(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)"""
OPEN_TAG = rf"<[A-Za-z][A-Za-z0-9-]*{ATTRIBUTE}*\s*/?>"
CLOSE_TAG = r"</[A-Za-z][A-Za-z0-9-]*\s*>"
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|"
    "menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|"
    "title|tr|track|ul"
)

RAW_HTML: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = (
    (
        re.compile(r"<(?:script|pre|style|textarea)(?:\s|>|$)", re.I),
        re.compile(r"</(?:script|pre|style|textarea)>", re.I),
    ),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_BLOCK_TAGS})(?:\s|/?>|$)", re.I), None),
)
"""What begins a block of raw HTML, with what ends it (None: a blank line); kinds 1 to 6 of the specification."""

LONE_TAG = re.compile(rf"(?:{OPEN_TAG}|{CLOSE_TAG})\s*$")
"""Kind 7: any tag alone on its line; it cannot interrupt a paragraph."""

_CELL_BORDER = re.compile(r"(?<!\\)\|")


class Line:
    """One line while the containers it stands in are taken off its left, tabs counted as columns."""

    __slots__ = ("blank", "column", "indent", "rest", "text")

    def __init__(self, text: str) -> None:
        self.column = 0
        self.rest = text
        self._measure()

    def _measure(self) -> None:
        """Set `text` (without leading white space), `indent` (its width in columns) and `blank`."""
        rest = self.rest
        self.text = text = rest.lstrip(" \t")
        lead = len(rest) - len(text)
        self.blank = not text.strip()
        self.indent = lead if not lead or "\t" not in rest[:lead] else _width(rest[:lead], self.column)

    def skip(self, columns: int) -> None:
        """Take off `columns` of white space; a tab that is cut in two leaves blanks."""
        self.rest = self.without(columns)
        self.column += columns
        self._measure()

    def without(self, columns: int) -> str:
        """Return the rest without `columns` of white space, or without all there is."""
        rest = self.rest
        if rest[:columns].isspace() and "\t" not in rest[:columns] and columns <= len(rest):
            return rest[columns:]
        column, index = self.column, 0
        while column - self.column < columns and index < len(rest) and rest[index] in " \t":
            column += 1 if rest[index] == " " else TAB_STOP - column % TAB_STOP
            index += 1
        return " " * max(0, column - self.column - columns) + rest[index:]

    def take(self, length: int) -> None:
        """Take off the indent and the `length` characters of a marker."""
        self.column += self.indent + length
        self.rest = self.text[length:]
        self._measure()

    def clear(self) -> None:
        """Make the line blank: an empty line belongs to whatever list item is open."""
        self.rest = ""
        self._measure()


def _width(white: str, column: int) -> int:
    start = column
    for character in white:
        column += 1 if character == " " else TAB_STOP - column % TAB_STOP
    return column - start


def cells(row: str) -> list[str]:
    """Cut a table's row at its bars; `\\|` is a bar within a cell."""
    row = row.strip()
    row = row.removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _CELL_BORDER.split(row)]


def alignment(delimiter: str) -> str:
    """Return what `:--`, `:-:`, `--:` or `---` asks for."""
    left, right = delimiter.startswith(":"), delimiter.endswith(":")
    if left and right and len(delimiter) > 1:
        return "center"
    return "right" if right else "left" if left else ""
