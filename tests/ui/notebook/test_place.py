"""The notebook as a place, on a real desk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QHeaderView, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from studydesk.foundation.errors import Fault
from studydesk.services.desk import Desk
from studydesk.ui.context import UiContext
from studydesk.ui.notebook.place import NotebookPlace
from tests.ui.notebook.conftest import Toasts


def open_note(place: NotebookPlace, desk: Desk, qtbot: QtBot, text: str) -> str:
    note = desk.notebook.new_note(text=text).result(5).value
    place.open_note(note.id)
    qtbot.waitUntil(lambda: place.pane.session.note is not None and place.pane.session.note.id == note.id)
    return note.id


def stored(desk: Desk, note_id: str) -> str:
    return desk.notebook.note(note_id).result(5).text


def test_what_is_written_is_saved_without_a_button(place: NotebookPlace, desk: Desk, qtbot: QtBot) -> None:
    note_id = open_note(place, desk, qtbot, "# Title\n\n")
    place.pane.editor.moveCursor(place.pane.editor.textCursor().MoveOperation.End)
    qtbot.keyClicks(place.pane.editor, "words")
    assert not place.can_close()
    qtbot.waitUntil(lambda: stored(desk, note_id) == "# Title\n\nwords", timeout=1500)
    qtbot.waitUntil(place.can_close)


def test_writing_without_a_pause_is_saved_within_a_second(
    place: NotebookPlace, desk: Desk, qtbot: QtBot
) -> None:
    note_id = open_note(place, desk, qtbot, "x")
    for _ in range(11):
        qtbot.keyClicks(place.pane.editor, "a")
        qtbot.wait(90)
    assert len(stored(desk, note_id)) > 3


def test_leaving_the_place_saves_at_once(place: NotebookPlace, desk: Desk, qtbot: QtBot) -> None:
    note_id = open_note(place, desk, qtbot, "x")
    qtbot.keyClicks(place.pane.editor, "a")
    place.leave()
    assert stored(desk, note_id) == "ax"


def test_another_note_saves_the_one_before(place: NotebookPlace, desk: Desk, qtbot: QtBot) -> None:
    first = open_note(place, desk, qtbot, "x")
    qtbot.keyClicks(place.pane.editor, "a")
    open_note(place, desk, qtbot, "second")
    assert stored(desk, first) == "ax"
    assert place.pane.editor.text() == "second"


def test_opening_and_closing_changes_no_character(place: NotebookPlace, desk: Desk, qtbot: QtBot) -> None:
    text = "a\u00a0b\r\nc\r\n\r\n- [ ] d\r\n"
    note_id = open_note(place, desk, qtbot, text)
    place.leave()
    assert stored(desk, note_id) == text
    place.pane.editor.set_task(3)
    place.leave()
    assert stored(desk, note_id) == text.replace("[ ]", "[x]")


def test_a_change_from_elsewhere_is_merged_with_what_is_being_written(
    place: NotebookPlace, desk: Desk, qtbot: QtBot
) -> None:
    note_id = open_note(place, desk, qtbot, "one\n\ntwo\n")
    qtbot.keyClicks(place.pane.editor, "X")
    desk.notebook.save_text(note_id, "one\n\ntwo\n\nthree\n").result(5)
    qtbot.waitUntil(lambda: place.pane.editor.text() == "Xone\n\ntwo\n\nthree\n")
    qtbot.waitUntil(lambda: stored(desk, note_id) == "Xone\n\ntwo\n\nthree\n")


def test_two_changes_of_one_line_are_both_kept(
    place: NotebookPlace, desk: Desk, qtbot: QtBot, toasts: Toasts
) -> None:
    note_id = open_note(place, desk, qtbot, "# T\n\none\n")
    place.pane.editor.apply_text("# T\n\nmine\n")
    place.pane._edited()
    desk.notebook.save_text(note_id, "# T\n\ntheirs\n").result(5)
    qtbot.waitUntil(lambda: bool(toasts.shown))
    qtbot.waitUntil(lambda: stored(desk, note_id) == "# T\n\nmine\n")
    texts = {desk.notebook.note(row.id).result(5).text for row in desk.notebook.list_notes().result(5)}
    assert texts == {"# T\n\nmine\n", "# T\n\ntheirs\n"}


def test_a_box_in_the_preview_ticks_the_source(place: NotebookPlace, desk: Desk, qtbot: QtBot) -> None:
    note_id = open_note(place, desk, qtbot, "text\n\n- [ ] task\n")
    qtbot.waitUntil(place.pane.preview.is_complete)
    rect = place.pane.preview.cursorRect(place.pane.preview.document().find("task"))
    box = rect.center()
    box.setX(rect.left() - 40)
    while not place.pane.preview.anchorAt(box) and box.x() < rect.right():
        box.setX(box.x() + 2)
    qtbot.mouseClick(place.pane.preview.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert place.pane.editor.text() == "text\n\n- [x] task\n"
    place.pane.editor.undo()
    assert place.pane.editor.text() == "text\n\n- [ ] task\n"
    assert stored(desk, note_id) == "text\n\n- [ ] task\n"


def test_a_link_opens_its_note_and_a_missing_one_is_offered(
    place: NotebookPlace, desk: Desk, qtbot: QtBot, toasts: Toasts
) -> None:
    desk.notebook.new_note(text="# Grain\n").result(5)
    open_note(place, desk, qtbot, "[[Grain]] [[Nowhere]]\n")
    place.pane.preview.note_wanted.emit("Nowhere")
    qtbot.waitUntil(lambda: bool(toasts.shown))
    sentence, button, action = toasts.shown[0]
    assert "Nowhere" in sentence
    assert button
    place.pane.preview.note_wanted.emit("Grain")
    qtbot.waitUntil(lambda: place.pane.editor.text() == "# Grain\n")
    assert action is not None
    action()
    qtbot.waitUntil(lambda: place.pane.editor.text().startswith("# Nowhere"))


def test_backlinks_name_who_links_here(place: NotebookPlace, desk: Desk, qtbot: QtBot) -> None:
    desk.notebook.new_note(text="# Minutes\n\nSee [[Grain]] again.\n").result(5)
    open_note(place, desk, qtbot, "# Grain\n")
    qtbot.waitUntil(lambda: place.pane.backlinks.isVisible())


def test_deleting_can_be_taken_back(place: NotebookPlace, desk: Desk, qtbot: QtBot, toasts: Toasts) -> None:
    note_id = open_note(place, desk, qtbot, "# Gone\n")
    place.context.actions.set_place("notebook")
    place.context.actions.action("notebook.delete").trigger()
    qtbot.waitUntil(lambda: bool(toasts.shown))
    assert desk.notebook.list_notes().result(5) == ()
    action = toasts.shown[0][2]
    assert action is not None
    action()
    qtbot.waitUntil(lambda: [row.id for row in desk.notebook.list_notes().result(5)] == [note_id])


def test_searching_filters_as_one_types(place: NotebookPlace, desk: Desk, qtbot: QtBot) -> None:
    desk.notebook.new_note(text="# Apples\n\nred\n").result(5)
    desk.notebook.new_note(text="# Pears\n\ngreen\n").result(5)
    place.activate()
    qtbot.waitUntil(lambda: len(place.list_pane.model.rows()) == 2)
    qtbot.keyClicks(place.list_pane.search, "gre")
    qtbot.waitUntil(lambda: [row.title for row in place.list_pane.model.rows()] == ["Pears"])
    place.list_pane.search.clear()
    qtbot.waitUntil(lambda: len(place.list_pane.model.rows()) == 2)


def test_the_last_note_comes_back(place: NotebookPlace, desk: Desk, qtbot: QtBot, context: UiContext) -> None:
    open_note(place, desk, qtbot, "# A\n")
    note_id = open_note(place, desk, qtbot, "# B\n")
    desk.notebook.new_note(text="# C\n").result(5)
    place.leave()
    again = NotebookPlace(context)
    qtbot.addWidget(again)
    again.activate()
    qtbot.waitUntil(lambda: again.pane.session.note is not None)
    assert again.pane.session.note is not None
    assert again.pane.session.note.id == note_id


def test_a_narrow_window_shows_one_side(place: NotebookPlace, desk: Desk, qtbot: QtBot) -> None:
    open_note(place, desk, qtbot, "# A\n")
    place.resize(800, 600)
    qtbot.waitUntil(lambda: not place.pane.preview.isVisible())
    place._set_view("read")
    assert place.pane.preview.isVisible()
    assert not place.pane.editor.isVisible()


def test_a_dropped_picture_is_stored_and_shown(
    place: NotebookPlace, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    from PySide6.QtGui import QImage

    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    path = tmp_path / "blue dot.png"
    assert image.save(str(path))
    open_note(place, desk, qtbot, "")
    place.pane.editor.picture_given.emit(path)
    qtbot.waitUntil(lambda: place.pane.editor.text().startswith("![](files/"))
    with qtbot.waitSignal(place.pane.pictures.arrived):
        place.pane.preview.grab()


def test_everything_has_a_name(place: NotebookPlace) -> None:
    controls = (QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView)
    nameless = [
        widget
        for kind in controls
        for widget in place.findChildren(kind)
        if not isinstance(widget, QHeaderView)
        and not (widget.accessibleName() or getattr(widget, "text", lambda: "")())
    ]
    assert nameless == []


def test_what_was_being_written_outlives_its_note(place: NotebookPlace, desk: Desk, qtbot: QtBot) -> None:
    open_note(place, desk, qtbot, "# A\n")
    place.pane.editor.apply_text("# A\n\nnot saved yet\n")
    place.pane.session.write(place.pane.editor.text())
    place.pane.session._missing(Fault("That note is not there any more."))
    qtbot.waitUntil(
        lambda: any("not saved yet" in row.excerpt for row in desk.notebook.list_notes().result(5)),
        timeout=3000,
    )
