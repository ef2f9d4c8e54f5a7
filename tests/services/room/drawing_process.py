"""Draws on a board and writes messages into a room of its own desk, and says what is on the disk, until killed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from studydesk.services.strokes import Points, Stroke


class Nobody:
    """Listens to a board without showing it."""

    def loaded(self, strokes: Sequence[Stroke]) -> None: ...
    def changed(self, added: object, removed: object) -> None: ...
    def presence(self, present: object) -> None: ...
    def history(self, can_undo: bool, can_redo: bool) -> None: ...


def main() -> None:
    desk = Desk(DeskPaths(Path(sys.argv[1])))
    rooms = desk.rooms
    mine = rooms.rooms().result(30)
    room = mine[0].id if mine else rooms.create("SQL").result(30).id
    board = rooms.boards(room).result(10)[0].id
    session = desk.boards.open(room, board, Nobody()).result(10)
    print("ready", flush=True)
    for number in range(100_000):
        stroke = f"{sys.argv[2]}-{number}"
        session.add_stroke(Stroke(stroke, number % 10, 2.0, Points.from_units([(0, number % 500), (90, 40)])))
        said = rooms.say(room, f"message {stroke}").result(10)
        rooms.submit(rooms.keeper.update_log.flush()).result(10)
        print(f"{stroke} {said.id}", flush=True)


if __name__ == "__main__":
    main()
