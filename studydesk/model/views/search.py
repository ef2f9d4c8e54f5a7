"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

HIT_START = "\x02"
HIT_END = "\x03"


@dataclass(frozen=True)
class Hit:
    """A thing that was found.

    `snippet` is a piece of its text with HIT_START and HIT_END around each hit; `when` is its last change
    (a session's start).
    """

    kind: str
    id: str
    title: str
    snippet: str
    when: datetime | None
