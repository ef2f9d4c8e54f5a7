"""Draws boards as a person would: letters of single strokes, circles that don't quite close, arrows."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from itertools import count

from studydesk.services.strokes import MARKER, Points, Stroke, smoothed

_LETTERS = {
    "a": "43 23 14 15 26 36 44 43 45 56", "b": "10 16 14 33 44 45 36 16", "c": "43 23 14 15 26 46",
    "d": "43 23 14 15 26 36 44 40 45 56", "e": "14 44 43 23 14 15 26 46", "f": "40 30 21 26/13 43",
    "g": "43 23 14 15 26 44 43 47 28 17", "h": "10 16 14 33 43 46", "i": "23 25 36/21 21",
    "j": "33 37 18/31 31", "k": "10 16/43 15 46", "l": "20 25 36", "m": "03 06 04 13 23 26 24 33 43 46",
    "n": "13 16 14 33 43 46", "o": "33 14 15 26 36 45 44 33", "p": "13 18 14 33 44 45 36 16",
    "q": "43 23 14 15 26 44 43 48", "r": "13 16 14 33 43", "s": "43 23 14 35 45 36 16", "t": "20 25 36 46/12 42",
    "u": "13 15 26 36 43 46", "v": "13 26 43", "w": "03 16 23 36 43", "x": "13 46/43 16",
    "y": "13 15 26 44 43 47 28", "z": "13 43 16 46", "W": "00 16 22 36 50", "L": "10 15 16 26 46",
    "J": "30 35 26 15", "N": "16 10 46 40", "U": "10 15 26 36 45 40", "S": "40 20 11 12 34 35 26 06",
    "T": "00 50/20 26", "E": "40 10 13 16 46/13 33", "F": "40 10 13 16/13 33", "I": "20 26",
    "O": "30 11 15 26 36 45 41 30", "?": "11 20 40 42 24 25/26 26", "!": "20 24/26 26", ":": "23 23/26 26",
}  # fmt: skip


class Sheet:
    """Collects strokes. The same seed draws the same sheet."""

    def __init__(self, seed: int = 4) -> None:
        self.strokes: list[Stroke] = []
        self._chance = random.Random(seed)
        self._number = count()

    def line(
        self,
        points: Iterable[tuple[float, float]],
        colour: int | str = 0,
        width: float = 2.5,
        shake: float = 0.6,
    ) -> None:
        """Draw a curve through points with an unsteady hand."""
        corners = list(points)
        curve = (
            smoothed(Points.from_units(corners), 4.0) if len(corners) > 1 else Points.from_units(corners).xy
        )
        wave = [self._chance.uniform(0, 6) for _ in range(2)]
        shaky = [
            (x / 16 + shake * math.sin(step / 5 + wave[0]), y / 16 + shake * math.sin(step / 6 + wave[1]))
            for step, (x, y) in enumerate(zip(curve[0::2], curve[1::2], strict=True))
        ]
        at = next(self._number)
        self.strokes.append(Stroke(f"{at:08}", colour, width, Points.from_units(shaky), "somebody", at))

    def write(
        self, text: str, x: float, y: float, size: float = 4.0, colour: int = 0, width: float = 2.0
    ) -> float:
        """Write a line with its baseline at y; `size` is a sixth of the height of capitals. Return its end."""
        for letter in text:
            for way in _LETTERS[letter].split("/") if letter != " " else ():
                grid = [(int(step[0]), int(step[1])) for step in way.split()]
                self.line(
                    [(x + size * (a + 0.22 * (6 - b)), y + size * (b - 6)) for a, b in grid],
                    colour,
                    width,
                    0.12,
                )
            x += size * (4.6 if letter != " " else 3.2)
        return x

    def ellipse(self, x: float, y: float, wide: float, high: float, colour: int, width: float = 2.5) -> None:
        """Draw a ring that overlaps itself a little."""
        turns = [index / 24 * 2 * math.pi - 2 for index in range(27)]
        self.line(
            [
                (x + wide * math.cos(t) * (1 + 0.006 * t), y + high * math.sin(t) * (1 - 0.008 * t))
                for t in turns
            ],
            colour,
            width,
        )

    def mark(self, x: float, y: float, length: float, width: float = 20) -> None:
        """Highlight a line of text."""
        self.line([(x, y), (x + length / 2, y + 1), (x + length, y - 1)], MARKER, width, 0)

    def arrow(self, *points: tuple[float, float], colour: int = 0) -> None:
        self.line(points, colour, 2.0)
        (bx, by), (ex, ey) = points[-2:]
        way = math.atan2(ey - by, ex - bx)
        for side in (2.6, -2.6):
            self.line(
                [(ex + 14 * math.cos(way + side), ey + 14 * math.sin(way + side)), (ex, ey)], colour, 2.0
            )


def lesson() -> list[Stroke]:
    """Return a board as it may look in the middle of a session about joins."""
    sheet = Sheet()
    end = sheet.write("Which rows must not get lost?", 170, 165, 3.2, 0, 2.2)
    sheet.line([(168, 178), (290, 181), (420, 177), (end, 180)], 4, 3.5)
    sheet.ellipse(292, 330, 98, 84, 1, 3)
    sheet.ellipse(412, 330, 97, 81, 2, 3)
    sheet.write("customer", 222, 228, 2.6, 1)
    sheet.write("orders", 432, 230, 2.6, 2)
    sheet.write("no order:", 214, 322, 2.3)
    sheet.write("NULL", 232, 350, 2.3)
    sheet.write("inner", 334, 322, 2.3)
    sheet.write("join", 336, 348, 2.3)
    sheet.line([(194, 428), (200, 438), (300, 440), (318, 452), (336, 440), (424, 438), (432, 426)], 4)
    sheet.mark(252, 480, 90)
    sheet.write("LEFT JOIN keeps all this", 252, 486, 2.5, 4)
    sheet.arrow((512, 545), (560, 480), (592, 420), (609, 362))
    sheet.write("that is why", 452, 442, 2.4)
    sheet.write("North", 174, 690, 3.0)
    end = sheet.write("South!", 290, 690, 3.0)
    sheet.line([(290, 704), (340, 706), (end, 702)], 7, 3)
    for row, text in enumerate(("SELEcT region", "FrOm customer", "LEFT JOIN orders", "ON the same id")):
        if row == 2:
            sheet.mark(180, 579, 116)
        sheet.write(text, 184, 540 + row * 22, 2.0, 0, 1.6)
    sheet.ellipse(240, 579, 74, 14, 2)
    return sheet.strokes
