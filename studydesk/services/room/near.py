"""Who is near: discovery, as views."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from studydesk.foundation.clock import Clock
from studydesk.net.ports import Address
from studydesk.services.room.views import NearDesk, NearRoom

if TYPE_CHECKING:
    from studydesk.net.discovery import Discovery, LiveRoom, PeersChanged, PeerSeen


class Near:
    """Sees other desks and shows this one. Lives on the network thread."""

    def __init__(
        self,
        device: str,
        clock: Clock,
        mine: Callable[[], set[str]],
        shown: Callable[[], tuple[str, Sequence[LiveRoom]]],
        changed: Callable[[], None],
    ) -> None:
        self._device = device
        self._clock = clock
        self._mine = mine
        self._shown = shown
        self._changed = changed
        self._discovery: Discovery | None = None
        self._peers: tuple[PeerSeen, ...] = ()
        self._turn = asyncio.Lock()

    async def start(self) -> None:
        """Be seen, and look for others. A second call only announces."""
        async with self._turn:
            if self._discovery is None:
                from studydesk.net.discovery import Discovery

                discovery = Discovery(self._device, self._shown()[0], self._seen, self._clock)
                await discovery.start(None)
                self._discovery = discovery
        await self.announce()

    async def announce(self) -> None:
        """Show others what is so now: `shown` is asked once it is our turn, so that the last word is the latest."""
        async with self._turn:
            if self._discovery is not None:
                name, rooms = self._shown()
                await self._discovery.announce(name=name, rooms=tuple(rooms))

    async def close(self) -> None:
        async with self._turn:
            if self._discovery is not None:
                await self._discovery.close()
                self._discovery = None

    def addresses(self, room: str) -> list[Address]:
        """Return where hubs of a room are seen."""
        return [
            address
            for peer in self._peers
            for seen in peer.rooms
            if seen.id == room
            for address in seen.addresses
        ]

    def desks(self) -> tuple[NearDesk, ...]:
        return desks_of(self._peers, self._mine())

    def _seen(self, event: PeersChanged) -> None:
        self._peers = event.peers
        self._changed()


def desks_of(peers: Sequence[PeerSeen], mine: set[str]) -> tuple[NearDesk, ...]:
    """Return peers as views; `mine` are the ids of my rooms."""
    return tuple(
        _desk(peer, mine) for peer in sorted(peers, key=lambda peer: (peer.name.casefold(), peer.id))
    )


def _desk(peer: PeerSeen, mine: set[str]) -> NearDesk:
    rooms = tuple(
        NearRoom(
            seen.id,
            seen.name,
            peer.id,
            peer.name,
            tuple(address.host for address in seen.addresses),
            seen.addresses[0].port if seen.addresses else 0,
            seen.id in mine,
        )
        for seen in peer.rooms
    )
    return NearDesk(peer.id, peer.name, tuple(peer.addresses), rooms, sum(peer.id.encode()) % 10)
