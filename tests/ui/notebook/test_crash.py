"""The program killed while a note is written: nothing that was shown as saved is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from tests.helpers.commands import ROOT

WRITER = """
import sys, time
from PySide6.QtWidgets import QApplication
from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk
from studydesk.ui.bridge import Bridge
from studydesk.ui.notebook.session import NoteSession

app = QApplication([])
desk = Desk(DeskPaths(__import__("pathlib").Path(sys.argv[1])))
desk.start().result(20)
bridge = Bridge(desk.events)
session = NoteSession(desk.notebook, bridge)
text = session.open(desk.notebook.new_note(text="# Note\\n").result(10).value)
session.renewed.connect(lambda note: print(len(note.text), flush=True))
while True:
    text += "word "
    session.write(text)
    until = time.monotonic() + 0.02
    while time.monotonic() < until:
        app.processEvents()
"""


def test_what_was_saved_is_there_after_a_kill(desk_dir: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(desk_dir)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        told = [int(process.stdout.readline()) for _ in range(3)]
    finally:
        process.kill()
        process.stdout.close()
        process.wait()
    desk = Desk(DeskPaths(desk_dir))
    desk.start().result(20)
    try:
        (row,) = desk.notebook.list_notes().result(10)
        text = desk.notebook.note(row.id).result(10).text
    finally:
        desk.close()
    assert len(text) >= told[-1]
    assert text == "# Note\n" + "word " * ((len(text) - 7) // 5)
