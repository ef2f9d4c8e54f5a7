"""Rooms on the screen: two desks, each with its place, meet and draw and talk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from studydesk.services.room.views import HostInfo, RoomRow
from studydesk.services.strokes import Points, Stroke
from studydesk.ui.room.join_dialog import JoinDialog
from studydesk.ui.room.place import RoomsPlace
from studydesk.ui.room.small_dialogs import NameDialog
from tests.ui.conftest import Stage

CODE = "482719"


def show(stage: Stage) -> RoomsPlace:
    place = RoomsPlace(stage.context, stage.window)
    place.resize(1204, 772)
    stage.window.resize(1204, 772)
    stage.window.show()
    place.show()
    place.activate()
    return place


def host(stage: Stage, name: str) -> tuple[RoomRow, HostInfo]:
    row = stage.do(stage.desk.rooms.create(name))
    return row, stage.do(stage.desk.rooms.host(row.id, CODE, "127.0.0.1"))


def join(stage: Stage, place: RoomsPlace, info: HostInfo, code: str = CODE) -> JoinDialog:
    place.join()
    dialog = stage.window.findChild(JoinDialog)
    assert dialog is not None
    dialog.address.set_text(f"{info.address}:{info.port}")
    dialog.code.setText(code)
    dialog.name.set_text("Inès Moreau")
    stage.qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    return dialog


def test_a_new_room_is_made_and_entered(stage: Stage) -> None:
    place = show(stage)
    place.new_room()
    dialog = stage.window.findChild(NameDialog)
    assert dialog is not None
    dialog.field.set_text("SQL for analysts")
    stage.qtbot.keyClick(dialog.field.edit, Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: place.room.row is not None, timeout=10_000)
    assert place.room.row is not None
    assert place.room.row.name == "SQL for analysts"
    stage.qtbot.waitUntil(lambda: place.room.board_title() == "Board 1", timeout=5_000)


def test_strokes_and_messages_go_both_ways(make_stage: Callable[[str], Stage]) -> None:
    marta, ines = make_stage("marta"), make_stage("ines")
    row, info = host(marta, "SQL")
    hers, mine = show(marta), show(ines)
    hers.open_room(row.id)
    join(ines, mine, info)
    marta.qtbot.waitUntil(lambda: mine.room.board_title() != "", timeout=15_000)
    marta.qtbot.waitUntil(lambda: hers.room.board_title() != "", timeout=5_000)

    hers.room.link.add_stroke(Stroke("s1", 1, 3.0, Points.from_units([(0, 0), (90, 40)])))
    mine.room.link.add_stroke(Stroke("s2", 2, 3.0, Points.from_units([(0, 90), (90, 10)])))
    for place in (hers, mine):
        content = place.room.board_view.canvas.content.index
        marta.qtbot.waitUntil(lambda content=content: len(content) == 2, timeout=10_000)

    mine.room.talk.composer.edit.setPlainText("Which rows get lost?")
    ines.qtbot.keyClick(mine.room.talk.composer.edit, Qt.Key.Key_Return)
    talk = hers.room.talk.model
    marta.qtbot.waitUntil(
        lambda: any("Which rows get lost?" in str(talk.index(n).data()) for n in range(talk.rowCount())),
        timeout=10_000,
    )
    marta.qtbot.waitUntil(lambda: any(text.startswith("Live, 2") for text in words(hers)), timeout=10_000)


def test_a_wrong_code_leaves_the_boxes_filled_and_says_what_to_do(
    make_stage: Callable[[str], Stage],
) -> None:
    marta, ines = make_stage("marta"), make_stage("ines")
    _, info = host(marta, "SQL")
    dialog = join(ines, show(ines), info, "000000")
    ines.qtbot.waitUntil(lambda: "code" in dialog.fault.text(), timeout=10_000)
    assert dialog.code.code() == "000000"
    assert dialog.primary.isEnabled()
    dialog.reject()


@pytest.mark.parametrize(
    ("typed", "code"), [("4827 19", "482719"), (" 482719 ", "482719"), ("green horse", "green horse")]
)
def test_a_code_is_taken_as_it_is_read_out_or_pasted(stage: Stage, typed: str, code: str) -> None:
    place = show(stage)
    place.join()
    dialog = stage.window.findChild(JoinDialog)
    assert dialog is not None
    dialog.code.setText(typed)
    assert dialog.code.code() == code
    dialog.reject()


def test_my_own_board_is_drawn_on_without_any_room(stage: Stage) -> None:
    row = stage.do(stage.desk.boards.new("Joins, drawn"))
    place = show(stage)
    place.activate(board=row.id)
    stage.qtbot.waitUntil(lambda: place.room.board_title() == "Joins, drawn", timeout=10_000)
    stage.qtbot.wait(50)
    place.room.link.add_stroke(Stroke("s1", 1, 3.0, Points.from_units([(0, 0), (90, 40)])))
    stage.qtbot.waitUntil(lambda: len(place.room.board_view.canvas.content.index) == 1, timeout=5_000)
    place.room.link.undo()
    stage.qtbot.waitUntil(lambda: len(place.room.board_view.canvas.content.index) == 0, timeout=5_000)


def test_everything_one_can_press_or_write_in_has_a_name(stage: Stage) -> None:
    stage.do(stage.desk.rooms.create("SQL"))
    stage.do(stage.desk.boards.new("Mine"))
    place = show(stage)
    stage.qtbot.waitUntil(lambda: len(place.list.findChildren(QAbstractButton)) > 4, timeout=5_000)
    for widget in [*place.findChildren(QAbstractButton), *place.findChildren(QLineEdit)]:
        assert widget.accessibleName(), widget


def words(widget: QWidget) -> list[str]:
    """The accessible names of everything that is visible in a widget."""
    return [child.accessibleName() for child in widget.findChildren(QWidget) if child.isVisible()]
