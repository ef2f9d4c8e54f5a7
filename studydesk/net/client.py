"""One member's link to the hub of a room: enter, exchange documents, stay, come back after a loss."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Callable, Mapping, Sequence

from websockets.asyncio.connection import broadcast
from websockets.exceptions import WebSocketException

from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault, NotReachable, Refused
from studydesk.net import wire
from studydesk.net.admission import ClientSide, Grant
from studydesk.net.awareness import GONE, Presence, decode_presence, encode_presence
from studydesk.net.faults import ProtocolFault
from studydesk.net.identity import Identity, certificate_fingerprint, certificate_public_key
from studydesk.net.liveness import LiveConnection
from studydesk.net.membership import Membership
from studydesk.net.opening import CONNECT_SECONDS, NOBODY, certificate_of, first_open
from studydesk.net.ports import (
    Address,
    Admitted,
    ClientListener,
    Code,
    DocumentPort,
    Entrance,
    Member,
    TokenEntry,
)
from studydesk.net.statement import Statement, parse_token, text_of
from studydesk.net.update_guard import check_state_vector

log = logging.getLogger(__name__)

RENEW_SECONDS = 15.0
FIRST_RETRY, LONGEST_RETRY = 0.2, 10.0
STEADY_SECONDS = 10.0
"""A link that held this long was a good one: after its loss the first retry is quick again."""
EMPTY = b"\x00\x00"
NOT_OURS = "The desk that answers is not a member of this room. Don't join there; ask who hosts it."
ANOTHER = "Another desk answers at that address. Look for the room in the list of those near you."


class RoomClient:
    """Keeps one room connected while it is wanted. All calls on one event loop."""

    def __init__(
        self,
        identity: Identity,
        name: str,
        port: DocumentPort,
        listener: ClientListener,
        clock: Clock,
        addresses: Callable[[], Sequence[Address]] | None = None,
    ) -> None:
        self._identity, self._name, self._port, self._listener = identity, name, port, listener
        self._more_addresses = addresses or (lambda: ())
        self._entrance: Entrance | None = None
        self._addresses: tuple[Address, ...] = ()
        self._socket: LiveConnection | None = None
        self._token = ""
        self._keeper: asyncio.Task[None] | None = None
        self._renewer: asyncio.Task[None] | None = None
        self._opened: dict[str, int] = {}
        self._synced: set[str] = set()
        self._states: dict[str, str] = {}
        self._clocks: dict[str, int] = {}
        self._present: dict[str, dict[int, int]] = {}
        self._moved = asyncio.Event()
        self._closed = False
        self._retry = FIRST_RETRY / 2
        self.client_id = random.getrandbits(32)

    @property
    def connected(self) -> bool:
        return self._socket is not None

    def unacknowledged(self, name: str) -> int:
        """Return how many updates of a document the hub has not confirmed."""
        return self._opened.get(name, 0)

    async def connect(self, addresses: Sequence[Address], how: Entrance) -> Admitted:
        """Enter the room at the first of these addresses that answers, and stay.

        Raises NotReachable within five seconds, or Refused.
        """
        self._addresses, self._entrance = tuple(addresses), how
        try:
            admitted = await asyncio.wait_for(self._enter(), CONNECT_SECONDS)
        except TimeoutError as fault:
            raise NotReachable(NOBODY) from fault
        loop = asyncio.get_running_loop()
        self._keeper = loop.create_task(self._keep(), name="room link")
        self._renewer = loop.create_task(self._renew(), name="room presence")
        return admitted

    def open(self, name: str) -> None:
        """Exchange one more document from now on."""
        if name not in self._opened:
            self._opened[name] = 0
            if self._socket is not None:
                self._start(name)

    def send_update(self, name: str, update: bytes) -> None:
        """Send an update of a document; while offline the later exchange carries it."""
        if self._socket is not None and name in self._opened:
            self._opened[name] += 1
            self._send(wire.Update(name, update))

    def set_presence(self, name: str, state: object | None) -> None:
        """Say where I am on a document; None: no longer."""
        self._states[name] = GONE if state is None else json.dumps(state)
        self._clocks[name] = self._clocks.get(name, 0) + 1
        if self._socket is not None and name in self._opened:
            self._send_presence(name)
        if state is None:
            del self._states[name]

    def update_statements(self, statements: Sequence[Statement]) -> None:
        """Take over what this desk knows of memberships, for the next entrance."""
        if isinstance(self._entrance, Member):
            self._entrance = Member(self._entrance.founding, tuple(statements), self._entrance.hubs)

    async def wait_synced(self, names: Sequence[str] | None, timeout: float) -> bool:
        """Wait until these documents (all for None) are exchanged and confirmed; False after `timeout` seconds."""
        end = asyncio.get_running_loop().time() + timeout
        while not self._all_synced(names):
            left = end - asyncio.get_running_loop().time()
            if left <= 0 or self._closed:
                return False
            self._moved.clear()
            try:
                await asyncio.wait_for(self._moved.wait(), left)
            except TimeoutError:
                return False
        return True

    async def close(self) -> None:
        """Leave for good."""
        self._closed = True
        self._moved.set()
        tasks = [task for task in (self._keeper, self._renewer) if task is not None]
        await self._close_socket()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._close_socket()  # the keeper may just have come back

    async def _close_socket(self) -> None:
        socket, self._socket = self._socket, None
        if socket is not None:
            await socket.close()

    def _all_synced(self, names: Sequence[str] | None) -> bool:
        wanted = {"room", *self._opened} if names is None else names
        return self.connected and all(
            name in self._synced and not self._opened.get(name, 1) for name in tuple(wanted)
        )

    # Entering

    async def _enter(self) -> Admitted:
        addresses = list(dict.fromkeys((*self._addresses, *self._more_addresses())))
        faults: list[Fault] = []
        while addresses:
            socket, address = await first_open(addresses)
            addresses = addresses[addresses.index(address) + 1 :]
            try:
                admitted = await self._introduce(socket, address)
            except (ProtocolFault, WebSocketException, OSError, NotReachable, Refused) as fault:
                await socket.close()
                faults.append(_as_fault(fault))
                continue
            except asyncio.CancelledError:
                socket.transport.abort()  # the time is up: nobody would close it any more
                raise
            self._begin(socket, admitted)
            return admitted
        raise next((fault for fault in faults if isinstance(fault, Refused)), faults[0])

    async def _introduce(self, socket: LiveConnection, address: Address) -> Admitted:
        certificate = certificate_of(socket)
        fingerprint = certificate_fingerprint(certificate)
        how = self._entrance
        if isinstance(how, TokenEntry):
            if how.fingerprint not in (None, fingerprint):
                raise ProtocolFault("another certificate than the pinned one")
            body = parse_token(how.token).body
            room, role = text_of(body, "room"), text_of(body, "role")
            return Admitted(room, role, how.token, "", fingerprint, address)
        if isinstance(how, Code):
            side = ClientSide(self._identity, self._name, fingerprint, how.code, how.room)
        else:
            assert isinstance(how, Member)
            membership = Membership.resolve(how.founding, how.statements)
            side = ClientSide(
                self._identity, self._name, fingerprint, None, membership.room, how.founding, how.statements
            )
        await socket.send(side.hello.text())
        challenge = await _text(socket)
        proof = await asyncio.get_running_loop().run_in_executor(
            None, side.prove, challenge, certificate_public_key(certificate)
        )
        assert side.challenge is not None
        self._check_host(how, side.challenge.device)
        await socket.send(proof)
        grant = side.finish(await _text(socket))
        return Admitted(
            grant.room,
            grant.role,
            grant.token,
            side.challenge.device,
            fingerprint,
            address,
            grant.founding,
            grant.statements,
        )

    def _check_host(self, how: Code | Member, device: str) -> None:
        if isinstance(how, Code):
            if how.host not in (None, device):
                raise Refused(ANOTHER)
            return
        membership = Membership.resolve(how.founding, how.statements)
        if device not in how.hubs and not membership.may_serve(device):
            raise Refused(NOT_OURS)

    def _begin(self, socket: LiveConnection, admitted: Admitted) -> None:
        self._socket, self._token = socket, admitted.token
        self._addresses = tuple(dict.fromkeys((admitted.address, *self._addresses)))
        if admitted.founding is not None and not isinstance(self._entrance, TokenEntry):
            hubs = self._entrance.hubs if isinstance(self._entrance, Member) else frozenset()
            self._entrance = Member(admitted.founding, admitted.statements, hubs)
        self._synced.clear()
        self._opened = dict.fromkeys(("room", *self._port.documents(), *self._opened), 0)
        self._listener.connected(admitted)
        for name in tuple(self._opened):
            self._start(name)

    def _start(self, name: str) -> None:
        self._send(wire.AuthToken(name, self._token, "studydesk"))
        self._send(wire.SyncStep1(name, self._port.state_vector(name)))
        if name in self._states:
            self._send_presence(name)

    # Staying

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        while not self._closed:
            began = loop.time()
            sentence = await self._listen_awake()
            if self._closed:
                return
            self._lost(sentence)
            steady = loop.time() - began > STEADY_SECONDS
            self._retry = FIRST_RETRY if steady else min(self._retry * 2, LONGEST_RETRY)
            if not await self._come_back():
                return

    async def _listen_awake(self) -> str:
        """Listen until the link is gone, or the hub has been silent for too long."""
        assert self._socket is not None
        watch = asyncio.get_running_loop().create_task(self._socket.watch(), name="room liveness")
        try:
            return await self._listen()
        finally:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)

    async def _listen(self) -> str:
        socket = self._socket
        assert socket is not None
        try:
            async for message in socket:
                if self._closed:
                    break
                if isinstance(message, str):
                    self._put_out(message)
                else:
                    self._handle(wire.decode_from_hub(message))
        except Refused as fault:
            self._closed = True
            self._forget_present()
            self._socket = None
            self._listener.refused(fault.sentence)
        except (WebSocketException, OSError, ProtocolFault) as fault:
            log.info("the link to a hub ended: %s", fault)
            await socket.close()
        except Exception:
            # A bug above must not leave a link that looks alive and hears nothing: it is lost, and comes back.
            log.exception("the link to a hub ends by a fault of this desk")
            await socket.close()
        return "The host went away. What you do is kept here and goes out when somebody hosts again."

    def _put_out(self, text: str) -> None:
        Grant.parse(text)

    def _lost(self, sentence: str) -> None:
        self._socket = None
        self._forget_present()
        self._opened = dict.fromkeys(self._opened, 0)
        self._synced.clear()
        self._moved.set()
        self._listener.disconnected(sentence)

    async def _come_back(self) -> bool:
        """Try to enter again until that works; return False when it is refused for good."""
        while not self._closed:
            await asyncio.sleep(self._retry * random.uniform(0.7, 1.3))
            try:
                await asyncio.wait_for(self._enter(), CONNECT_SECONDS)
            except Refused as fault:
                self._closed = True
                self._listener.refused(fault.sentence)
                return False
            except (NotReachable, TimeoutError, OSError):
                self._retry = min(self._retry * 2, LONGEST_RETRY)
                continue
            return True
        return False

    async def _renew(self) -> None:
        while not self._closed:
            await asyncio.sleep(RENEW_SECONDS)
            for name in tuple(self._states):
                if self._socket is not None and name in self._opened:
                    self._clocks[name] += 1
                    self._send_presence(name)

    def _send(self, message: wire.Message) -> None:
        assert self._socket is not None
        broadcast((self._socket,), wire.encode(message))

    def _send_presence(self, name: str) -> None:
        entry = Presence(self.client_id, self._clocks[name], self._states[name])
        self._send(wire.Awareness(name, encode_presence((entry,))))

    # What the hub says

    def _handle(self, message: wire.FromHub) -> None:
        match message:
            case wire.Update():
                self._port.receive(message.address, message.update)
            case wire.SyncStep1():
                check_state_vector(message.state_vector)
                self._opened[message.address] = self._opened.get(message.address, 0) + 1
                difference = self._port.difference(message.address, message.state_vector)
                self._send(wire.SyncStep2(message.address, difference))
            case wire.SyncStep2():
                if message.update != EMPTY:
                    self._port.receive(message.address, message.update)
                self._synced.add(message.address)
                self._listener.synced(message.address)
                self._moved.set()
            case wire.SyncStatus():
                self._confirmed(message.address, message.stored)
            case wire.Awareness():
                self._saw(message.address, decode_presence(message.payload))
            case wire.Stateless():
                self._told(message.text)
            case wire.Ping():
                self._send(wire.Pong())
            case wire.PermissionDenied():
                self._opened.pop(message.address, None)
                self._moved.set()

    def _confirmed(self, name: str, stored: bool) -> None:
        self._opened[name] = max(0, self._opened.get(name, 0) - 1)
        if stored:
            self._listener.acknowledged(name, self._opened[name])
        else:
            self._listener.rejected(name)
        self._moved.set()

    def _saw(self, name: str, entries: Sequence[Presence]) -> None:
        known = self._present.setdefault(name, {})
        changed: dict[int, object | None] = {}
        for entry in entries:
            if entry.client == self.client_id:
                continue
            if entry.gone:
                if known.pop(entry.client, None) is not None:
                    changed[entry.client] = None
            elif entry.clock > known.get(entry.client, -1):
                known[entry.client] = entry.clock
                changed[entry.client] = entry.value()
        if changed:
            self._listener.presence(name, changed)

    def _forget_present(self) -> None:
        for name, known in self._present.items():
            if known:
                gone: Mapping[int, object | None] = dict.fromkeys(known)
                self._listener.presence(name, gone)
        self._present.clear()

    def _told(self, text: str) -> None:
        try:
            said = json.loads(text)
            names = [said["name"]] if said["type"] == "document" else list(said["names"])
        except (ValueError, KeyError, TypeError):
            return
        names = [name for name in names if isinstance(name, str)]
        self._listener.announced(names)
        for name in names:
            self.open(name)


async def _text(socket: LiveConnection) -> str:
    message = await socket.recv()
    if not isinstance(message, str):
        raise ProtocolFault("text was expected")
    return message


def _as_fault(fault: Exception) -> Fault:
    if isinstance(fault, Fault):
        return fault
    log.info("a hub did not let us in: %s", fault)
    return NotReachable("The desk that answers does not speak as a StudyDesk of this version should.")
