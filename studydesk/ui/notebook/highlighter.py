"""Colours Markdown while it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextBlock, QTextCharFormat, QTextDocument

from studydesk.ui.notebook.code_colours import coloured
from studydesk.ui.theme import current

TEXT = 0
FRONT = 1
FENCE = 2
"""States of a line's end; within a fence (FENCE + 2 * its length + 1 if of tildes) * _SPREAD + the language."""

_SPREAD = 1024
_MAX_LINE = 4000
_FENCE = re.compile(r"^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})[ \t]*([^\s`]*)")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=[ \t]|$)")
_FIELD = re.compile(r"^([\w-]+:)[ \t]*(.*)$")
_INLINE = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<wiki>!?\[\[[^\[\]\n]+\]\])"
    r"|(?P<link>!?\[[^\[\]\n]*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\]))"
    r"|(?P<strong>(?P<s>\*\*|__)(?=\S).+?(?<=\S)(?P=s))"
    r"|(?P<emphasis>(?<![\w*_])(?P<e>[*_])(?![\s*_])[^*_]+?(?<![\s*_])(?P=e)(?![\w*_]))"
    r"|(?P<struck>~~(?=\S).+?(?<=\S)~~)"
    r"|(?P<marked>==(?=\S).+?(?<=\S)==)"
    r"|(?P<address>https?://[^\s<>)\]]+)"
    r"|(?P<tag>(?<![\w/#&])#\w[\w/-]*)"
    r"|(?P<html></?[A-Za-z][^<>\n]*>|<!--.*?-->)"
)
_MARKER = re.compile(r"^[ \t]*((?:>[ \t]?)*)((?:[-+*]|\d{1,9}[.)])(?=[ \t]))?([ \t]+\[[ xX]\](?=[ \t]))?")
_TABLE_BAR = re.compile(r"(?<!\\)\|")
_RULE_ROW = re.compile(r"^[ \t]*\|?[ \t:|-]+$")


@dataclass(frozen=True)
class _Style:
    token: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    ground: str = ""
    struck: bool = False


class MarkdownHighlighter(QSyntaxHighlighter):
    """Headings bold, marks muted, code in its language's colours on a ground of its own (`is_code`)."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._languages: list[str] = [""]
        self._formats: dict[_Style, QTextCharFormat] = {}
        self._theme = current()

    def restyle(self) -> None:
        """Take the colours of the look in use."""
        self._formats.clear()
        self._theme = current()
        self.rehighlight()

    @staticmethod
    def is_code(block: QTextBlock) -> bool:
        """Tell whether a line belongs to a code fence, the fence lines themselves too."""
        return block.userState() >= FENCE * _SPREAD or block.previous().userState() >= FENCE * _SPREAD

    def highlightBlock(self, text: str) -> None:
        state = self.previousBlockState()
        first = self.currentBlock().blockNumber() == 0
        if first and text.rstrip() == "---" and self._has_front():
            self._paint(0, len(text), _Style("textMuted"))
            self.setCurrentBlockState(FRONT)
        elif state == FRONT:
            self._front_line(text)
        elif state >= FENCE * _SPREAD:
            self._code_line(text, state)
        else:
            self._text_line(text, first)

    def _has_front(self) -> bool:
        block = self.document().begin().next()
        for _ in range(200):
            if not block.isValid():
                return False
            if block.text().rstrip() in ("---", "..."):
                return True
            block = block.next()
        return False

    def _front_line(self, text: str) -> None:
        if text.rstrip() in ("---", "..."):
            self._paint(0, len(text), _Style("textMuted"))
            self.setCurrentBlockState(TEXT)
            return
        self._field(text)
        self.setCurrentBlockState(FRONT)

    def _field(self, text: str) -> None:
        match = _FIELD.match(text)
        if match:
            self._paint(0, match.end(1), _Style("textMuted"))
            self._paint(match.start(2), len(text), _Style("codeString"))
        else:
            self._paint(0, len(text), _Style("codeString"))

    def _code_line(self, text: str, state: int) -> None:
        fence, language = divmod(state, _SPREAD)
        mark = "~" if fence % 2 else "`"
        length = (fence - FENCE) // 2
        stripped = text.strip().lstrip("> \t")
        if len(stripped) >= length and stripped and not stripped.strip(mark):
            self._paint(0, len(text), _Style("textMuted"))
            self.setCurrentBlockState(TEXT)
            return
        self.setCurrentBlockState(state)
        at = 0
        for part, token in coloured(text, self._languages[language]):
            size = len(part.encode("utf-16-le")) // 2
            if token:
                self._paint(at, at + size, _Style(token))
            at += size

    def _text_line(self, text: str, first: bool) -> None:
        self.setCurrentBlockState(TEXT)
        fence = _FENCE.match(text)
        if fence:
            self._paint(0, len(text), _Style("textMuted"))
            self.setCurrentBlockState(self._fence_state(fence[1], fence[2]))
        elif first and re.match(r"(?:tags|keywords):[ \t]", text):
            self._field(text)
        elif len(text) <= _MAX_LINE:
            wide = len(text) != len(text.encode("utf-16-le")) // 2
            self._prose(_as_units(text) if wide else text)

    def _fence_state(self, fence: str, language: str) -> int:
        if language not in self._languages:
            if len(self._languages) >= _SPREAD:
                language = ""
            else:
                self._languages.append(language)
        return (FENCE + 2 * len(fence) + (fence[0] == "~")) * _SPREAD + self._languages.index(language)

    def _prose(self, text: str) -> None:
        heading = _HEADING.match(text)
        base = _Style("text", bold=True) if heading else _Style("text")
        if heading:
            self._paint(0, len(text), base)
            self._paint(0, heading.end(1), _Style("textMuted"))
        else:
            self._markers(text)
        for match in _INLINE.finditer(text):
            self._inline(match, base)

    def _markers(self, text: str) -> None:
        match = _MARKER.match(text)
        if match:
            self._paint(match.start(1), match.end(1), _Style("textMuted"))
            if match[2]:
                self._paint(match.start(2), match.end(2), _Style("accentText", bold=True))
            if match[3]:
                self._paint(match.start(3), match.end(3), _Style("accentText"))
        if "|" in text and text.lstrip().startswith("|"):
            if _RULE_ROW.match(text):
                self._paint(0, len(text), _Style("textMuted"))
            for bar in _TABLE_BAR.finditer(text):
                self._paint(bar.start(), bar.end(), _Style("textMuted"))

    def _inline(self, match: re.Match[str], base: _Style) -> None:
        start, end, kind = match.start(), match.end(), match.lastgroup
        if match["code"]:
            self._paint(start, end, _Style("codeString", base.bold, ground="codeBg"))
        elif match["wiki"] or match["link"]:
            self._link(match[0], start, base)
        elif match["strong"]:
            self._marked(start, end, 2, _Style("text", bold=True))
        elif match["emphasis"]:
            self._marked(start, end, 1, _Style("text", base.bold, italic=True))
        elif match["struck"]:
            self._marked(start, end, 2, _Style("textMuted", base.bold, struck=True))
        elif match["marked"]:
            self._marked(start, end, 2, _Style("onMarker", base.bold, ground="marker"))
        elif kind == "address":
            self._paint(start, end, _Style("accentText", base.bold, underline=True))
        elif kind == "tag":
            self._paint(start, end, _Style("accentText", base.bold))
        else:
            self._paint(start, end, _Style("textMuted", base.bold))

    def _link(self, text: str, start: int, base: _Style) -> None:
        self._paint(start, start + len(text), _Style("textMuted", base.bold))
        opening = re.match(r"!?\[\[?", text)
        lead = opening.end() if opening else 0
        closing = text.find("]", lead)
        self._paint(start + lead, start + closing, _Style("accentText", base.bold, underline=True))

    def _marked(self, start: int, end: int, size: int, style: _Style) -> None:
        self._paint(start, end, style)
        muted = _Style("textMuted", style.bold)
        self._paint(start, start + size, muted)
        self._paint(end - size, end, muted)

    def _paint(self, start: int, end: int, style: _Style) -> None:
        if end > start:
            self.setFormat(start, end - start, self._format(style))

    def _format(self, style: _Style) -> QTextCharFormat:
        found = self._formats.get(style)
        if found is None:
            found = self._formats[style] = QTextCharFormat()
            found.setForeground(self._theme.color(style.token))
            if style.bold:
                found.setFontWeight(QFont.Weight.Bold)
            found.setFontItalic(style.italic)
            found.setFontUnderline(style.underline)
            found.setFontStrikeOut(style.struck)
            if style.ground:
                found.setBackground(self._theme.color(style.ground))
        return found


def _as_units(text: str) -> str:
    """Return `text` with each character beyond the basic plane as two, as Qt counts them."""
    return "".join(character if ord(character) < 0x10000 else "\ufffd\ufffd" for character in text)
