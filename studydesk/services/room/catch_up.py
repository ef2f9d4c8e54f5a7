"""What came in between connecting to a room and having exchanged all documents: what was missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pycrdt import Map

from studydesk.net.membership import Membership
from studydesk.services.room.documents import plain
from studydesk.services.room.entries import Entry
from studydesk.services.room.views import Missed


class CatchUp:
    """Counts others' messages and strokes from before this desk came, while documents are being exchanged.

    That is so after entering, and for a moment after somebody else came, who may bring what a host has missed.
    """

    def __init__(self, me: str) -> None:
        self._me = me
        self._running = False
        self._since = 0
        self._messages = 0
        self._strokes = 0
        self._devices: dict[str, str] = {}

    def begin(self, was_here_before: bool, now: int) -> None:
        """Start counting what was made before `now` (ms). Nothing was missed by who comes for the first time."""
        self._running = was_here_before
        self._since = now if was_here_before else 0
        self._forget()

    def resume(self) -> None:
        """Count again: somebody came."""
        self._running = bool(self._since)

    def end(self) -> Missed | None:
        """Stop counting; return what was counted, or None for nothing."""
        self._running = False
        if not self._messages and not self._strokes:
            return None
        missed = Missed(self._messages, self._strokes, tuple(self._devices.values()))
        self._forget()
        return missed

    def _forget(self) -> None:
        self._messages = self._strokes = 0
        self._devices.clear()

    def entries(self, entries: Sequence[Entry], membership: Membership | None) -> None:
        """Count messages of others."""
        if self._running:
            for entry in entries:
                if entry.kind == "message" and entry.author != self._me and entry.time < self._since:
                    self._messages += 1
                    self._met(entry.author, membership)

    def things(self, things: Map[Any], keys: Mapping[str, str], membership: Membership | None) -> None:
        """Count things that others added to a board."""
        if not self._running:
            return
        for key, action in keys.items():
            fields = plain(things.get(key)) if action == "add" else {}
            by, at = fields.get("by"), fields.get("at")
            earlier = isinstance(at, int | float) and at < self._since
            if isinstance(by, str) and by != self._me and earlier:
                self._strokes += 1
                self._met(by, membership)

    def _met(self, device: str, membership: Membership | None) -> None:
        member = membership.members.get(device) if membership else None
        if member is not None:
            self._devices[device] = member.name
