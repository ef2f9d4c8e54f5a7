"""The relay of one document: what comes at once goes out as one frame, and a broken spool does not stop a hub."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pycrdt import Doc, Text
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from studydesk.net import wire
from studydesk.net.awareness import GONE, Presence, decode_presence
from studydesk.net.hub_room import FLUSH_SECONDS, HubDocument, HubRoom
from studydesk.net.membership import found_room
from studydesk.net.spool import Spool
from tests.net.desks import Devices, Documents

BOARD = "board/1"


def messages_of(data: bytes) -> list[bytes]:
    """Read WebSocket frames as a client's library does."""
    reader, found = StreamReader(), list[bytes]()
    reader.feed_data(data)
    reader.feed_eof()
    while reader.buffer:
        parser = Frame.parse(reader.read_exact, mask=False, max_size=None)
        with pytest.raises(StopIteration) as done:
            next(parser)
        frame: Frame = done.value.value
        assert frame.fin
        assert frame.opcode is Opcode.BINARY
        found.append(bytes(frame.data))
    return found


class Screen:
    """A subscriber that keeps what it is sent."""

    address = BOARD

    def __init__(self) -> None:
        self.seen: list[wire.FromHub] = []

    def deliver(self, message: bytes) -> None:
        self.seen.append(wire.decode_from_hub(message))

    def deliver_frames(self, frames: bytes) -> None:
        for message in messages_of(frames):
            self.deliver(message)


def a_document(device: Devices, folder: Path) -> tuple[HubDocument, Screen]:
    room = HubRoom(found_room(device("marta"), "SQL", "Marta", 1), (), Spool(folder / "room.spool"))
    document, screen = room.document(BOARD), Screen()
    document.subscribers.add(screen)
    return document, screen


def relayed(device: Devices, folder: Path, count: int) -> list[wire.FromHub]:
    """Return what a subscriber sees of many updates and moves of a pen that arrive in one turn."""

    async def act() -> list[wire.FromHub]:
        document, screen = a_document(device, folder)
        desk = Documents()
        for number in range(count):
            document.take(desk.write(BOARD, "x"), "marta")
            document.announce_presence([Presence(7, number, '{"at":1}'), Presence(8, number, GONE)])
        await asyncio.sleep(3 * FLUSH_SECONDS)
        return screen.seen

    return asyncio.run(act())


def test_what_arrives_in_one_turn_goes_out_as_one_update_and_one_presence(
    device: Devices, tmp_path: Path
) -> None:
    update, presence = relayed(device, tmp_path, 20)
    assert isinstance(update, wire.Update)
    assert isinstance(presence, wire.Awareness)
    reader = Documents()
    reader.receive(BOARD, update.update)
    assert reader.text(BOARD) == "x" * 20
    assert decode_presence(presence.payload) == [Presence(7, 19, '{"at":1}'), Presence(8, 19, GONE)]


def test_an_update_that_cannot_be_applied_is_left_out_when_a_spool_is_read(
    device: Devices, tmp_path: Path
) -> None:
    desk = Documents()
    document, _ = a_document(device, tmp_path)
    document.load([desk.write(BOARD, "one "), b"\xff\xff\xff", desk.write(BOARD, "two")])
    copy: Doc[Text] = Doc()
    copy.apply_update(document.difference(b"\x00"))
    assert str(copy.get("text", type=Text)) == "one two"


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536, 70000])
def test_a_frame_of_any_size_is_read_back_by_the_library(size: int) -> None:
    assert messages_of(wire.binary_frame(b"x" * size) + wire.binary_frame(b"end")) == [b"x" * size, b"end"]
