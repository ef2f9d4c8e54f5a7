"""Two desks on two hosts of a small network of namespaces, by the command line: found without any address."""

from __future__ import annotations

import pytest

from tests.helpers.lan import CODE, Lan

pytestmark = [pytest.mark.lan, pytest.mark.xdist_group("lan")]


def test_a_room_is_found_joined_kept_and_merged_without_any_address(lan: Lan) -> None:
    room = lan.run(1, "room", "create", "SQL for analysts")["id"]
    hosting, info = lan.host_room(1, room)
    assert info["address"].startswith("10.78.0.")
    found = lan.run(2, "peers", "--seconds", "4")
    assert [seen["name"] for desk in found for seen in desk["rooms"]] == ["SQL for analysts"]

    lan.run(2, "room", "join", "SQL for analysts", "--code", "111111", status=4)
    lan.run(2, "room", "join", "SQL for analysts", "--code", CODE, "--as", "Inès")
    assert lan.run(2, "room", "say", room, "hello from Inès")["delivered"] is True
    assert lan.run(1, "room", "say", room, "hello from Marta")["delivered"] is True
    lan.run(2, "room", "sync", room)
    lan.end(hosting)

    assert lan.run(2, "room", "say", room, "offline by Inès")["delivered"] is False
    assert lan.run(1, "room", "say", room, "offline by Marta")["delivered"] is False
    hosting, _ = lan.host_room(1, room)
    assert lan.run(2, "room", "sync", room)["synced"] is True
    lan.end(hosting)
    assert lan.texts(1, room) == lan.texts(2, room)
    assert len(lan.texts(2, room)) == 4
