"""Opening the socket to a hub: at whichever of its addresses answers first."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence

from websockets.asyncio.client import connect

from studydesk.foundation.errors import NotReachable
from studydesk.net import wire
from studydesk.net.faults import ProtocolFault
from studydesk.net.liveness import PING_SECONDS, LiveConnection
from studydesk.net.ports import Address

CONNECT_SECONDS = 4.5
STAGGER_SECONDS = 0.15
NOBODY = "Nobody answers there. Is the room open, and are you on the same network?"


async def first_open(addresses: Sequence[Address]) -> tuple[LiveConnection, Address]:
    """Open sockets to all addresses, a moment apart, and return the first that answers.

    Raises NotReachable when none does.
    """
    tasks = {
        asyncio.ensure_future(_open(address, number * STAGGER_SECONDS)): address
        for number, address in enumerate(addresses)
    }
    waiting = set(tasks)
    found: tuple[LiveConnection, Address] | None = None
    try:
        while waiting and found is None:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if task.exception() is None and found is None:
                    found = task.result(), tasks[task]
                elif task.exception() is None:
                    await task.result().close()
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    if found is None:
        raise NotReachable(NOBODY)
    return found


async def _open(address: Address, after: float) -> LiveConnection:
    await asyncio.sleep(after)
    socket = await connect(
        f"wss://{address}/",
        ssl=_context(),
        compression=None,
        max_size=wire.MAX_STATE_FRAME,
        open_timeout=CONNECT_SECONDS,
        close_timeout=1,
        ping_interval=PING_SECONDS,
        ping_timeout=None,
        create_connection=LiveConnection,
        proxy=None,
        user_agent_header=None,
    )
    assert isinstance(socket, LiveConnection)
    return socket


def _context() -> ssl.SSLContext:
    # The certificate is self-signed; the admission binds it to the hub's device and to the code.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def certificate_of(socket: LiveConnection) -> bytes:
    """Return the DER certificate of the other side. Raises ProtocolFault when there is none."""
    tls: ssl.SSLObject = socket.transport.get_extra_info("ssl_object")
    certificate = tls.getpeercert(binary_form=True)
    if certificate is None:
        raise ProtocolFault("a hub without certificate")
    return certificate
