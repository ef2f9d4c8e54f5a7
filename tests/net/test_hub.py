"""A hub and its clients over TLS: what members share, and what nobody gets past."""

from __future__ import annotations

import asyncio

import pytest

from studydesk.foundation.errors import Refused
from studydesk.net.membership import FACILITATOR, MEMBER, VIEWER
from studydesk.net.ports import Code, HubAdmitted
from tests.net.desks import Desk, House, Party, as_member, play, until, with_token

BOARD = "board/one"


def test_two_desks_converge_and_what_was_written_is_acknowledged(house: House) -> None:
    async def act(party: Party) -> None:
        marta, ines = await party.desk("marta"), await party.desk("ines")
        marta.write(BOARD, "from Marta ")
        await until(lambda: ines.documents.text(BOARD) == "from Marta ")
        ines.write(BOARD, "from Inès")
        await until(lambda: marta.documents.text(BOARD) == "from Marta from Inès")
        assert await ines.client.wait_synced([BOARD], 5)
        assert (ines.client.unacknowledged(BOARD), "acknowledged" in ines.told) == (0, True)

    play(house, act)


def test_presence_is_seen_and_cleared_when_a_connection_ends(house: House) -> None:
    async def act(party: Party) -> None:
        marta, ines = await party.desk("marta"), await party.desk("ines")
        ines.client.set_presence("room", {"user": {"name": "Inès"}})
        await until(lambda: {"user": {"name": "Inès"}} in marta.people.values())
        await ines.client.close()
        await until(lambda: list(marta.people.values()) == [None])

    play(house, act)


def test_a_viewer_reads_and_writes_nothing(house: House) -> None:
    async def act(party: Party) -> None:
        marta = await party.desk("marta")
        marta.write(BOARD, "read me")
        assert await marta.client.wait_synced([BOARD], 5)
        viewer = await party.desk("viewer", VIEWER)
        assert viewer.documents.text(BOARD) == "read me"
        viewer.write(BOARD, " and more")
        viewer.write("board/new", "mine")
        await until(lambda: f"rejected {BOARD}" in viewer.told)
        await asyncio.sleep(0.1)
        room = party.hub.rooms[house.id]
        assert "board/new" not in room.documents
        assert marta.documents.text(BOARD) == "read me"

    play(house, act)


def test_the_log_of_another_is_refused_live_and_taken_in_an_exchange(house: House) -> None:
    async def act(party: Party) -> None:
        marta = await party.desk("marta")
        hers = f"log/{house.device('marta').device}/0"
        marta.write(hers, "mine")
        assert await marta.client.wait_synced([hers], 5)
        eve = await party.desk("eve")
        eve.write(hers, " or not")
        await until(lambda: f"rejected {hers}" in eve.told)
        assert marta.documents.text(hers) == "mine"
        toms = f"log/{house.device('tom').device}/0"
        ines = party.stranger("ines")
        house.let_in("ines")
        ines.documents.write(toms, "by Tom, while both were offline")
        await ines.enter(party.hub, as_member(house))
        await until(lambda: marta.documents.text(toms) == "by Tom, while both were offline")

    play(house, act)


def test_a_removed_member_is_put_out_within_two_seconds_and_stays_out(house: House) -> None:
    async def act(party: Party) -> None:
        eve = await party.desk("eve")
        token = house.token("marta", MEMBER, house.device("eve").device)
        party.hub.rooms[house.id].learn([house.removal("eve")])
        await until(lambda: any(word.startswith("refused") for word in eve.told), 2)
        again = party.stranger("eve")
        with pytest.raises(Refused, match="removed"):
            await again.enter(party.hub, as_member(house))
        with_old_token = party.stranger("eve")
        await with_old_token.enter(party.hub, with_token(token))
        assert not await with_old_token.client.wait_synced(["room"], 0.3)

    play(house, act)


def test_a_removed_member_is_not_let_in_by_code(house: House) -> None:
    async def act(party: Party) -> None:
        house.let_in("eve")
        party.hub.rooms[house.id].learn([*house.statements, house.removal("eve")])
        with pytest.raises(Refused, match="removed"):
            await party.stranger("eve").enter(party.hub, Code("482719"))

    play(house, act, code="482719")


def test_a_role_that_changes_counts_at_once(house: House) -> None:
    async def act(party: Party) -> None:
        ines = await party.desk("ines")
        ines.write(BOARD, "as a member")
        assert await ines.client.wait_synced([BOARD], 5)
        party.hub.rooms[house.id].learn([house.removal("ines"), house.grant("ines", VIEWER, 30)])
        await until(lambda: ines.told.count("connected") == 2)
        ines.write(BOARD, " and as a viewer")
        await until(lambda: f"rejected {BOARD}" in ines.told)

    play(house, act)


def test_the_right_code_makes_a_member_and_a_wrong_one_nobody(house: House) -> None:
    async def act(party: Party) -> None:
        with pytest.raises(Refused, match="does not fit"):
            await party.stranger("eve").enter(party.hub, Code("000000"))
        ines = party.stranger("ines")
        admitted = await ines.enter(party.hub, Code("4827 19"))
        assert (admitted.role, admitted.room) == (MEMBER, house.id)
        assert [e.device for e in house.events if isinstance(e, HubAdmitted)] == [house.device("ines").device]
        await ines.client.close()
        again = party.stranger("ines")
        await again.enter(party.hub, as_member(house))

    play(house, act, code="482719")


def test_a_stranger_gets_in_neither_by_claim_nor_by_a_token_of_his_own(house: House) -> None:
    async def act(party: Party) -> None:
        with pytest.raises(Refused, match="no member"):
            await party.stranger("eve").enter(party.hub, as_member(house))
        marta = house.device("marta").device
        house.let_in("ines")
        party.hub.rooms[house.id].learn(house.statements)
        tokens = [
            house.token("eve", MEMBER),
            house.token("ines", MEMBER, marta),
            house.token("marta", MEMBER, expires=1),
            house.token("marta", "emperor"),
        ]
        for token in tokens:
            eve = party.stranger("eve")
            await eve.enter(party.hub, with_token(token))
            assert not await eve.client.wait_synced(None, 0.3), token
        assert not party.hub.rooms[house.id].connections

    play(house, act)


def test_a_dead_hub_is_noticed_and_the_next_one_gets_everything(house: House) -> None:
    async def act(party: Party) -> None:
        ines = await party.desk("ines")
        ines.write(BOARD, "kept ")
        assert await ines.client.wait_synced([BOARD], 5)
        port = party.hub.port
        await party.hub.stop()
        await until(lambda: "disconnected" in ines.told, 2)
        ines.write(BOARD, "and written offline")
        second = await house.open(port)
        try:
            await until(lambda: ines.told.count("connected") == 2)
            assert await ines.client.wait_synced(None, 5)
            marta = party.stranger("marta")
            await marta.enter(second, as_member(house))
            await until(lambda: marta.documents.text(BOARD) == "kept and written offline")
            await marta.client.close()
            await ines.client.close()
        finally:
            await house.close(second)

    play(house, act)


def test_who_came_by_the_token_of_a_removed_facilitator_is_put_out(house: House) -> None:
    async def act(party: Party) -> None:
        house.let_in("ines", FACILITATOR)
        room = party.hub.rooms[house.id]
        room.learn(house.statements)
        guest = party.stranger("tom")
        await guest.enter(party.hub, with_token(house.token("ines", MEMBER)))
        assert await guest.client.wait_synced(["room"], 5)
        room.learn([house.removal("ines")])
        await until(lambda: not room.connections, 2)
        await until(lambda: "disconnected" in guest.told)
        assert not await guest.client.wait_synced(["room"], 0.5)

    play(house, act)


def test_a_hub_whose_device_cannot_make_members_says_so_to_newcomers(house: House) -> None:
    async def run() -> None:
        house.let_in("ines")
        hub = await house.open(code="482719", host="ines")
        try:
            tom = Desk(house.device("tom"), "Tom")
            with pytest.raises(Refused, match="facilitator"):
                await tom.enter(hub, Code("482719"))
        finally:
            await house.close(hub)

    asyncio.run(run())
