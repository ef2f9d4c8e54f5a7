"""Why another desk can't be seen: what can be found out from this one."""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import dataclass

from studydesk.foundation.clock import Clock
from studydesk.net.discovery import own_hosts

GROUP, MDNS_PORT = "224.0.0.251", 5353
HEAR_SECONDS = 1.5
EARLIEST_YEAR = 2025


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `sentence` says what was found and, when it is bad, what to do."""

    name: str
    ok: bool
    sentence: str


async def examine(clock: Clock) -> tuple[Finding, ...]:
    """Look at interfaces, multicast, ports and the clock. Takes up to two seconds."""
    return (_interfaces(), await _multicast(), _port(), _clock(clock))


def _interfaces() -> Finding:
    hosts = [host for host in own_hosts() if not host.startswith("127.")]
    if not hosts:
        return Finding("network", False, "This computer is on no network. Connect it, by cable or Wi-Fi.")
    return Finding("network", True, f"This computer is on the network as {', '.join(hosts)}.")


async def _multicast() -> Finding:
    try:
        heard = await asyncio.wait_for(_own_echo(), HEAR_SECONDS + 1)
    except OSError as fault:
        return Finding(
            "multicast",
            False,
            f"Looking for others does not work here ({fault.strerror}). Join by typing an address.",
        )
    except TimeoutError:
        heard = False
    if heard:
        return Finding("multicast", True, "What this desk calls out comes back: others can hear it.")
    return Finding(
        "multicast",
        False,
        "What this desk calls out does not come back: a firewall or the Wi-Fi keeps it. Join by typing an address.",
    )


async def _own_echo() -> bool:
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setblocking(False)
        listener.bind(("", 0))
        here = own_hosts()[0]
        group = struct.pack("4s4s", socket.inet_aton(GROUP), socket.inet_aton(here))
        listener.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
        listener.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(here))
        listener.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
        word = b"studydesk doctor"
        listener.sendto(word, (GROUP, listener.getsockname()[1]))
        try:
            data = await asyncio.wait_for(loop.sock_recv(listener, 64), HEAR_SECONDS)
        except TimeoutError:
            return False
        return data == word


def _port() -> Finding:
    try:
        with socket.create_server(("", 0)):
            return Finding("port", True, "This desk can open a room: a port is free.")
    except OSError as fault:
        return Finding(
            "port", False, f"This desk can't open a room ({fault.strerror}). Ask who runs the firewall."
        )


def _clock(clock: Clock) -> Finding:
    now = clock.now()
    if now.year < EARLIEST_YEAR:
        return Finding(
            "clock", False, f"The clock says {now:%Y-%m-%d}. Set it, or codes and invitations fail."
        )
    return Finding("clock", True, f"The clock says {now:%Y-%m-%d %H:%M} UTC.")
