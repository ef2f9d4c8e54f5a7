"""The log of updates: a full disk is said once, nothing is said to be saved, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from studydesk.services.events import SaveFailed
from studydesk.services.room import update_log
from studydesk.services.room.events import RoomSaved
from studydesk.services.strokes import Points, Stroke


class Nobody:
    """Listens to a board without showing it."""

    def loaded(self, strokes: Sequence[Stroke]) -> None: ...
    def changed(self, added: object, removed: object) -> None: ...
    def presence(self, present: object) -> None: ...
    def history(self, can_undo: bool, can_redo: bool) -> None: ...


def limit_pages(desk: Desk, more: int) -> None:
    """Let the database grow by so many pages and no further."""

    def work(session: Session) -> None:
        count = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count = {count + more}"))

    desk.context.database.submit(work).result(10)


def test_a_full_disk_is_said_once_and_what_was_drawn_is_kept_when_there_is_room_again(
    desk_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update_log, "RETRY_SECONDS", 0.1)
    desk = Desk(DeskPaths(desk_dir))
    said: list[object] = []
    desk.events.subscribe(said.append)
    board = desk.boards.new("Drawn on a full disk").result(20)
    session = desk.boards.open("own", board.id, Nobody()).result(10)
    desk.rooms.submit(desk.rooms.keeper.update_log.flush()).result(10)
    limit_pages(desk, 2)
    said.clear()
    points = Points.from_units([(n % 97, n % 89) for n in range(20_000)])
    for number in range(3):
        session.add_stroke(Stroke(f"s{number}", 1, 2.0, points))
    desk.loop.submit(asyncio.sleep(0.6)).result(5)
    log = desk.rooms.keeper.update_log
    assert log.failed
    assert len([event for event in said if isinstance(event, SaveFailed)]) == 1
    assert not [event for event in said if isinstance(event, RoomSaved)]

    limit_pages(desk, 100_000)
    desk.loop.submit(asyncio.sleep(0.5)).result(5)
    assert not log.failed
    assert log.pending == 0
    desk.close()

    again = Desk(DeskPaths(desk_dir))
    kept: list[str] = []

    class Reader(Nobody):
        def loaded(self, strokes: Sequence[Stroke]) -> None:
            kept.extend(stroke.id for stroke in strokes)

    again.boards.open("own", board.id, Reader()).result(20)
    again.close()
    assert kept == ["s0", "s1", "s2"]
