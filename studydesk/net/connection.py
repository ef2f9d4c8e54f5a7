"""One WebSocket of a hub: admission in text frames, then documents in binary ones."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from websockets.asyncio.server import ServerConnection, broadcast
from websockets.protocol import State

from studydesk.foundation.errors import Refused
from studydesk.net import wire
from studydesk.net.admission import CODE, AdmissionFault, Grant, Hello, HubSide, refusal
from studydesk.net.awareness import decode_presence, encode_presence
from studydesk.net.faults import ProtocolFault
from studydesk.net.hub_room import HubDocument, HubRoom, brings_structs, is_document
from studydesk.net.membership import (
    FACILITATOR,
    MEMBER,
    RANK,
    VIEWER,
    Membership,
    grant_membership,
    issue_token,
)
from studydesk.net.ports import HubAdmitted, HubJoined, HubLeft, HubRefused
from studydesk.net.statement import StatementFault, parse_token, room_id, token_text
from studydesk.net.update_guard import check_state_vector

if TYPE_CHECKING:
    from studydesk.net.hub import Hub

T = TypeVar("T")
log = logging.getLogger(__name__)

ENTRY_SECONDS = 10.0
TOKEN_MILLISECONDS = 12 * 3_600_000
MAX_BACKLOG = 24 * 1024 * 1024
MAX_CHANNELS = 1024
MAX_ENTRY_FRAME = 1024 * 1024
"""What somebody may send at once who has not proven anything yet."""
NAMES_A_FRAME = 1000
MESSAGES_A_SECOND = 2000
TOO_BIG, UNREADABLE, UNKNOWN, FORBIDDEN, SILENT = 1009, 4205, 4401, 4403, 4408
REMOVED = "You were removed from this room. Ask its facilitator for an invitation."
STRANGER = "This desk is no member of that room. Join it with its code."
NO_FACILITATOR = "Only a facilitator lets new people in. Ask one to open this room."
NO_ROOM = "This desk does not host that room now. Ask its host to open it."


@dataclass(eq=False, slots=True)
class Channel:
    """One document on one connection."""

    connection: Connection
    address: str
    document: HubDocument
    read_only: bool

    def deliver(self, message: bytes) -> None:
        self.connection.deliver(message)

    def deliver_frames(self, frames: bytes) -> None:
        self.connection.deliver_frames(frames)


class Connection:
    """Serves one socket until it ends."""

    def __init__(self, hub: Hub, socket: ServerConnection, address: str) -> None:
        self._hub = hub
        self._socket = socket
        self._address = address
        self._room: HubRoom | None = None
        self.role = VIEWER
        self._speaks_text = False
        self._out = False
        self._closing: asyncio.Task[None] | None = None
        self._channels: dict[str, Channel] = {}
        self._budget = float(MESSAGES_A_SECOND)
        self._budget_at = asyncio.get_running_loop().time()
        self.holder = ""
        self.issuer = ""
        self.knows_ping = False
        self.authenticated: Callable[[], None] = lambda: None

    async def run(self) -> None:
        """Read until the other side closes, or breaks the rules."""
        try:
            async with asyncio.timeout(ENTRY_SECONDS):
                await self._wait_for_entry()
            async for message in self._socket:
                if isinstance(message, str):
                    raise ProtocolFault("a text frame after the admission")
                self._take(message)
        except TimeoutError:
            await self._socket.close(SILENT, "too slow")
        except ProtocolFault as fault:
            log.info("a connection from %s ends: %s", self._address, fault)
            await self._socket.close(UNREADABLE, "unreadable")

    async def _wait_for_entry(self) -> None:
        """Go through the dialogue, or take frames until one of them carries a token that counts."""
        first = await self._socket.recv()
        if isinstance(first, str):
            self._speaks_text = True
            await self._admit(first)
            return
        self._take(first)
        while self._room is None:
            message = await self._socket.recv()
            if isinstance(message, str):
                raise ProtocolFault("a text frame after a binary one")
            self._take(message)

    def deliver(self, frame: bytes) -> None:
        """Send without waiting; who reads too slowly is dropped."""
        if self._keeps_up():
            broadcast((self._socket,), frame)

    def deliver_frames(self, frames: bytes) -> None:
        """Send whole WebSocket frames: what goes to fifty is put into frames once, not fifty times."""
        if self._socket.state is State.OPEN and self._keeps_up():
            self._socket.transport.write(frames)

    def _keeps_up(self) -> bool:
        if self._socket.transport.get_write_buffer_size() <= MAX_BACKLOG:
            return True
        self._socket.transport.abort()
        return False

    def put_out(self, sentence: str) -> None:
        """End the connection of somebody who may not be here any more; from now on nothing of it counts."""
        if self._speaks_text:
            self.deliver_text(refusal(sentence))
        self._leave(FORBIDDEN, "removed")

    def role_changed(self) -> None:
        """End the connection of somebody whose role is another now: the next one has it."""
        self._leave(UNREADABLE, "reset")

    def _leave(self, status: int, reason: str) -> None:
        self.end()
        self._out = True
        closing = self._socket.close(status, reason)
        self._closing = asyncio.get_running_loop().create_task(closing, name="put out")

    def deliver_text(self, text: str) -> None:
        broadcast((self._socket,), text)

    def end(self) -> None:
        """Clear what the others see of this connection."""
        for channel in self._channels.values():
            channel.document.subscribers.discard(channel)
            channel.document.announce_presence(channel.document.presence.leave(channel))
        self._channels.clear()
        if self._room is not None:
            self._room.connections.discard(self)
            self._hub.tell(HubLeft(self.holder))
            self._room = None

    # Admission

    async def _admit(self, text: str) -> None:
        hello = Hello.parse(text)
        try:
            answer = await (self._by_code(hello) if hello.how == CODE else self._by_membership(hello))
        except Refused as fault:
            self._hub.tell(HubRefused(self._address, fault.sentence))
            await self._socket.send(refusal(fault.sentence, reachable=fault.sentence != NO_ROOM))
            await self._socket.close(FORBIDDEN, "refused")
            return
        except AdmissionFault as fault:
            self._hub.tell(HubRefused(self._address, str(fault)))
            await self._socket.close(UNKNOWN, "unauthorized")
            return
        await self._socket.send(answer)

    def _room_by_code(self, hello: Hello) -> HubRoom:
        """Return the room that is meant; who knows only an address means the one that is open."""
        if hello.room is not None:
            room = self._hub.rooms.get(hello.room)
        else:
            open_rooms = [self._hub.rooms[key] for key, gate in self._hub.gates.items() if gate.code]
            room = open_rooms[0] if len(open_rooms) == 1 else None
            if room is None and len(self._hub.rooms) == 1:
                room = next(iter(self._hub.rooms.values()))
        if room is None:
            raise Refused(NO_ROOM)
        return room

    async def _by_code(self, hello: Hello) -> str:
        room = self._room_by_code(hello)
        gate = self._hub.gates.get(room.id)
        if gate is None:
            raise Refused(NO_ROOM)
        self._require_facilitator(hello, room)
        code = gate.charge(self._address)
        if hello.device in room.membership.removed:
            raise Refused(REMOVED)
        try:
            confirm = await self._proven(hello, room.id, code)
        except Refused as fault:
            raise Refused(gate.wrong) from fault
        gate.refund(self._address)
        if hello.device in room.membership.removed:
            raise Refused(REMOVED)
        self._let_in(hello, room)
        return self._grant(hello, room, confirm).text()

    def _require_facilitator(self, hello: Hello, room: HubRoom) -> None:
        """Refuse somebody new at a hub whose device can't make members: it would come in and be nobody."""
        may = room.membership.role(self._hub.identity.device) == FACILITATOR
        if not may and hello.device not in room.membership.members:
            raise Refused(NO_FACILITATOR)

    async def _by_membership(self, hello: Hello) -> str:
        """Let a member in. What it brings counts here only when it has proven to be that member."""
        known = await self._in_thread(lambda: self._membership(hello))
        _require_member(known, hello.device)
        await self._proven(hello, known.room, None)
        room = self._hub.rooms.get(known.room)
        if room is None and self._hub.adopt is not None:
            room = self._hub.adopt(known)
        if room is None:
            raise Refused(NO_ROOM)
        room.learn(hello.statements)
        _require_member(room.membership, hello.device)
        return self._grant(hello, room, "").text()

    def _membership(self, hello: Hello) -> Membership:
        """Return the membership of the room that is meant, with what the hello brings."""
        room = self._hub.rooms.get(hello.room or "")
        if room is not None:
            return room.membership.adding(hello.statements)
        if hello.founding is None or self._hub.adopt is None or room_id(hello.founding) != hello.room:
            raise Refused(NO_ROOM)
        return Membership.resolve(hello.founding, hello.statements)

    async def _proven(self, hello: Hello, room: str, code: str | None) -> str:
        """Challenge the other side; return the hub's key confirmation. Raises Refused for a wrong code."""
        side = await self._in_thread(lambda: HubSide(self._hub.identity, hello, room, code))
        await self._socket.send(side.challenge.text())
        proof = await self._socket.recv()
        if not isinstance(proof, str):
            raise ProtocolFault("a proof is text")
        return await self._in_thread(lambda: side.accept(proof))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        # The arithmetic of the code takes tens of milliseconds: the others must not wait for it.
        return await asyncio.get_running_loop().run_in_executor(None, work)

    def _let_in(self, hello: Hello, room: HubRoom) -> None:
        if hello.device in room.membership.members:
            return
        now = int(self._hub.clock.now().timestamp() * 1000)
        statement = grant_membership(
            self._hub.identity, room.id, hello.keys, hello.name or "Somebody", MEMBER, now
        )
        room.learn((statement,))
        self._hub.tell(HubAdmitted(hello.device, hello.name, statement))

    def _grant(self, hello: Hello, room: HubRoom, confirm: str) -> Grant:
        role = room.membership.role(hello.device) or VIEWER
        expires = int(self._hub.clock.now().timestamp() * 1000) + TOKEN_MILLISECONDS
        token = issue_token(self._hub.identity, room.id, hello.device, role, expires)
        self._enter(room, hello.device, role, hello.name)
        return Grant(
            room.id, role, token_text(token), room.membership.founding, room.membership.statements, confirm
        )

    def _enter(self, room: HubRoom, holder: str, role: str, name: str) -> None:
        self._room, self.holder, self.role = room, holder, role
        room.connections.add(self)
        self._socket.protocol.max_message_size = wire.MAX_STATE_FRAME
        self.authenticated()
        self._hub.tell(HubJoined(holder, name))

    # Documents

    def _take(self, data: bytes) -> None:
        if self._out:
            return
        self._spend()
        if self._room is None and len(data) > MAX_ENTRY_FRAME:
            raise ProtocolFault("too much before authentication")
        message = wire.decode_from_client(data)
        if isinstance(message, wire.Ping | wire.Pong | wire.Unknown):
            return
        if isinstance(message, wire.AuthToken):
            self._log_in(message)
            return
        channel = self._channels.get(message.address)
        if channel is not None:
            self._handle(channel, message)

    def _spend(self) -> None:
        now = asyncio.get_running_loop().time()
        self._budget = (
            min(2 * MESSAGES_A_SECOND, self._budget + (now - self._budget_at) * MESSAGES_A_SECOND) - 1
        )
        self._budget_at = now
        if self._budget < -MESSAGES_A_SECOND:
            raise ProtocolFault("too many messages")

    def _log_in(self, message: wire.AuthToken) -> None:
        name = wire.name_of(message.address)
        refused = self._check_token(message.token) or self._check_name(name)
        if refused:
            self.deliver(wire.encode(wire.PermissionDenied(message.address, refused)))
            return
        assert self._room is not None
        self.knows_ping = self.knows_ping or message.version is not None
        read_only = self.role == VIEWER
        if message.address not in self._channels:
            if len(self._channels) >= MAX_CHANNELS:
                raise ProtocolFault("too many documents on one connection")
            document = self._room.document(name)
            channel = Channel(self, message.address, document, read_only)
            self._channels[message.address] = channel
            document.subscribers.add(channel)
        scope = wire.READ_ONLY if read_only else wire.READ_WRITE
        self.deliver(wire.encode(wire.Authenticated(message.address, scope)))
        self._show(self._channels[message.address])

    def _show(self, channel: Channel) -> None:
        present = channel.document.presence.entries()
        if present:
            self.deliver(wire.encode(wire.Awareness(channel.address, encode_presence(present))))
        if channel.document.name == "room" and self._room is not None:
            self._list_documents(channel, self._room.names())

    def _list_documents(self, channel: Channel, names: list[str]) -> None:
        for start in range(0, max(len(names), 1), NAMES_A_FRAME):
            text = json.dumps({"type": "documents", "names": names[start : start + NAMES_A_FRAME]})
            self.deliver(wire.encode(wire.Stateless(channel.address, text)))

    def _check_token(self, text: str) -> str | None:
        """Take the token's word for room, holder and role; return why it does not count."""
        try:
            token = parse_token(text)
            body = token.body
            room = self._hub.rooms.get(str(body.get("room")))
            if room is None or token.kind != "token" or (self._room is not None and room is not self._room):
                return "permission-denied"
            expires, holder, role = body.get("expires"), str(body.get("holder")), str(body.get("role"))
            if role not in RANK:
                return "permission-denied"
            if not isinstance(expires, int) or expires < self._hub.clock.now().timestamp() * 1000:
                return "token-expired"
        except StatementFault:
            return "permission-denied"
        issuer = room.membership.members.get(token.by)
        by_facilitator = issuer is not None and issuer.role == FACILITATOR
        keys = issuer.keys if by_facilitator and issuer is not None else self._hub.identity.public_keys
        if not token.verified_by(keys.device, keys) or holder in room.membership.removed:
            return "permission-denied"
        if self._room is None:
            known = room.membership.role(holder)
            self.issuer = token.by
            self._enter(room, holder, known or role, "")
        elif holder != self.holder:
            return "permission-denied"
        return None

    def _check_name(self, name: str) -> str | None:
        if not is_document(name):
            return "no-such-document"
        if (
            self.role == VIEWER
            and self._room is not None
            and name not in self._room.documents
            and name != "room"
        ):
            return "no-such-document"
        return None

    def _handle(self, channel: Channel, message: wire.Common | wire.Close) -> None:
        match message:
            case wire.SyncStep1():
                check_state_vector(message.state_vector)
                document = channel.document
                self.deliver(wire.encode(wire.SyncStep1(channel.address, document.state_vector())))
                difference = document.difference(message.state_vector)
                self.deliver(wire.encode(wire.SyncStep2(channel.address, difference)))
            case wire.SyncStep2():
                allowed = not channel.read_only
                self._store(channel, message.update, allowed, allowed or not brings_structs(message.update))
            case wire.Update():
                allowed = self._may_write(channel)
                self._store(channel, message.update, allowed, allowed)
            case wire.Awareness():
                table = channel.document.presence
                counted = table.apply(channel, self.holder, decode_presence(message.payload))
                channel.document.announce_presence(counted)
            case wire.QueryAwareness():
                self._show(channel)
            case wire.Close():
                self._close(channel)

    def _may_write(self, channel: Channel) -> bool:
        name = channel.document.name
        return not channel.read_only and (
            not name.startswith("log/") or name.startswith(f"log/{self.holder}/")
        )

    def _store(self, channel: Channel, update: bytes, allowed: bool, stored: bool) -> None:
        if allowed:
            channel.document.take(update, self.holder)
        self.deliver(wire.encode(wire.SyncStatus(channel.address, stored)))

    def _close(self, channel: Channel) -> None:
        del self._channels[channel.address]
        channel.document.subscribers.discard(channel)
        channel.document.announce_presence(channel.document.presence.leave(channel))
        self.deliver(wire.encode(wire.Close(channel.address, "provider_initiated")))


def _require_member(membership: Membership, device: str) -> None:
    if device in membership.removed:
        raise Refused(REMOVED)
    if device not in membership.members:
        raise Refused(STRANGER)
