"""Presence: the y-protocols awareness encoding, and the hub's table of who is present on a document.

Entries are relayed as the JSON text they came in, once it is known that JavaScript can read it.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from studydesk.net.codec import CodecFault, Reader, write_text, write_uint

MAX_STATE_BYTES = 16 * 1024
MAX_ENTRIES = 1000
MAX_IDS_A_CHANNEL = 32
MAX_IDS_A_DOCUMENT = 2000
GONE = "null"


@dataclass(frozen=True, slots=True)
class Presence:
    """One client's state: `state` is JSON text, `null` when it is gone."""

    client: int
    clock: int
    state: str

    @property
    def gone(self) -> bool:
        return self.state == GONE

    def value(self) -> object | None:
        """Return the parsed state, None when gone."""
        parsed: object = json.loads(self.state)
        return parsed


def encode_presence(entries: Iterable[Presence]) -> bytes:
    """Return the awareness update that holds these entries."""
    parts = [
        write_uint(entry.client) + write_uint(entry.clock) + write_text(entry.state) for entry in entries
    ]
    return write_uint(len(parts)) + b"".join(parts)


def decode_presence(payload: bytes) -> list[Presence]:
    """Read an awareness update. Raises CodecFault for broken, oversized or unreadable entries."""
    reader = Reader(payload)
    count = reader.uint()
    if count > MAX_ENTRIES:
        raise CodecFault("too many entries of presence")
    return [_read_entry(reader) for _ in range(count)]


def _read_entry(reader: Reader) -> Presence:
    client, clock = reader.uint(), reader.uint()
    state = reader.text(MAX_STATE_BYTES)
    if state == GONE:
        return Presence(client, clock, GONE)
    _require_json(state)
    return Presence(client, clock, state)


def _refuse_constant(word: str) -> None:
    raise CodecFault(f"{word} is no JSON")


def _require_json(text: str) -> None:
    try:
        json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as fault:
        raise CodecFault("a state that is no JSON") from fault


@dataclass(slots=True)
class _Held:
    presence: Presence
    channel: Hashable
    holder: str


class PresenceTable:
    """Who is present on one document, by the channel that announced each id.

    Only that channel may alter or clear an id; another one of the same token holder may take it over (a desk that
    came back before its old socket was seen to be dead). What a channel leaves behind is remembered for a while,
    since other clients echo states that are already out of date.
    """

    def __init__(self) -> None:
        self._held: dict[int, _Held] = {}
        self._left: dict[int, tuple[int, str]] = {}

    def __len__(self) -> int:
        return len(self._held)

    def entries(self) -> list[Presence]:
        """Return all that are present."""
        return [held.presence for held in self._held.values()]

    def apply(self, channel: Hashable, holder: str, incoming: Iterable[Presence]) -> list[Presence]:
        """Take in what a channel says, and return the part that counts and is to be relayed."""
        return [entry for entry in incoming if self._take(channel, holder, entry)]

    def leave(self, channel: Hashable) -> list[Presence]:
        """Clear every id of a channel that ended, and return what to announce."""
        ids = [client for client, held in self._held.items() if held.channel == channel]
        return [self._clear(client) for client in ids]

    def _clear(self, client: int, clock: int | None = None) -> Presence:
        held = self._held.pop(client)
        last = held.presence.clock if clock is None else clock
        self._left[client] = (last, held.holder)
        while len(self._left) > MAX_IDS_A_DOCUMENT:
            del self._left[next(iter(self._left))]
        return Presence(client, last, GONE)

    def _take(self, channel: Hashable, holder: str, entry: Presence) -> bool:
        held = self._held.get(entry.client)
        if held is None:
            return self._introduce(channel, holder, entry)
        if held.channel != channel and held.holder != holder:
            return False
        if entry.clock < held.presence.clock or (entry.clock == held.presence.clock and not entry.gone):
            return self._hand_over(held, channel, entry)
        if entry.gone:
            self._clear(entry.client, entry.clock)
        else:
            held.presence, held.channel, held.holder = entry, channel, holder
        return True

    @staticmethod
    def _hand_over(held: _Held, channel: Hashable, entry: Presence) -> bool:
        if entry.clock == held.presence.clock:
            held.channel = channel
        return False

    def _introduce(self, channel: Hashable, holder: str, entry: Presence) -> bool:
        if entry.gone or not self._has_place(channel):
            return False
        clock, last_holder = self._left.get(entry.client, (-1, holder))
        if last_holder != holder or entry.clock < clock:
            return False
        self._left.pop(entry.client, None)
        self._held[entry.client] = _Held(entry, channel, holder)
        return True

    def _has_place(self, channel: Hashable) -> bool:
        mine = sum(held.channel == channel for held in self._held.values())
        return mine < MAX_IDS_A_CHANNEL and len(self._held) < MAX_IDS_A_DOCUMENT
