"""What must hold before the window is seen: nothing heavy is imported; and what keeps it alive afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.commands import ROOT

HEAVY = (
    "sqlalchemy",
    "alembic",
    "websockets",
    "zeroconf",
    "pycrdt",
    "markdown",
    "cryptography",
    "asyncio",
    "fsrs",
)

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from studydesk import app
from studydesk.foundation.paths import DeskPaths

def painted(self):
    print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})), flush=True)
    self.shell.close()

app.Window._painted = painted
sys.exit(app.run_window(DeskPaths(Path(sys.argv[1])), ()))
"""

MANY_CALLS = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
for number in range(100_000):
    label.setText("same")
print("alive")
"""


def run(program: str, *words: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    modules = run(PROGRAM, str(tmp_path / "desk")).split()
    assert "PySide6" in modules
    assert [name for name in HEAVY if name in modules] == []


def test_qt_survives_a_hundred_thousand_calls_that_return_nothing() -> None:
    assert "alive" in run(MANY_CALLS)
