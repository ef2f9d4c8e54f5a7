"""What windows and commands see of rooms: frozen values, made on the network thread."""

from __future__ import annotations

from dataclasses import dataclass

OWN = "own"
"""Id of the local room that holds this desk's own boards. It has no hub and no members."""


@dataclass(frozen=True)
class Person:
    """A member of a room, or a guest who is in it now."""

    device: str
    name: str
    colour: int  # 0 to 9, the pen and member colours of the look
    role: str  # "facilitator", "member", "viewer" or "guest"
    present: bool = False
    where: str | None = None  # the document on their screen, as "board/<id>"
    me: bool = False


@dataclass(frozen=True)
class RoomRow:
    """One of my rooms, as a list shows it."""

    id: str
    name: str
    role: str
    live: bool  # this desk is connected to its hub now
    hosting: bool  # this desk runs its hub
    near: bool  # its hub is seen on the network
    people: tuple[Person, ...]  # all members known, the present ones first
    unread: int  # messages since I last read
    last_text: str  # last message, or ""
    last_at: int | None  # ms since 1970, UTC
    host_name: str | None = None
    code: str | None = None  # the code shown while this desk hosts
    connected: int = 0  # others who have what is saved here, while live


@dataclass(frozen=True)
class NearRoom:
    """A room that is open on the network, of which I may or may not be a member."""

    id: str
    name: str
    host: str  # device id
    host_name: str
    addresses: tuple[str, ...]
    port: int
    member: bool  # I am in it already: no code needed


@dataclass(frozen=True)
class NearDesk:
    """Another desk on the network."""

    id: str
    name: str
    addresses: tuple[str, ...]
    rooms: tuple[NearRoom, ...]
    colour: int = 0


@dataclass(frozen=True)
class HostInfo:
    """How others reach a room that is open here."""

    room: str
    address: str
    port: int
    code: str
    fingerprint: str
    hosting: bool  # false: the room was live elsewhere and this desk joined it


@dataclass(frozen=True)
class EntryView:
    """One signed entry of a room."""

    id: str
    room: str
    author: str
    author_name: str
    colour: int
    kind: str  # "message", "membership", "removal"
    time: int  # ms since 1970, UTC
    lamport: int
    text: str
    verified: bool
    mine: bool
    delivered: bool = True  # false: kept here, goes out when others are there


@dataclass(frozen=True)
class BoardRow:
    """A board of a room, or one of my own."""

    id: str
    title: str
    order: float
    room: str = OWN


@dataclass(frozen=True)
class Missed:
    """What came in since this desk was last in the room."""

    messages: int
    strokes: int
    people: tuple[str, ...]  # names of those who wrote


@dataclass(frozen=True)
class StreamToken:
    """What a stock Yjs client needs to join."""

    url: str
    token: str
    fingerprint: str
