"""The dialogue of entering, both sides in memory: who gets in, and what everybody else gets."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydesk.foundation.errors import NotReachable, Refused
from studydesk.net.admission import (
    AdmissionFault,
    Challenge,
    ClientSide,
    Grant,
    Hello,
    HubSide,
    new_code,
    plain_code,
    refusal,
)
from studydesk.net.faults import ProtocolFault
from studydesk.net.identity import Identity
from studydesk.net.membership import Membership, found_room
from tests.net.desks import Devices

CODE = "482719"


@dataclass
class Door:
    """Inès at the door of a room that Marta hosts."""

    marta: Identity
    ines: Identity

    def __post_init__(self) -> None:
        self.founding = found_room(self.marta, "SQL", "Marta", 1)
        self.room = Membership.resolve(self.founding).room

    def client(
        self, code: str | None = CODE, room: str | None = None, fingerprint: str | None = None
    ) -> ClientSide:
        return ClientSide(self.ines, "Inès", fingerprint or self.marta.fingerprint, code, room)

    def hub(self, client: ClientSide, code: str | None = CODE, room: str | None = None) -> HubSide:
        hello = Hello.parse(client.hello.text())
        return HubSide(self.marta, hello, room or self.room, code)

    def grant(self, confirm: str, room: str | None = None) -> str:
        return Grant(room or self.room, "member", "token", self.founding, (), confirm).text()

    def prove(self, client: ClientSide, hub: HubSide) -> str:
        return client.prove(hub.challenge.text(), self.marta.public_keys.tls)


@pytest.fixture(scope="session")
def door(device: Devices) -> Door:
    return Door(device("marta"), device("ines"))


@pytest.mark.parametrize(
    ("spoken", "set_at_the_hub"), [(CODE, CODE), ("4827 19", CODE), ("Green Horse", "green horse")]
)
def test_the_right_code_lets_in_however_it_is_typed(door: Door, spoken: str, set_at_the_hub: str) -> None:
    client = door.client(spoken)
    hub = door.hub(client, set_at_the_hub)
    confirm = hub.accept(door.prove(client, hub))
    assert client.finish(door.grant(confirm)).token == "token"


def test_a_member_enters_by_its_signature_alone(door: Door) -> None:
    client = door.client(None, door.room)
    hub = door.hub(client, None)
    assert hub.accept(door.prove(client, hub)) == ""
    assert client.finish(door.grant("")).room == door.room


def test_a_wrong_code_is_refused_by_the_hub(door: Door) -> None:
    client = door.client("000000")
    hub = door.hub(client)
    with pytest.raises(Refused):
        hub.accept(door.prove(client, hub))


def test_a_hub_that_does_not_know_the_code_is_not_believed(door: Door) -> None:
    client = door.client()
    hub = door.hub(client, "000000")
    door.prove(client, hub)
    for confirm in ("", "A" * 43, hub.challenge.nonce):
        with pytest.raises(AdmissionFault):
            client.finish(door.grant(confirm))


def test_a_hub_behind_another_certificate_is_not_believed(door: Door, device: Devices) -> None:
    client = door.client()
    with pytest.raises(AdmissionFault):
        client.prove(door.hub(client).challenge.text(), device("eve").public_keys.tls)


def test_who_sits_in_between_gets_nowhere_with_a_certificate_of_his_own(door: Door, device: Devices) -> None:
    eve = device("eve")
    client = door.client(fingerprint=eve.fingerprint)
    hub = door.hub(client)
    with pytest.raises(AdmissionFault):
        client.prove(hub.challenge.text(), eve.public_keys.tls)
    with pytest.raises(AdmissionFault):
        client.prove(hub.challenge.text(), door.marta.public_keys.tls)


def test_the_room_that_was_asked_for_is_the_one_entered(door: Door) -> None:
    client = door.client(room=door.room)
    with pytest.raises(AdmissionFault):
        door.prove(client, door.hub(client, room="another"))
    client = door.client()
    hub = door.hub(client)
    confirm = hub.accept(door.prove(client, hub))
    with pytest.raises(AdmissionFault):
        client.finish(door.grant(confirm, room="another"))


def test_a_proof_counts_for_one_challenge_only(door: Door) -> None:
    for code in (CODE, None):
        client = door.client(code, door.room)
        proof = door.prove(client, door.hub(client, code))
        with pytest.raises(AdmissionFault):
            door.hub(client, code).accept(proof)


def test_a_hello_with_the_keys_of_another_device_is_refused(door: Door, device: Devices) -> None:
    hello = door.client().hello
    with pytest.raises(AdmissionFault):
        Hello.parse(replace(hello, device=device("eve").device).text())
    stolen = ClientSide(device("eve"), "Eve", door.marta.fingerprint, None, door.room)
    stolen.hello = replace(stolen.hello, device=door.ines.device, keys=door.ines.public_keys)
    hub = door.hub(stolen, None)
    with pytest.raises(AdmissionFault):
        hub.accept(door.prove(stolen, hub))


def test_the_way_in_cannot_be_exchanged(door: Door) -> None:
    client = door.client()
    proof = json.loads(door.prove(client, door.hub(client)))
    as_member = door.hub(door.client(None, door.room), None)
    with pytest.raises(AdmissionFault):
        as_member.accept(json.dumps(proof))


@pytest.mark.parametrize("spake", ["", "AAAA", "Qg" + "A" * 41, "!" * 43])
def test_a_broken_message_of_the_code_exchange_is_refused(door: Door, spake: str) -> None:
    client = door.client()
    hub = door.hub(client)
    proof = json.loads(door.prove(client, hub))
    proof["spake"] = spake
    with pytest.raises((ProtocolFault, Refused)):
        hub.accept(json.dumps(proof))


def test_a_refusal_carries_its_sentence_and_whether_to_ask_elsewhere() -> None:
    for parse in (Challenge.parse, Grant.parse):
        with pytest.raises(Refused, match="not today"):
            parse(refusal("not today"))
        with pytest.raises(NotReachable, match="not here"):
            parse(refusal("not here", reachable=False))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["hello", "challenge", "proof", "grant"]), st.data())
def test_mutated_messages_raise_known_faults_and_nothing_else(
    door: Door, which: str, data: st.DataObject
) -> None:
    client = door.client(None, door.room)
    hub = door.hub(client, None)
    text = {
        "hello": client.hello.text(),
        "challenge": hub.challenge.text(),
        "proof": door.prove(client, hub),
        "grant": door.grant(""),
    }[which]
    position = data.draw(st.integers(0, len(text) - 1))
    mutated = text[:position] + data.draw(st.text(max_size=3)) + text[position + 1 :]
    read = {
        "hello": Hello.parse,
        "challenge": lambda said: client.prove(said, door.marta.public_keys.tls),
        "proof": hub.accept,
        "grant": client.finish,
    }[which]
    try:
        read(mutated)
    except (ProtocolFault, Refused, NotReachable):
        return


def test_codes_are_six_digits_and_compared_without_spaces_and_case() -> None:
    assert all(len(code) == 6 and code.isdecimal() for code in (new_code() for _ in range(50)))
    assert plain_code(" Green  Horse ") == plain_code("greenhorse")
