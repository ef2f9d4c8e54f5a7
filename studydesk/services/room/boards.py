"""Boards: my own, and the sessions of all boards that are open in a window."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Protocol

from pycrdt import Map

from studydesk.foundation.errors import Fault
from studydesk.foundation.ids import new_id
from studydesk.model.board import LiveStroke, Presence, Stroke
from studydesk.model.board_history import BoardHistory, Step
from studydesk.services.loop import LoopThread
from studydesk.services.room.documents import ROOT
from studydesk.services.room.records import milliseconds
from studydesk.services.room.room import Room
from studydesk.services.room.rooms import Rooms
from studydesk.services.room.things import (
    THINGS,
    live_as_json,
    put_strokes,
    read_presence,
    read_stroke,
    read_strokes,
    remove_things,
)
from studydesk.services.room.views import OWN, BoardRow

PRESENCE_SECONDS = 1 / 30
MAX_TITLE = 120


class BoardListener(Protocol):
    """What a window wants to hear of a board. Called on the network thread."""

    def loaded(self, strokes: Sequence[Stroke]) -> None:
        """Show these strokes."""
        ...

    def changed(self, added: Sequence[Stroke], removed: Sequence[str]) -> None:
        """Strokes came (a known id replaces that stroke) and went."""
        ...

    def presence(self, present: Sequence[Presence]) -> None:
        """Exactly these others are on the board now."""
        ...

    def history(self, can_undo: bool, can_redo: bool) -> None:
        """Whether there is something of mine to take back, or to do again."""
        ...


class BoardSession:
    """One board that is open in a window. Its methods may be called on any thread and return at once."""

    def __init__(self, room: Room, board: str, listener: BoardListener, loop: LoopThread) -> None:
        self.board = board
        self._room = room
        self._document = board_document(board)
        self._listener = listener
        self._loop = loop
        self._history = BoardHistory()
        self._shown: set[str] = set()
        self._cursor: tuple[float, float] | None = None
        self._live: LiveStroke | None = None
        self._presence_due: asyncio.TimerHandle | None = None
        self._ends: list[Callable[[], None]] = []

    @property
    def read_only(self) -> bool:
        """A viewer looks but does not draw."""
        return not self._room.may_write

    def start(self) -> None:
        """Show the board and listen to it. On the network thread."""
        strokes = read_strokes(self._room.documents, self._document)
        self._shown = {stroke.id for stroke in strokes}
        self._listener.loaded(strokes)
        self._listener.history(False, False)
        self._ends = [
            self._room.listen_board(self._document, self._things_changed),
            self._room.listen_presence(self._presence_changed),
        ]
        self._tell_presence()
        self._presence_changed(self._document)

    def add_stroke(self, stroke: Stroke) -> None:
        """Keep a stroke of mine."""
        self._loop.post(self._add, stroke)

    def erase(self, ids: Sequence[str]) -> None:
        """Remove strokes, as one step of undo."""
        self._loop.post(self._erase, tuple(ids))

    def undo(self) -> None:
        """Take back my last step."""
        self._loop.post(self._step, self._history.undo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._loop.post(self._step, self._history.redo)

    def set_cursor(self, at: tuple[float, float] | None) -> None:
        """Tell the others where my pen is."""
        self._loop.post(self._set_cursor, at)

    def set_live(self, live: LiveStroke | None) -> None:
        """Show the others the stroke that I am drawing."""
        self._loop.post(self._set_live, live)

    def close(self) -> Future[None]:
        """Look at the board no more."""
        return self._loop.call(self._end)

    # On the network thread

    def _add(self, stroke: Stroke) -> None:
        mine = replace(stroke, by=self._room.me, at=stroke.at or milliseconds(self._room.now()))
        if self.read_only:
            self._listener.changed((), (stroke.id,))
            return
        put_strokes(self._room.documents, self._document, (mine,))
        self._history.drew((mine,))
        self._live = None
        self._tell_history()
        self._plan_presence()

    def _erase(self, ids: Sequence[str]) -> None:
        things = self._room.documents.map(self._document, THINGS)
        found = (read_stroke(key, things[key]) for key in ids if key in things)
        strokes = [stroke for stroke in found if stroke is not None]
        if self.read_only:
            self._listener.changed(strokes, ())
            return
        remove_things(self._room.documents, self._document, ids)
        self._history.erased(strokes)
        self._tell_history()

    def _step(self, take: Callable[[set[str]], Step | None]) -> None:
        step = take(self._shown)
        if step is not None and not self.read_only:
            put_strokes(self._room.documents, self._document, step.add)
            remove_things(self._room.documents, self._document, step.remove)
        self._tell_history()

    def _things_changed(self, keys: dict[str, str]) -> None:
        things = self._room.documents.map(self._document, THINGS)
        added, removed = [], []
        for key in keys:
            stroke = read_stroke(key, things[key]) if key in things else None
            if stroke is not None:
                added.append(stroke)
                self._shown.add(key)
            elif key in self._shown:
                removed.append(key)
                self._shown.discard(key)
        if added or removed:
            self._listener.changed(sorted(added, key=lambda stroke: stroke.order), removed)

    def _presence_changed(self, document: str) -> None:
        if document != self._document:
            return
        mine = self._room.link.client_id() if self._room.link is not None else None
        states = self._room.presence.get(document, {})
        read = (read_presence(str(client), state) for client, state in states.items() if client != mine)
        self._listener.presence([presence for presence in read if presence is not None])

    def _set_cursor(self, at: tuple[float, float] | None) -> None:
        self._cursor = at
        self._plan_presence()

    def _set_live(self, live: LiveStroke | None) -> None:
        self._live = live
        self._plan_presence()

    def _plan_presence(self) -> None:
        """Send presence soon, and at most thirty times a second."""
        if self._presence_due is None and self._room.link is not None:
            self._presence_due = asyncio.get_running_loop().call_later(PRESENCE_SECONDS, self._tell_presence)

    def _tell_presence(self) -> None:
        self._presence_due = None
        if self._room.link is not None:
            state = {
                "user": self._room.user(),
                "cursor": {"x": self._cursor[0], "y": self._cursor[1]} if self._cursor else None,
                "live": live_as_json(self._live) if self._live is not None else None,
            }
            self._room.link.set_presence(self._document, state)

    def _tell_history(self) -> None:
        self._listener.history(self._history.can_undo, self._history.can_redo)

    def _end(self) -> None:
        for end in self._ends:
            end()
        self._ends.clear()
        if self._presence_due is not None:
            self._presence_due.cancel()
            self._presence_due = None
        if self._room.link is not None:
            self._room.link.set_presence(self._document, None)


class Boards:
    """My own boards, which need no room, and the door to all boards."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def boards(self) -> Future[tuple[BoardRow, ...]]:
        """My own boards in their order."""

        async def work() -> tuple[BoardRow, ...]:
            return (await self._rooms.keeper.own()).boards()

        return self._rooms.submit(work())

    def new(self, title: str) -> Future[BoardRow]:
        """Make a board of my own."""

        async def work() -> BoardRow:
            return put_board(await self._rooms.keeper.own(), title)

        return self._rooms.submit(work())

    def rename(self, board: str, title: str) -> Future[None]:
        """Give one of my own boards another title."""

        async def work() -> None:
            title_board(await self._rooms.keeper.own(), board, title)

        return self._rooms.submit(work())

    def delete(self, board: str) -> Future[BoardRow]:
        """Take one of my own boards out of the list. Its drawing stays in the store, so `restore` brings it back."""

        async def work() -> BoardRow:
            room = await self._rooms.keeper.own()
            row = next((row for row in room.boards() if row.id == board), None)
            if row is None:
                raise Fault("This board is gone already.")
            with room.documents.change(ROOT):
                del room.documents.map(ROOT, "boards")[board]
            return row

        return self._rooms.submit(work())

    def restore(self, row: BoardRow) -> Future[None]:
        """Bring a deleted board of my own back."""

        async def work() -> None:
            _put_row(await self._rooms.keeper.own(), row)

        return self._rooms.submit(work())

    def open(self, room: str, board: str, listener: BoardListener) -> Future[BoardSession]:
        """Open a board in a window; `listener` is called on the network thread from now on."""

        async def work() -> BoardSession:
            keeper = self._rooms.keeper
            opened = await keeper.own() if room == OWN else await keeper.enter(room, connect=False)
            session = BoardSession(opened, board, listener, self._rooms.loop)
            session.start()
            return session

        return self._rooms.submit(work())


def board_document(board: str) -> str:
    """Return the name of the document that holds a board."""
    return f"board/{board}"


def put_board(room: Room, title: str) -> BoardRow:
    """Add an empty board to a room, at the end."""
    rows = room.boards()
    row = BoardRow(
        new_id(room.parts.context.clock),
        _title(title),
        1.0 + max((r.order for r in rows), default=0.0),
        room.id,
    )
    _put_row(room, row)
    return row


def title_board(room: Room, board: str, title: str) -> None:
    """Give a board of a room another title."""
    boards = room.documents.map(ROOT, "boards")
    if board not in boards:
        raise Fault("This board is gone already.")
    with room.documents.change(ROOT):
        boards[board]["title"] = _title(title)


def _put_row(room: Room, row: BoardRow) -> None:
    with room.documents.change(ROOT):
        room.documents.map(ROOT, "boards")[row.id] = Map({"title": row.title, "order": row.order})


def _title(title: str) -> str:
    return " ".join(title.split())[:MAX_TITLE] or "Board"
