"""One room, or one of my own boards, as it fills the place: board, talk, people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from studydesk.services.room import events
from studydesk.services.room.views import OWN, BoardRow, Person, RoomRow
from studydesk.ui.board.port import Page
from studydesk.ui.board.view import BoardView
from studydesk.ui.context import UiContext
from studydesk.ui.room.band import Band
from studydesk.ui.room.board_link import BoardLink
from studydesk.ui.room.people import PeopleList
from studydesk.ui.room.side_head import SideHead
from studydesk.ui.room.talk import TalkView
from studydesk.ui.theme import current

T = TypeVar("T")
SIDE, SIDE_BOUNDS = 304, (280, 400)
ENTRIES = 500
MEASURE = 800
NARROW = 1020
"""Width in px of the place, under which the talk stands beside the board only when it is asked for."""


class RoomView(QWidget):
    """Shows a room of this desk. `changed`: the header is out of date; `saved_words`: where it is saved."""

    changed = Signal()
    saved_words = Signal(str, bool)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.room = ""
        self.row: RoomRow | None = None
        self.board = ""
        self._boards: tuple[BoardRow, ...] = ()
        self._resting = self._narrow = False
        self.link = BoardLink(context, self.open_board, self.new_board)
        self.board_view = BoardView(self.link)
        self.board_view.setObjectName("boardView")
        self.link.attach(self.board_view)
        self.talk = TalkView()
        self.talk.said.connect(self._say)
        self.people = PeopleList()
        self.band = Band()
        self._lay_out()
        context.bridge.event.connect(self._heard)

    # What the place asks

    def open(self, room: str, board: str = "") -> None:
        """Show a room, or with OWN my own boards; `board` names one of them."""
        desk = self._context.desk
        if room == self.room:
            self.resume()
            if board:
                self.open_board(board)
            return
        self.close_room()
        self.room = room
        self._talk_side.setVisible(room != OWN and not self._narrow)
        if room == OWN:
            self._ask(desk.boards.boards(), lambda rows: self._show_boards(rows, board))
            return
        self._ask(desk.rooms.enter(room), self._entered)
        self._ask(desk.rooms.boards(room), lambda rows: self._show_boards(rows, board))
        self._ask(desk.rooms.people(room), self._show_people)

    def close_room(self) -> None:
        """Show nothing; the room stays open on this desk."""
        self.link.close()
        self._tell_where(None)
        self._resting = False
        self.room, self.row, self.board, self._boards = "", None, "", ()
        self.band.say("")
        self.talk.load(())
        self.board_view.load(())

    def suspend(self) -> None:
        """The room is not on the screen: nobody sees my pen, or me on a board."""
        if self.room and not self._resting:
            self._resting = True
            self.link.close()
            self._tell_where(None)

    def resume(self) -> None:
        """The room is on the screen again."""
        if self.room and self._resting:
            self._resting = False
            if self.board:
                self.link.show(self.room, self.board)
                self._tell_where(self.board)
            if self.room != OWN:
                self._ask(self._context.desk.rooms.mark_read(self.room), lambda _: None)

    def show_view(self, view: str) -> None:
        """Show "board", "talk" or "people"."""
        self._stack.setCurrentIndex({"board": 0, "talk": 1, "people": 2}[view])
        if view != "people":
            self._talk_holders[view].addWidget(self.talk, 1)

    def toggle_side(self) -> None:
        """Show or hide the talk beside the board."""
        self._talk_side.setVisible(not self._talk_side.isVisible())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self._talk_side.setVisible(not narrow and self.room not in ("", OWN))

    def show_row(self, row: RoomRow) -> None:
        """Take over what is known of the room."""
        if row.id != self.room:
            return
        self.row = row
        self.talk.set_read_only(row.role == "viewer")
        self.changed.emit()

    def open_board(self, board: str) -> None:
        """Show another board of the room."""
        if board == self.board or board not in {row.id for row in self._boards}:
            return
        self.board = board
        self._show_pages()
        self.link.show(self.room, board)
        self._tell_where(board)

    def read_boards(self) -> None:
        """Read again which boards there are."""
        self._ask(self._context.desk.rooms.boards(self.room), self._show_boards)

    def new_board(self) -> None:
        """Add a board and show it."""
        title = self.tr("Board {number}").format(number=len(self._boards) + 1)
        desk = self._context.desk
        asked = desk.boards.new(title) if self.room == OWN else desk.rooms.new_board(self.room, title)
        self._ask(asked, self._made)

    def board_title(self) -> str:
        """Return the title of the board that is shown."""
        return next((row.title for row in self._boards if row.id == self.board), "")

    # Inside

    def _entered(self, row: RoomRow) -> None:
        """Show the talk with a mark above what was not read yet, and count it as read."""
        desk = self._context.desk
        self.show_row(row)
        self._ask(desk.rooms.entries(row.id, ENTRIES), lambda entries: self.talk.load(entries, row.unread))
        self._ask(desk.rooms.mark_read(row.id), lambda _: None)

    def _tell_where(self, board: str | None) -> None:
        if self.room not in ("", OWN):
            self._context.desk.rooms.set_where(self.room, f"board/{board}" if board else None)

    def _lay_out(self) -> None:
        self._talk_side, side = _holder()
        self._talk_side.setMinimumWidth(SIDE_BOUNDS[0])
        self._talk_side.setMaximumWidth(SIDE_BOUNDS[1])
        self._talk_page, page = _measured()
        self._talk_holders = {"board": side, "talk": page}
        self.side_head = SideHead(self.tr("Talk"))
        self.side_head.closed.connect(self.toggle_side)
        side.setSpacing(0)
        side.addWidget(self.side_head)
        side.addWidget(self.talk, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.board_view)
        splitter.addWidget(self._talk_side)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([10_000, SIDE])
        self._stack = QStackedWidget()
        people_page, people = _measured()
        people.addWidget(self.people)
        for shown in (splitter, self._talk_page, people_page):
            self._stack.addWidget(shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addWidget(self._stack, 1)

    def _ask(self, future: Future[T], then: Callable[[T], object]) -> None:
        """Call `then` with the answer, unless another room is shown by then."""
        room = self.room

        def still(value: T) -> None:
            if room == self.room:
                then(value)

        self._context.bridge.when_done(future, still, owner=self)

    def _show_boards(self, rows: Sequence[BoardRow], wanted: str = "") -> None:
        self._boards = tuple(rows)
        known = [row.id for row in rows]
        if not known:
            return
        if wanted in known:
            self.open_board(wanted)
        elif self.board not in known:
            self.open_board(known[0])
        self._show_pages()
        self.changed.emit()

    def _show_pages(self) -> None:
        pages = [Page(row.id, row.title) for row in self._boards]
        self.board_view.set_pages(pages if self.room != OWN else pages[:0], self.board)

    def _made(self, row: BoardRow) -> None:
        self._boards = (*(known for known in self._boards if known.id != row.id), row)
        self.open_board(row.id)
        self.changed.emit()

    def _show_people(self, people: Sequence[Person]) -> None:
        self.side_head.faces.show_people(people)
        self.people.show_people(people, {f"board/{row.id}": row.title for row in self._boards})
        if self.row is not None:
            self.row = replace(self.row, people=tuple(people))
        self.changed.emit()

    def _say(self, text: str) -> None:
        self._ask(self._context.desk.rooms.say(self.room, text), lambda entry: self.talk.add((entry,)))

    # What happens elsewhere

    def _heard(self, event: object) -> None:
        if not self.room or getattr(event, "room", self.room) not in (self.room, None):
            return
        match event:
            case events.EntriesAdded():
                self.talk.add(event.entries)
                if self.isVisible():
                    self._context.desk.rooms.mark_read(self.room)
            case events.PeopleChanged():
                self._show_people(event.people)
            case events.RoomMissed():
                self.band.say_missed(event.missed)
            case events.RoomSaved():
                self.saved_words.emit(self._saved(event), False)
            case events.RoomConnection():
                self._connection(event)
            case events.HostingEnded():
                self.band.say(event.reason, "trouble")
            case events.RoomsChanged() if self.room != OWN and event.room == self.room:
                desk = self._context.desk
                self._ask(desk.rooms.boards(self.room), self._show_boards)
                self._ask(desk.rooms.row(self.room), self.show_row)

    def _connection(self, event: events.RoomConnection) -> None:
        if event.state == "live":
            self.band.say("")
        elif event.reason:
            self.band.say(event.reason, "trouble")
        self._ask(self._context.desk.rooms.people(self.room), self._show_people)

    def _saved(self, event: events.RoomSaved) -> str:
        if self.room == OWN:
            return self.tr("Saved on this computer")
        if event.waiting:
            return self.tr("Saved here, not yet with the others")
        if event.others == 1:
            return self.tr("Saved here, and with 1 other")
        if event.others:
            return self.tr("Saved here, and with {count} others").format(count=event.others)
        return self.tr("Saved here")


class _Page(QWidget):
    """Content on the ground of content."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current().color("surface"))


def _holder() -> tuple[QWidget, QVBoxLayout]:
    """Return a pane without margins, and its layout."""
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    return pane, column


def _measured() -> tuple[QWidget, QVBoxLayout]:
    """Return a pane whose middle column is as wide as text is read well, and the layout of that column."""
    pane, inner = _Page(), QWidget()
    inner.setMaximumWidth(MEASURE)
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    row = QHBoxLayout(pane)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(inner, 100)
    row.addStretch(1)
    return pane, column
