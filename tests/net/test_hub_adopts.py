"""A hub that takes in rooms, and what newcomers may tell a hub: nothing counts before the proof."""

from __future__ import annotations

import asyncio
import json
import ssl

import pytest

from studydesk.foundation.clock import SystemClock
from studydesk.foundation.errors import Refused
from studydesk.net.admission import ClientSide, Hello
from studydesk.net.faults import ProtocolFault
from studydesk.net.hub import Hub
from studydesk.net.hub_room import HubRoom
from studydesk.net.identity import certificate_fingerprint, certificate_public_key
from studydesk.net.membership import MEMBER, Membership
from studydesk.net.ports import Member
from studydesk.net.spool import Spool
from tests.net.desks import Desk, Devices, House, Party, as_member, play
from tests.net.test_hub_hostile import raw


class Office:
    """An always-on hub on a device that is no member of anything."""

    def __init__(self, house: House, device: Devices) -> None:
        self.house, self.device = house, device("office").device
        self.hub = Hub(device("office"), SystemClock(), house.events.append, adopt=self.adopt)
        self.adopted: list[str] = []

    def adopt(self, membership: Membership) -> HubRoom | None:
        self.adopted.append(membership.room)
        spool = Spool(self.house.folder / "office.spool")
        made = self.hub.rooms[membership.room] = HubRoom(membership.founding, membership.statements, spool)
        return made

    async def __aenter__(self) -> Office:
        await self.hub.start("127.0.0.1", 0)
        return self

    async def __aexit__(self, *fault: object) -> None:
        await self.hub.stop()
        for room in self.hub.rooms.values():
            room.spool.close(remove=True)


def hello_of(house: House, device: Devices, name: str) -> ClientSide:
    fingerprint = certificate_fingerprint(b"")
    return ClientSide(device(name), name, fingerprint, None, house.id, house.founding, house.statements)


def test_a_member_brings_its_room_to_a_hub_that_it_trusts(house: House, device: Devices) -> None:
    async def run() -> None:
        house.let_in("ines")
        async with Office(house, device) as office:
            ines = Desk(device("ines"), "Inès")
            how = Member(house.founding, tuple(house.statements), frozenset((office.device,)))
            admitted = await ines.enter(office.hub, how)
            assert (admitted.role, office.adopted) == (MEMBER, [house.id])
            ines.write("board/one", "kept here")
            assert await ines.client.wait_synced(None, 5)
            await ines.client.close()

    asyncio.run(run())


def test_a_member_does_not_follow_a_hub_that_is_none_and_not_trusted(house: House, device: Devices) -> None:
    async def run() -> None:
        async with Office(house, device) as office:
            desk = Desk(device("marta"), "Marta")
            with pytest.raises(Refused, match="not a member"):
                await desk.enter(office.hub, as_member(house))
            assert office.adopted == []

    asyncio.run(run())


@pytest.mark.parametrize("who", ["eve", "ines"])
def test_a_room_is_not_taken_in_from_who_is_no_member_or_proves_nothing(
    house: House, device: Devices, who: str
) -> None:
    async def run() -> None:
        house.let_in("ines")
        async with Office(house, device) as office:
            async with raw(office.hub) as socket:
                await socket.send(hello_of(house, device, who).hello.text())
                said = json.loads(await socket.recv())
                assert said["type"] == ("refused" if who == "eve" else "challenge")
                if who == "ines":
                    await socket.send('{"type":"proof","signature":"' + "A" * 86 + '"}')
                await socket.wait_closed()
            assert office.adopted == []

    asyncio.run(run())


def test_who_is_removed_while_proving_does_not_get_in(house: House, device: Devices) -> None:
    async def act(party: Party) -> None:
        house.let_in("eve")
        room = party.hub.rooms[house.id]
        room.learn(house.statements)
        async with raw(party.hub) as socket:
            tls: ssl.SSLObject = socket.transport.get_extra_info("ssl_object")
            certificate = tls.getpeercert(binary_form=True) or b""
            side = ClientSide(device("eve"), "Eve", certificate_fingerprint(certificate), None, house.id)
            await socket.send(side.hello.text())
            challenge = str(await socket.recv())
            room.learn([house.removal("eve")])
            await socket.send(side.prove(challenge, certificate_public_key(certificate)))
            assert "removed" in json.loads(await socket.recv())["sentence"]
        assert not room.connections

    play(house, act)


def test_statements_of_a_stranger_are_not_learned(house: House, device: Devices) -> None:
    async def act(party: Party) -> None:
        house.let_in("ines")
        async with raw(party.hub) as socket:
            await socket.send(hello_of(house, device, "eve").hello.text())
            await socket.wait_closed()
        assert party.hub.rooms[house.id].membership.role(device("ines").device) is None

    play(house, act)


def test_another_version_is_not_taken_for_this_one(house: House, device: Devices) -> None:
    body = json.loads(hello_of(house, device, "eve").hello.text())
    with pytest.raises(ProtocolFault):
        Hello.parse(json.dumps({**body, "version": 2}))
