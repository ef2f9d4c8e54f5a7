"""The entities of a desk. Importing this loads SQLAlchemy: only the database thread should."""

from studydesk.model.entities.base import Entity
from studydesk.model.entities.library import Card, CardReview, Resource
from studydesk.model.entities.notes import (
    Attachment,
    Note,
    Notebook,
    NoteLink,
    NoteVersion,
    StoredFile,
    Tag,
    Tagging,
)
from studydesk.model.entities.planner import Goal, StudySession, Task, TimeEntry
from studydesk.model.entities.rooms import Entry, Peer, Room, RoomUpdate, SettingRow

__all__ = [
    "Attachment",
    "Card",
    "CardReview",
    "Entity",
    "Entry",
    "Goal",
    "Note",
    "NoteLink",
    "NoteVersion",
    "Notebook",
    "Peer",
    "Resource",
    "Room",
    "RoomUpdate",
    "SettingRow",
    "StoredFile",
    "StudySession",
    "Tag",
    "Tagging",
    "Task",
    "TimeEntry",
]
