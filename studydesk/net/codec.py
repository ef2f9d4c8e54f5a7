"""Numbers, texts and byte strings as lib0 writes them, read within bounds.

A varuint is little-endian base 128 with a high bit for "more". Ours stay below 2**53, which is what JavaScript can
hold, so one is at most eight bytes long. A length is checked against what is there before anything is copied.
"""

from __future__ import annotations

from studydesk.net.faults import ProtocolFault

MAX_UINT = 2**53 - 1
MAX_UINT_BYTES = 8
_SMALL = [bytes((value,)) for value in range(128)]


class CodecFault(ProtocolFault):
    """Bytes that are no valid encoding, or that break a bound."""


def write_uint(value: int) -> bytes:
    """Encode a whole number from 0 to 2**53 - 1. Raises CodecFault."""
    if 0 <= value < 128:
        return _SMALL[value]
    if not 0 <= value <= MAX_UINT:
        raise CodecFault("a number out of range")
    out = bytearray()
    while value >= 128:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def write_bytes(data: bytes) -> bytes:
    """Encode a byte string with its length before it."""
    return write_uint(len(data)) + data


def write_text(text: str) -> bytes:
    """Encode a text as UTF-8 with its length in bytes before it. Raises CodecFault for lone surrogates."""
    try:
        return write_bytes(text.encode("utf-8"))
    except UnicodeEncodeError as fault:
        raise CodecFault("text that is not Unicode") from fault


class Reader:
    """Reads a message from its start to its end. Every method raises CodecFault on broken input."""

    __slots__ = ("data", "position")

    def __init__(self, data: bytes, position: int = 0) -> None:
        self.data = data
        self.position = position

    @property
    def remaining(self) -> int:
        return len(self.data) - self.position

    def uint(self) -> int:
        """Read a varuint of at most eight bytes and below 2**53."""
        value = 0
        for shift in range(0, 7 * MAX_UINT_BYTES, 7):
            if self.position >= len(self.data):
                raise CodecFault("a number that breaks off")
            byte = self.data[self.position]
            self.position += 1
            value |= (byte & 0x7F) << shift
            if byte < 128:
                if value > MAX_UINT:
                    break
                return value
        raise CodecFault("a number out of range")

    def bytes(self, limit: int) -> bytes:
        """Read a byte string of at most `limit` bytes."""
        length = self.uint()
        if length > limit or length > self.remaining:
            raise CodecFault("a byte string longer than allowed or than there is")
        start = self.position
        self.position += length
        return self.data[start : self.position]

    def text(self, limit: int) -> str:
        """Read a text of at most `limit` bytes of UTF-8."""
        try:
            return self.bytes(limit).decode("utf-8")
        except UnicodeDecodeError as fault:
            raise CodecFault("text that is not UTF-8") from fault
