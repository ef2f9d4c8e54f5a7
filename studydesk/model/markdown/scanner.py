"""Finds the blocks of a note, line by line, as the appendix "A parsing strategy" of CommonMark describes.

For each line: see which open blocks go on, then which new ones it opens, then give it the rest of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from studydesk.model.markdown import syntax
from studydesk.model.markdown.blocks import Block, BlockKind
from studydesk.model.markdown.definitions import without_definitions
from studydesk.model.markdown.syntax import Line

_CONTAINER_CHARACTERS = frozenset(">-+*0123456789")
_TEXT_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.TABLE})


def scan(lines: Iterable[str]) -> Block:
    """Return the document that `lines` (without line ends) make."""
    scanner = Scanner()
    for number, line in enumerate(lines):
        scanner.feed(line, number)
    return scanner.document


class Scanner:
    """Holds the blocks that are open: `_open[0]` is the document, each next one stands within the one before."""

    def __init__(self) -> None:
        self.document = Block(BlockKind.DOCUMENT, 0)
        self._open = [self.document]
        self._line = Line("")
        self._number = 0
        self._at = 0  # index of the innermost open container that the line stands in
        self._all_go_on = True
        self._goes_on: dict[BlockKind, Callable[[Block], bool | None]] = {
            BlockKind.QUOTE: self._quote_goes_on,
            BlockKind.LIST: lambda block: True,
            BlockKind.ITEM: self._item_goes_on,
            BlockKind.FOOTNOTE: self._footnote_goes_on,
            BlockKind.FENCE: self._fence_goes_on,
            BlockKind.INDENTED: self._indented_goes_on,
            BlockKind.HTML: self._html_goes_on,
            BlockKind.PARAGRAPH: lambda block: not self._line.blank,
            BlockKind.TABLE: lambda block: not self._line.blank,
        }
        self._openers: tuple[Callable[[], bool | None], ...] = (
            self._open_quote,
            self._open_heading,
            self._open_fence,
            self._open_html,
            self._underline_heading,
            self._open_table,
            self._open_rule,
            self._open_item,
            self._open_footnote,
        )

    def feed(self, text: str, number: int) -> None:
        """Take the next line. `number` counts from 0 and says where blocks begin and end."""
        self._line, self._number = Line(text), number
        going_on = self._count_going_on()
        if going_on is None:
            return
        self._at = going_on - 1
        self._all_go_on = going_on == len(self._open)
        if self._open[self._at].kind in _TEXT_KINDS:
            self._at -= 1
        if self._open_new():
            self._give_text()

    # Which open blocks go on

    def _count_going_on(self) -> int | None:
        """Return how many open blocks this line goes on with; None when one of them took the line whole."""
        for index in range(1, len(self._open)):
            block = self._open[index]
            goes_on = self._goes_on[block.kind](block)
            if goes_on is None:
                return None
            if not goes_on:
                return index
        return len(self._open)

    def _quote_goes_on(self, block: Block) -> bool:
        if self._line.indent > 3 or not self._line.text.startswith(">"):
            return False
        self._take_quote_marker()
        return True

    def _take_quote_marker(self) -> None:
        self._line.take(1)
        if self._line.indent:
            self._line.skip(1)

    def _item_goes_on(self, block: Block) -> bool:
        if self._line.blank:
            self._line.clear()
            return bool(block.children) or self._number == block.line
        if self._line.indent < block.width:
            return False
        self._line.skip(block.width)
        return True

    def _footnote_goes_on(self, block: Block) -> bool:
        if self._line.blank:
            self._line.clear()
            return True
        if self._line.indent < 4:
            return False
        self._line.skip(4)
        return True

    def _fence_goes_on(self, block: Block) -> None:
        text = self._line.text.strip()
        self._touch()
        if self._line.indent <= 3 and len(text) >= len(block.marker) and not text.strip(block.marker[0]):
            self._close(block)
        else:
            block.lines.append(self._line.without(min(self._line.indent, block.width)))

    def _indented_goes_on(self, block: Block) -> bool | None:
        if self._line.indent < 4 and not self._line.blank:
            return False
        block.lines.append(self._line.without(4))
        if not self._line.blank:
            self._touch()
        return None

    def _html_goes_on(self, block: Block) -> bool | None:
        if block.closer is None and self._line.blank:
            return False
        block.lines.append(self._line.rest)
        self._touch()
        if block.closer is not None and block.closer.search(self._line.rest):
            self._close(block)
        return None

    # Which new blocks it opens

    def _open_new(self) -> bool:
        """Open blocks until only text is left; false when nothing is left."""
        while not self._line.blank:
            if self._line.indent >= 4:
                return not self._open_indented()
            if len(self._open) > 2 * syntax.MAX_DEPTH and self._line.text[0] in _CONTAINER_CHARACTERS:
                return True
            outcome = self._try_openers()
            if outcome is None:
                return True
            if not outcome:
                return False
        return True

    def _try_openers(self) -> bool | None:
        """Return true when a container was opened, false when a block took the line, None when none did."""
        for opener in self._openers:
            outcome = opener()
            if outcome is not None:
                return outcome
        return None

    def _add(self, block: Block) -> None:
        """Open `block` in the innermost container that goes on, closing what is open below that."""
        del self._open[self._at + 1 :]
        if block.kind is not BlockKind.ITEM and self._open[-1].kind is BlockKind.LIST:
            del self._open[self._at :]
        self._open[-1].children.append(block)
        self._open.append(block)
        self._at = len(self._open) - 1
        self._all_go_on = True
        self._touch()

    def _add_whole(self, block: Block) -> bool:
        """Open a block that ends with this line."""
        self._add(block)
        self._close(block)
        return False

    def _close(self, block: Block) -> None:
        del self._open[self._open.index(block) :]

    def _touch(self) -> None:
        for block in self._open:
            block.end = self._number

    def _in_paragraph(self) -> bool:
        return self._all_go_on and self._open[-1].kind is BlockKind.PARAGRAPH

    def _open_indented(self) -> bool:
        kind = self._open[-1].kind
        if kind is BlockKind.PARAGRAPH or (kind is BlockKind.TABLE and self._all_go_on):
            return False
        code = self._line.without(4)
        self._add(Block(BlockKind.INDENTED, self._number, lines=[code]))
        return True

    def _open_quote(self) -> bool | None:
        if not self._line.text.startswith(">"):
            return None
        self._take_quote_marker()
        self._add(Block(BlockKind.QUOTE, self._number))
        return True

    def _open_heading(self) -> bool | None:
        match = syntax.ATX_HEADING.match(self._line.text)
        if not match:
            return None
        words = syntax.ATX_CLOSING.sub("", match[2]).strip()
        return self._add_whole(Block(BlockKind.HEADING, self._number, lines=[words], level=len(match[1])))

    def _open_fence(self) -> bool | None:
        match = syntax.FENCE.match(self._line.text) if self._line.text[0] in "`~" else None
        if not match:
            return None
        info = (match[2] or match[4] or "").strip()
        width = self._line.indent
        self._add(Block(BlockKind.FENCE, self._number, marker=match[1] or match[3], label=info, width=width))
        return False

    def _open_html(self) -> bool | None:
        text = self._line.text
        if text[0] != "<":
            return None
        for opener, closer in syntax.RAW_HTML:
            if opener.match(text):
                return self._begin_html(closer)
        in_text = self._open[-1].kind is BlockKind.PARAGRAPH
        return self._begin_html(None) if not in_text and syntax.LONE_TAG.match(text) else None

    def _begin_html(self, closer: re.Pattern[str] | None) -> bool:
        block = Block(BlockKind.HTML, self._number, lines=[self._line.rest], closer=closer)
        self._add(block)
        if closer is not None and closer.search(self._line.text):
            self._close(block)
        return False

    def _underline_heading(self) -> bool | None:
        if self._line.text[0] not in "=-" or not self._in_paragraph():
            return None
        match = syntax.SETEXT_UNDERLINE.match(self._line.text)
        words = without_definitions("\n".join(self._open[-1].lines)) if match else ""
        if not match or not words.strip():
            return None
        self._leave_definitions(words.split("\n"))
        block = self._open[-1]
        block.kind, block.level = BlockKind.HEADING, 1 if match[1][0] == "=" else 2
        self._touch()
        self._close(block)
        return False

    def _leave_definitions(self, words: list[str]) -> None:
        """Keep the definitions before `words` as a paragraph of their own, so that the heading is only words."""
        block = self._open[-1]
        defining = len(block.lines) - len(words)
        if defining > 0:
            before = Block(
                BlockKind.PARAGRAPH, block.line, block.line + defining - 1, lines=block.lines[:defining]
            )
            self._open[-2].children.insert(-1, before)
            block.line += defining
            block.lines = words

    def _open_table(self) -> bool | None:
        text = self._line.text
        if text[0] not in "|:-" or not self._in_paragraph() or not syntax.DELIMITER_ROW.match(text):
            return None
        paragraph = self._open[-1]
        head = paragraph.lines[-1]
        delimiters = syntax.cells(text)
        if not ("|" in text or ":" in text or "|" in head) or len(delimiters) != len(syntax.cells(head)):
            return None
        self._begin_table(paragraph, tuple(syntax.alignment(one) for one in delimiters))
        return False

    def _begin_table(self, paragraph: Block, aligns: tuple[str, ...]) -> None:
        table = Block(BlockKind.TABLE, self._number - 1, lines=[paragraph.lines.pop()], aligns=aligns)
        paragraph.end = max(paragraph.line, self._number - 2)
        if not paragraph.lines:
            self._open[-2].children.remove(paragraph)
        self._at = len(self._open) - 2
        self._add(table)

    def _open_rule(self) -> bool | None:
        if self._line.text[0] not in "*-_" or not syntax.RULE.match(self._line.text):
            return None
        return self._add_whole(Block(BlockKind.RULE, self._number))

    def _open_item(self) -> bool | None:
        match = syntax.ITEM_MARKER.match(self._line.text)
        if not match:
            return None
        length, number = match.end(), int(match[2]) if match[2] else None
        empty = not self._line.text[length:].strip()
        if self._in_paragraph() and (empty or number not in (None, 1)):
            return None
        width = self._take_item_marker(length, empty)
        self._enter_list(match[1][-1], number)
        self._add(Block(BlockKind.ITEM, self._number, width=width))
        return True

    def _take_item_marker(self, length: int, empty: bool) -> int:
        """Take the marker and the white space that belongs to it; return the width of both."""
        width = self._line.indent + length
        self._line.take(length)
        if empty:
            self._line.clear()
            return width + 1
        padding = self._line.indent if self._line.indent <= 4 else 1
        self._line.skip(padding)
        return width + padding

    def _enter_list(self, marker: str, number: int | None) -> None:
        container = self._open[self._at]
        if container.kind is BlockKind.LIST and container.marker == marker:
            del self._open[self._at + 1 :]
            return
        if container.kind is BlockKind.LIST:
            self._at -= 1
        self._add(Block(BlockKind.LIST, self._number, marker=marker, number=number))

    def _open_footnote(self) -> bool | None:
        if self._line.text[0] != "[":
            return None
        match = syntax.FOOTNOTE.match(self._line.text)
        if not match:
            return None
        self._line.take(match.end())
        self._add(Block(BlockKind.FOOTNOTE, self._number, label=match[1]))
        return True

    # What is left is text

    def _give_text(self) -> None:
        if self._line.blank:
            self._end_text()
            return
        tip = self._open[-1]
        if tip.kind is BlockKind.PARAGRAPH or (tip.kind is BlockKind.TABLE and self._all_go_on):
            tip.lines.append(self._line.text)
            self._touch()
            return
        text = self._line.text
        self._add(Block(BlockKind.PARAGRAPH, self._number, lines=[text]))

    def _end_text(self) -> None:
        """A blank line ends what it does not stand in; to a quote it belongs, since it bears its mark."""
        del self._open[self._at + 1 :]
        quotes = [index for index, block in enumerate(self._open) if block.kind is BlockKind.QUOTE]
        for block in self._open[: quotes[-1] + 1] if quotes else ():
            block.end = self._number
