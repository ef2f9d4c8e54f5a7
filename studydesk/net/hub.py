"""The hub: lets members into rooms over TLS WebSockets and relays what they write. One event loop, no Qt."""

from __future__ import annotations

import asyncio
import json
import logging
import socket as socket_module
import ssl
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import ifaddr
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from studydesk.foundation.clock import Clock
from studydesk.net.code_gate import CodeGate
from studydesk.net.connection import MAX_ENTRY_FRAME, Connection
from studydesk.net.hub_room import HubRoom
from studydesk.net.identity import Identity
from studydesk.net.limits import BoundedConnection
from studydesk.net.membership import Membership
from studydesk.net.ports import Address, HubEvent
from studydesk.net.wire import Ping

log = logging.getLogger(__name__)

PING_SECONDS = 12.0
MAX_UNKNOWN = 512
MAX_UNKNOWN_FROM_ONE = 64


@dataclass
class Hub:
    """Serves rooms. Make it, add rooms and gates, `start`, and in the end `stop`."""

    identity: Identity
    clock: Clock
    tell: Callable[[HubEvent], None]
    rooms: dict[str, HubRoom] = field(default_factory=dict)
    gates: dict[str, CodeGate] = field(default_factory=dict)
    adopt: Callable[[Membership], HubRoom | None] | None = None
    """Makes a room that is not known here, for a hub that takes in the rooms of those who come."""
    _server: Server | None = None
    _pinger: asyncio.Task[None] | None = None
    _connections: set[Connection] = field(default_factory=set)
    _unknown: Counter[str] = field(default_factory=Counter)

    async def start(self, bind: str | None, port: int) -> None:
        """Listen. Raises OSError when the address or port can't be had."""
        self._server = await serve(
            self._serve,
            sock=_listen(bind, port),
            ssl=server_context(self.identity),
            compression=None,
            max_size=MAX_ENTRY_FRAME,
            open_timeout=3,
            close_timeout=1,
            ping_interval=20,
            ping_timeout=20,
            server_header=None,
            create_connection=BoundedConnection,
        )
        self._pinger = asyncio.get_running_loop().create_task(self._ping(), name="ping")

    @property
    def port(self) -> int:
        assert self._server is not None
        number: int = next(iter(self._server.sockets)).getsockname()[1]
        return number

    async def stop(self) -> None:
        """Send what is pending, close every connection, stop listening."""
        for room in self.rooms.values():
            for document in room.documents.values():
                document.flush()
        if self._pinger is not None:
            self._pinger.cancel()
            await asyncio.gather(self._pinger, return_exceptions=True)
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _serve(self, socket: ServerConnection) -> None:
        address = str(socket.remote_address[0]).removeprefix("::ffff:")
        if self._unknown.total() >= MAX_UNKNOWN or self._unknown[address] >= MAX_UNKNOWN_FROM_ONE:
            await socket.close(1013, "too many")
            return
        connection = Connection(self, socket, address)
        self._connections.add(connection)
        self._unknown[address] += 1
        known = False

        def authenticated() -> None:
            nonlocal known
            if not known:
                known = True
                self._unknown -= Counter({address: 1})

        connection.authenticated = authenticated
        try:
            await connection.run()
        except ConnectionClosed:
            pass
        finally:
            authenticated()
            self._connections.discard(connection)
            connection.end()

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(PING_SECONDS)
            for connection in tuple(self._connections):
                if connection.knows_ping:
                    connection.deliver(Ping.encoded)


def _listen(bind: str | None, port: int) -> socket_module.socket:
    """Return a listening socket: on `bind`, or on all addresses of IPv4 and IPv6 with one port."""
    if bind is None and socket_module.has_dualstack_ipv6():
        family, host = socket_module.AF_INET6, "::"
    else:
        host = bind or "0.0.0.0"
        family = socket_module.AF_INET6 if ":" in host else socket_module.AF_INET
    return socket_module.create_server(
        (host, port),
        family=family,
        dualstack_ipv6=bind is None and family == socket_module.AF_INET6,
        backlog=256,
    )


def server_context(identity: Identity) -> ssl.SSLContext:
    """Return TLS 1.3 with this device's certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(identity.certificate_pem_path, identity.key_pem_path)
    return context


def own_addresses(bind: str | None, port: int) -> tuple[Address, ...]:
    """Return where others reach a hub that listens on `bind` (None: everywhere), the likeliest first."""
    if bind is not None and bind not in ("0.0.0.0", "::"):
        return (Address(bind, port),)
    hosts = [ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if isinstance(ip.ip, str)]
    outside = [host for host in hosts if not host.startswith("127.")]
    return tuple(Address(host, port) for host in [*outside, "127.0.0.1"])


def documents_text(names: Sequence[str]) -> str:
    """Return the Stateless text that lists the documents of a room."""
    return json.dumps({"type": "documents", "names": list(names)})
