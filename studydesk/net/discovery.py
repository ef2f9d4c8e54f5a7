"""Who is near: mDNS on every interface (`_studydesk._tcp`), also on those that come later."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import ifaddr
from zeroconf import InterfaceChoice, IPVersion, ServiceStateChange, Zeroconf
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from studydesk.foundation.clock import Clock, SystemClock
from studydesk.net.ports import Address

log = logging.getLogger(__name__)

SERVICE = "_studydesk._tcp.local."
VERSION = "1"
MAX_NAME_BYTES = 120
MAX_ROOMS = 16
ASK_MILLISECONDS = 3000
TRY_SECONDS = 2.0
CHECK_SECONDS = 8.0
POLL_SECONDS = 10.0
SETTLE_SECONDS = 0.5
RTMGRP_LINK, RTMGRP_IPV4_IFADDR, RTMGRP_IPV6_IFADDR = 1, 0x10, 0x100


@dataclass(frozen=True)
class LiveRoom:
    """A room whose hub runs here. One that is not `listed` is announced without its name."""

    id: str
    name: str
    port: int
    listed: bool = True


@dataclass(frozen=True)
class RoomSeen:
    """A room whose hub runs on another desk."""

    id: str
    name: str
    addresses: tuple[Address, ...]


@dataclass(frozen=True)
class PeerSeen:
    """Another desk on the network."""

    id: str
    name: str
    addresses: tuple[str, ...]
    rooms: tuple[RoomSeen, ...]
    last_seen: datetime


@dataclass(frozen=True)
class PeersChanged:
    """All that are seen now."""

    peers: tuple[PeerSeen, ...]


class Discovery:
    """Shows this desk to others and sees them. All calls on one event loop."""

    def __init__(
        self,
        device: str,
        name: str,
        on_change: Callable[[PeersChanged], None],
        clock: Clock,
        visible: bool = True,
    ) -> None:
        self._device, self._name, self._on_change, self._clock = device, name, on_change, clock
        self._visible = visible
        self._rooms: tuple[LiveRoom, ...] = ()
        self._port = 0
        self._zeroconf: AsyncZeroconf | None = None
        self._browser: AsyncServiceBrowser | None = None
        self._info: AsyncServiceInfo | None = None
        self._seen: dict[str, PeerSeen] = {}
        self._dead: set[tuple[str, str]] = set()
        self._told: tuple[PeerSeen, ...] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._checker: asyncio.Task[None] | None = None

    @property
    def peers(self) -> tuple[PeerSeen, ...]:
        """Those seen now, without rooms whose hub does not answer."""
        return tuple(self._alive(peer) for peer in self._seen.values())

    async def start(self, port: int | None) -> None:
        """Join the multicast group on every interface, announce, and look."""
        self._port = port or 0
        self._zeroconf = _make_zeroconf()
        self._browser = AsyncServiceBrowser(self._zeroconf.zeroconf, SERVICE, handlers=[self._changed])
        self._spawn(self._watch_interfaces(), "interfaces")
        if self._visible:
            self._info = self._make_info()
            # What comes back is the task that says it three times. It must end before anything newer is said, or
            # what is old would be heard last.
            await (await self._zeroconf.async_register_service(self._info, strict=False))

    async def announce(self, name: str, rooms: Sequence[LiveRoom]) -> None:
        """Change what others see of this desk."""
        if (name, tuple(rooms)) == (self._name, self._rooms):
            return
        self._name, self._rooms = name, tuple(rooms)
        await self._announce_again()

    async def close(self) -> None:
        """Say goodbye and stop. A second call does nothing."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        browser, self._browser = self._browser, None
        if browser is not None:
            await browser.async_cancel()
        zeroconf, self._zeroconf = self._zeroconf, None
        if zeroconf is not None:
            await zeroconf.async_unregister_all_services()
            await zeroconf.async_close()

    def _spawn(self, work: object, name: str) -> asyncio.Task[None]:
        assert asyncio.iscoroutine(work)
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("discovery: %s failed", task.get_name(), exc_info=task.exception())

    def _make_info(self) -> AsyncServiceInfo:
        return AsyncServiceInfo(
            SERVICE,
            f"{self._device}.{SERVICE}",
            port=self._rooms[0].port if self._rooms else self._port,
            properties=_properties(self._device, self._name, self._rooms),
            server=f"{self._device}.local.",
            parsed_addresses=own_hosts(),
        )

    async def _announce_again(self) -> None:
        if self._zeroconf is None or not self._visible:
            return
        self._info = self._make_info()
        await (await self._zeroconf.async_update_service(self._info))

    # What is seen

    def _changed(
        self, zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange
    ) -> None:
        device = name.removesuffix(f".{SERVICE}")
        if device == self._device:
            return
        if state_change is ServiceStateChange.Removed:
            if self._seen.pop(device, None) is not None:
                self._tell()
            return
        self._spawn(self._ask(zeroconf, name, device), "ask peer")

    async def _ask(self, zeroconf: Zeroconf, name: str, device: str) -> None:
        info = AsyncServiceInfo(SERVICE, name)
        if not await info.async_request(zeroconf, ASK_MILLISECONDS):
            return
        peer = _peer_of(device, info, self._clock.now())
        self._seen[device] = peer
        self._dead -= {(device, room.id) for room in peer.rooms}
        await self._check(peer)
        self._tell()
        if peer.rooms and (self._checker is None or self._checker.done()):
            self._checker = self._spawn(self._check_on(), "check rooms")

    async def _check_on(self) -> None:
        """While rooms are seen, try their hubs: an abrupt end leaves its entry for minutes."""
        while any(peer.rooms for peer in self._seen.values()):
            await asyncio.sleep(CHECK_SECONDS)
            for peer in tuple(self._seen.values()):
                await self._check(peer)
            self._tell()

    async def _check(self, peer: PeerSeen) -> None:
        for room in peer.rooms:
            key = (peer.id, room.id)
            if await _answers(room.addresses):
                self._dead.discard(key)
            else:
                self._dead.add(key)

    def _alive(self, peer: PeerSeen) -> PeerSeen:
        return replace(peer, rooms=tuple(room for room in peer.rooms if (peer.id, room.id) not in self._dead))

    def _tell(self) -> None:
        peers = self.peers
        if peers != self._told:
            self._told = peers
            self._on_change(PeersChanged(peers))

    # Interfaces that come and go

    async def _watch_interfaces(self) -> None:
        known = own_hosts()
        async with _interface_changes() as changed:
            while True:
                await changed()
                await asyncio.sleep(SETTLE_SECONDS)
                now = own_hosts()
                if now == known or self._zeroconf is None:
                    continue
                known = now
                with contextlib.suppress(OSError):
                    await self._zeroconf.async_update_interfaces()
                    await self._announce_again()


@contextlib.asynccontextmanager
async def _interface_changes() -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Yield a coroutine function that returns when an interface or address may have changed."""
    if not sys.platform.startswith("linux"):

        async def poll() -> None:
            await asyncio.sleep(POLL_SECONDS)

        yield poll
        return
    with socket.socket(
        socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_NONBLOCK, socket.NETLINK_ROUTE
    ) as link:
        link.bind((0, RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR))

        async def hear() -> None:
            await asyncio.get_running_loop().sock_recv(link, 65536)

        yield hear


def own_hosts() -> list[str]:
    """Return the IPv4 addresses of this computer, without loopback unless there is no other."""
    found = {ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if isinstance(ip.ip, str)}
    outside = sorted(host for host in found if not host.startswith("127."))
    return outside or ["127.0.0.1"]


async def peers_nearby(device: str, seconds: float) -> tuple[PeerSeen, ...]:
    """Look for some seconds without being seen; return who is near."""
    discovery = Discovery(device, "", lambda event: None, SystemClock(), visible=False)
    await discovery.start(None)
    try:
        await asyncio.sleep(seconds)
        return discovery.peers
    finally:
        await discovery.close()


def _make_zeroconf() -> AsyncZeroconf:
    return AsyncZeroconf(interfaces=InterfaceChoice.All, ip_version=IPVersion.V4Only)


def _properties(device: str, name: str, rooms: Sequence[LiveRoom]) -> dict[str, str]:
    properties = {"id": device, "name": _cut(name), "v": VERSION}
    for number, room in enumerate(rooms[:MAX_ROOMS]):
        properties[f"r{number}"] = f"{room.id} {room.port} {_cut(room.name) if room.listed else ''}".rstrip()
    return properties


def _cut(text: str) -> str:
    return text.encode()[:MAX_NAME_BYTES].decode("utf-8", "ignore")


def _peer_of(device: str, info: AsyncServiceInfo, now: datetime) -> PeerSeen:
    texts = {
        key.decode("utf-8", "replace"): (value or b"").decode("utf-8", "replace")
        for key, value in info.properties.items()
    }
    hosts = tuple(dict.fromkeys(info.parsed_addresses(IPVersion.V4Only)))
    rooms = (_room_of(texts[key], hosts) for key in sorted(texts) if key[:1] == "r" and key[1:].isdigit())
    return PeerSeen(
        device, texts.get("name", "") or device[:6], hosts, tuple(room for room in rooms if room), now
    )


def _room_of(text: str, hosts: Sequence[str]) -> RoomSeen | None:
    room, _, rest = text.partition(" ")
    port, _, name = rest.partition(" ")
    if not room or not port.isdecimal() or not 0 < int(port) < 65536:
        return None
    return RoomSeen(room, name, tuple(Address(host, int(port)) for host in hosts))


async def _answers(addresses: Sequence[Address]) -> bool:
    """Tell whether anybody accepts a connection at one of these addresses."""
    for address in addresses:
        try:
            async with asyncio.timeout(TRY_SECONDS):
                _, writer = await asyncio.open_connection(address.host, address.port)
        except (OSError, TimeoutError):
            continue
        writer.close()
        return True
    return False
