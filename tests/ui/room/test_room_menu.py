"""What can be done with a room besides being in it, and what happens while another place is shown."""

from __future__ import annotations

from pathlib import Path

from studydesk.services.room.views import RoomRow
from studydesk.services.strokes import Points, Stroke
from studydesk.ui.room.place import RoomsPlace
from studydesk.ui.room.small_dialogs import NameDialog
from tests.ui.conftest import Stage


def opened(stage: Stage) -> tuple[RoomsPlace, RoomRow]:
    row = stage.do(stage.desk.rooms.create("SQL"))
    place = RoomsPlace(stage.context, stage.window)
    place.resize(1204, 772)
    stage.window.resize(1204, 772)
    stage.window.show()
    place.show()
    place.activate(room=row.id)
    stage.qtbot.waitUntil(lambda: place.room.board_title() != "", timeout=10_000)
    stage.qtbot.waitUntil(lambda: place.room.row is not None, timeout=10_000)
    return place, row


def test_a_board_gets_another_title(stage: Stage) -> None:
    place, _ = opened(stage)
    place.menu.rename_board()
    dialog = stage.window.findChild(NameDialog)
    assert dialog is not None
    assert dialog.field.text() == "Board 1"
    dialog.field.set_text("Joins")
    dialog.primary.click()
    stage.qtbot.waitUntil(lambda: place.room.board_title() == "Joins", timeout=5_000)


def test_a_room_is_removed_only_after_the_question(stage: Stage) -> None:
    place, row = opened(stage)
    kept = place.menu.ask_to_remove()
    kept.cancel.click()
    assert [known.id for known in stage.do(stage.desk.rooms.rooms())] == [row.id]
    place.menu.ask_to_remove().primary.click()
    stage.qtbot.waitUntil(lambda: stage.do(stage.desk.rooms.rooms()) == (), timeout=5_000)
    assert place.room.room == ""


def test_a_room_is_exported_into_the_folder_that_was_chosen(stage: Stage, tmp_path: Path) -> None:
    place, _ = opened(stage)
    place.menu.export(tmp_path / "out")
    stage.qtbot.waitUntil(lambda: any("Exported" in said for said in stage.toasts), timeout=10_000)
    assert any((tmp_path / "out").rglob("*"))


def test_the_board_rests_while_another_place_is_shown_and_comes_back(stage: Stage) -> None:
    place, row = opened(stage)
    board = place.room.board
    stage.qtbot.waitUntil(lambda: place.room.link.is_open, timeout=5_000)
    place.leave()
    assert not place.room.link.is_open
    place.activate()
    stage.qtbot.waitUntil(lambda: place.room.link.is_open, timeout=5_000)
    assert (place.room.room, place.room.board) == (row.id, board)
    place.room.link.add_stroke(Stroke("s1", 1, 3.0, Points.from_units([(0, 0), (9, 9)])))
    stage.qtbot.waitUntil(lambda: len(place.room.board_view.canvas.content.index) == 1, timeout=5_000)
    place.leave()
