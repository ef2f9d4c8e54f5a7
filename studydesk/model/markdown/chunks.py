"""Cuts a note into chunks, one for each top-level block, and follows its changes without reading it all again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from studydesk.model.markdown.blocks import Block, BlockKind
from studydesk.model.markdown.definitions import definitions_in
from studydesk.model.markdown.extension import footnotes_in, references_in, split_lines
from studydesk.model.markdown.scanner import Scanner

Definitions = tuple[tuple[str, tuple[str, str | None]], ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """The lines of one top-level block and the blank ones after it."""

    text: str
    kind: BlockKind
    line_count: int
    level: int = 0
    """Level of a heading, else 0."""
    words: str = ""
    """Words of a heading."""
    definitions: Definitions = ()
    footnotes: tuple[str, ...] = ()
    """Names of the footnotes defined in it."""
    references: tuple[str, ...] = ()
    """Names of the footnotes it refers to."""


@dataclass(slots=True)
class _Known:
    lines: list[str] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


class Chunker:
    """Holds the chunks of one text as it changes."""

    def __init__(self) -> None:
        self._known = _Known()

    def update(self, text: str) -> Sequence[Chunk]:
        """Return the chunks of `text`. What did not change since the last call is not read again."""
        lines = split_lines(text)
        known = self._known
        same = _common(known.lines, lines)
        first = _restart(known.starts, same)
        start = known.starts[first] if known.starts else 0
        fresh, resumed = self._scan(lines, start, same)
        chunks = known.chunks[:first] + fresh + (known.chunks[resumed:] if resumed is not None else [])
        self._known = _Known(lines, chunks, list(_starts(chunks)))
        return chunks

    def _scan(self, lines: list[str], start: int, same: int) -> tuple[list[Chunk], int | None]:
        """Read from line `start` until the text goes on as before.

        Return the new chunks and the index of the old chunk that goes on, or None at the end of the text.
        """
        known, scanner = self._known, Scanner()
        shift = len(known.lines) - len(lines)
        tail = len(lines) - _common(known.lines[same:][::-1], lines[same:][::-1])
        places = {line: index for index, line in enumerate(known.starts)}
        blocks, count = scanner.document.children, 0
        for number in range(start, len(lines)):
            scanner.feed(lines[number], number)
            if len(blocks) > count:
                count = len(blocks)
                index = places.get(number + shift) if number >= tail else None
                newest = blocks[-1]
                if index and count > 1 and newest.line == number and known.chunks[index].kind is newest.kind:
                    return _cut(blocks[:-1], lines, start, number), index
        return _cut(blocks, lines, start, len(lines)), None


def cut(text: str) -> Sequence[Chunk]:
    """Return the chunks of `text`."""
    return Chunker().update(text)


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many first lines are the same."""
    count = 0
    for old, new in zip(before, after, strict=False):
        if old != new:
            break
        count += 1
    return count


def _restart(starts: list[int], same: int) -> int:
    """Return the index of the chunk to begin with: the one before that which holds the last line unchanged.

    A new line may join the block before it, and that may have been parted from the paragraph before.
    """
    holding = 0
    for index, line in enumerate(starts):
        if line < same:
            holding = index
    return max(0, holding - 1)


def _starts(chunks: Sequence[Chunk]) -> Iterator[int]:
    line = 0
    for chunk in chunks:
        yield line
        line += chunk.line_count


def _cut(blocks: list[Block], lines: list[str], start: int, end: int) -> list[Chunk]:
    borders = [start, *(block.line for block in blocks[1:]), end]
    return [
        _chunk(block, lines[borders[index] : borders[index + 1]])
        for index, block in enumerate(blocks)
        if borders[index] < borders[index + 1]
    ]


def _chunk(block: Block, lines: list[str]) -> Chunk:
    heading = block.kind is BlockKind.HEADING
    return Chunk(
        "\n".join(lines),
        block.kind,
        len(lines),
        block.level if heading else 0,
        " ".join(block.lines).strip() if heading else "",
        tuple(definitions_in([block]).items()),
        tuple(footnotes_in([block])),
        references_in([block]),
    )
