"""A real window in a process of its own, driven from a test through its standard input.

Each line is a JSON object {"do": name, ...}; each answer a line {"ok": value} or {"fault": text}. What is driven is
what a person uses: buttons are clicked, fields typed into, the pen moved over the board.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from studydesk.app import Window
from studydesk.foundation.paths import DeskPaths

PATIENCE = 20.0


def pause(seconds: float) -> None:
    """Let the window and its threads live for a while; QTest.qWait would keep the interpreter from the threads."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.004)


class Driver(QObject):
    """Reads orders on a thread, does them on the UI thread."""

    ordered = Signal(object)

    def __init__(self, window: Window) -> None:
        super().__init__()
        self.window = window
        self.ordered.connect(self._do, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.ordered.emit(json.loads(line))
        self.ordered.emit({"do": "quit"})

    def _do(self, order: dict[str, Any]) -> None:
        try:
            value = getattr(self, f"do_{order.pop('do')}")(**order)
            answer = {"ok": value}
        except Exception as error:
            answer = {"fault": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)

    # Orders

    def do_quit(self) -> None:
        QApplication.instance().quit()

    def do_go(self, place: str, **where: str) -> None:
        self.window.shell.navigate(place, **where)

    def do_click(self, name: str) -> None:
        button = self._wait(lambda: self._visible(name))
        assert isinstance(button, QAbstractButton)
        self._wait(button.isEnabled)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def do_type(self, name: str, text: str, enter: bool = False) -> None:
        field = self._wait(lambda: self._visible(name))
        field.setFocus()
        if hasattr(field, "selectAll"):
            field.selectAll()
        QTest.keyClicks(field, text)
        if enter:
            press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
            QApplication.postEvent(field, press)
            pause(0.05)

    def do_draw(self, points: list[list[int]], lift: bool = True) -> None:
        """Draw on the board that is shown with the mouse, in pixels of the sheet; `lift` ends the stroke."""
        canvas = self._wait(lambda: self._visible("boardView")).canvas
        first, *rest = [QPoint(x, y) for x, y in points]
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=first)
        for point in rest:
            QTest.mouseMove(canvas, point)
            pause(0.008)
        if lift:
            self.do_lift(points[-1])

    def do_lift(self, at: list[int]) -> None:
        """Lift the pen: the stroke is finished."""
        canvas = self._wait(lambda: self._visible("boardView")).canvas
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*at))

    def do_live(self, at_least: int) -> int:
        """Return how many points of others' unfinished strokes are shown, when there are at least so many."""
        others = self._wait(lambda: self._visible("boardView")).canvas.others

        def points() -> int:
            return sum(len(live.points) for live in others.lives())

        self._wait(lambda: points() >= at_least)
        return points()

    def do_cursors(self) -> int:
        """Return how many others' pens are shown."""
        return len(self._wait(lambda: self._visible("boardView")).canvas.others.cursors())

    def do_strokes(self, at_least: int = 0) -> int:
        """Return how many strokes the board shows, when there are at least so many."""
        index = self._wait(lambda: self._visible("boardView")).canvas.content.index
        self._wait(lambda: len(index) >= at_least)
        return len(index)

    def do_ink(self) -> int:
        """Return how many pixels of the painted board are not paper, in the middle of it."""
        view = self._wait(lambda: self._visible("boardView"))
        pause(0.3)
        image = view.canvas.grab(view.canvas.rect().adjusted(160, 130, -160, -130)).toImage()
        paper = image.pixelColor(3, 3).lightness()
        xs, ys = range(0, image.width(), 2), range(0, image.height(), 2)
        return sum(abs(image.pixelColor(x, y).lightness() - paper) > 60 for x in xs for y in ys)

    def do_messages(self, wanted: str = "") -> list[str]:
        """Return the talk as it is shown, when `wanted` stands in it."""
        model = self._wait(lambda: self._visible("talkList", or_empty=not wanted)).model()

        def texts() -> list[str]:
            return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

        self._wait(lambda: any(wanted in text for text in texts()) or not wanted)
        return texts()

    def do_text(self, name: str, wanted: str = "") -> str:
        """Return the words of a widget, when `wanted` stands in them."""
        self._wait(lambda: wanted in self._words(name))
        return self._words(name)

    def do_near(self, room: str) -> str:
        """Wait until a room is seen near; return its host."""
        found = self._wait(
            lambda: [seen for desk in self.window.desk.rooms.near for seen in desk.rooms if seen.name == room]
        )
        return found[0].host_name

    def do_rooms(self) -> list[list[str]]:
        return [[row.id, row.name] for row in self._result(self.window.desk.rooms.rooms())]

    def do_saved(self) -> None:
        """Wait until all that was drawn or written is on the disk."""
        log = self.window.desk.rooms.keeper.update_log
        self._wait(lambda: log.pending == 0)

    def do_picture(self, file: str) -> bool:
        """Write what the window shows into a file, for looking at when something failed."""
        return bool(self.window.shell.grab().save(file))

    # Inside

    def _visible(self, name: str, or_empty: bool = False) -> Any:
        for top in QApplication.topLevelWidgets():
            for widget in [top, *top.findChildren(QWidget, name)]:
                if widget.objectName() == name and (widget.isVisible() or or_empty):
                    return widget
        return None

    def _words(self, name: str) -> str:
        widget = self._visible(name)
        return "" if widget is None else str(getattr(widget, "text", widget.accessibleName)())

    def _wait(self, ready: Callable[[], Any]) -> Any:
        end = time.monotonic() + PATIENCE
        while not (value := ready()):
            if time.monotonic() > end:
                raise TimeoutError("it did not come")
            pause(0.02)
        return value

    def _result(self, future: Any) -> Any:
        self._wait(future.done)
        return future.result()


def main() -> None:
    paths = DeskPaths(Path(sys.argv[1]))
    app = QApplication(sys.argv[:1])
    window = Window(paths, ())
    window.shell.resize(1280, 800)
    window.show()
    driver = Driver(window)
    app.exec()
    del driver
    window.shell.close()
    window.close()


if __name__ == "__main__":
    main()
