"""Makes the pictures of the documentation: each place, light and dark, over desks full of samples.

Offscreen, so that it works without a display: `make screenshots` writes into docs/screenshots.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from math import cos, pi, sin
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from sample_desk import fill

from studydesk.app import Window
from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from studydesk.services.settings import NAME
from studydesk.services.strokes import MARKER, Points, Stroke

OUT = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
SETTLE = 900
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


def circle(x: float, y: float, across: float, down: float) -> list[tuple[float, float]]:
    """Return the points of a circle as a hand draws it."""
    return [
        (
            x + across * cos(2 * pi * step / 64) + 2.2 * sin(step / 5),
            y + down * sin(2 * pi * step / 64) + 1.8 * cos(step / 4),
        )
        for step in range(67)
    ]


def drawing() -> list[tuple[int, float, list[tuple[float, float]]]]:
    """Return the strokes of a small board: two circles, what lies between, and an arrow."""
    hatch = [(7, 2.0, [(372 + 14 * n, 190 - 6 * n), (340 + 14 * n, 300 - 4 * n)]) for n in range(4)]
    wave = [(n * 4.0, 398 + 5 * sin(n / 7)) for n in range(40, 120)]
    return [
        (MARKER, 18.0, [(180 + n * 5, 78 + sin(n / 4)) for n in range(70)]),
        (1, 3.0, circle(300, 240, 150, 118)),
        (2, 3.0, circle(450, 240, 150, 118)),
        *hatch,
        (4, 3.5, wave),
        (0, 2.5, [(620 + n * 3, 330 - 40 * sin(n / 22)) for n in range(46)]),
        (0, 2.5, [(742, 296), (760, 292), (752, 310)]),
        (3, 3.0, circle(850, 260, 70, 46)),
    ]


def with_room(folder: Path, work: Callable[[Desk, str], None]) -> None:
    """Have Marta host a room that Inès has joined; `work` gets the desk of Inès and the room."""
    marta, ines = Desk(DeskPaths(folder / "marta")), Desk(DeskPaths(folder / "ines"))
    for desk in (marta, ines):
        desk.start().result()
    marta.settings.set(NAME, "Marta Lindqvist").result()
    fill(ines)
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
    widget.grab().save(str(OUT / f"{name}.png"))
    print(name)


def pictures(folder: Path, room: str) -> None:
    """Take all pictures of the desk of Inès."""
    for theme in ("light", "dark"):
        window = Window(DeskPaths(folder / "ines"), ())
        window.themes.choose(theme)
        window.shell.resize(1280, 800)
        window.show()
        settle(2500)
        for place in ("today", "planner", "notebook", "library", "review", "room"):
            window.shell.navigate(place)
            settle()
            take(window.shell, f"{place}-{theme}")
        window.shell.navigate("room", room=room)
        settle(2500)
        board = window.shell.findChild(QWidget, "boardView")
        board.canvas.fit() if hasattr(board.canvas, "fit") else None
        settle()
        take(window.shell, f"board-{theme}")
        window.shell.close()
        window.close()


def first_start(folder: Path) -> None:
    """Take the picture of an empty desk."""
    window = Window(DeskPaths(folder / "new"), ())
    window.themes.choose("light")
    window.shell.resize(1280, 800)
    window.show()
    settle(1500)
    take(window.shell, "start-light")
    window.shell.close()
    window.close()


def main() -> None:
    QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first_start(folder)
        with_room(folder, lambda desk, room: pictures(folder, room))


if __name__ == "__main__":
    main()
