"""How the board moves: frames of panning, zooming and drawing over 10,000 and 100,000 strokes.

Each size is measured in a process of its own, in a window of 1280 x 800 on Qt's offscreen platform (unless
QT_QPA_PLATFORM says otherwise), at 60 frames a second: a frame moves the view and paints it at once; what is left of
its 16.7 ms goes to the event loop, as in the app. "Blank" tiles showed only the overview of the whole board (or
nothing), "coarse" ones a draft or another zoom, both counted in every frame of a pan.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from time import perf_counter, process_time, sleep
from typing import TYPE_CHECKING

from benchmarks._table import Row, percentile

if TYPE_CHECKING:
    from studydesk.ui.board.view import BoardView

FRAME = 1 / 60
SIZES = (10_000, 100_000)
SPEEDS = (("slow", 12.0, 7.0), ("brisk", 60.0, 23.0), ("flick", 190.0, 70.0))
"""Logical pixels for each frame, across and down."""

Figures = dict[str, float]


def run() -> list[Row]:
    """Measure each size and tell the figures."""
    return [row for count in SIZES for row in _rows(count, _measured(count))]


def _rows(count: int, figures: Figures) -> list[Row]:
    what = f"board {count:,}"
    rows = [
        _row(f"{what}: pan p95 wall ({speed})", figures[f"{speed} wall"], "ms", 16.6)
        for speed, _, _ in SPEEDS
    ]
    rows += [_row(f"{what}: pan p95 CPU (all speeds)", figures["pan cpu"], "ms", 16.6)]
    rows += [
        _row(f"{what}: blank tiles while panning ({speed})", figures[f"{speed} blank"], "%", 2.0)
        for speed, _, _ in SPEEDS
    ]
    rows += [
        Row(f"{what}: coarse tiles while panning (flick)", f"{figures['flick coarse']:.2f} %"),
        _row(f"{what}: blank tiles 100 ms after a pan", figures["blank after"], "", 0),
        _row(f"{what}: zoom p95 wall", figures["zoom wall"], "ms", 16.6),
        _row(f"{what}: pen event to painted ink p95", figures["ink"], "ms", 16.6),
        _row(f"{what}: longest stop for tiles between frames", figures["stop"], "ms", 16.6),
        _row(f"{what}: fit to a complete picture", figures["fit"], "ms", 100.0),
        Row(f"{what}: fit until all sharp", f"{figures['sharp']:.0f} ms"),
        Row(f"{what}: open until all sharp", f"{figures['open']:.0f} ms"),
    ]
    memory = figures["memory"]
    rows.append(
        _row(f"{what}: memory of the process", memory, "MB", 150.0)
        if count == SIZES[0]
        else Row(f"{what}: memory of the process", f"{memory:.0f} MB")
    )
    return rows


def _row(name: str, value: float, unit: str, limit: float) -> Row:
    return Row(name, f"{value:.2f} {unit}".strip(), f"<= {limit:g} {unit}".strip(), value <= limit)


def _measured(count: int) -> Figures:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    command = [sys.executable, "-m", "benchmarks.board_pan", str(count)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=True)
    figures: Figures = json.loads(done.stdout)
    return figures


class _Course:
    """One window with a board, and the clocks around it."""

    def __init__(self, view: BoardView, process_events: Callable[[], None]) -> None:
        self.view = view
        self.canvas = view.canvas
        self._process_events = process_events
        self.longest_stop = 0.0

    def until(self, done: Callable[[], bool]) -> float:
        """Let the event loop run until `done`; return the milliseconds."""
        begun = perf_counter()
        while not done():
            self._turn()
        return (perf_counter() - begun) * 1000

    def idle(self, seconds: float) -> None:
        ends = perf_counter() + seconds
        self.until(lambda: perf_counter() >= ends)

    def settle(self) -> float:
        """Let the event loop run until there is no tile left to make; return the milliseconds."""
        return self.until(lambda: not self.canvas.is_working)

    def frames(self, step: Callable[[int], None], count: int) -> tuple[list[float], list[float], list[int]]:
        """Make frames; return milliseconds of wall and CPU of each, and the sum of sharp, coarse, blank tiles."""
        wall, cpu, tiles = [], [], [0, 0, 0]
        for number in range(count):
            begun, used = perf_counter(), process_time()
            step(number)
            self.canvas.repaint()
            wall.append((perf_counter() - begun) * 1000)
            cpu.append((process_time() - used) * 1000)
            frame = self.canvas.content.picture.last_frame
            tiles = [sum(pair) for pair in zip(tiles, (frame.sharp, frame.coarse, frame.blank), strict=True)]
            while perf_counter() < begun + FRAME - 0.001:
                self._turn()
        return wall, cpu, tiles

    def _turn(self) -> None:
        begun = perf_counter()
        self._process_events()
        taken = perf_counter() - begun
        self.longest_stop = max(self.longest_stop, taken * 1000)
        if taken < 0.0002:
            sleep(0.0002)


def measure(count: int) -> Figures:
    """Take all figures of a board with `count` strokes in this process."""
    from PySide6.QtWidgets import QApplication

    from benchmarks._board_data import handwriting, new_board_view

    app = QApplication.instance() or QApplication([])
    view = new_board_view()
    view.resize(1280, 800)
    view.show()
    course = _Course(view, app.processEvents)
    course.idle(0.2)
    begun = perf_counter()
    view.load(handwriting(count))
    figures = {"loaded": (perf_counter() - begun) * 1000}
    figures["open"] = course.settle()
    figures |= _pans(course) | _zooms(course) | _ink(course) | _fit(course)
    figures["memory"] = _memory()
    return figures


def _pans(course: _Course) -> Figures:
    canvas, figures, all_cpu = course.canvas, Figures(), list[float]()
    extent = canvas.content.index.extent() or (0.0, 0.0, 1.0, 1.0)
    for name, dx, dy in SPEEDS:
        canvas.look(canvas.camera.centred(extent[2] / 2, extent[3] / 2, 1280, 800, 1.0))
        course.settle()
        course.longest_stop = 0.0
        wall, cpu, tiles = course.frames(_bouncing(course, extent, dx, dy), 240)
        course.idle(0.1)
        canvas.repaint()
        figures[f"{name} wall"] = percentile(wall, 95)
        figures[f"{name} blank"] = 100 * tiles[2] / sum(tiles)
        figures[f"{name} coarse"] = 100 * tiles[1] / sum(tiles)
        after = float(canvas.content.picture.last_frame.blank)
        figures["blank after"] = max(figures.get("blank after", 0.0), after)
        figures["stop"] = max(figures.get("stop", 0.0), course.longest_stop)
        all_cpu += cpu
    return figures | {"pan cpu": percentile(all_cpu, 95)}


def _bouncing(
    course: _Course, extent: tuple[float, float, float, float], dx: float, dy: float
) -> Callable[[int], None]:
    """Return a step that pans within the board and turns back at its edges."""
    way = [dx, dy]

    def step(number: int) -> None:
        left, top, right, bottom = course.canvas.area()
        if left < extent[0] or right > extent[2]:
            way[0] = dx if left < extent[0] else -dx
        if top < extent[1] or bottom > extent[3]:
            way[1] = dy if top < extent[1] else -dy
        course.canvas.pan(*way)

    return step


def _zooms(course: _Course) -> Figures:
    """Zoom out of the middle to a tenth and in again, as by a pinch."""

    def step(number: int) -> None:
        factor = 0.96 if number < 60 else 1 / 0.96
        course.canvas.zoom_to(course.canvas.camera.zoom * factor, (640, 400), zooming=True)

    wall, _, _ = course.frames(step, 120)
    course.settle()
    return {"zoom wall": percentile(wall, 95)}


def _ink(course: _Course) -> Figures:
    """Draw a stroke of 300 points across the middle of the view."""
    from PySide6.QtCore import QPointF

    from studydesk.ui.board.tools import Tool

    hand, taken = course.view.hand, []
    hand.press(QPointF(200, 400), Tool.PEN)
    for number in range(300):
        begun = perf_counter()
        hand.move(QPointF(200 + 3 * number, 400 + 40 * (number % 20 - 10) / 10))
        course.canvas.repaint()
        taken.append((perf_counter() - begun) * 1000)
    hand.release()
    course.settle()
    return {"ink": percentile(taken, 95)}


def _fit(course: _Course) -> Figures:
    canvas = course.canvas
    begun = perf_counter()
    canvas.fit()
    canvas.repaint()
    complete = course.until(lambda: not canvas.content.picture.last_frame.blank)
    first = (perf_counter() - begun) * 1000
    sharp = course.until(canvas.content.picture.is_sharp)
    return {"fit": first, "sharp": first + sharp, "waited": complete}


def _memory() -> float:
    """Return the resident memory of this process in MB."""
    import psutil

    return float(psutil.Process().memory_info().rss) / 1e6


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
    else:
        for line in run():
            print(
                line.name,
                line.figure,
                line.limit,
                "" if line.ok is None else "ok" if line.ok else "MISSED",
                sep="  ",
            )
