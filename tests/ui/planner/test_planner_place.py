"""The planner in a window, over a real desk."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest

from studydesk.services.planner import SessionKind, SessionView, TaskFilter, TaskView
from studydesk.ui.planner.blocks import aware, local
from studydesk.ui.planner.geometry import Piece
from studydesk.ui.planner.place import PlannerPlace
from studydesk.ui.planner.span import Mode
from studydesk.ui.planner.task_mime import CarriedTask, task_mime
from tests.ui.planner.staging import NOW, PlaceStage

WEDNESDAY = date(2026, 11, 25)


def add_session(stage: PlaceStage, title: str, start: datetime, minutes: int = 60) -> SessionView:
    begin = aware(start)
    end = begin + timedelta(minutes=minutes)
    return stage.do(stage.desk.planner.add_session(title, begin, end, "Lyon", SessionKind.OWN)).value


def sessions(stage: PlaceStage) -> tuple[SessionView, ...]:
    start = aware(datetime(2026, 11, 1))
    return stage.do(stage.desk.planner.sessions(start, start + timedelta(days=60)))


def tasks(stage: PlaceStage) -> tuple[TaskView, ...]:
    return stage.do(stage.desk.planner.tasks(TaskFilter.ALL))


def point_of(planner: PlannerPlace, day: date, minute: int) -> QPoint:
    """Return where an hour lies in the week's viewport."""
    week, grid = planner.week, planner.week._grid()
    box = grid.box(Piece("", day, minute, minute + 30))
    y = box.top - week.verticalScrollBar().value() + week._top()
    return QPoint(int(box.left + box.width / 2), int(y + 2))


def tab_into(planner: PlannerPlace) -> None:
    planner.pane.quick.setFocus()
    planner.week.setFocus(Qt.FocusReason.TabFocusReason)


def drag(planner: PlannerPlace, begin: QPoint, end: QPoint) -> None:
    port = planner.week.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin)
    QTest.mouseMove(port, (begin + end) / 2)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def shown(stage: PlaceStage, planner: PlannerPlace, events: int) -> None:
    stage.until(lambda: len(planner.week.data.blocks) == events and bool(planner.week.data.days))


def test_the_title_names_the_days(stage: PlaceStage, planner: PlannerPlace) -> None:
    stage.show(planner)
    shown(stage, planner, 0)
    assert planner.header._title.text() == "23 to 27 November"
    assert planner.week.accessibleName() == "23 to 27 November, no events"


def test_a_line_of_words_becomes_a_task(stage: PlaceStage, planner: PlannerPlace) -> None:
    stage.show(planner)
    stage.qtbot.keyClicks(planner.pane.quick, "Read chapter 4 friday 1h")
    assert planner.pane._reading.text() == "Read chapter 4 · due Friday · 1 h"
    stage.qtbot.keyClick(planner.pane.quick, Qt.Key.Key_Return)
    stage.until(lambda: planner.pane.list.current_task is not None)
    task = planner.pane.list.current_task
    assert task is not None
    assert (task.title, task.due, task.minutes) == ("Read chapter 4", date(2026, 11, 27), 60)
    assert planner.pane.quick.text() == ""


def test_a_task_is_ticked_by_key_and_by_its_box(stage: PlaceStage, planner: PlannerPlace) -> None:
    task = stage.do(stage.desk.planner.add_task("Read")).value
    stage.show(planner)
    listed = planner.pane.list
    stage.until(lambda: listed.tasks.index_of(task.id).isValid())
    listed.choose(task.id)
    stage.qtbot.keyClick(listed, Qt.Key.Key_Space)
    stage.until(lambda: bool(listed.current_task and listed.current_task.done))
    rect = listed.visualRect(listed.tasks.index_of(task.id))
    stage.click(listed.viewport(), rect.left() + 16 + 20, rect.top() + 18)
    stage.until(lambda: not tasks(stage)[0].done)


def test_a_task_removed_comes_back_by_the_toast(stage: PlaceStage, planner: PlannerPlace) -> None:
    task = stage.do(stage.desk.planner.add_task("Read")).value
    stage.show(planner)
    stage.until(lambda: planner.pane.list.tasks.index_of(task.id).isValid())
    planner.pane.list.choose(task.id)
    stage.qtbot.keyClick(planner.pane.list, Qt.Key.Key_Delete)
    stage.until(lambda: bool(stage.toasts))
    assert stage.toasts[0].sentence == "Removed “Read”."
    assert stage.toasts[0].action is not None
    stage.toasts[0].action()
    stage.until(lambda: planner.pane.list.tasks.index_of(task.id).isValid())


def test_dragging_over_free_hours_asks_for_a_session_of_that_time(
    stage: PlaceStage, planner: PlannerPlace
) -> None:
    stage.show(planner)
    shown(stage, planner, 0)
    drag(planner, point_of(planner, WEDNESDAY, 9 * 60), point_of(planner, WEDNESDAY, 10 * 60 + 30))
    stage.until(lambda: planner.asking.dialog is not None)
    dialog = planner.asking.dialog
    assert dialog is not None
    form = dialog.form
    assert form.fields["start"].text() == "9:00"
    assert form.fields["end"].text() == "10:30"
    stage.qtbot.keyClicks(form.fields["title"].edit, "Read chapter 4")
    stage.qtbot.keyClick(form.fields["title"].edit, Qt.Key.Key_Return)
    shown(stage, planner, 1)
    assert local(sessions(stage)[0].start) == datetime(2026, 11, 25, 9)
    assert sessions(stage)[0].zone


def test_a_day_that_the_month_lacks_is_told_and_nothing_is_kept(
    stage: PlaceStage, planner: PlannerPlace
) -> None:
    stage.show(planner)
    planner.new_session()
    stage.until(lambda: planner.asking.dialog is not None)
    dialog = planner.asking.dialog
    assert dialog is not None
    dialog.form.fields["title"].set_text("SQL")
    dialog.form.fields["date"].set_text("31 November")
    dialog.submit()
    assert dialog.isVisible()
    assert dialog.form.fields["date"].edit.accessibleDescription() == "November has 30 days."
    dialog.reject()
    assert sessions(stage) == ()


def test_an_event_is_moved_by_the_mouse_and_taken_back(stage: PlaceStage, planner: PlannerPlace) -> None:
    add_session(stage, "Read", datetime(2026, 11, 25, 9))
    stage.show(planner)
    shown(stage, planner, 1)
    thursday = WEDNESDAY + timedelta(days=1)
    drag(planner, point_of(planner, WEDNESDAY, 9 * 60 + 30), point_of(planner, thursday, 11 * 60 + 30))
    stage.until(lambda: local(sessions(stage)[0].start) == datetime(2026, 11, 26, 11))
    assert sessions(stage)[0].minutes == 60
    stage.do(stage.desk.undo.undo("planner"))
    stage.until(lambda: planner.week.data.blocks[0].start == datetime(2026, 11, 25, 9))


def test_an_event_is_made_longer_at_its_lower_edge(stage: PlaceStage, planner: PlannerPlace) -> None:
    add_session(stage, "Read", datetime(2026, 11, 25, 9))
    stage.show(planner)
    shown(stage, planner, 1)
    edge = point_of(planner, WEDNESDAY, 10 * 60) - QPoint(0, 6)
    drag(planner, edge, point_of(planner, WEDNESDAY, 11 * 60))
    stage.until(lambda: sessions(stage)[0].minutes == 120)


def test_the_keyboard_walks_moves_and_removes_events(stage: PlaceStage, planner: PlannerPlace) -> None:
    add_session(stage, "First", datetime(2026, 11, 24, 15))
    add_session(stage, "Second", datetime(2026, 11, 25, 9))
    stage.show(planner)
    shown(stage, planner, 2)
    week, keys = planner.week, Qt.KeyboardModifier
    tab_into(planner)
    assert "Tuesday 24 November, 13:00, free" in week.accessibleDescription()
    stage.qtbot.keyClick(week, Qt.Key.Key_Down, keys.ControlModifier)
    assert week.accessibleDescription().startswith("First, Tuesday 24 November, 15:00 to 16:00, Lyon")
    stage.qtbot.keyClick(week, Qt.Key.Key_Down, keys.ControlModifier)
    assert week.chosen is not None
    assert week.chosen.title == "Second"
    stage.qtbot.keyClick(week, Qt.Key.Key_Right, keys.AltModifier)
    stage.until(lambda: local(sessions(stage)[1].start) == datetime(2026, 11, 26, 9))
    stage.qtbot.keyClick(week, Qt.Key.Key_Down, keys.ShiftModifier)
    stage.until(lambda: sessions(stage)[1].minutes == 75)
    stage.qtbot.keyClick(week, Qt.Key.Key_Delete)
    stage.until(lambda: len(sessions(stage)) == 1)


def test_enter_on_a_free_hour_asks_and_on_an_event_opens_it(stage: PlaceStage, planner: PlannerPlace) -> None:
    add_session(stage, "First", datetime(2026, 11, 24, 15))
    stage.show(planner)
    shown(stage, planner, 1)
    week = planner.week
    tab_into(planner)
    stage.qtbot.keyClick(week, Qt.Key.Key_Return)
    stage.until(lambda: planner.asking.dialog is not None)
    first = planner.asking.dialog
    assert first is not None
    assert first.form.fields["start"].text() == "13:00"
    first.reject()
    stage.qtbot.keyClick(week, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    stage.qtbot.keyClick(week, Qt.Key.Key_Return)
    stage.until(lambda: planner.asking.dialog is not first)
    second = planner.asking.dialog
    assert second is not None
    assert second.form.fields["title"].text() == "First"
    second.reject()


def test_walking_over_the_last_day_shows_the_next_week(stage: PlaceStage, planner: PlannerPlace) -> None:
    stage.show(planner)
    shown(stage, planner, 0)
    week = planner.week
    tab_into(planner)
    for _ in range(4):
        stage.qtbot.keyClick(week, Qt.Key.Key_Right)
    stage.until(lambda: week.data.days[:1] == (date(2026, 11, 30),))
    assert planner.header._title.text() == "30 November to 4 December"


def test_a_task_dropped_on_an_hour_gets_a_slot_and_its_day(stage: PlaceStage, planner: PlannerPlace) -> None:
    task = stage.do(stage.desk.planner.add_task("Read", minutes=50)).value
    stage.show(planner)
    stage.until(lambda: planner.pane.list.tasks.index_of(task.id).isValid())
    mime = task_mime(CarriedTask(task.id, task.title, task.minutes))
    place = point_of(planner, WEDNESDAY, 10 * 60)
    buttons = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    planner.week.dragMoveEvent(QDragMoveEvent(place, *buttons))
    assert planner.week._marks.ghost is not None
    planner.week.dropEvent(QDropEvent(QPointF(place), *buttons))
    stage.until(lambda: len(sessions(stage)) == 1)
    slot = sessions(stage)[0]
    assert (slot.title, slot.kind, slot.minutes) == ("Read", "own", 50)
    assert tasks(stage)[0].planned == WEDNESDAY


def test_the_proposed_hour_can_be_taken(stage: PlaceStage, planner: PlannerPlace) -> None:
    stage.do(stage.desk.planner.add_task("Read", minutes=30))
    stage.show(planner)
    stage.until(planner.suggestion.isVisible)
    assert "Tuesday at 13:30 is free" in planner.suggestion._strong.text()
    stage.qtbot.mouseClick(planner.suggestion.plan, Qt.MouseButton.LeftButton)
    stage.until(lambda: len(sessions(stage)) == 1)
    stage.until(lambda: not planner.suggestion.isVisible())


@pytest.mark.parametrize(("width", "count"), [(968, 3), (1204, 5), (1844, 7)])
def test_the_width_says_how_many_days_are_shown(
    stage: PlaceStage, planner: PlannerPlace, width: int, count: int
) -> None:
    stage.show(planner, width)
    stage.until(lambda: len(planner.week.data.days) == count)
    assert NOW.date() in planner.week.data.days


def test_the_agenda_reads_every_event_aloud(stage: PlaceStage, planner: PlannerPlace) -> None:
    add_session(stage, "First", datetime(2026, 11, 24, 15))
    stage.do(stage.desk.planner.add_task("Read", due=WEDNESDAY))
    stage.show(planner)
    planner.show_mode(Mode.AGENDA)
    stage.until(lambda: planner.agenda.entries.rowCount() == 4)
    rows = [planner.agenda.entries.index(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(4)]
    assert rows == [
        "Today, Tuesday 24 November",
        "First, Tuesday 24 November, 15:00 to 16:00, Lyon, own slot",
        "Tomorrow, Wednesday 25 November",
        "Due: Read",
    ]


def test_what_does_not_concern_the_planner_reads_nothing_again(
    stage: PlaceStage, planner: PlannerPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.show(planner)
    shown(stage, planner, 0)
    read: list[date] = []
    monkeypatch.setattr(planner._feed, "read", read.append)
    stage.do(stage.desk.library.add_link("https://example.org"))
    stage.until(lambda: stage.refreshed == 1)
    assert read == []


def test_a_session_asked_for_elsewhere_is_shown_and_chosen(stage: PlaceStage, planner: PlannerPlace) -> None:
    later = add_session(stage, "Later", datetime(2026, 12, 9, 15))
    stage.show(planner)
    planner.activate(session=later.id)
    stage.until(lambda: planner.week.chosen is not None)
    assert date(2026, 12, 9) in planner.week.data.days


def test_widths_are_remembered(stage: PlaceStage, planner: PlannerPlace) -> None:
    stage.show(planner)
    planner._splitter.setSizes([300, 900])
    planner.leave()
    again = PlannerPlace(stage.context)
    stage.qtbot.addWidget(again)
    assert again.remembered("pane", 0) == 300
