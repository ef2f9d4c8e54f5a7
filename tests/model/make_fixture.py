"""Makes the fixture database of the present schema: one of everything.

Run once when a schema is released: `python -m tests.model.make_fixture`. Released fixtures are never made again.
"""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studydesk.foundation.clock import ManualClock
from studydesk.foundation.events import EventBus
from studydesk.foundation.paths import DeskPaths
from studydesk.model import room
from studydesk.model.opening import SCHEMA
from studydesk.model.room_records import EntryRecord, PeerRecord, RoomRecord
from studydesk.services.base import DeskContext, open_context
from studydesk.services.library import Library
from studydesk.services.notebook import Notebook
from studydesk.services.planner import Planner
from studydesk.services.review import Review
from studydesk.services.settings import THEME
from studydesk.services.transfer import Transfer

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def main() -> None:
    """Write the fixture beside the others."""
    with tempfile.TemporaryDirectory() as folder:
        context = open_context(DeskPaths(Path(folder) / "desk"), ManualClock(NOW), EventBus())
        fill_notes(context, Path(folder) / "vault")
        fill_plan(context)
        fill_rooms(context)
        context.settings.set(THEME, "dark").result()
        context.database.close()
        connection = sqlite3.connect(context.paths.database)
        target = Path(__file__).parent / "fixtures" / f"desk-schema-{SCHEMA}.db"
        target.unlink(missing_ok=True)
        connection.execute("VACUUM INTO ?", (str(target),))
        connection.close()


def fill_notes(context: DeskContext, vault: Path) -> None:
    """A notebook with two linked notes, a version, tags and a picture."""
    vault.mkdir()
    (vault / "a.md").write_text("# A\n\nmarker [[b]] ![](p.png) #tag\n")
    (vault / "b.md").write_text("# B\n")
    (vault / "p.png").write_bytes(PNG)
    Transfer(context).import_paths([vault]).result()
    notebook = Notebook(context)
    first = notebook.list_notes().result()[0]
    notebook.save_text(first.id, notebook.note(first.id).result().text + "more\n").result()


def fill_plan(context: DeskContext) -> None:
    """A goal, a task with time, a session, a resource and an answered card."""
    planner, review = Planner(context), Review(context)
    goal = planner.add_goal("Goal marker").result().value
    task = planner.add_task("Task marker", goal_id=goal.id, minutes=30).result().value
    planner.add_time(10, task.id).result()
    planner.add_session("Session marker", NOW, NOW + timedelta(hours=2)).result()
    Library(context).add_link("https://example.org", "Resource marker", ["tag"]).result()
    card = review.add_card("Card marker", "back").result().value
    review.answer(card.id, 3).result()


def fill_rooms(context: DeskContext) -> None:
    """A room with one update and one entry, and a peer."""
    entry = EntryRecord("e", "r", "a", 0, "", 1, 1, "message", "{}", True, "{}", NOW, "entry marker")
    submit = context.database.submit
    submit(lambda session: room.add_room(session, RoomRecord("r", "Room", "{}", "member", NOW))).result()
    submit(lambda session: room.append_updates(session, "r", "room", [b"\0\0"])).result()
    submit(lambda session: room.add_entries(session, [entry])).result()
    submit(lambda session: room.upsert_peer(session, PeerRecord("p", "Peer"))).result()


if __name__ == "__main__":
    main()
