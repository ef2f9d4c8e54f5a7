"""Builds the element tree that Python-Markdown's inline processing goes on with."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping

import markdown
from markdown import util

from studydesk.model.markdown.blocks import Block, BlockKind
from studydesk.model.markdown.definitions import unescape, without_definitions
from studydesk.model.markdown.syntax import cells

TASK_BOX = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
MAX_INLINE_LENGTH = 20_000
"""Longer runs of text are shown as they stand, since inline processing is superlinear.

The longest run in 3,333 real notes has 5,178 characters.
"""
MAX_BRACKET_DEPTH = 100
MAX_COLUMNS = 200


class Builder:
    """Turns blocks into elements below a parent. `markdown` keeps the raw HTML until the text is serialised."""

    def __init__(self, md: markdown.Markdown, footnotes: Mapping[str, int]) -> None:
        self._md = md
        self._footnotes = footnotes

    def build(self, parent: etree.Element, blocks: list[Block]) -> None:
        """Append an element for each block; definitions and footnotes make none."""
        for block in blocks:
            self._build_one(parent, block)

    def build_footnotes(self, parent: etree.Element, notes: Mapping[str, Block]) -> None:
        """Append the section of those footnotes that are referred to, in the order of their numbers."""
        ordered = sorted((number, name) for name, number in self._footnotes.items() if name in notes)
        if not ordered:
            return
        section = etree.SubElement(parent, "section", {"class": "footnotes"})
        entries = etree.SubElement(section, "ol")
        for number, name in ordered:
            entry = etree.SubElement(entries, "li", {"id": f"fn-{number}"})
            self.build(entry, notes[name].children)
            back = etree.SubElement(
                _last_paragraph(entry), "a", {"href": f"#fnref-{number}", "class": "backref"}
            )
            back.text = util.AtomicString("↩")

    def _build_one(self, parent: etree.Element, block: Block) -> None:
        match block.kind:
            case BlockKind.PARAGRAPH:
                self._paragraph(parent, block, None, False)
            case BlockKind.HEADING:
                etree.SubElement(parent, f"h{block.level}").text = guarded("\n".join(block.lines).strip())
            case BlockKind.RULE:
                etree.SubElement(parent, "hr")
            case BlockKind.FENCE | BlockKind.INDENTED:
                _code(parent, block)
            case BlockKind.HTML:
                etree.SubElement(parent, "p").text = self._md.htmlStash.store("\n".join(block.lines))
            case BlockKind.QUOTE:
                self.build(etree.SubElement(parent, "blockquote"), block.children)
            case BlockKind.LIST:
                self._list(parent, block)
            case BlockKind.TABLE:
                _table(parent, block)

    def _list(self, parent: etree.Element, block: Block) -> None:
        counted = block.number is not None
        start = {"start": str(block.number)} if counted and block.number != 1 else {}
        element = etree.SubElement(parent, "ol" if counted else "ul", start)
        loose = block.loose
        for item in block.children:
            self._item(element, item, loose)

    def _item(self, parent: etree.Element, item: Block, loose: bool) -> None:
        element = etree.SubElement(parent, "li")
        for index, block in enumerate(item.children):
            if block.kind is BlockKind.PARAGRAPH and index == 0:
                self._paragraph(element, block, item, not loose)
            else:
                self._build_one(element, block)

    def _paragraph(self, parent: etree.Element, block: Block, item: Block | None, tight: bool) -> None:
        text = without_definitions("\n".join(block.lines)).rstrip(" \t\n")
        if not text.strip():
            return
        element = parent if tight else etree.SubElement(parent, "p")
        box = TASK_BOX.match(text) if item is not None else None
        if item is None or box is None:
            element.text = guarded(text)
            return
        parent.set("class", "task")
        _task_box(element, item, box[1] != " ").tail = guarded(" " + text[box.end() :])


def _task_box(parent: etree.Element, item: Block, checked: bool) -> etree.Element:
    state = {"checked": "checked"} if checked else {}
    line = {"data-line": str(item.line)}
    return etree.SubElement(parent, "input", {"type": "checkbox", "disabled": "disabled", **state, **line})


def _code(parent: etree.Element, block: Block) -> None:
    lines = list(block.lines)
    if block.kind is BlockKind.INDENTED:
        while lines and not lines[-1].strip():
            lines.pop()
    language = unescape(block.label).split()[:1]
    attributes = {"class": f"language-{language[0]}"} if language else {}
    code = etree.SubElement(etree.SubElement(parent, "pre"), "code", attributes)
    code.text = util.AtomicString(util.code_escape("\n".join(lines) + ("\n" if lines else "")))


def _table(parent: etree.Element, block: Block) -> None:
    table = etree.SubElement(parent, "table")
    aligns = block.aligns[:MAX_COLUMNS]
    head = etree.SubElement(etree.SubElement(table, "thead"), "tr")
    _row(head, "th", block.lines[0], aligns)
    if len(block.lines) > 1:
        body = etree.SubElement(table, "tbody")
        for line in block.lines[1:]:
            _row(etree.SubElement(body, "tr"), "td", line, aligns)


def _row(row: etree.Element, tag: str, line: str, aligns: tuple[str, ...]) -> None:
    texts = cells(line)
    for column, align in enumerate(aligns):
        cell = etree.SubElement(row, tag, {"align": align} if align else {})
        cell.text = guarded(texts[column]) if column < len(texts) else ""


def _last_paragraph(entry: etree.Element) -> etree.Element:
    return entry[-1] if len(entry) and entry[-1].tag == "p" else etree.SubElement(entry, "p")


def guarded(text: str) -> str:
    """Return `text`, or an atomic string of it where inline processing would take seconds.

    Python-Markdown looks for the end of each bracket anew, which is quadratic in brackets that nest or dangle.
    """
    if len(text) > MAX_INLINE_LENGTH:
        return util.AtomicString(util.code_escape(text))
    if text.count("[") < 300 and text.count("<") < 3000:
        return text
    too_much = bracket_depth(text) > MAX_BRACKET_DEPTH or text.count("<!--") > 1000
    return util.AtomicString(util.code_escape(text)) if too_much else text


def bracket_depth(text: str) -> int:
    """Return how deep square brackets nest, those that are never closed included."""
    depth = deepest = 0
    for character in text:
        if character == "[":
            depth += 1
            deepest = max(deepest, depth)
        elif character == "]" and depth:
            depth -= 1
    return deepest
