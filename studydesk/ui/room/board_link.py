"""Connects a board of the network thread with the board on the screen, both ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future

from studydesk.services.room.boards import BoardSession
from studydesk.services.strokes import LiveStroke, Presence, Stroke
from studydesk.ui.board.port import BoardSurface
from studydesk.ui.context import UiContext


class BoardLink:
    """The port of a board view. `show` opens a board; what comes later from one shown before is passed over."""

    def __init__(
        self, context: UiContext, open_page: Callable[[str], object], new_page: Callable[[], object]
    ) -> None:
        self._context = context
        self._open_page = open_page
        self._new_page = new_page
        self._surface: BoardSurface | None = None
        self._session: BoardSession | None = None
        self._early: list[Callable[[BoardSession], object]] = []
        self._turn = 0

    def attach(self, surface: BoardSurface) -> None:
        """Name the view to draw on."""
        self._surface = surface

    @property
    def is_open(self) -> bool:
        """Whether a board can be drawn on now."""
        return self._session is not None

    def show(self, room: str, board: str) -> None:
        """Show a board of a room instead of the one before."""
        self.close()
        self._turn += 1
        turn = self._turn
        asked = self._context.desk.boards.open(room, board, _Listener(self, turn))
        self._context.bridge.when_done(asked, lambda session: self._opened(turn, session))

    def close(self) -> Future[None] | None:
        """Look at the board no more."""
        self._turn += 1
        self._early.clear()
        session, self._session = self._session, None
        return session.close() if session is not None else None

    def deliver(self, turn: int, call: Callable[[BoardSurface], object]) -> None:
        """Have the view do something on the UI thread, unless another board is shown by then."""

        def run() -> None:
            if turn == self._turn and self._surface is not None:
                call(self._surface)

        self._context.bridge.later(run)

    def _opened(self, turn: int, session: BoardSession) -> None:
        if turn != self._turn:
            session.close()
            return
        self._session = session
        if self._surface is not None:
            self._surface.set_read_only(session.read_only)
        early, self._early = self._early, []
        for deed in early:
            deed(session)

    def _do(self, deed: Callable[[BoardSession], object]) -> None:
        """Do it now, or as soon as the board that is shown is open: nothing drawn early is lost."""
        if self._session is not None:
            deed(self._session)
        else:
            self._early.append(deed)

    # What the view asks

    def add_stroke(self, stroke: Stroke) -> None:
        self._do(lambda session: session.add_stroke(stroke))

    def erase(self, ids: Sequence[str]) -> None:
        self._do(lambda session: session.erase(ids))

    def undo(self) -> None:
        self._do(lambda session: session.undo())

    def redo(self) -> None:
        self._do(lambda session: session.redo())

    def set_cursor(self, at: tuple[float, float] | None) -> None:
        if self._session is not None:
            self._session.set_cursor(at)

    def set_live(self, live: LiveStroke | None) -> None:
        if self._session is not None:
            self._session.set_live(live)

    def open_page(self, page_id: str) -> None:
        self._open_page(page_id)

    def new_page(self) -> None:
        self._new_page()


class _Listener:
    """Hears a board on the network thread, and hands on to the UI thread."""

    def __init__(self, link: BoardLink, turn: int) -> None:
        self._link = link
        self._turn = turn

    def loaded(self, strokes: Sequence[Stroke]) -> None:
        self._link.deliver(self._turn, lambda surface: surface.load(strokes))

    def changed(self, added: Sequence[Stroke], removed: Sequence[str]) -> None:
        self._link.deliver(self._turn, lambda surface: surface.apply(added, removed))

    def presence(self, present: Sequence[Presence]) -> None:
        self._link.deliver(self._turn, lambda surface: surface.remote_presence(present))

    def history(self, can_undo: bool, can_redo: bool) -> None:
        self._link.deliver(self._turn, lambda surface: surface.set_history(can_undo, can_redo))
