"""Identifiers: UUID version 7 (RFC 9562) as text, so that they sort by the time they were made."""

from __future__ import annotations

import os

from studydesk.foundation.clock import Clock, SystemClock

_SYSTEM = SystemClock()


def new_id(clock: Clock = _SYSTEM) -> str:
    """Return a new UUIDv7 as 36 characters of lower-case text.

    48 bits of Unix milliseconds, then 74 random bits around version and variant (RFC 9562, section 5.7).
    """
    milliseconds = int(clock.now().timestamp() * 1000) & ((1 << 48) - 1)
    random = int.from_bytes(os.urandom(10), "big")
    value = milliseconds << 80 | 0x7 << 76 | (random & 0xFFF) << 64 | 0b10 << 62 | random >> 18
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
