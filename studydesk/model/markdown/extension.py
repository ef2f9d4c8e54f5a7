"""The Python-Markdown extension: its block parser gives way to ours, its inline processing stays.

Block processors of other extensions are not called; what is wanted of them stands in `scanner` and `builder`.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable

import markdown
from markdown import util
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.preprocessors import Preprocessor

from studydesk.model.markdown import inline
from studydesk.model.markdown.blocks import Block, BlockKind
from studydesk.model.markdown.builder import Builder
from studydesk.model.markdown.definitions import definitions_in
from studydesk.model.markdown.scanner import scan
from studydesk.model.markdown.text import blank_code

_REFERENCE = re.compile(r"\[\^([^\]\s]{1,200})\]")


class NoteExtension(Extension):
    """CommonMark with GitHub's tables, strikethrough, task boxes, bare addresses and footnotes, and wiki links."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[str, int] = {}
        """Numbers of the footnotes that are referred to, by name; what renders a part of a note sets them."""
        self.part_of_note = False
        """Whether what is converted is a part: then numbers and definitions come from outside."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        for name in ("normalize_whitespace", "html_block"):
            if name in md.preprocessors:
                md.preprocessors.deregister(name)
        md.preprocessors.register(CleanLines(md), "clean_lines", 30)
        md.treeprocessors.deregister("prettify")
        md.parser = NoteBlockParser(md, self)
        md.postprocessors.register(UnwrappedHtml(md), "raw_html", 30)
        inline.register(md, self.numbers)


class NoteBlockParser(BlockParser):
    """Stands where the package's block parser stood."""

    def __init__(self, md: markdown.Markdown, extension: NoteExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def parseDocument(self, lines: Iterable[str]) -> etree.ElementTree:
        """Return the tree of blocks, with inline text not yet processed."""
        document = scan(lines)
        root = etree.Element(self.md.doc_tag)
        builder = Builder(self.md, self._extension.numbers)
        notes = footnotes_in(document.children)
        if not self._extension.part_of_note:
            for label, definition in definitions_in(document.children).items():
                self.md.references.setdefault(label, (definition[0], definition[1] or ""))
            self._extension.numbers.clear()
            self._extension.numbers.update(numbered(references_in(document.children), notes))
        builder.build(root, document.children)
        if not self._extension.part_of_note:
            builder.build_footnotes(root, notes)
        return etree.ElementTree(root)


class CleanLines(Preprocessor):
    """One kind of line end, and none of the characters that the package keeps for itself."""

    def run(self, lines: list[str]) -> list[str]:
        return split_lines("\n".join(lines))


class UnwrappedHtml(RawHtmlPostprocessor):
    """A block of raw HTML stays what it is and is never wrapped in a paragraph."""

    def isblocklevel(self, html: str) -> bool:
        return True


def split_lines(text: str) -> list[str]:
    """Return the lines of `text`; NUL becomes the replacement character, as CommonMark says."""
    text = text.replace(util.STX, "").replace(util.ETX, "").replace("\0", "\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def footnotes_in(blocks: list[Block]) -> dict[str, Block]:
    """Return the footnotes defined in and below `blocks`; of two with one name the first holds."""
    found: dict[str, Block] = {}
    for top in blocks:
        for block in (top, *top.walk()):
            if block.kind is BlockKind.FOOTNOTE:
                found.setdefault(block.label, block)
    return found


def references_in(blocks: list[Block]) -> tuple[str, ...]:
    """Return the names that text outside footnotes refers to by `[^name]`, in order."""
    found: list[str] = []
    for block in blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.TABLE):
            words = "\n".join(block.lines)
            found += _REFERENCE.findall(blank_code(words)) if "[^" in words else ()
        elif block.kind is not BlockKind.FOOTNOTE:
            found += references_in(block.children)
    return tuple(found)


def numbered(names: tuple[str, ...], notes: dict[str, Block]) -> dict[str, int]:
    """Number the footnotes from 1 in the order they are referred to, those within footnotes after."""
    order = list(dict.fromkeys(name for name in names if name in notes))
    for name in order:
        order += [
            inner for inner in references_in(notes[name].children) if inner in notes and inner not in order
        ]
    return {name: number for number, name in enumerate(order, 1)}
