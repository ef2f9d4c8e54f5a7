"""The blocks a note is made of, as the block scanner finds them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto


class BlockKind(Enum):
    """Kinds of blocks of CommonMark 0.31 and GitHub's extensions."""

    DOCUMENT = auto()
    QUOTE = auto()
    LIST = auto()
    ITEM = auto()
    FOOTNOTE = auto()
    PARAGRAPH = auto()
    HEADING = auto()
    FENCE = auto()
    INDENTED = auto()
    HTML = auto()
    TABLE = auto()
    RULE = auto()


@dataclass(slots=True, eq=False)
class Block:
    """One block. Which of the fields below `lines` mean something depends on its kind."""

    kind: BlockKind
    line: int
    """The first line, from 0."""
    end: int = -1
    """The last line that is not a blank one after the block."""
    children: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    marker: str = ""
    """List: the bullet, or what follows the number. Fence: the run of ticks or tildes."""
    number: int | None = None
    """List: the first number, None for bullets."""
    width: int = 0
    """Item: columns its contents are indented by. Fence: columns the opening line is indented by."""
    level: int = 0
    """Heading: 1 to 6."""
    label: str = ""
    """Fence: the info string. Footnote: its name."""
    closer: re.Pattern[str] | None = None
    """HTML: what ends it; None when a blank line does."""
    aligns: tuple[str, ...] = ()
    """Table: "left", "right", "center" or "" for each column."""

    def __post_init__(self) -> None:
        self.end = max(self.end, self.line)

    @property
    def loose(self) -> bool:
        """Tell whether blank lines part the items of a list, or the blocks within one of them."""
        return _parted(self.children) or any(_parted(item.children) for item in self.children)

    def walk(self) -> Iterator[Block]:
        """Yield all blocks below this one, in the order of the text."""
        for child in self.children:
            yield child
            yield from child.walk()


def _parted(blocks: list[Block]) -> bool:
    return any(after.line - before.end > 1 for before, after in itertools.pairwise(blocks))
