"""What the network floor asks of the floor above, and what it hands back: small types, no I/O, no heavy import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from studydesk.net.statement import Statement


@dataclass(frozen=True)
class Address:
    """Where a hub listens. `host` is an IPv4 or IPv6 literal or a name, without brackets."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read `host:port` or `[v6]:port`. Raises ValueError."""
        host, colon, port = text.strip().rpartition(":")
        if not colon or not host or not port.isdecimal() or not 0 < int(port) < 65536:
            raise ValueError("an address looks like 192.168.1.20:4827")
        if host.startswith("[") and host.endswith("]"):
            return cls(host[1:-1], int(port))
        if ":" in host:
            raise ValueError("an IPv6 address stands in brackets, as in [fe80::1]:4827")
        return cls(host, int(port))


@dataclass(frozen=True)
class Code:
    """Enter with the spoken code. `room` is None when only an address is known and the hub serves one room."""

    code: str
    room: str | None = None
    host: str | None = None
    """The device that must be at the other end, when discovery or an earlier visit told it."""


@dataclass(frozen=True)
class Member:
    """Enter as a member that has been in: by a signed challenge."""

    founding: Statement
    statements: Sequence[Statement] = ()
    """All memberships and removals this desk knows; the hub learns from them."""
    hubs: frozenset[str] = frozenset()
    """Devices that may serve this room although they are no members (an always-on hub that was trusted)."""


@dataclass(frozen=True)
class TokenEntry:
    """Enter with a token alone, as a stock client does. `fingerprint` pins the hub's certificate."""

    token: str
    fingerprint: str | None = None


Entrance = Code | Member | TokenEntry


@dataclass(frozen=True)
class Admitted:
    """What entering a room brought."""

    room: str
    role: str
    token: str
    hub_device: str
    """Empty after a TokenEntry, which proves no device."""
    fingerprint: str
    address: Address
    founding: Statement | None = None
    statements: tuple[Statement, ...] = field(default=())
    """Memberships and removals the hub knows; after a Code the own new membership is among them."""


class DocumentPort(Protocol):
    """The documents of one room on this desk. Called on the event loop of the client; must not block for long."""

    def documents(self) -> list[str]:
        """Return the names of all documents this desk has of the room."""
        ...

    def state_vector(self, name: str) -> bytes:
        """Return the Yjs v1 state vector; of an empty document for a name not known yet."""
        ...

    def difference(self, name: str, state_vector: bytes) -> bytes:
        """Return a Yjs v1 update with what the holder of `state_vector` lacks. Raises ValueError for a broken one."""
        ...

    def receive(self, name: str, update: bytes) -> None:
        """Apply an update from the hub and keep it. The document is made if it is not known yet."""
        ...


class ClientListener(Protocol):
    """What a room's client tells. Called on its event loop; must not block."""

    def connected(self, admitted: Admitted) -> None:
        """Entered the room, at the first time or again. `admitted.statements` may be more than known so far."""
        ...

    def disconnected(self, sentence: str) -> None:
        """The link is gone. Unless it was closed or refused for good, the client tries again by itself."""
        ...

    def refused(self, sentence: str) -> None:
        """The hub refuses this member (removed, say); the client has stopped trying."""
        ...

    def synced(self, name: str) -> None:
        """The hub's state of this document has been received."""
        ...

    def acknowledged(self, name: str, count_left: int) -> None:
        """The hub has written down an update; `count_left` are still out for this document."""
        ...

    def rejected(self, name: str) -> None:
        """The hub refused an update of this document (a viewer's, or another's log)."""
        ...

    def presence(self, name: str, states: Mapping[int, object | None]) -> None:
        """Presence on a document changed: client id to its JSON state, None when it left. Only what changed."""
        ...

    def announced(self, names: Sequence[str]) -> None:
        """The hub has these documents; those not opened yet may be opened with `RoomClient.open`."""
        ...


@dataclass(frozen=True)
class HubConfig:
    """What a desk gives the hub process it starts."""

    identity_directory: str
    founding: Statement
    statements: tuple[Statement, ...]
    spool: str
    """A private folder; each hub makes a folder of its own in it and clears that at a clean exit."""
    code: str | None = None
    code_expires: int | None = None
    """When the code ends, in ms since 1970; None for never."""
    bind: str | None = None
    """One address to listen on; None for all, IPv4 and IPv6."""
    port: int = 0
    """0 for any free port."""


@dataclass(frozen=True)
class HubReady:
    """The hub listens."""

    addresses: tuple[Address, ...]
    port: int
    fingerprint: str


@dataclass(frozen=True)
class HubAdmitted:
    """Somebody new was let in by code; `statement` is the membership, to be written into the log of this desk."""

    device: str
    name: str
    statement: Statement


@dataclass(frozen=True)
class HubJoined:
    device: str
    name: str


@dataclass(frozen=True)
class HubLeft:
    device: str


@dataclass(frozen=True)
class HubRefused:
    """A try to enter was refused."""

    address: str
    sentence: str


@dataclass(frozen=True)
class HubEnded:
    """The hub process is gone, wanted or not."""

    status: int


HubEvent = HubReady | HubAdmitted | HubJoined | HubLeft | HubRefused | HubEnded
