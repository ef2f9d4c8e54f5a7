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
    """Counts others' messages and strokes while documents are being exchanged."""

    def __init__(self, me: str) -> None:
        self._me = me
        self._running = False
        self._messages = 0
        self._strokes = 0
        self._devices: dict[str, str] = {}

    def begin(self, was_here_before: bool) -> None:
        """Start counting. Nothing was missed by who comes for the first time."""
        self._running = was_here_before
        self._messages = self._strokes = 0
        self._devices.clear()

    def end(self) -> Missed | None:
        """Stop counting; return what was counted, or None for nothing."""
        if not self._running:
            return None
        self._running = False
        if not self._messages and not self._strokes:
            return None
        return Missed(self._messages, self._strokes, tuple(self._devices.values()))

    def entries(self, entries: Sequence[Entry], membership: Membership | None) -> None:
        """Count messages of others."""
        if self._running:
            for entry in entries:
                if entry.kind == "message" and entry.author != self._me:
                    self._messages += 1
                    self._met(entry.author, membership)

    def things(self, things: Map[Any], keys: Mapping[str, str], membership: Membership | None) -> None:
        """Count things that others added to a board."""
        if not self._running:
            return
        for key, action in keys.items():
            fields = plain(things.get(key)) if action == "add" else {}
            by = fields.get("by")
            if isinstance(by, str) and by != self._me:
                self._strokes += 1
                self._met(by, membership)

    def _met(self, device: str, membership: Membership | None) -> None:
        member = membership.members.get(device) if membership else None
        if member is not None:
            self._devices[device] = member.name
