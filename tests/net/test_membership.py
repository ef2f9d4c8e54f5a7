"""Who belongs to a room: only what a chain of facilitators from its creator on has signed."""

from __future__ import annotations

from itertools import permutations

import pytest

from studydesk.net.identity import Identity
from studydesk.net.membership import (
    FACILITATOR,
    MEMBER,
    VIEWER,
    Membership,
    found_room,
    grant_membership,
    remove_member,
)
from studydesk.net.statement import Statement, StatementFault
from tests.net.desks import Devices


class Room:
    """A room founded by Marta."""

    def __init__(self, device: Devices) -> None:
        self.device = device
        self.founding = found_room(device("marta"), "SQL", "Marta", 1)
        self.id = Membership.resolve(self.founding).room

    def grant(self, by: str, whom: str, role: str = MEMBER, time: int = 10) -> Statement:
        identity: Identity = self.device(by)
        return grant_membership(identity, self.id, self.device(whom).public_keys, whom, role, time)

    def remove(self, by: str, whom: str, known: Membership, time: int = 20) -> Statement:
        return remove_member(self.device(by), known, self.device(whom).device, time)

    def roles(self, *statements: Statement) -> dict[str, str]:
        """Return name to role, the same for every order of the statements."""
        results = [Membership.resolve(self.founding, order) for order in permutations(statements)]
        found = [{m.name: m.role for m in result.members.values()} for result in results]
        assert all(one == found[0] for one in found)
        return found[0]


@pytest.fixture
def room(device: Devices) -> Room:
    return Room(device)


def test_the_creator_is_a_facilitator_from_the_start(room: Room) -> None:
    assert room.roles() == {"Marta": FACILITATOR}


def test_facilitators_let_in_and_members_do_not(room: Room) -> None:
    assert room.roles(room.grant("marta", "ines"), room.grant("ines", "tom")) == {
        "Marta": FACILITATOR,
        "ines": MEMBER,
    }
    chain = (room.grant("marta", "ines", FACILITATOR), room.grant("ines", "tom", VIEWER))
    assert room.roles(*chain) == {"Marta": FACILITATOR, "ines": FACILITATOR, "tom": VIEWER}


def test_nobody_lets_in_or_raises_himself(room: Room) -> None:
    assert room.roles(room.grant("tom", "tom", FACILITATOR)) == {"Marta": FACILITATOR}
    assert room.roles(room.grant("marta", "tom"), room.grant("tom", "tom", FACILITATOR))["tom"] == MEMBER


def test_the_higher_of_two_roles_counts(room: Room) -> None:
    assert room.roles(room.grant("marta", "ines", VIEWER, 30), room.grant("marta", "ines"))["ines"] == MEMBER


def test_a_removal_ends_what_was_before_it_and_a_later_membership_lets_in_again(room: Room) -> None:
    granted = room.grant("marta", "ines")
    known = Membership.resolve(room.founding, [granted])
    removal = room.remove("marta", "ines", known)
    assert room.roles(granted, removal) == {"Marta": FACILITATOR}
    assert known.adding([removal]).removed == {room.device("ines").device}
    again = room.grant("marta", "ines", time=30)
    assert room.roles(granted, removal, again)["ines"] == MEMBER
    assert known.adding([removal, again]).removed == frozenset()


def test_a_member_removes_nobody_and_nobody_removes_the_creator(room: Room) -> None:
    granted = [room.grant("marta", "ines", FACILITATOR), room.grant("marta", "tom")]
    known = Membership.resolve(room.founding, granted)
    assert "ines" in room.roles(*granted, room.remove("tom", "ines", known))
    assert "Marta" in room.roles(*granted, room.remove("ines", "marta", known))


def test_whom_a_removed_facilitator_let_in_stays_and_whom_he_lets_in_later_does_not(room: Room) -> None:
    before = [room.grant("marta", "ines", FACILITATOR), room.grant("ines", "tom")]
    removal = room.remove("marta", "ines", Membership.resolve(room.founding, before))
    late = room.grant("ines", "eve", time=5)
    assert room.roles(*before, removal, late) == {"Marta": FACILITATOR, "tom": MEMBER}


def test_statements_of_another_room_and_forged_ones_count_for_nothing(room: Room, device: Devices) -> None:
    other = found_room(device("marta"), "Other", "Marta", 1)
    elsewhere = grant_membership(
        device("marta"), Membership.resolve(other).room, device("ines").public_keys, "ines", MEMBER, 10
    )
    real = room.grant("marta", "ines")
    forged = Statement({**real.body, "role": FACILITATOR}, real.by, real.key, real.sig)
    signed_as_another = Statement(real.body, real.by, device("eve").sign(real.body).key, real.sig)
    assert room.roles(elsewhere, forged, signed_as_another) == {"Marta": FACILITATOR}


def test_a_founding_that_its_creator_did_not_sign_founds_nothing(room: Room, device: Devices) -> None:
    with pytest.raises(StatementFault):
        Membership.resolve(device("eve").sign(room.founding.body))


def test_viewers_and_removed_devices_do_not_serve(room: Room, device: Devices) -> None:
    granted = [room.grant("marta", "ines", VIEWER), room.grant("marta", "tom")]
    known = Membership.resolve(room.founding, granted)
    assert [known.may_serve(device(name).device) for name in ("marta", "ines", "tom", "eve")] == [
        True,
        False,
        True,
        False,
    ]
    removed = known.adding([room.remove("marta", "tom", known)])
    assert not removed.may_serve(device("tom").device)


def test_the_chain_that_made_a_member_is_enough_to_show_it(room: Room, device: Devices) -> None:
    granted = [
        room.grant("marta", "ines", FACILITATOR),
        room.grant("ines", "tom"),
        room.grant("marta", "eve"),
    ]
    known = Membership.resolve(room.founding, granted)
    chain = known.chain(device("tom").device)
    assert {item.digest for item in chain} == {item.digest for item in granted[:2]}
    assert Membership.resolve(room.founding, chain).role(device("tom").device) == MEMBER
