"""Who belongs to a room, worked out from signed statements alone.

Rules (`docs/protocol.md`, Membership): the creator is a facilitator for good. A membership counts when a
facilitator signed it, whatever the clocks say of who was first. A removal by anybody who was ever made a
facilitator ends all memberships of that device up to its time; a later one lets it in again. What a removed
facilitator had signed counts no more, except for the devices that the removal names under `keeps`. Of several
memberships the higher role counts.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from studydesk.net.identity import Identity
from studydesk.net.statement import (
    JsonValue,
    PublicKeys,
    Statement,
    StatementFault,
    integer_of,
    room_id,
    text_of,
)

FACILITATOR, MEMBER, VIEWER = "facilitator", "member", "viewer"
RANK = {VIEWER: 0, MEMBER: 1, FACILITATOR: 2}
MAX_NAME = 120
MAX_STATEMENTS = 20_000


@dataclass(frozen=True)
class RoomMember:
    """One device of a room."""

    device: str
    name: str
    role: str
    keys: PublicKeys
    person: str

    @property
    def writes(self) -> bool:
        return self.role != VIEWER


@dataclass(frozen=True)
class _Grant:
    member: RoomMember
    by: str
    time: int
    statement: Statement


@dataclass(frozen=True)
class _Removal:
    device: str
    by: str
    time: int
    keeps: frozenset[str]
    statement: Statement


@dataclass(frozen=True)
class Membership:
    """The members of one room, as its founding statement and what was signed since make them."""

    room: str
    room_name: str
    founding: Statement
    statements: tuple[Statement, ...]
    """Those that have an effect, without the founding one."""
    members: Mapping[str, RoomMember]
    removed: frozenset[str]
    granted_by: Mapping[str, frozenset[str]] = field(repr=False)

    @classmethod
    def resolve(cls, founding: Statement, statements: Iterable[Statement] = ()) -> Membership:
        """Work out the members. Statements that are forged or of other rooms are left out.

        Raises StatementFault when `founding` founds nothing.
        """
        creator = _creator(founding)
        room = room_id(founding)
        return _Resolver(room, founding, creator, statements).result()

    def adding(self, statements: Iterable[Statement]) -> Membership:
        """Return the membership with more statements."""
        return Membership.resolve(self.founding, (*self.statements, *statements))

    def role(self, device: str) -> str | None:
        member = self.members.get(device)
        return member.role if member else None

    def may_serve(self, device: str) -> bool:
        """Tell whether a hub run by this device may be followed."""
        member = self.members.get(device)
        return member is not None and member.writes

    def chain(self, device: str) -> tuple[Statement, ...]:
        """Return the memberships that lead from the creator to `device`, for those who don't know it."""
        wanted, found = {device}, list[Statement]()
        grants = [item for item in self.statements if item.kind == "membership"]
        while wanted:
            target = wanted.pop()
            for statement in grants:
                if statement.body.get("device") == target and statement not in found:
                    found.append(statement)
                    wanted.add(statement.by)
        return tuple(found)


def _creator(founding: Statement) -> RoomMember:
    body = founding.body
    if founding.kind != "founding":
        raise StatementFault("no founding statement")
    keys = PublicKeys.from_json(body.get("keys"))
    device = text_of(body, "device", 64)
    if not founding.verified_by(device, keys):
        raise StatementFault("a founding statement that its creator did not sign")
    text_of(body, "room_name", MAX_NAME)
    integer_of(body, "time")
    return RoomMember(device, text_of(body, "name", MAX_NAME), FACILITATOR, keys, device)


class _Resolver:
    def __init__(
        self, room: str, founding: Statement, creator: RoomMember, statements: Iterable[Statement]
    ) -> None:
        self.room, self.founding, self.creator = room, founding, creator
        self.grants: list[_Grant] = []
        self.removals: list[_Removal] = []
        for statement in _distinct(statements):
            self._sort_in(statement)

    def _sort_in(self, statement: Statement) -> None:
        if statement.body.get("room") != self.room or not statement.verified:
            return
        try:
            if statement.kind == "membership":
                self.grants.append(_read_grant(statement))
            elif statement.kind == "removal":
                self.removals.append(_read_removal(statement))
        except StatementFault:
            return

    def _fixpoint(self) -> list[_Grant]:
        """Return the grants that a chain of facilitators from the creator down has signed, removals aside."""
        keys = {self.creator.device: self.creator.keys}
        valid: list[_Grant] = []
        rest = self.grants
        while counted := [g for g in rest if g.by in keys and g.statement.verified_by(g.by, keys[g.by])]:
            valid += counted
            rest = [grant for grant in rest if grant not in counted]
            keys.update((g.member.device, g.member.keys) for g in counted if g.member.role == FACILITATOR)
        return valid

    def result(self) -> Membership:
        ever = self._fixpoint()
        removals = self._valid_removals(ever)
        ended, keeps = _ends(removals)
        standing = [grant for grant in ever if grant.time > ended.get(grant.member.device, -1)]
        return self._membership(ever, self._standing(standing, keeps), removals)

    def _standing(self, grants: list[_Grant], keeps: Mapping[str, frozenset[str]]) -> list[_Grant]:
        """Return the grants whose signer is a facilitator still, or was removed but kept this one."""
        valid = [g for g in grants if g.member.device in keeps.get(g.by, frozenset())]
        facilitators = {self.creator.device} | {
            g.member.device for g in valid if g.member.role == FACILITATOR
        }
        rest = [grant for grant in grants if grant not in valid]
        while counted := [grant for grant in rest if grant.by in facilitators]:
            valid = valid + counted
            rest = [grant for grant in rest if grant not in counted]
            facilitators |= {g.member.device for g in counted if g.member.role == FACILITATOR}
        return valid

    def _valid_removals(self, ever: list[_Grant]) -> list[_Removal]:
        keys = {g.member.device: g.member.keys for g in ever if g.member.role == FACILITATOR}
        keys[self.creator.device] = self.creator.keys
        return [
            removal
            for removal in self.removals
            if removal.device != self.creator.device
            and removal.by in keys
            and removal.statement.verified_by(removal.by, keys[removal.by])
        ]

    def _membership(self, ever: list[_Grant], valid: list[_Grant], removals: list[_Removal]) -> Membership:
        members: dict[str, RoomMember] = {}
        granted_by: dict[str, set[str]] = {}
        for grant in sorted(valid, key=lambda item: (RANK[item.member.role], item.time)):
            members[grant.member.device] = grant.member
            granted_by.setdefault(grant.by, set()).add(grant.member.device)
        members[self.creator.device] = self.creator
        kept = (*(grant.statement for grant in ever), *(removal.statement for removal in removals))
        return Membership(
            self.room,
            text_of(self.founding.body, "room_name", MAX_NAME),
            self.founding,
            kept,
            members,
            frozenset(removal.device for removal in removals) - members.keys(),
            {device: frozenset(devices) for device, devices in granted_by.items()},
        )


def _distinct(statements: Iterable[Statement]) -> list[Statement]:
    found: dict[str, Statement] = {}
    for statement in statements:
        found.setdefault(statement.digest, statement)
        if len(found) >= MAX_STATEMENTS:
            break
    return list(found.values())


def _ends(removals: list[_Removal]) -> tuple[dict[str, int], dict[str, frozenset[str]]]:
    ended: dict[str, int] = {}
    keeps: dict[str, frozenset[str]] = {}
    for removal in removals:
        ended[removal.device] = max(removal.time, ended.get(removal.device, -1))
        keeps[removal.device] = keeps.get(removal.device, frozenset()) | removal.keeps
    return ended, keeps


def _read_grant(statement: Statement) -> _Grant:
    body = statement.body
    keys = PublicKeys.from_json(body.get("keys"))
    device, role = text_of(body, "device", 64), text_of(body, "role", 16)
    if keys.device != device or role not in RANK:
        raise StatementFault("a membership whose keys or role do not fit")
    member = RoomMember(device, text_of(body, "name", MAX_NAME), role, keys, text_of(body, "person", 64))
    return _Grant(member, statement.by, integer_of(body, "time"), statement)


def _read_removal(statement: Statement) -> _Removal:
    body = statement.body
    keeps = body.get("keeps", [])
    names = (
        frozenset(item for item in keeps if isinstance(item, str)) if isinstance(keeps, list) else frozenset()
    )
    return _Removal(text_of(body, "device", 64), statement.by, integer_of(body, "time"), names, statement)


def found_room(identity: Identity, room_name: str, name: str, time: int) -> Statement:
    """Found a room as this device, whose person is called `name`. `time` in ms since 1970."""
    return identity.sign(
        {
            "kind": "founding",
            "room_name": room_name[:MAX_NAME],
            "device": identity.device,
            "keys": identity.public_keys.as_json(),
            "name": name[:MAX_NAME],
            "time": time,
            "nonce": secrets.token_urlsafe(16),
        }
    )


def grant_membership(
    identity: Identity,
    room: str,
    keys: PublicKeys,
    name: str,
    role: str,
    time: int,
    person: str | None = None,
) -> Statement:
    """Let the device with `keys` into `room`; counts if this device is a facilitator. `time` in ms."""
    return identity.sign(
        {
            "kind": "membership",
            "room": room,
            "device": keys.device,
            "keys": keys.as_json(),
            "name": name[:MAX_NAME],
            "person": person or keys.device,
            "role": role,
            "time": time,
        }
    )


def remove_member(identity: Identity, membership: Membership, device: str, time: int) -> Statement:
    """End the membership of `device`, keeping those whom it had let in. `time` in ms since 1970."""
    keeps: list[JsonValue] = [*sorted(membership.granted_by.get(device, frozenset()))]
    return identity.sign(
        {"kind": "removal", "room": membership.room, "device": device, "time": time, "keeps": keeps}
    )


def issue_token(identity: Identity, room: str, holder: str | None, role: str, expires: int) -> Statement:
    """Sign a token for `holder` (a device, or None for a stock client, who becomes `guest-<nonce>`).

    `expires` in ms since 1970. It counts when this device is a facilitator, or runs the hub.
    """
    nonce = secrets.token_hex(8)
    return identity.sign(
        {
            "kind": "token",
            "room": room,
            "holder": holder or f"guest-{nonce}",
            "role": role,
            "expires": expires,
            "nonce": nonce,
        }
    )
