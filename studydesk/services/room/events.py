"""Events of rooms on the desk's bus. They are published on the network thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studydesk.services.room.views import EntryView, Missed, NearDesk, Person


@dataclass(frozen=True)
class PeersChanged:
    """Who is near, from discovery."""

    desks: tuple[NearDesk, ...]


@dataclass(frozen=True)
class RoomsChanged:
    """The list of my rooms, or the state of one, is no longer what it was; ask `desk.rooms.rooms()` again."""

    room: str | None = None


@dataclass(frozen=True)
class PeopleChanged:
    """Who is in a room, and where."""

    room: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class EntriesAdded:
    """New entries, from me or others, oldest first. An id that was shown before replaces what was shown."""

    room: str
    entries: Sequence[EntryView]


@dataclass(frozen=True)
class RoomMissed:
    """Shown once when this desk comes back to a room and has caught up."""

    room: str
    missed: Missed


@dataclass(frozen=True)
class RoomSaved:
    """Saved here; `others` desks have it too, or `waiting` things have not reached the hub yet."""

    room: str
    at: int  # ms since 1970, UTC
    others: int
    waiting: int


@dataclass(frozen=True)
class RoomConnection:
    """The link to a room's hub: "offline", "connecting", "live"; `reason` is a sentence when it broke."""

    room: str
    state: str
    reason: str | None = None


@dataclass(frozen=True)
class HostingEnded:
    """The hub that this desk started is gone."""

    room: str
    reason: str


@dataclass(frozen=True)
class Handover:
    """A second process of this desk was started with these arguments and handed them over."""

    arguments: tuple[str, ...]
