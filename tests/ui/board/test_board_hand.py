"""Drawing, erasing and moving with mouse, pen, fingers and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice, QTabletEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studydesk.services.strokes import MARKER
from studydesk.ui.board.tools import Tool
from studydesk.ui.board.track import SPLIT_AT, PenTrack
from studydesk.ui.board.view import BoardView
from tests.ui.board.recording import RecordingPort, colour_at, drag, line

INK = "#1a2124"
PAPER = "#ffffff"
WAY = ((300, 300), (340, 300), (380, 300), (420, 300))


def wheel(
    view: BoardView, notches: float, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    at = QPointF(400, 300)
    turn = QPoint(0, round(120 * notches))
    event = QWheelEvent(
        at,
        view.canvas.mapToGlobal(at),
        QPoint(),
        turn,
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.canvas, event)


def mouse(view: BoardView, kind: QEvent.Type, x: float, y: float, button: Qt.MouseButton) -> None:
    at = QPointF(x, y)
    buttons = button | Qt.MouseButton.LeftButton if view.hand.is_busy else button
    event = QMouseEvent(
        kind, at, view.canvas.mapToGlobal(at), button, buttons, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view.canvas, event)


def tablet(view: BoardView, kind: QEvent.Type, x: float, pressure: float, rubber: bool = False) -> None:
    pen = QPointingDevice.PointerType.Eraser if rubber else QPointingDevice.PointerType.Pen
    device = QPointingDevice(
        "pen",
        1,
        QPointingDevice.DeviceType.Stylus,
        pen,
        QPointingDevice.Capability.Position | QPointingDevice.Capability.Pressure,
        1,
        3,
    )
    down = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else Qt.MouseButton.LeftButton
    event = QTabletEvent(
        kind,
        device,
        QPointF(x, 300),
        view.canvas.mapToGlobal(QPointF(x, 300)),
        pressure,
        0,
        0,
        0,
        0,
        0,
        Qt.KeyboardModifier.NoModifier,
        Qt.MouseButton.LeftButton,
        down,
    )
    QApplication.sendEvent(view.canvas, event)


def test_a_dragged_pen_leaves_a_stroke_that_is_kept(view: BoardView, port: RecordingPort) -> None:
    drag(view, *WAY)
    (stroke,) = port.added
    assert (stroke.colour, stroke.width) == (0, 2.5)
    assert next(iter(stroke.points)) == (300, 300)
    assert list(stroke.points)[-1] == (420, 300)
    assert colour_at(view, 360, 300) == INK
    assert port.lives[-1] is None


def test_wet_ink_is_painted_before_the_pen_is_lifted(view: BoardView, port: RecordingPort) -> None:
    drag(view, *WAY, release=False)
    assert not port.added
    assert port.lives[-1] is not None
    assert colour_at(view, 330, 300) == INK


def test_a_click_leaves_a_dot(view: BoardView, port: RecordingPort) -> None:
    view.tools.choose_size(2)
    drag(view, (300, 300))
    assert len(port.added[0].points) == 1
    assert colour_at(view, 300, 300) == INK


def test_escape_while_drawing_leaves_nothing(view: BoardView, port: RecordingPort) -> None:
    drag(view, *WAY, release=False)
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(
        view.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(420, 300)
    )
    assert not port.added
    assert colour_at(view, 360, 300) == PAPER


def test_the_marker_draws_wide_in_its_own_colour(view: BoardView, port: RecordingPort) -> None:
    view.tools.choose(Tool.MARKER)
    drag(view, *WAY)
    assert port.added[0].colour == MARKER
    assert port.added[0].width > 10


def test_the_eraser_takes_whole_strokes_in_one_step(view: BoardView, port: RecordingPort) -> None:
    view.load(
        [line("a", (300, 200), (300, 400)), line("b", (350, 200), (350, 400)), line("c", (600, 0), (600, 9))]
    )
    view.tools.choose(Tool.ERASER)
    drag(view, (250, 300), (320, 300), (400, 300), release=False)
    assert colour_at(view, 300, 250) == PAPER
    assert not port.erased
    QTest.mouseRelease(
        view.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(400, 300)
    )
    assert port.erased == [["a", "b"]]


def test_escape_while_erasing_brings_everything_back(view: BoardView, port: RecordingPort) -> None:
    view.load([line("a", (300, 200), (300, 400))])
    view.tools.choose(Tool.ERASER)
    drag(view, (250, 300), (400, 300), release=False)
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert not port.erased
    assert colour_at(view, 300, 250) == INK


def test_a_pen_that_feels_pressure_records_it(view: BoardView, port: RecordingPort) -> None:
    tablet(view, QEvent.Type.TabletPress, 300, 0.2)
    for number in range(1, 6):
        tablet(view, QEvent.Type.TabletMove, 300 + 20 * number, 0.2 + 0.1 * number)
    tablet(view, QEvent.Type.TabletRelease, 400, 0)
    pressure = port.added[0].points.pressure
    assert len(pressure) == len(port.added[0].points)
    assert pressure[0] == round(0.2 * 255) < pressure[-1]


def test_the_rubber_end_of_a_pen_erases(view: BoardView, port: RecordingPort) -> None:
    view.load([line("a", (300, 200), (300, 400))])
    tablet(view, QEvent.Type.TabletPress, 250, 0.5, rubber=True)
    tablet(view, QEvent.Type.TabletMove, 350, 0.5, rubber=True)
    tablet(view, QEvent.Type.TabletRelease, 350, 0, rubber=True)
    assert port.erased == [["a"]]
    assert view.tools.tool is Tool.PEN


def test_space_and_drag_moves_the_view_and_draws_nothing(view: BoardView, port: RecordingPort) -> None:
    QTest.keyPress(view.canvas, Qt.Key.Key_Space)
    drag(view, (300, 300), (350, 320))
    QTest.keyRelease(view.canvas, Qt.Key.Key_Space)
    assert not port.added
    assert view.canvas.camera.to_board(50, 20) == (0, 0)
    drag(view, *WAY)
    assert len(port.added) == 1


def test_the_middle_button_moves_the_view(view: BoardView, port: RecordingPort) -> None:
    none, middle = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.MiddleButton
    QTest.mousePress(view.canvas, middle, none, QPoint(300, 300))
    QTest.mouseMove(view.canvas, QPoint(280, 290))
    QTest.mouseRelease(view.canvas, middle, none, QPoint(280, 290))
    assert view.canvas.camera.to_board(0, 0) == (20, 10)
    assert not port.added


def test_the_wheel_scrolls_and_with_shift_sideways(view: BoardView) -> None:
    wheel(view, -1)
    assert view.canvas.camera.to_board(0, 0) == (0, 64)
    wheel(view, -1, Qt.KeyboardModifier.ShiftModifier)
    assert view.canvas.camera.to_board(0, 0) == (64, 64)


def test_control_and_wheel_zooms_around_the_pointer(view: BoardView) -> None:
    before = view.canvas.camera.to_board(400, 300)
    wheel(view, 3, Qt.KeyboardModifier.ControlModifier)
    assert view.canvas.camera.zoom == pytest.approx(2.0)
    assert view.canvas.camera.to_board(400, 300) == pytest.approx(before, abs=0.5)


def test_two_fingers_zoom_and_take_back_the_dot_of_the_first(
    view: BoardView, port: RecordingPort, qtbot: QtBot
) -> None:
    device = QTest.createTouchDevice()
    touch = QTest.touchEvent(view.canvas, device)
    touch.press(0, QPoint(350, 300)).commit()
    touch.stationary(0).press(1, QPoint(450, 300)).commit()
    touch.move(0, QPoint(300, 300)).move(1, QPoint(500, 300)).commit()
    touch.release(0, QPoint(300, 300)).release(1, QPoint(500, 300)).commit()
    assert view.canvas.camera.zoom == pytest.approx(2.0)
    assert not port.added
    assert view.canvas.wet is None


def test_one_finger_draws(view: BoardView, port: RecordingPort) -> None:
    device = QTest.createTouchDevice()
    touch = QTest.touchEvent(view.canvas, device)
    touch.press(0, QPoint(300, 300)).commit()
    touch.move(0, QPoint(400, 300)).commit()
    touch.release(0, QPoint(400, 300)).commit()
    (start, end) = port.added[0].points
    assert (end[0] - start[0], end[1] - start[1]) == (100, 0)


def test_arrow_keys_move_the_view(view: BoardView) -> None:
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    QTest.keyClick(view.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.canvas.camera.to_board(0, 0) == (64, 320)


def test_a_viewer_moves_instead_of_drawing(view: BoardView, port: RecordingPort) -> None:
    view.set_read_only(True)
    drag(view, (300, 300), (350, 320))
    assert not port.added
    assert view.canvas.camera.to_board(50, 20) == (0, 0)


def test_the_others_hear_where_my_pen_is_and_when_it_leaves(view: BoardView, port: RecordingPort) -> None:
    mouse(view, QEvent.Type.MouseMove, 123, 45, Qt.MouseButton.NoButton)
    assert port.cursors[-1] == (123, 45)
    QApplication.sendEvent(view.canvas, QEvent(QEvent.Type.Leave))
    assert port.cursors[-1] is None


def test_an_endless_stroke_is_kept_in_parts_that_join(view: BoardView, port: RecordingPort) -> None:
    view.hand.press(QPointF(0, 0), Tool.PEN)
    for number in range(SPLIT_AT + 10):
        view.hand.move(QPointF(number % 700, (number * 7) % 500))
    view.hand.release()
    first, second = port.added
    assert list(first.points)[-1] == next(iter(second.points))


def test_the_tail_of_a_long_live_stroke_is_short() -> None:
    track = PenTrack("t", 0, 2.0, 1.0)
    for number in range(3_000):
        track.add(number * 2.0, (number * 5.0) % 300)
    live = track.live()
    assert live.start + len(live.points) == 3_000
    assert len(live.points) < 1_000


def test_a_second_button_while_drawing_does_not_break_the_stroke(
    view: BoardView, port: RecordingPort
) -> None:
    drag(view, *WAY, release=False)
    mouse(view, QEvent.Type.MouseButtonPress, 420, 300, Qt.MouseButton.RightButton)
    mouse(view, QEvent.Type.MouseButtonRelease, 420, 300, Qt.MouseButton.RightButton)
    assert view.canvas.wet is not None
    assert not port.added
