"""What was acknowledged is on the disk: after a kill at any moment, and when the disk takes no more."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from studydesk.foundation.clock import ManualClock, SystemClock
from studydesk.foundation.events import EventBus
from studydesk.foundation.paths import DeskPaths
from studydesk.model.database import DISK_BROKEN, DISK_FULL, NotSaved
from studydesk.model.entities import Note
from studydesk.services.base import open_context
from studydesk.services.events import Saved, SaveFailed
from studydesk.services.notebook import Notebook
from tests.model.store import opened, run

WRITER = """
import sys
from pathlib import Path
from studydesk.foundation.clock import SystemClock
from studydesk.foundation.events import EventBus
from studydesk.foundation.paths import DeskPaths
from studydesk.services.base import open_context
from studydesk.services.notebook import Notebook

context = open_context(DeskPaths(Path(sys.argv[1])), SystemClock(), EventBus())
notebook = Notebook(context)
number = 0
while True:
    note = notebook.new_note(f"note {sys.argv[2]} {number}").result().value
    notebook.save_text(note.id, f"# note {sys.argv[2]} {number}\\n\\nword{number} " + "filler " * 500).result()
    print(note.id, flush=True)
    number += 1
"""
FILLER = """
import resource, signal, sys
from pathlib import Path
from studydesk.foundation.clock import SystemClock
from studydesk.foundation.events import EventBus
from studydesk.foundation.paths import DeskPaths
from studydesk.model.database import NotSaved
from studydesk.services.base import open_context
from studydesk.services.notebook import Notebook

context = open_context(DeskPaths(Path(sys.argv[1])), SystemClock(), EventBus())
notebook = Notebook(context)
kept = notebook.new_note("kept").result().value
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = max(path.stat().st_size for path in Path(sys.argv[1]).glob("desk.db*"))
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, resource.RLIM_INFINITY))
try:
    notebook.save_text(kept.id, "x" * 5_000_000).result()
except NotSaved as fault:
    print(fault.sentence)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(len(notebook.note(kept.id).result().text), len(notebook.save_text(kept.id, "again").result().value.text))
context.database.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal 9")
@pytest.mark.timeout(60)
def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(desk_dir: Path) -> None:
    acknowledged: list[str] = []
    for turn in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(desk_dir), str(turn)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        acknowledged.append(process.stdout.readline().strip())
        time.sleep(random.Random(turn).uniform(0.02, 0.3))
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate(timeout=20)
        acknowledged += [line for line in rest.split("\n")[:-1] if line]
    with opened(desk_dir) as database:
        query = select(Note.id).where(func.length(Note.text) > 3000)
        kept = run(database, lambda session: set(session.scalars(query)))
        assert set(acknowledged) - {""} <= kept
        check = text("INSERT INTO search(search) VALUES ('integrity-check')")
        run(database, lambda session: session.execute(check).close())


def test_a_full_disk_is_said_and_what_was_saved_stays(desk_dir: Path, clock: ManualClock) -> None:
    context = open_context(DeskPaths(desk_dir), clock, EventBus())
    events: list[object] = []
    context.events.subscribe(events.append)
    notebook = Notebook(context)
    try:
        note = notebook.new_note("kept").result(30).value
        pages = context.database.submit(lambda s: s.execute(text("PRAGMA page_count")).scalar_one()).result(
            30
        )
        limit = text(f"PRAGMA max_page_count = {pages + 4}")
        context.database.submit(lambda session: session.execute(limit).close()).result(30)
        with pytest.raises(NotSaved, match="The disk is full"):
            notebook.save_text(note.id, "x" * 1_000_000).result(30)
        assert events[-1] == SaveFailed(DISK_FULL)
        assert notebook.note(note.id).result(30) == note
        room = text(f"PRAGMA max_page_count = {pages + 10_000}")
        context.database.submit(lambda session: session.execute(room).close()).result(30)
        assert notebook.save_text(note.id, "x" * 1_000_000).result(30).value.text[0] == "x"
        assert isinstance(events[-1], Saved)
    finally:
        context.database.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on the size of files is a matter of Linux")
def test_a_write_that_the_system_refuses_damages_nothing(desk_dir: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILLER, str(desk_dir)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    sentence, sizes = done.stdout.strip().split("\n")
    assert sentence in (DISK_FULL, DISK_BROKEN)
    assert sizes == "8 5"
    with opened(desk_dir, SystemClock()) as database:
        assert run(database, lambda s: s.execute(text("PRAGMA integrity_check")).scalar()) == "ok"
