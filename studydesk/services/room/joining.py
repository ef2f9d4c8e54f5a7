"""Entering a room for the first time: find it, prove the code, and keep what the host hands over."""

from __future__ import annotations

import asyncio

from studydesk.foundation.errors import Fault, NotReachable
from studydesk.net.client import RoomClient
from studydesk.net.ports import Address, Admitted, Code
from studydesk.services.room.documents import Documents
from studydesk.services.room.keeper import Keeper
from studydesk.services.room.views import NearRoom

Where = NearRoom | str
"""A room that is near, or `host:port`, or the name or id of a room that is near."""

LOOK_SECONDS = 0.1


async def admit(keeper: Keeper, where: Where, code: str, find_seconds: float) -> Admitted:
    """Get into a room by its code. Raises Refused, NotReachable or Fault with a sentence."""
    if not code.strip():
        raise Fault("Type the code of the room. Its host sees it on the screen.")
    addresses, entrance = await _target(keeper, where, code.strip(), find_seconds)
    documents = Documents(lambda name, update, local: None)
    client = RoomClient(keeper.identity, keeper.name(), documents, Silence(), keeper.context.clock)
    try:
        return await client.connect(addresses, entrance)
    finally:
        await client.close()
        documents.close()


async def _target(keeper: Keeper, where: Where, code: str, seconds: float) -> tuple[list[Address], Code]:
    if isinstance(where, NearRoom):
        return [Address(host, where.port) for host in where.addresses], Code(code, where.id, where.host)
    address = _address(where)
    if address is not None:
        return [address], Code(code)
    found = await _find(keeper, where, seconds)
    return [Address(host, found.port) for host in found.addresses], Code(code, found.id, found.host)


def _address(words: str) -> Address | None:
    try:
        return Address.parse(words)
    except ValueError:
        return None


async def _find(keeper: Keeper, words: str, seconds: float) -> NearRoom:
    """Look for a room by name or id until it is seen, at most `seconds`."""
    await keeper.announce()
    end = asyncio.get_running_loop().time() + seconds
    while True:
        rooms = [room for desk in keeper.near.desks() for room in desk.rooms]
        found = {room.id: room for room in rooms if _called(room, words)}
        if len(found) > 1:
            raise Fault(f"Several rooms near you are called “{words}”. Join one by its address.")
        if found:
            return next(iter(found.values()))
        if asyncio.get_running_loop().time() > end:
            raise NotReachable(
                f"No room “{words}” is open near you. Ask its host to open it, or join by its address."
            )
        await asyncio.sleep(LOOK_SECONDS)


def _called(room: NearRoom, words: str) -> bool:
    return words == room.id or room.name.casefold() == words.strip().casefold()


class Silence:
    """A listener that keeps nothing: a first entrance only fetches what is needed to come in for good."""

    def connected(self, admitted: object) -> None: ...
    def disconnected(self, sentence: str) -> None: ...
    def refused(self, sentence: str) -> None: ...
    def synced(self, name: str) -> None: ...
    def acknowledged(self, name: str, count_left: int) -> None: ...
    def rejected(self, name: str) -> None: ...
    def presence(self, name: str, states: object) -> None: ...
    def announced(self, names: object) -> None: ...
