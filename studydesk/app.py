"""The window's composition root: what is made in which order, and what is closed in which."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from studydesk.services.owner import Door, OwnerLock, Request, ask_owner
from studydesk.services.settings import SCALE, THEME
from studydesk.ui.bridge import Bridge
from studydesk.ui.fonts import load_all, load_first
from studydesk.ui.garbage import GarbageKeeper
from studydesk.ui.shell import Shell
from studydesk.ui.theme import ThemeManager

if TYPE_CHECKING:
    from studydesk.services.transfer import ImportReport

log = logging.getLogger(__name__)

EXIT_AFTER_FIRST_PAINT = "STUDYDESK_EXIT_AFTER_FIRST_PAINT"
CLOSE_SECONDS = 1.0
OWN_SECONDS = 10.0


def run_window(paths: DeskPaths, arguments: Sequence[str]) -> int:
    """Open the window on a desk, or bring the one that is open to the front. Returns the exit status."""
    answer = ask_owner(paths, Request(tuple(arguments), Path.cwd()), lambda value: None)
    if answer is not None:
        return answer[0]
    app = QApplication([sys.argv[0]])
    app.setApplicationName("StudyDesk")
    app.setDesktopFileName("studydesk")
    window = Window(paths, arguments)
    window.show()
    status = app.exec()
    window.close()
    return status


class Window(QObject):
    """The window and its desk, from the first paint to the end."""

    def __init__(self, paths: DeskPaths, arguments: Sequence[str]) -> None:
        super().__init__()
        self._garbage = GarbageKeeper(self)
        self.desk = Desk(paths)
        self._arguments = tuple(arguments)
        self._lock = OwnerLock(paths)
        self._door: Door | None = None
        self._warmer: threading.Thread | None = None
        self._closed = False
        load_first()
        settings = self.desk.settings
        self.themes = ThemeManager(settings.get(THEME), settings.get(SCALE))
        self.bridge = Bridge(self.desk.events)
        self.shell = Shell(self.desk, self.bridge, self.themes)
        self.shell.navigate("today")
        self.shell.installEventFilter(self)
        self.bridge.event.connect(self._heard)
        self._signals = _Signals(self.shell.close)

    def show(self) -> None:
        """Show the window; everything heavy comes after it is on the screen."""
        self.shell.show()

    def close(self) -> None:
        """Keep what is not kept, then close the network and the database. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        end = time.monotonic() + CLOSE_SECONDS
        while not self.shell.may_close() and time.monotonic() < end:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if self._warmer is not None:
            self._warmer.join()
        if self._door is not None:
            self.desk.loop.submit(self._door.close()).result(2)
        self.bridge.close()
        self.desk.close()
        self._lock.release()
        self._signals.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        if os.environ.get(EXIT_AFTER_FIRST_PAINT):
            print("first paint", flush=True)
            self.shell.close()
            return
        load_all()
        self._log()
        self._own(time.monotonic() + OWN_SECONDS)

    def _own(self, until: float) -> None:
        """Become the owner of the desk and open it; a command that holds it ends soon."""
        if self._lock.acquire():
            self.bridge.when_done(self.desk.start(), lambda _: self._opened(), self._refused)
            return
        request = Request(self._arguments, Path.cwd())
        if ask_owner(self.desk.paths, request, lambda value: None) is not None:
            self.shell.close()
        elif time.monotonic() < until:
            QTimer.singleShot(50, lambda: self._own(until))
        else:
            self.shell.toast.say(
                self.shell.tr(
                    "Another StudyDesk holds this desk but does not answer. End it, then start again."
                ),
                "fault",
            )

    def _opened(self) -> None:
        self.shell.desk_ready()
        self._warmer = threading.Thread(target=self._open_network, name="network start")
        self._warmer.start()
        self._open_arguments(self._arguments)

    def _open_network(self) -> None:
        """Import and start the network beside the window, which must not wait for it."""
        from studydesk.commands.run import door_handler

        self._door = Door(self.desk.paths, door_handler(self.desk))
        self.desk.loop.submit(self._door.open()).result()
        rooms = self.desk.rooms
        self.bridge.when_done(rooms.start_discovery(), lambda _: self.shell.show_network())

    def _refused(self, error: BaseException) -> None:
        self.shell.toast.say(str(error), "fault")
        log.error("the desk could not be opened", exc_info=error)

    def _heard(self, event: object) -> None:
        from studydesk.services.room.events import Handover  # nothing is heard before the first paint

        if isinstance(event, Handover):
            self.shell.setWindowState(self.shell.windowState() & ~self.shell.windowState().WindowMinimized)
            self.shell.raise_()
            self.shell.activateWindow()
            self._open_arguments(event.arguments)

    def _open_arguments(self, arguments: Sequence[str]) -> None:
        """Bring in the files and folders that were named when the program was called."""
        if arguments:
            paths = [Path(word) for word in arguments]
            self.bridge.when_done(self.desk.transfer.import_paths(paths), self._came_in)

    def _came_in(self, report: ImportReport) -> None:
        words = self.shell.tr("{notes} notes and {resources} resources came in.")
        self.shell.toast.say(words.format(notes=report.notes, resources=report.resources), "done")

    def _log(self) -> None:
        from studydesk.cli import log_to

        log_to(self.desk.paths, "window.log")
        sys.excepthook = self._crashed

    def _crashed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.critical("a bug", exc_info=(kind, error, trace))
        where = self.desk.paths.logs / "window.log"
        self.shell.toast.say(
            self.shell.tr(
                "Something went wrong inside StudyDesk; your things are safe. Details: {file}"
            ).format(file=where),
            "fault",
        )


class _Signals:
    """Has SIGTERM and SIGINT close the window, without a timer that wakes the computer."""

    def __init__(self, end: Callable[[], object]) -> None:
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)
        self._before = signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        self._handlers = {
            number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)
        }
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda *_: self._arrived(end))

    def _arrived(self, end: Callable[[], object]) -> None:
        self._near.recv(64)
        end()

    def close(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._near.close()
        self._far.close()
