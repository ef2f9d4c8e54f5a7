"""Makes the pictures of the documentation: each place, light and dark, over desks full of samples.

Offscreen, so that it works without a display: `make screenshots` writes into docs/screenshots.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from math import cos, pi, sin
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from PySide6.QtCore import QEventLoop, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from sample_desk import fill

from studydesk.app import Window
from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from studydesk.services.settings import DISCOVERY, NAME
from studydesk.services.strokes import MARKER, Points, Stroke

OUT = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
SETTLE = 900
SCRIM = QColor(15, 22, 24, 97)
TALK = (
    (0, "Draw the row that would get lost. Then write the join."),
    (1, "Does the month go in ON or in WHERE?"),
    (0, "In ON. With WHERE the customers without orders are gone again."),
    (1, "COUNT(o.id) skips NULL: that saved me an hour.\nThank you!"),
    (0, "Try it on January before Thursday, and bring one number that surprised you."),
)


def settle(milliseconds: int = SETTLE) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


Line = list[tuple[float, float]]


def circle(x: float, y: float, across: float, down: float) -> Line:
    """Return the points of a circle as a hand draws it: it does not quite close."""
    return [
        (
            x + across * cos(2 * pi * step / 64 - 0.9) + 2.2 * sin(step / 5),
            y + down * sin(2 * pi * step / 64 - 0.9) + 1.8 * cos(step / 4),
        )
        for step in range(65)
    ]


def straight(x: float, y: float, to_x: float, to_y: float) -> Line:
    """Return the points of a line that a hand draws: nearly straight."""
    return [
        (x + (to_x - x) * step / 24 + 0.9 * sin(step / 3), y + (to_y - y) * step / 24 + 1.1 * sin(step / 4))
        for step in range(25)
    ]


LETTERS: dict[str, tuple[Line, ...]] = {
    "A": ([(0, 10), (3.5, 0), (7, 10)], [(1.4, 6.4), (5.6, 6.4)]),
    "C": ([(7, 1.6), (4, 0), (1, 2), (0, 5), (1, 8), (4, 10), (7, 8.4)],),
    "D": ([(0, 0), (0, 10)], [(0, 0), (4, 0.6), (6.6, 3), (6.6, 7), (4, 9.4), (0, 10)]),
    "E": ([(6, 0), (0, 0), (0, 10), (6, 10)], [(0, 5), (4.6, 5)]),
    "F": ([(6, 0), (0, 0), (0, 10)], [(0, 5), (4.6, 5)]),
    "H": ([(0, 0), (0, 10)], [(6.4, 0), (6.4, 10)], [(0, 5), (6.4, 5)]),
    "I": ([(2, 0), (2, 10)],),
    "J": ([(5, 0), (5, 8), (3.4, 10), (1, 9.6), (0, 8)],),
    "K": ([(0, 0), (0, 10)], [(6, 0), (0, 5.6), (6.2, 10)]),
    "L": ([(0, 0), (0, 10), (5.6, 10)],),
    "M": ([(0, 10), (0.6, 0), (4, 6), (7.4, 0), (8, 10)],),
    "N": ([(0, 10), (0, 0), (6.4, 10), (6.4, 0)],),
    "O": ([(3.6, 0), (1, 1.4), (0, 5), (1, 8.6), (3.6, 10), (6.2, 8.6), (7.2, 5), (6.2, 1.4), (3.6, 0)],),
    "P": ([(0, 10), (0, 0), (4.6, 0.2), (6, 2.6), (4.6, 5.2), (0, 5.4)],),
    "R": ([(0, 10), (0, 0), (4.6, 0.2), (6, 2.6), (4.6, 5.2), (0, 5.4)], [(2.8, 5.4), (6.4, 10)]),
    "S": ([(6, 1.4), (3.2, 0), (0.4, 1.8), (1.2, 4.2), (5, 5.6), (6, 8), (3.2, 10), (0, 8.6)],),
    "T": ([(0, 0), (7, 0)], [(3.5, 0), (3.5, 10)]),
    "U": ([(0, 0), (0, 7), (1.6, 9.8), (4.8, 9.8), (6.4, 7), (6.4, 0)],),
    "W": ([(0, 0), (2, 10), (4.4, 3), (6.8, 10), (8.8, 0)],),
    "?": ([(0, 2), (2, 0), (5, 0.6), (5.4, 3), (2.8, 5), (2.6, 7)], [(2.6, 9.4), (2.8, 10)]),
}
"""The letters that are printed on the picture's board, in a field ten units high."""


def printed(words: str, x: float, y: float, size: float) -> list[Line]:
    """Return the strokes of words in capitals, as a hand prints them."""
    strokes: list[Line] = []
    for number, letter in enumerate(words):
        lines = LETTERS.get(letter, ())
        lift = 1.2 * sin(number * 2.1)
        strokes += [[(x + px * size / 10, y + lift + py * size / 10) for px, py in line] for line in lines]
        x += size * (max((px for line in lines for px, _ in line), default=3) / 10 + 0.28)
    return strokes


def drawing() -> list[tuple[int, float, Line]]:
    """Return the strokes of a board of a lesson: two tables as circles, what a left join keeps, a question."""
    hatch = [(4, 2.0, straight(222 + 22 * n, 208 + abs(n - 4) * 7, 196 + 22 * n, 352)) for n in range(9)]
    rows = [(0, 2.0, straight(660, 222 + 34 * n, 860, 222 + 34 * n)) for n in range(4)]
    return [
        (MARKER, 20.0, straight(166, 92, 402, 92)),
        *((0, 3.0, line) for line in printed("LEFT JOIN", 172, 78, 26)),
        (1, 3.0, circle(290, 275, 138, 112)),
        (2, 3.0, circle(430, 275, 138, 112)),
        *hatch,
        *((1, 2.5, line) for line in printed("CUSTOMERS", 190, 408, 17)),
        *((2, 2.5, line) for line in printed("ORDERS", 432, 408, 17)),
        *rows,
        (0, 2.0, straight(660, 222, 660, 324)),
        (0, 2.0, straight(760, 222, 760, 324)),
        (0, 2.0, straight(860, 222, 860, 324)),
        *((0, 2.2, line) for line in printed("NORTH", 674, 232, 14)),
        *((0, 2.2, line) for line in printed("SOUTH", 674, 266, 14)),
        *((3, 2.2, line) for line in printed("NULL", 776, 300, 14)),
        *((0, 2.2, line) for line in printed("WEST", 674, 300, 14)),
        (3, 3.0, circle(806, 307, 44, 20)),
        (3, 2.5, straight(810, 388, 807, 340)),
        (3, 2.5, [(798, 352), (807, 339), (817, 351)]),
        *((3, 2.5, line) for line in printed("WHO IS LOST?", 690, 402, 18)),
        (0, 2.5, straight(586, 285, 640, 287)),
        (0, 2.5, [(630, 279), (642, 287), (629, 296)]),
    ]


def with_room(folder: Path, work: Callable[[Desk, str], None]) -> None:
    """Have Marta host a room that Inès has joined; `work` gets the desk of Inès and the room."""
    marta, ines = Desk(DeskPaths(folder / "marta")), Desk(DeskPaths(folder / "ines"))
    for desk in (marta, ines):
        desk.start().result()
    marta.settings.set(NAME, "Marta Lindqvist").result()
    fill(ines)
    ines.settings.set(DISCOVERY, False).result()
    room = marta.rooms.create("SQL for analysts").result()
    info = marta.rooms.host(room.id, "482719", "127.0.0.1").result()
    ines.rooms.join(f"127.0.0.1:{info.port}", "482719").result()
    for who, text in TALK:
        (marta, ines)[who].rooms.say(room.id, text).result()
    ines.boards.new("Joins, drawn slowly").result()
    board = ines.rooms.boards(room.id).result()[0]
    session = ines.boards.open(room.id, board.id, _Nobody()).result()
    for number, (colour, width, points) in enumerate(drawing()):
        session.add_stroke(Stroke(f"picture-{number}", colour, width, Points.from_units(points)))
    session.close().result()
    ines.close()
    try:
        work(marta, room.id)
    finally:
        marta.close()


class _Nobody:
    """Listens to a board without showing it."""

    def loaded(self, strokes: object) -> None: ...
    def changed(self, added: object, removed: object) -> None: ...
    def presence(self, present: object) -> None: ...
    def history(self, can_undo: bool, can_redo: bool) -> None: ...


def take(widget: QWidget, name: str) -> None:
    """Write one picture."""
    OUT.mkdir(parents=True, exist_ok=True)
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    picture.save(str(OUT / f"{name}.png"), "PNG", 0)
    print(name)


def shown(folder: Path, theme: str, size: QSize) -> Window:
    """Return the window of a desk, as large as asked and settled."""
    window = Window(DeskPaths(folder), ())
    window.themes.choose(theme)
    window.shell.resize(size)
    window.show()
    settle(2500)
    return window


def overlays(window: Window) -> None:
    """Take the palette, the settings and the join dialog, each over its place."""
    for action, name, place in (
        ("desk.find", "palette", "today"),
        ("desk.settings", "settings", "today"),
        ("room.join", "join", "room"),
    ):
        window.shell.navigate(place)
        settle()
        window.shell.actions_.action(action).trigger()
        settle(300)
        dialog = next(found for found in window.shell.findChildren(QDialog) if found.isVisible())
        for field in dialog.findChildren(QLineEdit)[:1] if name == "palette" else ():
            field.setText("left join")
        for label in dialog.findChildren(QLabel):
            label.setText(label.text().replace(str(window.desk.paths.root), "/home/ines/StudyDesk"))
        settle(600)
        take_over(window.shell, dialog, f"{name}-light")
        dialog.reject()
        settle(200)


def take_over(under: QWidget, dialog: QWidget, name: str) -> None:
    """Write a picture of a window with a dialog before it, where the dialog stands."""
    picture = under.grab()
    painter = QPainter(picture)
    if dialog.windowFlags() & Qt.WindowType.FramelessWindowHint:
        painter.drawPixmap(under.mapFromGlobal(dialog.mapToGlobal(QPoint(0, 0))), dialog.grab())
    else:
        painter.fillRect(under.rect(), SCRIM)
        frame = dialog.rect().translated(under.rect().center() - dialog.rect().center())
        painter.drawPixmap(frame.topLeft(), dialog.grab())
    painter.end()
    picture.save(str(OUT / f"{name}.png"), "PNG", 0)
    print(name)


def pictures(folder: Path, room: str, themes: Sequence[str], size: QSize) -> None:
    """Take all pictures of the desk of Inès."""
    for theme in themes:
        window = shown(folder / "ines", theme, size)
        for place in ("today", "planner", "notebook", "library", "review", "room"):
            window.shell.navigate(place)
            settle()
            take(window.shell, f"{place}-{theme}")
        if theme == "light":
            overlays(window)
        window.shell.navigate("room", room=room)
        settle(2500)
        take(window.shell, f"board-{theme}")
        window.shell.close()
        window.close()


def first_start(folder: Path, size: QSize) -> None:
    """Take the picture of an empty desk."""
    desk = Desk(DeskPaths(folder / "new"))
    desk.start().result()
    desk.settings.set(NAME, "Inès Moreau").result()
    desk.settings.set(DISCOVERY, False).result()
    desk.close()
    window = shown(folder / "new", "light", size)
    take(window.shell, "start-light")
    window.shell.close()
    window.close()


def asked() -> argparse.Namespace:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation.")
    parser.add_argument("--size", default="1280x800", help="of the window, in px: 1920x1080")
    parser.add_argument("--themes", nargs="+", default=["light", "dark"], help="light, dark, contrast")
    parser.add_argument("--out", type=Path, default=OUT, help="the folder for the pictures")
    return parser.parse_args()


def main() -> None:
    global OUT
    wanted = asked()
    OUT = wanted.out
    size = QSize(*(int(side) for side in wanted.size.split("x")))
    QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first_start(folder, size)
        with_room(folder, lambda desk, room: pictures(folder, room, wanted.themes, size))


if __name__ == "__main__":
    main()
