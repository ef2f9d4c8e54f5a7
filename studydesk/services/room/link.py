"""How a room on this desk reaches the others: it finds the hub, joins it, or is the one that starts it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from studydesk.foundation.errors import Fault, NotReachable, Refused
from studydesk.net.client import RoomClient
from studydesk.net.hub_process import HubHandle, launch_hub
from studydesk.net.ports import (
    Address,
    Admitted,
    HubAdmitted,
    HubConfig,
    HubEnded,
    HubEvent,
    Member,
)
from studydesk.net.statement import Statement
from studydesk.services.room import events
from studydesk.services.room.documents import ROOT
from studydesk.services.room.records import milliseconds
from studydesk.services.room.room import Room

log = logging.getLogger(__name__)

RETRY_SECONDS = 30.0
SYNC_SECONDS = 30.0
FIRST_TRY_SECONDS = 5.0
OFFLINE, CONNECTING, LIVE = "offline", "connecting", "live"


@dataclass(frozen=True)
class Hosting:
    """How to host: the spoken code and until when it holds (ms, None for always), and where to listen."""

    code: str | None
    expires: int | None
    bind: str | None = None
    port: int = 0


class Link:
    """The connection of one open room. A `net.ports.ClientListener`; lives on the network thread."""

    def __init__(
        self, room: Room, near: Callable[[str], Sequence[Address]], hosts: Callable[[], None]
    ) -> None:
        self._room = room
        self._near = near
        self._hosts_changed = hosts
        self._client: RoomClient | None = None
        self._seeker: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._tried = asyncio.Event()
        self._live = asyncio.Event()
        self._unsynced: set[str] = set()
        self._opened: set[str] = set()
        self._hub_left: str | None = None
        self._presence: dict[str, object] = {}
        self.hub: HubHandle | None = None
        self.code: str | None = None
        self.admitted: Admitted | None = None
        self.state = OFFLINE

    # What a room asks

    def start(self) -> None:
        """Begin to look for the hub, and go on until closed."""
        seeking = self._seeker is not None and not self._seeker.done()
        if not seeking and self._client is None and self._room.data.founding is not None:
            self._tried.clear()
            self._seeker = asyncio.get_running_loop().create_task(
                self._seek(), name=f"seek {self._room.id[:6]}"
            )

    def wake(self) -> None:
        """Look again now: discovery has seen something."""
        self._wake.set()

    @property
    def live(self) -> bool:
        return self._client is not None and self._client.connected

    @property
    def waiting(self) -> int:
        """Updates of mine that no hub has written down yet."""
        if self._client is None or not self._client.connected:
            return self._room.unsent
        return sum(self._client.unacknowledged(name) for name in self._opened)

    async def wait_live(self, seconds: float) -> bool:
        """Wait until connected, at most this long; sooner when every known address has been tried in vain."""
        tried = asyncio.ensure_future(self._tried.wait())
        live = asyncio.ensure_future(self._live.wait())
        await asyncio.wait({tried, live}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        tried.cancel()
        live.cancel()
        return self.live

    async def wait_synced(self, seconds: float = SYNC_SECONDS) -> bool:
        """Wait until all documents are exchanged and all of mine is with the hub."""
        return self._client is not None and await self._client.wait_synced(None, seconds)

    def send(self, document: str, update: bytes) -> None:
        """Send an update of mine; while offline the later exchange of states carries it."""
        if self._client is None:
            return
        if document not in self._opened:
            self._open(document)
        self._client.send_update(document, update)

    def open(self, document: str) -> None:
        """Exchange one more document from now on, if connected."""
        if self._client is not None and document not in self._opened:
            self._open(document)

    def set_presence(self, document: str, state: object | None) -> None:
        """Say where I am on a document; None: no longer there."""
        if state is None:
            self._presence.pop(document, None)
        else:
            self._presence[document] = state
        if self._client is not None:
            self._client.set_presence(document, state)

    def update_statements(self, statements: Sequence[Statement]) -> None:
        if self._client is not None:
            self._client.update_statements(statements)

    def client_id(self) -> int | None:
        """My own id in presence, to leave it out of what is shown."""
        return self._client.client_id if self._client is not None else None

    async def host(self, how: Hosting) -> None:
        """Start a hub here and connect to it as its first client. Raises Fault when it does not start."""
        await self._stop_seeking()
        await self._drop_client()
        room = self._room
        founding = room.data.founding
        if founding is None or room.membership is None:
            raise Fault("My own boards are not a room that can be opened to others.")
        self.hub = await launch_hub(
            HubConfig(
                str(room.parts.context.paths.identity),
                founding,
                room.membership.statements,
                str(room.parts.context.paths.spool),
                how.code,
                how.expires,
                how.bind,
                how.port,
            ),
            self._hub_said,
        )
        self.code = how.code
        try:
            await self._connect([Address(_local(how.bind), self.hub.ready.port)])
        except Fault:
            await self.stop_hosting()
            raise
        self._hosts_changed()

    async def stop_hosting(self) -> None:
        """End the hub that was started here; the others go on offline."""
        hub, self.hub, self.code = self.hub, None, None
        if hub is None:
            return
        await self._drop_client()
        await hub.stop()
        self._hosts_changed()
        self._tell(OFFLINE)

    async def set_code(self, code: str, expires: int | None) -> None:
        """Let people in with another code from now on."""
        if self.hub is None:
            raise Fault("This desk does not host the room. Open it to others first.")
        await self.hub.set_code(code, expires)
        self.code = code
        self._hosts_changed()

    async def close(self) -> None:
        """Leave: all of mine goes out if it can, then the connection and a hub of ours end."""
        await self._stop_seeking()
        if self.live:
            await self.wait_synced(1.0)
        await self.stop_hosting()
        await self._drop_client()

    # Finding the hub

    async def _seek(self) -> None:
        while True:
            self._wake.clear()
            addresses = self._candidates()
            if addresses and not await self._try(addresses):
                return
            self._tried.set()
            if self._client is not None:
                return
            # Not wait_for: a cancellation in the very moment of the wake would be lost in it (before Python 3.12).
            with suppress(TimeoutError):
                async with asyncio.timeout(RETRY_SECONDS if addresses else None):
                    await self._wake.wait()

    async def _try(self, addresses: Sequence[Address]) -> bool:
        """Try to connect; return whether to go on looking when that failed."""
        self._tell(CONNECTING)
        try:
            await self._connect(addresses)
        except Refused as fault:
            self._tell(OFFLINE, fault.sentence)
            self._tried.set()
            return False
        except NotReachable as fault:
            log.info("the hub of room %s: %s", self._room.id[:6], fault)
            self._tell(OFFLINE)
        return True

    def _candidates(self) -> list[Address]:
        found = list(self._near(self._room.id))
        return found + [known for known in self._room.data.addresses if known not in found]

    async def _connect(self, addresses: Sequence[Address]) -> None:
        room = self._room
        assert room.data.founding is not None
        assert room.membership is not None
        client = RoomClient(
            room.parts.identity,
            room.parts.name(),
            room.documents,
            self,
            room.parts.context.clock,
            self._candidates,
        )
        self._client = client
        self._opened = set()
        try:
            await client.connect(addresses, Member(room.data.founding, room.membership.statements))
        except BaseException:
            self._client = None
            await client.close()
            raise

    async def _drop_client(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.close()
        if self._live.is_set():
            self._gone(None)

    async def _stop_seeking(self) -> None:
        seeker, self._seeker = self._seeker, None
        if seeker is not None:
            seeker.cancel()
            await asyncio.gather(seeker, return_exceptions=True)

    def _open(self, document: str) -> None:
        self._opened.add(document)
        if self._client is not None:
            self._client.open(document)

    # What the client tells

    def connected(self, admitted: Admitted) -> None:
        self.admitted = admitted
        self._live.set()
        self._opened = {*self._room.documents.documents(), ROOT}
        self._unsynced = set(self._opened)
        self._room.entered(admitted)
        for document, state in self._presence.items():
            if self._client is not None:
                self._client.set_presence(document, state)
        self._tell(LIVE)

    def disconnected(self, sentence: str) -> None:
        self._gone(sentence)

    def refused(self, sentence: str) -> None:
        self._gone(sentence)

    def synced(self, name: str) -> None:
        if name not in self._unsynced:
            return
        self._unsynced.discard(name)
        if not self._unsynced:
            asyncio.get_running_loop().call_soon(self._caught_up)

    def acknowledged(self, name: str, count_left: int) -> None:
        if count_left:
            return
        if name.startswith(f"log/{self._room.me}/"):
            self._room.delivered_up_to(self._room.book.next_seq)
        if not self.waiting:
            self._room.unsent = 0
            self.tell_saved()

    def rejected(self, name: str) -> None:
        log.warning("the hub of room %s took no update of %s", self._room.id[:6], name)

    def presence(self, name: str, states: Mapping[int, object | None]) -> None:
        self._room.presence_changed(name, states)

    def announced(self, names: Sequence[str]) -> None:
        fresh = [name for name in names if name not in self._opened]
        self._opened.update(fresh)
        if self.state == LIVE and self._unsynced:
            self._unsynced.update(fresh)

    def tell_saved(self) -> None:
        """Say where the room is saved now; nothing while something is not on the disk yet."""
        room = self._room
        if room.parts.update_log.failed or room.parts.update_log.pending:
            return
        others = sum(1 for person in room.people() if person.present and not person.me) if self.live else 0
        room.publish(events.RoomSaved(room.id, milliseconds(room.now()), others, self.waiting))

    def _caught_up(self) -> None:
        if not self._unsynced and self.live:
            self._room.caught_up()
            self.tell_saved()

    def _gone(self, sentence: str | None) -> None:
        self._live.clear()
        self._unsynced.clear()
        self._room.alone()
        self._tell(OFFLINE if self._client is None else CONNECTING, sentence)

    def _tell(self, state: str, reason: str | None = None) -> None:
        if state == self.state and reason is None:
            return
        self.state = state
        self._room.publish(events.RoomConnection(self._room.id, state, reason))
        self._room.publish(events.RoomsChanged(self._room.id))

    def _hub_said(self, event: HubEvent) -> None:
        if isinstance(event, HubAdmitted):
            self._room.learn((event.statement,))
            self._room.write_entry("membership", {"statement": event.statement.as_json()})
        elif isinstance(event, HubEnded) and self.hub is not None:
            log.error("the hub of room %s ended with status %s", self._room.id[:6], event.status)
            self.hub = None
            self._hosts_changed()
            reason = "The room is closed for others, since its hub ended. Open it again to go on together."
            self._room.publish(events.HostingEnded(self._room.id, reason))


def _local(bind: str | None) -> str:
    """Return the address at which a desk reaches its own hub."""
    if bind is None or bind in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return bind
