"""The window: rail, the place that is shown, status line; and the way from one place to another."""

from __future__ import annotations

import getpass
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from studydesk.foundation.changes import Kind
from studydesk.ui.actions import MENUS, Actions, ActionSpec
from studydesk.ui.bridge import Bridge
from studydesk.ui.context import UiContext
from studydesk.ui.place import Place
from studydesk.ui.places import PLACES
from studydesk.ui.rail import Rail
from studydesk.ui.status import StatusLine
from studydesk.ui.theme import Theme, ThemeManager
from studydesk.ui.toast import Toast

if TYPE_CHECKING:
    from studydesk.services.desk import Desk
    from studydesk.services.room.events import RoomSaved
    from studydesk.services.room.views import RoomRow

log = logging.getLogger(__name__)

SIZE = (1280, 800)
SMALLEST = (860, 560)
NARROW = 1100


class Shell(QWidget):
    """The one window. It is made before the desk is open, and told by `desk_ready` when it is."""

    painted = Signal()
    closing = Signal()

    def __init__(self, desk: Desk, bridge: Bridge, themes: ThemeManager) -> None:
        super().__init__()
        self.setWindowTitle("StudyDesk")
        self.setMinimumSize(*SMALLEST)
        self._ready = False
        self._wanted: list[tuple[str, dict[str, object]]] = []
        self._made: dict[str, Place] = {}
        self._shown = ""
        self.actions_ = Actions(self)
        self.toast = Toast(self)
        self.context = UiContext(desk, bridge, themes, self.actions_, self.navigate, self.toast.say)
        self.rail = Rail()
        self.stack = QStackedWidget()
        self.status = StatusLine()
        self._lay_out()
        self._connect()
        self._add_actions()
        self._restore_size()

    # Places

    def navigate(self, place: str, **where: object) -> None:
        """Show a place; `where` goes to its `activate`."""
        if not self._ready and place != "today":
            self._wanted = [(place, where)]
            return
        shown = self.place(place)
        before = self._made.get(self._shown)
        if before is not None and before is not shown:
            before.leave()
        self._shown = place
        self.rail.set_place(place)
        self.actions_.set_place(place)
        self.stack.setCurrentWidget(shown)
        if self._ready:
            shown.activate(**where)
            self._remember("place", place)

    def place(self, key: str) -> Place:
        """Return a place, made if it was not shown before."""
        if key not in self._made:
            spec = next(spec for spec in PLACES if spec.key == key)
            made = self._made[key] = spec.make(self.context)
            self.stack.addWidget(made)
        return self._made[key]

    @property
    def shown(self) -> str:
        """The key of the place that is shown."""
        return self._shown

    def desk_ready(self) -> None:
        """The desk is open: show what waited for that, else the place of the last time."""
        self._ready = True
        self._show_me()
        self._count_cards()
        wanted = self._wanted or [(self.context.settings.remembered("place", "today"), {})]
        self._wanted = []
        for place, where in wanted:
            known = place if place in self.rail.items else "today"
            self.navigate(known, **where)

    def _show_me(self) -> None:
        from studydesk.services.settings import COLOUR, NAME

        colour = self.context.settings.get(COLOUR)
        self.rail.set_me(self.context.settings.get(NAME) or getpass.getuser(), colour if colour >= 0 else 1)

    def _count_cards(self) -> None:
        self.context.bridge.when_done(
            self.context.desk.review.counts(),
            lambda counts: self.rail.set_count("review", counts.due),
            owner=self,
        )

    def show_network(self) -> None:
        """Rooms can be asked for now."""
        self._ask_rooms()
        self.status.show_near(self.context.desk.rooms.near)

    # Building

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.status)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.navigate)
        self.rail.room_chosen.connect(lambda room: self.navigate("room", room=room))
        self.rail.settings_wanted.connect(self._open_settings)
        self.rail.menu_wanted.connect(self._show_menu)
        self.status.palette_wanted.connect(self._open_palette)
        self.context.bridge.event.connect(self._heard)
        self.context.bridge.fault.connect(lambda sentence: self.toast.say(sentence, "fault"))
        self.context.themes.changed.connect(self._restyled)

    def _add_actions(self) -> None:
        specs = [
            ActionSpec(
                f"go.{spec.key}",
                spec.words,
                self._goer(spec.key),
                f"Ctrl+{number}",
                icon=spec.icon,
                menu="go",
            )
            for number, spec in enumerate(PLACES, 1)
        ]
        specs += [
            ActionSpec(
                "desk.find", self.tr("Find or do anything"), self._open_palette, "Ctrl+K", menu="desk"
            ),
            ActionSpec("desk.settings", self.tr("Settings"), self._open_settings, "Ctrl+,", menu="desk"),
            ActionSpec("desk.close", self.tr("Close StudyDesk"), self.close, "Ctrl+Q", menu="desk"),
            ActionSpec("edit.undo", self.tr("Undo"), lambda: self._step(back=True), "Ctrl+Z", menu="edit"),
            ActionSpec(
                "edit.redo", self.tr("Redo"), lambda: self._step(back=False), "Ctrl+Shift+Z", menu="edit"
            ),
            ActionSpec("view.light", self.tr("Light look"), lambda: self._look("light"), menu="view"),
            ActionSpec("view.dark", self.tr("Dark look"), lambda: self._look("dark"), menu="view"),
            ActionSpec(
                "view.contrast", self.tr("Look of high contrast"), lambda: self._look("contrast"), menu="view"
            ),
            ActionSpec(
                "view.system", self.tr("Look of the system"), lambda: self._look("system"), menu="view"
            ),
        ]
        self.actions_.add_all(specs)

    def _goer(self, key: str) -> Callable[[], None]:
        return lambda: self.navigate(key)

    def _step(self, back: bool) -> None:
        undo = self.context.desk.undo
        place = "notebook" if self._shown == "notebook" else self._shown
        future = undo.undo(place) if back else undo.redo(place)
        self.context.bridge.when_done(future, lambda changed: self._stepped(changed.value, back), owner=self)

    def _stepped(self, label: str | None, back: bool) -> None:
        if label:
            words = self.tr("Undone: {label}") if back else self.tr("Done again: {label}")
            self.toast.say(words.format(label=label), "done")

    def _look(self, choice: str) -> None:
        from studydesk.services.settings import THEME

        self.context.settings.set(THEME, choice)
        self.context.themes.choose(choice)

    def _restyled(self, _theme: Theme) -> None:
        for widget in (self.rail, self.status, self.toast):
            widget.update()

    def _open_settings(self) -> None:
        from studydesk.ui.settings.dialog import SettingsDialog

        SettingsDialog(self.context, self).open()

    def _open_palette(self) -> None:
        from studydesk.ui.palette import Palette

        Palette(self.context, self).open()

    def _show_menu(self, button: QWidget) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for name in MENUS:
            actions = self.actions_.in_menu(name)
            if actions and not menu.isEmpty():
                menu.addSeparator()
            menu.addActions(list(actions))
        menu.popup(
            button.mapToGlobal(QPoint(button.width() + 4, button.height()))
            - QPoint(0, menu.sizeHint().height())
        )

    # What happens

    def _heard(self, event: object) -> None:
        from studydesk.services.events import DeskChanged, Saved, SaveFailed
        from studydesk.services.room.events import PeersChanged, RoomSaved, RoomsChanged

        match event:
            case DeskChanged():
                shown = self._made.get(self._shown)
                if shown is not None:
                    shown.refresh(event.changes)
                if event.changes.touches(Kind.CARD):
                    self._count_cards()
                if event.changes.touches(Kind.SETTING):
                    self._show_me()
            case Saved():
                self.status.say_saved_now()
            case SaveFailed():
                self.status.say_saved(self.tr("Not saved"), trouble=True)
                self.toast.say(event.sentence, "fault")
            case PeersChanged():
                self.status.show_near(event.desks)
            case RoomsChanged():
                self._ask_rooms()
            case RoomSaved():
                self.status.say_saved(self._room_words(event))

    def _room_words(self, event: RoomSaved) -> str:
        if event.waiting and event.others:
            return self.tr("Saved here, not yet with the others")
        if event.others == 1:
            return self.tr("Saved here, and with 1 other")
        if event.others:
            return self.tr("Saved here, and with {count} others").format(count=event.others)
        return self.tr("Saved here")

    def _ask_rooms(self) -> None:
        self.context.bridge.when_done(self.context.desk.rooms.rooms(), self._show_rooms, owner=self)

    def _show_rooms(self, rows: tuple[RoomRow, ...]) -> None:
        self.rail.set_rooms([(row.id, row.name, row.live) for row in rows])

    # The window itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_compact(self.width() < NARROW)

    def closeEvent(self, event: QCloseEvent) -> None:
        shown = self._made.get(self._shown)
        if shown is not None:
            shown.leave()
        rect = self.normalGeometry()
        self._remember(
            "geometry", f"{rect.x()} {rect.y()} {rect.width()} {rect.height()} {int(self.isMaximized())}"
        )
        self.closing.emit()
        super().closeEvent(event)

    def may_close(self) -> bool:
        """Tell whether every place has handed over what it holds."""
        return all(place.can_close() for place in self._made.values())

    def _remember(self, name: str, value: str) -> None:
        if self._ready and self.context.settings.remembered(name, "") != value:
            self.context.settings.remember(name, value)

    def _restore_size(self) -> None:
        kept = self.context.settings.remembered("geometry", "").split()
        self.resize(*SIZE)
        if len(kept) != 5:
            return
        left, top, width, height, maximized = map(int, kept)
        rect = QRect(left, top, width, height)
        screens = QGuiApplication.screens()
        if any(screen.availableGeometry().intersects(rect) for screen in screens):
            self.setGeometry(rect)
        if maximized:
            QTimer.singleShot(0, self.showMaximized)
