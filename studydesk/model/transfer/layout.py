"""Where everything lies in an export: one place says it for writing and for reading back.

<notebooks as folders>/<note>.md      texts, byte for byte, and the files beside them
files/<sha256><suffix>                other files, by content
studydesk/export.json                 what this is
studydesk/<table>.jsonl               everything that the texts don't say, one line of JSON for each
"""

from __future__ import annotations

from dataclasses import dataclass

from studydesk.foundation.changes import Kind
from studydesk.model.entities import (
    Card,
    CardReview,
    Entity,
    Goal,
    NoteVersion,
    Resource,
    StudySession,
    Task,
    TimeEntry,
)

SIDE = "studydesk"
MARK = f"{SIDE}/export.json"
FORMAT = "studydesk export"
VERSION = 1
NOTEBOOKS = f"{SIDE}/notebooks.jsonl"
NOTES = f"{SIDE}/notes.jsonl"
ATTACHMENTS = f"{SIDE}/attachments.jsonl"
FILES = f"{SIDE}/files.jsonl"
TAGS = f"{SIDE}/tags.jsonl"


@dataclass(frozen=True)
class Plain:
    """A table that goes out as it is: its file, its entity, and the kind of its tags if it has any.

    `refers` names columns that refer to other things, with the entity's name they refer to.
    """

    name: str
    entity: type[Entity]
    tagged: Kind | None = None
    refers: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str:
        return f"{SIDE}/{self.name}.jsonl"


PLAIN = (
    Plain("goals", Goal),
    Plain("tasks", Task, Kind.TASK, (("goal_id", "goals"),)),
    Plain("sessions", StudySession),
    Plain("time", TimeEntry, None, (("task_id", "tasks"),)),
    Plain("resources", Resource, Kind.RESOURCE, (("file_sha256", "files"),)),
    Plain("cards", Card, Kind.CARD, (("note_id", "notes"),)),
    Plain("answers", CardReview, None, (("card_id", "cards"),)),
    Plain("versions", NoteVersion, None, (("note_id", "notes"),)),
)
