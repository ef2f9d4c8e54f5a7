"""A QTextDocument made of pieces, in which only those that changed are replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
)

GAP = 10
"""Logical px between pieces; before a heading more."""
HEADING_GAPS = {1: 18, 2: 20, 3: 16}


@dataclass(frozen=True)
class Part:
    """A piece as rich text. Parts with equal `key` look the same. `heading` is its level, 0 for none."""

    key: object
    html: str
    heading: int = 0


@dataclass
class _Placed:
    key: object
    blocks: int
    heading: int


class PieceDocument:
    """Keeps a document in step with a sequence of parts.

    Before each part stands an empty block that makes the gap; `_placed` knows how many blocks each takes with it.
    """

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._placed: list[_Placed] = []
        document.setUndoRedoEnabled(False)

    def __len__(self) -> int:
        return len(self._placed)

    def clear(self) -> None:
        """Show nothing."""
        self._document.clear()
        self._placed = []

    def replace(self, first: int, last: int, parts: Sequence[Part]) -> None:
        """Put `parts` where those from index `first` up to but without `last` stood."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        self._remove(cursor, first, last)
        self._placed[first:last] = [self._insert(cursor, part) for part in parts]
        for index in {first, first + len(parts)}:  # no further away: what is between would be laid out anew
            self._fit_gap(index)
        cursor.endEditBlock()

    def keys(self) -> list[object]:
        """Return the keys of what is shown."""
        return [placed.key for placed in self._placed]

    def block_of(self, index: int) -> QTextBlock:
        """Return the gap before the part at `index`, which may be one past the last."""
        number = sum(placed.blocks for placed in self._placed[:index])
        return self._document.findBlockByNumber(number)

    def part_at(self, position: int) -> int:
        """Return the index of the part that holds a position of the document, -1 before the first."""
        number, seen = self._document.findBlock(position).blockNumber(), 0
        for index, placed in enumerate(self._placed):
            seen += placed.blocks
            if number < seen:
                return index
        return len(self._placed) - 1

    def _remove(self, cursor: QTextCursor, first: int, last: int) -> None:
        """Take parts out and leave the cursor in an empty block where others may come, before the next gap."""
        start = self.block_of(first)
        cursor.setPosition(start.position())
        if last > first:
            after = self.block_of(last)
            cursor.setPosition(after.position(), QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()

    def _fit_gap(self, index: int) -> None:
        """Give the gap before a part its height: none before the first one."""
        if index < len(self._placed):
            heading = self._placed[index].heading
            gap = HEADING_GAPS.get(heading, GAP) if index else 0
            self._make_gap(QTextCursor(self.block_of(index)), gap)

    def _insert(self, cursor: QTextCursor, part: Part) -> _Placed:
        """Insert gap and part before the block the cursor stands at the start of, and move it behind them."""
        before = self._document.blockCount()
        at = cursor.position()
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        cursor.setPosition(at)
        self._make_gap(cursor, HEADING_GAPS.get(part.heading, GAP))
        self._fill(cursor, part)
        self._flatten_empty(cursor.document().findBlock(at).next(), cursor.block())
        cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        return _Placed(part.key, self._document.blockCount() - before, part.heading)

    def _make_gap(self, cursor: QTextCursor, height: int) -> None:
        small = QTextBlockFormat()
        small.setLineHeight(max(1, height), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(small)
        tiny = QTextCharFormat()
        tiny.setFontPointSize(1)
        cursor.setBlockCharFormat(tiny)

    def _fill(self, cursor: QTextCursor, part: Part) -> None:
        made = QTextDocument()
        made.setDefaultFont(self._document.defaultFont())
        made.setHtml(part.html)
        begin = made.begin()
        if QTextCursor(begin).currentTable() is not None or _is_gap_of_table(begin):
            cursor.insertFragment(QTextDocumentFragment(made))
            return
        listed = begin.textList() is not None
        shape = QTextBlockFormat() if listed else begin.blockFormat()
        shape.setHeadingLevel(part.heading)
        cursor.insertBlock(shape, begin.charFormat())
        number = cursor.blockNumber()
        cursor.insertFragment(QTextDocumentFragment(made))
        if listed:
            self._drop_lead(number)

    def _drop_lead(self, number: int) -> None:
        """Remove the empty block that Qt leaves before a list, which it does in some places only."""
        lead = self._document.findBlockByNumber(number)
        if not lead.text() and lead.textList() is None and lead.next().textList() is not None:
            cursor = QTextCursor(lead)
            cursor.movePosition(QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()

    def _flatten_empty(self, block: QTextBlock, last: QTextBlock) -> None:
        """Give the empty blocks that Qt needs around tables no height."""
        while block.isValid() and block.blockNumber() <= last.blockNumber():
            if not block.text() and block.textList() is None and QTextCursor(block).currentTable() is None:
                self._make_gap(QTextCursor(block), 1)
            block = block.next()


def _is_gap_of_table(block: QTextBlock) -> bool:
    """Tell whether a document begins with the empty block that Qt puts before a table."""
    return not block.text() and QTextCursor(block.next()).currentTable() is not None
