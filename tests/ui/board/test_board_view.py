"""The board as a whole: what the port says is seen, and every tool has a name and a key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from studydesk.services.strokes import LiveStroke, Points, Presence
from studydesk.ui.board.camera import Camera
from studydesk.ui.board.content import AT_ONCE
from studydesk.ui.board.others import FADE_AFTER, Others
from studydesk.ui.board.panels import FADED
from studydesk.ui.board.port import BoardPort, BoardSurface, Page
from studydesk.ui.board.tools import Tool
from studydesk.ui.board.view import BoardView
from studydesk.ui.theme import load_theme
from tests.ui.board.recording import RecordingPort, colour_at, drag, finish, line, painted

LIGHT, DARK = load_theme("light"), load_theme("dark")
PAPER = LIGHT.hex("boardPaper").lower()


def pen(number: int, theme: object = LIGHT) -> str:
    return (DARK if theme is DARK else LIGHT).pens[number][0].lower()


def test_the_view_is_the_surface_that_a_port_talks_to(view: BoardView, port: RecordingPort) -> None:
    surface: BoardSurface = view
    asked: BoardPort = port
    assert surface is view
    assert asked is port


def test_strokes_that_come_and_go_are_seen(view: BoardView) -> None:
    view.apply([line("a", (300, 300), (400, 300), 1)], [])
    assert colour_at(view, 350, 300) == pen(1)
    view.apply([], ["a"])
    assert colour_at(view, 350, 300) == PAPER


def test_a_known_id_replaces_its_stroke(view: BoardView) -> None:
    view.apply([line("a", (300, 300), (400, 300), 1)], [])
    view.apply([line("a", (300, 350), (400, 350), 2)], [])
    assert colour_at(view, 350, 300) == PAPER
    assert colour_at(view, 350, 350) == pen(2)


def test_the_echo_of_my_own_stroke_costs_no_tile(view: BoardView, port: RecordingPort) -> None:
    drag(view, (300, 300), (400, 300))
    finish(view)
    made = view.canvas.content.picture.tiles_made
    view.apply([port.added[0]], [])
    finish(view)
    assert view.canvas.content.picture.tiles_made == made


def test_a_refused_stroke_is_taken_back(view: BoardView, port: RecordingPort) -> None:
    drag(view, (300, 300), (400, 300))
    view.apply([], [port.added[0].id])
    assert colour_at(view, 350, 300) == PAPER


def test_a_big_board_comes_in_while_the_window_lives(view: BoardView, qtbot: QtBot) -> None:
    count = 3 * AT_ONCE
    view.load(
        [
            line(f"s{n:05}", (n % 100 * 40, n // 100 * 40), (n % 100 * 40 + 30, n // 100 * 40))
            for n in range(count)
        ]
    )
    view.apply([line("late", (0, -50), (100, -50), at=1)], ["s00000"])
    qtbot.waitUntil(lambda: not view.canvas.is_working, timeout=10_000)
    assert len(view.canvas.content.index) == count
    assert "late" in view.canvas.content.index
    assert "s00000" not in view.canvas.content.index


def test_a_board_opens_with_all_of_it_in_view(qtbot: QtBot, port: RecordingPort) -> None:
    view = BoardView(port)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.load([line("far", (5_000, 5_000), (9_000, 6_000), width=60)])
    left, top, right, bottom = view.canvas.area()
    assert left < 5_000
    assert right > 9_000
    assert top < 5_000
    assert bottom > 6_000


def test_a_live_stroke_is_seen_while_it_grows_and_gives_way_to_the_finished_one(view: BoardView) -> None:
    def show(end: int, start: int = 0) -> None:
        way = Points.from_units([(300.0 + x, 300.0) for x in range(start * 10, end * 10, 10)])
        view.remote_presence([Presence("k", "d", "Marta", 4, None, LiveStroke("s", 2, 6.0, way, start))])

    show(5)
    assert colour_at(view, 320, 300) == pen(2)
    assert colour_at(view, 390, 300) == PAPER
    show(12, start=4)
    assert colour_at(view, 310, 300) == pen(2)
    assert colour_at(view, 390, 300) == pen(2)
    view.apply([line("s", (300, 300), (410, 300), 2)], [])
    assert not view.canvas.others.lives()
    view.remote_presence([])
    assert colour_at(view, 390, 300) == pen(2)


def test_the_cursor_of_another_is_seen_with_a_name_plate_and_goes_with_them(view: BoardView) -> None:
    before = painted(view)
    view.remote_presence([Presence("k", "d", "Marta", 4, (300.0, 300.0))])
    assert colour_at(view, 315, 317) == pen(4)
    view.remote_presence([])
    assert painted(view) == before


def test_a_cursor_glides_to_its_new_place_and_rests(view: BoardView, qtbot: QtBot) -> None:
    view.remote_presence([Presence("k", "d", "Marta", 4, (300.0, 300.0))])
    view.remote_presence([Presence("k", "d", "Marta", 4, (500.0, 300.0))])
    (shown,) = view.canvas.others.cursors()
    assert shown[0] < 500
    qtbot.waitUntil(lambda: view.canvas.others.cursors() == [(500.0, 300.0)], timeout=3_000)


def test_a_cursor_that_rests_fades() -> None:
    others = Others()
    others.show([Presence("k", "d", "Marta", 4, (1.0, 1.0))], now=100.0)
    assert others.next_fade(100.0) == FADE_AFTER
    assert others.next_fade(100.0 + FADE_AFTER + 0.1) == 0
    assert others.next_fade(100.0 + FADE_AFTER + 1) is None


def test_another_theme_is_drawn_at_once(view: BoardView) -> None:
    view.apply([line("a", (300, 300), (400, 300), 3)], [])
    view.set_theme(DARK)
    finish(view)
    assert colour_at(view, 350, 300) == pen(3, DARK)
    assert colour_at(view, 350, 350) == DARK.hex("boardPaper").lower()


@pytest.mark.parametrize(
    ("key", "tool"),
    [("E", Tool.ERASER), ("M", Tool.MARKER), ("H", Tool.MOVE), ("P", Tool.PEN)],
)
def test_each_tool_has_its_key(view: BoardView, qtbot: QtBot, key: str, tool: Tool) -> None:
    view.tools.choose(Tool.MOVE if tool is not Tool.MOVE else Tool.PEN)
    _focus(view, qtbot)
    QTest.keyClick(view.canvas, Qt.Key(ord(key)))
    assert view.tools.tool is tool
    assert view.column.buttons[tool].isChecked()


def test_digits_choose_the_pens(view: BoardView, qtbot: QtBot) -> None:
    _focus(view, qtbot)
    QTest.keyClick(view.canvas, Qt.Key.Key_3)
    assert (view.tools.pen, view.tools.colour) == (2, 2)
    QTest.keyClick(view.canvas, Qt.Key.Key_0)
    assert view.tools.pen == 9


def test_undo_and_redo_go_to_the_port_when_there_is_something(
    view: BoardView, port: RecordingPort, qtbot: QtBot
) -> None:
    _focus(view, qtbot)
    QTest.keyClick(view.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    view.set_history(True, True)
    QTest.keyClick(view.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view.canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert port.steps == ["undo", "redo"]


def test_zoom_keys(view: BoardView, qtbot: QtBot) -> None:
    _focus(view, qtbot)
    QTest.keyClick(view.canvas, Qt.Key.Key_Plus)
    assert view.canvas.camera.zoom == 1.25
    QTest.keyClick(view.canvas, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.canvas.camera.zoom == 1.0
    assert view.zoom.percent.text() == "100 %"


def test_every_control_has_a_name(view: BoardView) -> None:
    view.set_pages([Page("a", "Joins"), Page("b", "Groups")], "a")
    buttons = view.findChildren(QAbstractButton)
    assert len(buttons) > 20
    assert all(button.accessibleName() and button.toolTip() for button in buttons)
    assert all(
        panel.accessibleName() for panel in (view.column, view.options, view.zoom, view.map, view.canvas)
    )
    assert all(button.width() >= 28 and button.height() >= 28 for button in buttons)


def test_tools_step_back_from_the_pen_and_come_again(view: BoardView) -> None:
    beside = view.column.geometry().bottomRight() + QPoint(15, 5)
    drag(view, (beside.x(), beside.y()), (beside.x() + 3, beside.y() + 3), release=False)
    assert view.column.opacity == FADED
    assert view.map.opacity == 1.0
    view.hand.release()
    assert view.column.opacity == 1.0


def test_pages_show_when_there_are_several(view: BoardView, port: RecordingPort) -> None:
    view.set_pages([Page("a", "Joins")], "a")
    assert not view.pages.isVisible()
    view.set_pages([Page("a", "Joins"), Page("b", "<b>&")], "a")
    assert view.pages.isVisible()
    view.pages.after.click()
    assert port.pages == ["b"]
    assert not view.pages.before.isEnabled()


def test_the_pen_options_show_only_with_a_tool_that_has_some(view: BoardView) -> None:
    view.tools.choose(Tool.MARKER)
    assert view.options.isVisible()
    assert not any(dot.isVisible() for dot in view.options.dots)
    view.tools.choose(Tool.ERASER)
    assert not view.options.isVisible()


def test_a_press_on_the_map_looks_there(view: BoardView) -> None:
    view.load([line("a", (0, 0), (8_000, 6_000))])
    QTest.mouseClick(view.map, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(66, 42))
    x, y = view.canvas.camera.to_board(400, 300)
    assert x == pytest.approx(4_000, abs=150)
    assert y == pytest.approx(3_000, abs=150)


def test_an_idle_board_wakes_for_nothing(view: BoardView, qtbot: QtBot) -> None:
    view.load([line("a", (300, 300), (400, 300))])
    qtbot.waitUntil(lambda: not view.canvas.is_working, timeout=5_000)
    qtbot.wait(300)
    assert not [timer for timer in view.findChildren(QTimer) if timer.isActive()]


def test_saved_state_is_passed_on(view: BoardView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.saved) as heard:
        view.saved_state("Saved here, not yet with the others", True)
    assert heard.args == ["Saved here, not yet with the others", True]


def test_a_viewer_cannot_undo_or_choose_a_pen(view: BoardView) -> None:
    view.set_history(True, True)
    view.set_read_only(True)
    assert not view.board_actions.view["undo"].isEnabled()
    assert not view.column.buttons[Tool.PEN].isEnabled()
    view.set_read_only(False)
    assert view.board_actions.view["undo"].isEnabled()


def _focus(view: BoardView, qtbot: QtBot) -> None:
    window: QWidget = view.window()
    window.activateWindow()
    view.canvas.setFocus()
    qtbot.waitUntil(lambda: view.canvas.hasFocus(), timeout=3_000)


def test_positions_map_to_the_board_and_back(view: BoardView) -> None:
    view.canvas.zoom_to(2.0, (100, 50))
    assert view.canvas.camera.to_view(*view.canvas.camera.to_board(123, 45)) == pytest.approx((123, 45))
    assert QPointF(*view.canvas.camera.to_board(100, 50)) == QPointF(100, 50)


def test_a_camera_from_a_screen_of_another_density_looks_at_the_same_place(view: BoardView) -> None:
    view.canvas.look(Camera(2.0, 300, 150, ratio=3.0))
    assert view.canvas.camera.ratio == view.devicePixelRatioF()
    assert view.canvas.camera.to_board(0, 0) == pytest.approx((50, 25))
