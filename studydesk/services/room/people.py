"""Who is in a room: members by signed statements, presence by what clients say of themselves."""

from __future__ import annotations

from collections.abc import Mapping

from studydesk.net.membership import Membership
from studydesk.services.room.documents import plain
from studydesk.services.room.views import Person

COLOURS = 10


Colours = Mapping[str, int]


def colours_of(membership: Membership | None) -> Colours:
    """Return the member colour, 0 to 9, of each device: 1 for the creator, then in the order of admission."""
    if membership is None:
        return {}
    grants = [item for item in membership.statements if item.kind == "membership"]
    grants.sort(key=lambda item: (_time(item.body.get("time")), item.digest))
    devices = [membership.founding.body.get("device"), *(item.body.get("device") for item in grants)]
    order = dict.fromkeys(str(device) for device in devices)
    return {device: (1 + number) % COLOURS for number, device in enumerate(order)}


def colour_of(colours: Colours, device: str) -> int:
    """Return the colour of a device, and one that stays the same for who is no member."""
    return colours.get(device, sum(device.encode()) % COLOURS)


def people_of(
    membership: Membership | None,
    colours: Colours,
    states: Mapping[int, object],
    me: str,
    connected: bool,
) -> tuple[Person, ...]:
    """Return all members and the guests of `states`, presence on the root document, the present ones first."""
    here = _present(states)
    members = membership.members if membership else {}
    people = [
        Person(
            device,
            member.name,
            colour_of(colours, device),
            member.role,
            device in here or (device == me and connected),
            here.get(device, (None, None))[1],
            device == me,
        )
        for device, member in members.items()
    ]
    people += [
        Person(device, name or "Guest", colour_of(colours, device), "guest", True, where)
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
