"""Rooms as a place: the list of what can be entered, and the room that is."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import ClassVar, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from studydesk.services.room import events
from studydesk.services.room.views import OWN, BoardRow, HostInfo, NearRoom, RoomRow
from studydesk.ui.actions import ActionSpec
from studydesk.ui.context import UiContext
from studydesk.ui.place import Place
from studydesk.ui.room.host_panel import HostPanel
from studydesk.ui.room.join_dialog import JoinDialog
from studydesk.ui.room.list_page import RoomsList
from studydesk.ui.room.room_menu import RoomMenu
from studydesk.ui.room.room_view import RoomView
from studydesk.ui.room.small_dialogs import CheckDialog, NameDialog
from studydesk.ui.widgets.buttons import Button, IconButton
from studydesk.ui.widgets.chips import Chip
from studydesk.ui.widgets.segmented import SegmentedControl

T = TypeVar("T")


class RoomsPlace(Place):
    """`activate` takes `room` (an id, or "own"), `board` (an id), or `join` (a NearRoom)."""

    key: ClassVar[str] = "room"

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._info: HostInfo | None = None
        self.list = RoomsList()
        self.room = RoomView(context)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.room)
        self._panel = HostPanel(self)
        self._panel.hide()
        self._panel.new_code_wanted.connect(self._new_code)
        self._panel.close_wanted.connect(self._close_for_others)
        self.menu = RoomMenu(context, self.room, self)
        self.menu.left.connect(self.show_list)
        self._build_header()
        self._connect()
        self._add_actions()
        self.set_content(self._stack)
        self._show_header()

    # What the window asks

    def activate(self, **where: object) -> None:
        """Show the list, a room, one of my boards, or the way into a room that is near."""
        join, room, board = where.get("join"), str(where.get("room") or ""), str(where.get("board") or "")
        if isinstance(join, NearRoom):
            self.show_list()
            self.join(join)
        elif room or board:
            self.open_room(room or OWN, board)
        elif self.room.room:
            self.room.resume()
        else:
            self.show_list()
        self._reload()

    def leave(self) -> None:
        self.room.suspend()

    # What can be done

    def show_list(self) -> None:
        """Go back to the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.room.close_room()
        self._info = None
        self._panel.hide()
        self._stack.setCurrentWidget(self.list)
        self._show_header()
        self._reload()

    def open_room(self, room: str, board: str = "") -> None:
        """Enter a room, or with OWN my own boards."""
        self._info = None
        self._panel.hide()
        self._stack.setCurrentWidget(self.room)
        self.room.board_view.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt hands it on as if by Tab
        self.room.open(room, board)
        self._switch.set_value("board")
        self.room.show_view("board")
        self._show_header()

    def join(self, room: NearRoom | None = None) -> None:
        """Ask for the code of a room; without one, for its address too."""
        dialog = JoinDialog(self.context, room, self)
        dialog.joined.connect(lambda row: self.open_room(row.id))
        dialog.open()

    def new_room(self) -> None:
        """Ask for a name and make a room."""
        NameDialog(
            self.tr("New room"),
            self.tr("A room is kept by everyone who was in it. Open it to others when you like."),
            self.tr("Name of the room"),
            self.tr("Make room"),
            lambda name: self._ask(self.context.desk.rooms.create(name), lambda row: self.open_room(row.id)),
            self,
        ).open()

    def new_board(self) -> None:
        """Ask for a title and make a board of my own."""
        NameDialog(
            self.tr("New board"),
            self.tr("It stays on this computer until you bring it into a room."),
            self.tr("Title of the board"),
            self.tr("Make board"),
            lambda title: self._ask(
                self.context.desk.boards.new(title), lambda row: self.open_room(OWN, row.id)
            ),
            self,
        ).open()

    # Inside

    def _build_header(self) -> None:
        self._back = IconButton("ph.arrow-left", self.tr("All rooms"), small=False)
        self._back.setObjectName("allRooms")
        self._back.clicked.connect(self.show_list)
        self._live = Chip("", "plain")
        self._live.setObjectName("liveChip")
        self._switch = SegmentedControl(
            (
                ("board", self.tr("Board"), "ph.pencil-simple"),
                ("talk", self.tr("Talk"), "ph.chat-text"),
                ("people", self.tr("People"), "ph.users"),
            ),
            self.tr("View of the room"),
        )
        self._switch.chosen.connect(self.room.show_view)
        self._join = Button(self.tr("Join with a code"))
        self._join.setObjectName("joinWithCode")
        self._join.clicked.connect(lambda: self.join())
        self._new = Button(self.tr("New room"), "primary", "ph.plus")
        self._new.setObjectName("newRoom")
        self._new.clicked.connect(self.new_room)
        self._host = Button(self.tr("Open to others"), "primary")
        self._host.setObjectName("openToOthers")
        self._host.clicked.connect(self._open_to_others)
        self.header.add_before_title(self._back)
        self.header.add_beside_title(self._live)
        self.header.add_beside_title(self._switch)
        self._more = IconButton("ph.dots-three", self.tr("More about this room"), small=False)
        self._more.setObjectName("roomMore")
        self._more.clicked.connect(self._show_menu)
        for button in (self._join, self._new, self._host, self._more):
            self.header.add_action(button)

    def _connect(self) -> None:
        self.list.join_wanted.connect(self.join)
        self.list.room_wanted.connect(self.open_room)
        self.list.board_wanted.connect(lambda board: self.open_room(OWN, board))
        self.list.board_menu_wanted.connect(self._board_menu)
        self.list.new_board_wanted.connect(self.new_board)
        self.list.address_wanted.connect(lambda: self.join())
        self.list.check_wanted.connect(self._check)
        self.room.changed.connect(self._show_header)
        self.context.bridge.event.connect(self._heard)

    def _add_actions(self) -> None:
        self.context.actions.add_all(
            [
                ActionSpec("room.new", self.tr("New room"), self._go(self.new_room), menu="room"),
                ActionSpec("room.join", self.tr("Join a room by address"), self._go(self.join), menu="room"),
                ActionSpec(
                    "room.board", self.tr("New board of my own"), self._go(self.new_board), menu="room"
                ),
                ActionSpec(
                    "room.side",
                    self.tr("Show or hide the talk"),
                    self.room.toggle_side,
                    "Ctrl+Shift+B",
                    menu="view",
                    place=self.key,
                ),
                ActionSpec("room.check", self.tr("Check the network"), self._check, menu="help"),
            ]
        )

    def _go(self, act: Callable[[], object]) -> Callable[[], None]:
        """Return what shows this place first, and then does `act`."""

        def run() -> None:
            self.context.navigate(self.key)
            act()

        return run

    def _show_header(self) -> None:
        row, inside = self.room.row, bool(self.room.room)
        own = self.room.room == OWN
        self.header.set_title(self._title())
        self.header.set_fact("")
        self._switch.setVisible(inside and not own)
        self._back.setVisible(inside)
        self._live.setVisible(row is not None)
        for button, wanted in (
            (self._join, not inside),
            (self._new, not inside),
            (self._host, row is not None and row.role != "viewer" and (row.hosting or not row.live)),
            (self._more, row is not None),
        ):
            button.setProperty("unwanted", not wanted)
            button.setVisible(wanted)
        if row is not None:
            self._live.set_text(*self._state(row))
            self._host.setText(self._host_words(row))
            self._host.kind = "plain" if row.live or row.hosting else "primary"

    def _title(self) -> str:
        if self.room.row is not None:
            return self.room.row.name
        return self.room.board_title() if self.room.room == OWN else self.tr("Rooms")

    def _state(self, row: RoomRow) -> tuple[str, str]:
        if not row.live:
            return self.tr("Offline, kept here"), "plain"
        here = sum(1 for person in row.people if person.present)
        return self.tr("Live, {count} here").format(count=max(1, here)), "good"

    def _host_words(self, row: RoomRow) -> str:
        if row.hosting:
            return self.tr("Code and address")
        return self.tr("Open to others")

    def _show_menu(self) -> None:
        menu = self.menu.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _open_to_others(self) -> None:
        if self._info is not None and self._info.room == self.room.room and self._info.hosting:
            if self._panel.isVisible():
                self._panel.hide()
            else:
                self._show_panel()
            return
        self._ask(self.context.desk.rooms.host(self.room.room), self._hosting)

    def _hosting(self, info: HostInfo) -> None:
        self._info = info
        if info.hosting and info.room == self.room.room:
            self._show_panel()

    def _show_panel(self) -> None:
        if self._info is not None:
            self._panel.show_info(self._info)
            self._panel.adjustSize()
            self._place_panel()
            self._panel.show()
            self._panel.raise_()
            self._panel.setFocus()

    def _place_panel(self) -> None:
        self._panel.move(self.width() - self._panel.width() - 16, self.header.height() + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_panel()

    def _new_code(self) -> None:
        self._ask(self.context.desk.rooms.new_code(self.room.room), self._code_changed)

    def _code_changed(self, code: str) -> None:
        if self._info is not None:
            info = self._info
            self._hosting(HostInfo(info.room, info.address, info.port, code, info.fingerprint, True))

    def _close_for_others(self) -> None:
        self._info = None
        self._panel.hide()
        self._ask(self.context.desk.rooms.stop_hosting(self.room.room), lambda _: None)

    def _board_menu(self, row: BoardRow, button: QWidget) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Rename")).triggered.connect(lambda: self._rename_board(row))
        menu.addAction(self.tr("Delete")).triggered.connect(lambda: self._delete_board(row))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _rename_board(self, row: BoardRow) -> None:
        NameDialog(
            self.tr("Rename board"),
            "",
            self.tr("Title of the board"),
            self.tr("Rename"),
            lambda title: self._ask(self.context.desk.boards.rename(row.id, title), lambda _: self._reload()),
            self,
            row.title,
        ).open()

    def _delete_board(self, row: BoardRow) -> None:
        def deleted(gone: BoardRow) -> None:
            self._reload()
            self.context.toast(
                self.tr("“{title}” is deleted.").format(title=gone.title),
                "done",
                self.tr("Undo"),
                lambda: self._ask(self.context.desk.boards.restore(gone), lambda _: self._reload()),
            )

        self._ask(self.context.desk.boards.delete(row.id), deleted)

    def _check(self) -> None:
        self._ask(
            self.context.desk.rooms.check_network(), lambda findings: CheckDialog(findings, self).open()
        )

    def _reload(self) -> None:
        desk = self.context.desk
        self._ask(desk.rooms.rooms(), self.list.show_rooms)
        self._ask(desk.boards.boards(), self.list.show_boards)
        self.list.show_near(desk.rooms.near)

    def _heard(self, event: object) -> None:
        if isinstance(event, events.PeersChanged):
            self.list.show_near(event.desks)
        elif isinstance(event, events.RoomsChanged) and self.isVisible():
            self._reload()
        elif (
            isinstance(event, events.HostingEnded)
            and self._info is not None
            and event.room == self._info.room
        ):
            self._info = None

    def _ask(self, future: Future[T], then: Callable[[T], object]) -> None:
        self.context.bridge.when_done(future, then, owner=self)
