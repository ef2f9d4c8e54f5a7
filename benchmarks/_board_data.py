"""Boards to measure with: pages of strokes that look like handwriting, the same for the same seed."""

from __future__ import annotations

import math
import random
from array import array
from collections.abc import Sequence

from studydesk.services.strokes import MARKER, LiveStroke, Points, Stroke
from studydesk.ui.board.view import BoardView

LINE = 30.0
"""Board units between two lines of writing."""

WORD = 130.0
"""Board units for one word, which is one stroke."""


def handwriting(count: int, seed: int = 1) -> list[Stroke]:
    """Return `count` words of about 60 points in lines on a square board; each fiftieth is a marker or a circle."""
    chance = random.Random(seed)
    across = max(1, round(math.sqrt(count * LINE / WORD)))
    return [_stroke(chance, number, across) for number in range(count)]


def _stroke(chance: random.Random, number: int, across: int) -> Stroke:
    x, y = (number % across) * WORD, (number // across) * LINE
    colour = chance.choice((0, 0, 0, 1, 2, 3, 4, 8))
    if number % 50 == 7:
        return Stroke(f"s{number:07}", MARKER, 14.0, _line(x, y, WORD * 1.6), "bench", number)
    if number % 50 == 23:
        return Stroke(f"s{number:07}", colour, 2.5, _circle(chance, x, y), "bench", number)
    return Stroke(
        f"s{number:07}", colour, chance.choice((1.5, 2.5, 2.5, 4.0)), word(chance, x, y), "bench", number
    )


def word(
    chance: random.Random, x: float, y: float, width: float = WORD * 0.8, height: float = 14.0
) -> Points:
    """Return a joined-up scribble of loops and tall strokes, 45 to 75 points long."""
    count = chance.randrange(45, 75)
    letters = max(2, round(width / 14))
    tall = [1.0 if chance.random() < 0.7 else 1.9 for _ in range(letters + 1)]
    steps = array("i")
    for index in range(count):
        along = index / (count - 1)
        turn = along * letters * 2 * math.pi
        size = tall[int(along * letters)] * height / 2
        steps.append(round(16 * (x + along * width - 4 * math.sin(turn) + chance.gauss(0, 0.25))))
        steps.append(round(16 * (y - size * (1 - math.cos(turn)) + chance.gauss(0, 0.25))))
    return Points(steps)


def _line(x: float, y: float, width: float) -> Points:
    return Points.from_units((x + width * index / 20, y + math.sin(index / 3)) for index in range(21))


def _circle(chance: random.Random, x: float, y: float) -> Points:
    across, high = chance.uniform(60, 240), chance.uniform(30, 120)
    return Points.from_units(
        (x + across * math.cos(index / 10), y + high * math.sin(index / 10)) for index in range(66)
    )


class Nobody:
    """A port of a board that nobody keeps."""

    def add_stroke(self, stroke: Stroke) -> None: ...
    def erase(self, ids: Sequence[str]) -> None: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def set_cursor(self, at: tuple[float, float] | None) -> None: ...
    def set_live(self, live: LiveStroke | None) -> None: ...
    def open_page(self, page_id: str) -> None: ...
    def new_page(self) -> None: ...


def new_board_view() -> BoardView:
    """Return a board that nobody keeps."""
    return BoardView(Nobody())
