"""CPU seconds until the first window is painted, against a bare QMainWindow in the same run."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from benchmarks._process import run_for_cost
from benchmarks._table import Row, median, skipped
from tests.helpers.display import DisplayMissing, virtual_display

RUNS = 7
LIMIT = 2.5
BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
print("first paint")
"""
STUDYDESK = [sys.executable, "-m", "studydesk"]


def measure(name: str, environment: dict[str, str]) -> list[Row]:
    """Run both by turns, so that both meet the same weather, and compare the medians."""
    bare, ours = [], []
    for turn in range(RUNS + 1):
        costs = seconds_of([sys.executable, "-c", BARE], environment), seconds_of(STUDYDESK, environment)
        if turn:  # the first run fills caches and makes the desk
            bare.append(costs[0])
            ours.append(costs[1])
    ratio = median(ours) / median(bare)
    figure = f"{median(ours):.2f} CPU s, bare window {median(bare):.2f} ({ratio:.2f}x)"
    return [Row(f"first paint, {name}", figure, f"at most {LIMIT}x", ratio <= LIMIT)]


def seconds_of(command: list[str], environment: dict[str, str]) -> float:
    """Return the CPU seconds of one start. Raises RuntimeError when no window was painted."""
    cost = run_for_cost(command, environment)
    if "first paint" not in cost.output:
        raise RuntimeError("the program ended without a first paint")
    return cost.cpu


def run() -> list[Row]:
    """Measure without a screen, and on a virtual one where there is Xvfb."""
    with tempfile.TemporaryDirectory(prefix="studydesk-benchmark-") as folder:
        environment = {
            **os.environ,
            "HOME": folder,
            "STUDYDESK_DATA_DIR": str(Path(folder) / "desk"),
            "STUDYDESK_EXIT_AFTER_FIRST_PAINT": "1",
            "QT_QPA_PLATFORM": "offscreen",
        }
        rows = measure("offscreen", environment)
        try:
            with virtual_display() as display:
                rows += measure("X11", {**environment, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display})
        except DisplayMissing as why:
            rows.append(skipped("first paint, X11", str(why)))
        return rows
