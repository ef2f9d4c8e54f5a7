"""The desk: one object that holds all services of one data directory, for a window or a command."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future
from functools import cached_property
from typing import TYPE_CHECKING

from studydesk.foundation.clock import Clock, SystemClock
from studydesk.foundation.events import EventBus
from studydesk.foundation.paths import DeskPaths
from studydesk.services.base import DeskContext, open_context

if TYPE_CHECKING:
    from studydesk.services.backups import Backups
    from studydesk.services.library import Library
    from studydesk.services.loop import LoopThread
    from studydesk.services.notebook import Notebook
    from studydesk.services.planner import Planner
    from studydesk.services.review import Review
    from studydesk.services.room.boards import Boards
    from studydesk.services.room.rooms import Rooms
    from studydesk.services.search import Search
    from studydesk.services.settings import Settings
    from studydesk.services.transfer import Transfer
    from studydesk.services.undo import Undo

log = logging.getLogger(__name__)


class Desk:
    """One person's data on this computer, and what can be done with it.

    Making one is cheap: no thread starts and nothing heavy is imported before `start` (the database) and
    `start_network` (rooms, boards, who is near).
    """

    def __init__(self, paths: DeskPaths, clock: Clock | None = None) -> None:
        self.paths = paths
        self.clock: Clock = clock or SystemClock()
        self.events = EventBus()
        self.context: DeskContext = open_context(paths, self.clock, self.events)
        self._network_lock = threading.Lock()
        self._loop: LoopThread | None = None
        self._rooms: Rooms | None = None
        self._boards: Boards | None = None

    # Each facade is loaded at its first use: the window needs none of them before its first paint.

    @cached_property
    def planner(self) -> Planner:
        from studydesk.services.planner import Planner

        return Planner(self.context)

    @cached_property
    def notebook(self) -> Notebook:
        from studydesk.services.notebook import Notebook

        return Notebook(self.context)

    @cached_property
    def library(self) -> Library:
        from studydesk.services.library import Library

        return Library(self.context)

    @cached_property
    def review(self) -> Review:
        from studydesk.services.review import Review

        return Review(self.context)

    @cached_property
    def search(self) -> Search:
        from studydesk.services.search import Search

        return Search(self.context)

    @cached_property
    def transfer(self) -> Transfer:
        from studydesk.services.transfer import Transfer

        return Transfer(self.context)

    @cached_property
    def backups(self) -> Backups:
        from studydesk.services.backups import Backups

        return Backups(self.context)

    @property
    def settings(self) -> Settings:
        return self.context.settings

    @property
    def undo(self) -> Undo:
        return self.context.undo

    def start(self) -> Future[None]:
        """Start the database thread. The future raises a Fault when the desk can't be opened."""
        self.paths.make()
        return self.context.database.start()

    def start_network(self, announce: bool = True) -> Future[None]:
        """Start the network thread; with `announce`, be seen by other desks and see them."""
        return self.rooms.start_discovery() if announce else self.loop.call(lambda: None)

    @property
    def loop(self) -> LoopThread:
        """The network thread, started at the first use."""
        with self._network_lock:
            if self._loop is None:
                from studydesk.services.loop import LoopThread

                self._loop = LoopThread()
                self._loop.start()
            return self._loop

    @property
    def rooms(self) -> Rooms:
        """Rooms of this desk."""
        loop = self.loop
        with self._network_lock:
            if self._rooms is None:
                from studydesk.services.room.rooms import Rooms

                self._rooms = Rooms(self.context, loop)
            return self._rooms

    @property
    def boards(self) -> Boards:
        """My own boards, and the sessions of all boards that are open in a window."""
        rooms = self.rooms
        with self._network_lock:
            if self._boards is None:
                from studydesk.services.room.boards import Boards

                self._boards = Boards(rooms)
            return self._boards

    def close(self, timeout: float = 3.0) -> None:
        """Leave rooms, stop the network, then finish and close the database. Seconds; safe to call twice."""
        with self._network_lock:
            rooms, loop = self._rooms, self._loop
            self._rooms = self._boards = self._loop = None
        if rooms is not None:
            rooms.close(timeout)
        if loop is not None:
            loop.stop(timeout)
        if "transfer" in self.__dict__:
            self.transfer.close()
        self.context.database.close()
