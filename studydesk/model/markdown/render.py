"""Renders notes to clean HTML, block by block, and keeps what did not change."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from html import escape
from urllib.parse import quote

import markdown

from studydesk.model.markdown.blocks import BlockKind
from studydesk.model.markdown.builder import Builder
from studydesk.model.markdown.chunks import Chunk, Chunker
from studydesk.model.markdown.clean import clean
from studydesk.model.markdown.definitions import References
from studydesk.model.markdown.extension import NoteExtension, footnotes_in, numbered, split_lines
from studydesk.model.markdown.scanner import scan
from studydesk.model.markdown.text import plain, split_front_matter, tags_of

CACHE_SIZE = 4000


class Part(Enum):
    """What a piece shows."""

    TEXT = auto()
    TAGS = auto()
    FOOTNOTES = auto()


@dataclass(frozen=True)
class Piece:
    """A part of a note that is shown as one: its text, its first line in the note, and what tells it apart.

    Two pieces with equal keys look the same. `line` is where `data-line` of its task boxes counts from.
    """

    chunk: Chunk
    line: int
    key: tuple[object, ...]
    part: Part = Part.TEXT


@dataclass(frozen=True)
class Heading:
    """An entry of a note's outline."""

    level: int
    words: str
    line: int


class Renderer:
    """Renders one note after another. Not for use from two threads at once."""

    def __init__(self) -> None:
        self._extension = NoteExtension()
        self._extension.part_of_note = True
        self._markdown = markdown.Markdown(extensions=[self._extension], output_format="html")
        self._chunker = Chunker()
        self._cache: OrderedDict[tuple[object, ...], str] = OrderedDict()
        self._references: References = {}
        self._numbers: dict[str, int] = {}
        self._footnote_text = ""

    def pieces(self, text: str) -> Sequence[Piece]:
        """Cut `text` into pieces; each is rendered when `html` asks for it. Of front matter the tags are shown.

        Definitions and footnotes count for all pieces, wherever they stand. The footnotes are the last piece.
        """
        front, body = split_front_matter(text)
        chunks = self._chunker.update(body)
        self._take_definitions(chunks)
        line, found = front.count("\n"), _tags_piece(front)
        links = hash(tuple(self._references.items()))
        notes = hash(tuple(self._numbers.items()))
        for chunk in chunks:
            key = (Part.TEXT, chunk.text, links if "[" in chunk.text else 0, notes if chunk.references else 0)
            found.append(Piece(chunk, line, key))
            line += chunk.line_count
        if self._numbers:
            key = (Part.FOOTNOTES, self._footnote_text, links, notes)
            found.append(Piece(chunks[-1], line, key, Part.FOOTNOTES))
        return found

    def html(self, piece: Piece) -> str:
        """Return the clean HTML of a piece of the note that `pieces` was last called with."""
        known = self._cache.get(piece.key)
        if known is None:
            known = self._render(piece)
            self._cache[piece.key] = known
            while len(self._cache) > CACHE_SIZE:
                self._cache.popitem(last=False)
        else:
            self._cache.move_to_end(piece.key)
        return known

    def render(self, text: str) -> str:
        """Return the clean HTML of a whole note."""
        return "\n".join(self.html(piece) for piece in self.pieces(text))

    def _render(self, piece: Piece) -> str:
        if piece.part is Part.TAGS:
            return _tags_html(piece.chunk.text)
        return clean(self._footnotes() if piece.part is Part.FOOTNOTES else self._convert(piece.chunk.text))

    def _take_definitions(self, chunks: Sequence[Chunk]) -> None:
        references: dict[str, tuple[str, str | None]] = {}
        for chunk in chunks:
            for label, definition in chunk.definitions:
                references.setdefault(label, definition)
        self._references = references
        self._footnote_text = "\n".join(chunk.text for chunk in chunks if chunk.footnotes)
        notes = footnotes_in(scan(split_lines(self._footnote_text)).children) if self._footnote_text else {}
        self._numbers = numbered(tuple(name for chunk in chunks for name in chunk.references), notes)

    def _prepare(self) -> None:
        self._markdown.reset()
        self._markdown.references.update(
            {key: (to, title or "") for key, (to, title) in self._references.items()}
        )
        self._extension.numbers.clear()
        self._extension.numbers.update(self._numbers)

    def _convert(self, text: str) -> str:
        self._prepare()
        return self._markdown.convert(text)

    def _footnotes(self) -> str:
        self._prepare()
        notes = footnotes_in(scan(split_lines(self._footnote_text)).children)
        root = etree.Element(self._markdown.doc_tag)
        Builder(self._markdown, self._numbers).build_footnotes(root, notes)
        for processor in self._markdown.treeprocessors:
            root = processor.run(root) or root
        output = self._markdown.serializer(root)
        for postprocessor in self._markdown.postprocessors:
            output = postprocessor.run(output)
        return output.strip().removeprefix("<div>").removesuffix("</div>")


def _tags_piece(front: str) -> list[Piece]:
    tags = tags_of(front) if front else ()
    if not tags:
        return []
    return [Piece(Chunk(front, BlockKind.HTML, front.count("\n")), 0, (Part.TAGS, tags), Part.TAGS)]


def _tags_html(front: str) -> str:
    links = (f'<a class="tag" href="tag:{quote(tag)}">{escape(tag)}</a>' for tag in tags_of(front))
    return f"<p>{' '.join(links)}</p>"


def outline(pieces: Sequence[Piece]) -> tuple[Heading, ...]:
    """Return the headings of a note."""
    return tuple(
        Heading(piece.chunk.level, plain(piece.chunk.words), piece.line)
        for piece in pieces
        if piece.chunk.level and piece.part is Part.TEXT
    )


def render(text: str) -> str:
    """Return the clean HTML of a note."""
    return Renderer().render(text)
