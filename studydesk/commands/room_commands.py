"""Commands over rooms and other desks."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from studydesk.commands.call import Call
from studydesk.foundation.errors import NotReachable, Refused
from studydesk.services.room.room import Room
from studydesk.services.room.rooms import Rooms, say
from studydesk.services.room.views import NearDesk, RoomRow

LIVE_SECONDS = 3.5
CONFIRM_SECONDS = 1.2


async def peers(call: Call) -> int:
    """peers: who is seen on the network within some seconds."""
    await call.wait(call.desk.rooms.start_discovery())
    await _pause(call, call.words.seconds)
    call.say([_peer(desk) for desk in call.desk.rooms.near])
    return 0


async def create(call: Call) -> int:
    row = await call.wait(call.desk.rooms.create(call.words.name))
    call.say({"id": row.id, "name": row.name})
    return 0


async def list_rooms(call: Call) -> int:
    call.say([_row(row) for row in await call.wait(call.desk.rooms.rooms())])
    return 0


async def host(call: Call) -> int:
    """room host: says where once others can come, then serves until it is ended."""
    rooms, words = call.desk.rooms, call.words
    room = await _room_id(rooms, words.room)
    await call.wait(rooms.start_discovery())
    info = await call.wait(rooms.host(room, words.code, words.bind, words.port))
    call.say(
        {
            "room": info.room,
            "address": info.address,
            "port": info.port,
            "code": info.code,
            "fingerprint": info.fingerprint,
            "hosting": info.hosting,
        }
    )
    await _pause(call, words.seconds)
    if info.hosting:
        await call.wait(rooms.stop_hosting(room))
    return 0


async def join(call: Call) -> int:
    """room join: enters with the code, takes everything over, and leaves."""
    rooms, words = call.desk.rooms, call.words
    row = await call.wait(rooms.join(words.where, words.code, words.name))
    call.say({"id": row.id, "name": row.name, "role": row.role})
    return 0


async def sync(call: Call) -> int:
    """room sync: exchanges everything with the live hub of a room, and leaves."""
    opened = await _opened(call, connect=True)
    if opened.link is None or not await opened.link.wait_live(LIVE_SECONDS):
        raise NotReachable("Nobody hosts this room now. What you wrote is kept and goes out later.")
    call.say({"id": opened.id, "synced": await opened.link.wait_synced()})
    return 0


async def say_text(call: Call) -> int:
    """room say: done when the hub has it, or when it is kept here for later."""
    opened = await _opened(call, connect=True)
    live = opened.link is not None and await opened.link.wait_live(LIVE_SECONDS)
    if live and opened.link is not None:
        await opened.link.wait_synced(CONFIRM_SECONDS)
    entry = say(opened, call.words.text)
    await call.desk.rooms.keeper.update_log.flush()
    delivered = live and opened.link is not None and await opened.link.wait_synced(CONFIRM_SECONDS)
    call.say({"id": entry.id, "delivered": bool(delivered)})
    return 0


async def log(call: Call) -> int:
    """room log: all entries, oldest first."""
    room = await _room_id(call.desk.rooms, call.words.room)
    entries = await call.wait(call.desk.rooms.entries(room, limit=1_000_000))
    call.say(
        [
            {
                "id": entry.id,
                "author": entry.author_name,
                "device": entry.author,
                "kind": entry.kind,
                "time": entry.time,
                "body": entry.text,
                "verified": entry.verified,
            }
            for entry in entries
        ]
    )
    return 0


async def token(call: Call) -> int:
    room = await _room_id(call.desk.rooms, call.words.room)
    await call.wait(call.desk.rooms.start_discovery())
    made = await call.wait(call.desk.rooms.token(room, call.words.role, call.words.address))
    call.say({"url": made.url, "token": made.token, "fingerprint": made.fingerprint})
    return 0


async def export(call: Call) -> int:
    room = await _room_id(call.desk.rooms, call.words.room)
    directory = await call.wait(call.desk.rooms.export(room, call.path(call.words.directory)))
    call.say({"room": room, "directory": str(directory)})
    return 0


async def _opened(call: Call, connect: bool) -> Room:
    rooms = call.desk.rooms
    room = await _room_id(rooms, call.words.room)
    if connect:
        await call.wait(rooms.start_discovery())
    opened = await rooms.keeper.enter(room, connect)
    if opened.role == "removed":
        raise Refused("This desk was removed from the room.")
    return opened


async def _room_id(rooms: Rooms, words: str) -> str:
    await rooms.keeper.prepare()
    return rooms.keeper.find(words).id


async def _pause(call: Call, seconds: float | None) -> None:
    """Wait until the asker wants no more, at most `seconds`."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await call.gone.wait()


def _peer(desk: NearDesk) -> dict[str, object]:
    return {
        "id": desk.id,
        "name": desk.name,
        "addresses": list(desk.addresses),
        "rooms": [{"id": room.id, "name": room.name} for room in desk.rooms],
    }


def _row(row: RoomRow) -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name,
        "role": row.role,
        "live": row.live,
        "hosting": row.hosting,
        "unread": row.unread,
    }
