"""The window over a real desk: every control has a name and room for a finger, places open, keys work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from studydesk.services.room.events import PeersChanged
from studydesk.services.room.views import NearDesk
from studydesk.services.settings import THEME
from studydesk.ui.actions import ActionSpec
from studydesk.ui.bridge import Bridge
from studydesk.ui.fonts import load_all
from studydesk.ui.palette import Palette
from studydesk.ui.places import PLACES
from studydesk.ui.shell import Shell
from studydesk.ui.theme import ThemeManager
from studydesk.ui.today.place import TodayPlace

HIT = 28
PRESSED = (QAbstractButton, QLineEdit, QComboBox)
NAMED = (*PRESSED, QAbstractItemView, QTextEdit, QPlainTextEdit)


@dataclass
class Scene:
    """A window on a desk, as the program shows it, without the network."""

    shell: Shell
    desk: Desk
    qtbot: QtBot

    @property
    def today(self) -> TodayPlace:
        place = self.shell.place("today")
        assert isinstance(place, TodayPlace)
        return place

    def tasks(self) -> list[str]:
        rows = self.today.rows
        return [rows.item(number).text() for number in range(rows.count())]

    def palette(self) -> Palette:
        QTest.keyClick(self.shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.waitUntil(lambda: bool(self.shell.findChildren(Palette)))
        return self.shell.findChildren(Palette)[-1]


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot, tmp_path: Path, nothing_left_behind: None) -> Iterator[Scene]:
    load_all()
    desk = Desk(DeskPaths(tmp_path / "desk"))
    desk.start().result(30)
    bridge, themes = Bridge(desk.events), ThemeManager("light")
    shell = Shell(desk, bridge, themes)
    shell.navigate("today")
    shell.resize(1280, 800)
    qtbot.addWidget(shell)
    shell.show()
    qtbot.waitExposed(shell)
    shell.activateWindow()
    shell.desk_ready()
    yield Scene(shell, desk, qtbot)
    shell.close()
    qtbot.waitUntil(shell.may_close, timeout=5000)
    bridge.close()
    desk.close()
    themes.choose("light", 100)


def controls(root: QWidget, kinds: tuple[type[QWidget], ...]) -> list[QWidget]:
    """Return what can be seen and used below `root`, without the insides of stock widgets."""
    found = [widget for widget in root.findChildren(QWidget) if isinstance(widget, kinds)]
    return [
        widget
        for widget in found
        if widget.isVisibleTo(root)
        and not isinstance(widget, QScrollBar)
        and not widget.objectName().startswith("qt_")
        and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName()}” {widget.width()}x{widget.height()}"


@pytest.mark.parametrize("key", [spec.key for spec in PLACES if spec.key != "room"])
def test_every_control_of_a_place_has_a_name_and_a_hit_area(scene: Scene, key: str) -> None:
    scene.desk.planner.add_task_from_text("read chapter 4 today 1h").result(10)
    scene.shell.navigate(key)
    scene.qtbot.wait(60)
    assert controls(scene.shell, NAMED)
    assert [told(widget) for widget in controls(scene.shell, NAMED) if not widget.accessibleName()] == []
    small = [w for w in controls(scene.shell, PRESSED) if w.width() < HIT or w.height() < HIT]
    assert [told(widget) for widget in small] == []


@pytest.mark.parametrize("width", [860, 1024, 1280, 1920])
def test_a_window_of_any_width_cuts_no_control_off(scene: Scene, width: int) -> None:
    scene.shell.resize(width, 700)
    scene.qtbot.wait(20)
    header = scene.today.header
    outside = [w for w in controls(header, PRESSED) if not header.rect().contains(w.geometry())]
    assert [told(widget) for widget in outside] == []
    assert scene.shell.width() == width


def test_a_number_key_goes_to_its_place(scene: Scene) -> None:
    for number, key in ((3, "notebook"), (2, "planner"), (4, "library"), (1, "today")):
        QTest.keyClick(scene.shell, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert scene.shell.shown == key


def test_the_last_place_is_shown_at_the_next_start(scene: Scene) -> None:
    scene.shell.navigate("library")
    assert scene.desk.settings.remembered("place", "") == "library"


def test_a_task_that_is_typed_appears_and_can_be_ticked_and_taken_back(scene: Scene) -> None:
    today = scene.today
    today.add.setText("read chapter 4 today 1h")
    QTest.keyClick(today.add, Qt.Key.Key_Return)
    scene.qtbot.waitUntil(lambda: scene.tasks() == ["read chapter 4"])
    today.rows.setCurrentRow(0)
    QTest.keyClick(today.rows, Qt.Key.Key_Space)
    done = lambda: [task.done for task in scene.desk.planner.today().result(5).todo]  # noqa: E731
    scene.qtbot.waitUntil(lambda: done() == [True])
    scene.desk.undo.undo("planner").result(5)
    scene.qtbot.waitUntil(lambda: done() == [False])


def test_an_empty_desk_greets_and_a_goal_ends_that(scene: Scene) -> None:
    scene.qtbot.waitUntil(scene.today.start.isVisible)
    scene.desk.planner.add_goal("Query our sales data", date(2030, 6, 30)).result(5)
    scene.qtbot.waitUntil(lambda: not scene.today.start.isVisible())


def test_who_is_near_is_named_in_words(scene: Scene) -> None:
    desks = tuple(NearDesk(name, name, (), (), n) for n, name in enumerate(("Marta L", "Tomas N", "Yuki T")))
    scene.desk.events.publish(PeersChanged(desks))
    label = scene.shell.status.findChild(QWidget, "nearWords")
    scene.qtbot.waitUntil(lambda: label.accessibleName() == "Marta, Tomas and 1 more near")


def test_a_change_is_told_as_saved(scene: Scene) -> None:
    scene.desk.planner.add_task("Ask Daniel").result(5)
    label = scene.shell.status.findChild(QWidget, "savedWords")
    scene.qtbot.waitUntil(lambda: label.accessibleName().startswith("Saved "))


def test_the_palette_finds_a_note_and_opens_it(scene: Scene) -> None:
    note = scene.desk.notebook.new_note("Joins: keep the rows", text="a left join keeps all").result(5).value
    went: list[tuple[str, dict[str, object]]] = []
    palette = scene.palette()
    palette._context = type(palette._context)(
        scene.desk,
        scene.shell.context.bridge,
        scene.shell.context.themes,
        scene.shell.actions_,
        lambda place, **where: went.append((place, where)),
        scene.shell.toast.say,
    )
    QTest.keyClicks(palette.edit, "left jo")
    titles = lambda: [palette.list.item(n).text() for n in range(palette.list.count())]  # noqa: E731
    scene.qtbot.waitUntil(lambda: "Joins: keep the rows" in titles())
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert went == [("notebook", {"note": note.id})]


def test_the_palette_shows_only_actions_after_the_sign_for_them(scene: Scene) -> None:
    ran: list[str] = []
    spec = ActionSpec("test.shine", "Polish the lens", lambda: ran.append("lens"))
    scene.shell.actions_.add(spec)
    palette = scene.palette()
    QTest.keyClicks(palette.edit, ">polish")
    titles = lambda: [palette.list.item(n).text() for n in range(palette.list.count())]  # noqa: E731
    scene.qtbot.waitUntil(lambda: titles() == ["Do", "Polish the lens"])
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert ran == ["lens"]


def test_the_palette_leaves_at_escape_and_changes_nothing(scene: Scene) -> None:
    palette = scene.palette()
    QTest.keyClick(palette, Qt.Key.Key_Escape)
    scene.qtbot.waitUntil(lambda: not scene.shell.findChildren(Palette))
    assert scene.shell.shown == "today"


def test_the_look_changes_while_the_window_stands(scene: Scene) -> None:
    scene.shell.actions_.action("view.dark").trigger()
    assert scene.shell.context.themes.theme.name == "dark"
    assert scene.desk.settings.get(THEME) == "dark"
    ground = scene.shell.context.themes.theme.color("window")
    assert scene.shell.grab().toImage().pixelColor(4, 400) == ground


def test_large_type_fits_the_window(scene: Scene) -> None:
    scene.shell.context.themes.choose(scale=160)
    scene.qtbot.wait(30)
    rail = scene.shell.rail
    assert all(rail.rect().contains(item.geometry()) for item in rail.items.values())
    assert scene.shell.minimumSizeHint().width() <= 1280


def test_a_fault_stays_until_it_is_sent_away(scene: Scene) -> None:
    scene.shell.context.bridge.fault.emit("The disk is full.")
    assert scene.shell.toast.isVisible()
    assert not scene.shell.toast._timer.isActive()


def test_the_side_panel_leaves_a_narrow_window_and_comes_when_asked(scene: Scene) -> None:
    scene.desk.planner.add_task_from_text("ask Daniel today").result(5)
    scene.qtbot.waitUntil(lambda: not scene.today.start.isVisible() and bool(scene.tasks()))
    assert scene.today.side.isVisible()
    scene.shell.resize(1024, 700)
    assert not scene.today.side.isVisible()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(scene.shell, Qt.Key.Key_B, keys)
    assert scene.today.side.isVisible()
