"""Who is in a room: members by signed statements, presence by what clients say of themselves."""

from __future__ import annotations

from collections.abc import Mapping

from studydesk.net.membership import Membership
from studydesk.services.room.documents import plain
from studydesk.services.room.views import Person

COLOURS = 10


def rank_of(membership: Membership | None, device: str) -> int:
    """Return the member colour of a device: 1 for the creator, then in the order of admission, 0 to 9."""
    if membership is None:
        return 1
    order = [str(membership.founding.body.get("device"))]
    grants = [item for item in membership.statements if item.kind == "membership"]
    for statement in sorted(grants, key=lambda item: (_time(item.body.get("time")), item.digest)):
        admitted = str(statement.body.get("device"))
        if admitted not in order:
            order.append(admitted)
    return (1 + order.index(device)) % COLOURS if device in order else sum(device.encode()) % COLOURS


def people_of(
    membership: Membership | None, states: Mapping[int, object], me: str, connected: bool
) -> tuple[Person, ...]:
    """Return all members and the guests of `states`, presence on the root document, the present ones first."""
    here = _present(states)
    members = membership.members if membership else {}
    people = [
        Person(
            device,
            member.name,
            rank_of(membership, device),
            member.role,
            device in here or (device == me and connected),
            here.get(device, (None, None))[1],
            device == me,
        )
        for device, member in members.items()
    ]
    people += [
        Person(device, name or "Guest", rank_of(membership, device), "guest", True, where)
        for device, (name, where) in here.items()
        if device not in members and device != me
    ]
    return tuple(
        sorted(people, key=lambda person: (not person.present, not person.me, person.name.casefold()))
    )


def _present(states: Mapping[int, object]) -> dict[str, tuple[str | None, str | None]]:
    """Return name and document on screen by device, from the presence states."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for client, state in states.items():
        fields = plain(state)
        user = plain(fields.get("user"))
        name, device, where = user.get("name"), user.get("device"), fields.get("at")
        key = device if isinstance(device, str) and device else f"guest-{client}"
        found[key] = (
            name[:120] if isinstance(name, str) else None,
            where if isinstance(where, str) else None,
        )
    return found


def _time(value: object) -> int:
    return value if isinstance(value, int) else 0
