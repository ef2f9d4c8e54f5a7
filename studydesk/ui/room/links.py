"""Addresses of the web inside of a message: where they stand, so that they can be painted and followed."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
_CLOSING = {")": "(", "]": "["}


@dataclass(frozen=True)
class Link:
    """Characters `start` to `end` of a text are this address."""

    start: int
    end: int
    address: str


def links(text: str) -> tuple[Link, ...]:
    """Find web addresses. Punctuation at the end of a sentence does not belong to them."""
    found = []
    for match in _ADDRESS.finditer(text):
        address = _trimmed(match.group())
        if len(address) > len("https://"):
            found.append(Link(match.start(), match.start() + len(address), address))
    return tuple(found)


def _trimmed(address: str) -> str:
    while address:
        last = address[-1]
        lone = last in _CLOSING and address.count(last) > address.count(_CLOSING[last])
        if last not in ".,;:!?'…" and not lone:
            break
        address = address[:-1]
    return address
