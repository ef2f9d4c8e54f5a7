"""Looks through a Yjs v1 update before the CRDT library sees it.

The library aborts the process on values nested too deep and allocates what a length claims, so both are refused here.
The walk follows the encoding (Yjs, `src/utils/encoding.js` and `src/structs`): counts and lengths against what is
left, texts as UTF-8, numbers below 2**53, clocks below 2**32, nesting at most 64. It says nothing about meaning.
"""

from __future__ import annotations

from studydesk.net.codec import CodecFault, Reader

MAX_DEPTH = 64
MAX_CLOCK = 2**32
MAX_TYPE = 6
_XML_NAMED = (3, 5)
_GC, _SKIP = 0, 10
_FIXED_ANY = {127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0}


def check_update(update: bytes) -> None:
    """Raise CodecFault unless this is a well-formed Yjs v1 update within bounds."""
    reader = _Walker(update)
    for _ in range(reader.count()):
        structs = reader.count()
        reader.uint()
        clock = reader.clock()
        for _ in range(structs):
            clock += _struct(reader)
            if clock >= MAX_CLOCK:
                raise CodecFault("a clock out of range")
    _delete_set(reader)
    if reader.remaining:
        raise CodecFault("an update with something behind it")


def check_state_vector(state_vector: bytes) -> None:
    """Raise CodecFault unless this is a well-formed Yjs v1 state vector."""
    reader = _Walker(state_vector)
    for _ in range(reader.count()):
        reader.uint()
        reader.clock()
    if reader.remaining:
        raise CodecFault("a state vector with something behind it")


class _Walker(Reader):
    """A reader that steps over values."""

    __slots__ = ()

    def count(self) -> int:
        """Read a number of things, each of which takes at least one byte."""
        value = self.uint()
        if value > self.remaining:
            raise CodecFault("more things than bytes")
        return value

    def clock(self) -> int:
        value = self.uint()
        if value >= MAX_CLOCK:
            raise CodecFault("a clock out of range")
        return value

    def byte(self) -> int:
        if self.position >= len(self.data):
            raise CodecFault("an update that breaks off")
        self.position += 1
        return self.data[self.position - 1]

    def skip(self, length: int) -> None:
        if length > self.remaining:
            raise CodecFault("a value that breaks off")
        self.position += length

    def skip_bytes(self) -> None:
        self.skip(self.uint())

    def skip_text(self) -> int:
        """Step over a text and return its length in UTF-16 units, which is how Yjs counts."""
        text = self.text(len(self.data))
        return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2

    def skip_id(self) -> None:
        self.uint()
        self.clock()


def _struct(reader: _Walker) -> int:
    """Step over one struct and return how many clock ticks it covers."""
    info = reader.byte()
    kind = info & 0x1F
    if kind in (_GC, _SKIP):
        return _positive(reader.clock())
    if info & 0x80:
        reader.skip_id()
    if info & 0x40:
        reader.skip_id()
    if not info & 0xC0:
        _parent(reader, info)
    return _content(reader, kind)


def _parent(reader: _Walker, info: int) -> None:
    named = reader.uint()
    if named == 1:
        reader.skip_text()
    elif named == 0:
        reader.skip_id()
    else:
        raise CodecFault("an unknown kind of parent")
    if info & 0x20:
        reader.skip_text()


def _positive(length: int) -> int:
    if length < 1:
        raise CodecFault("a struct without length")
    return length


def _content(reader: _Walker, kind: int) -> int:
    if kind == 7:
        return _type(reader)
    if kind == 4:
        return reader.skip_text()
    if kind == 8:
        return _any_values(reader)
    if kind == 3:
        reader.skip_bytes()
        return 1
    if kind == 1:
        return _positive(reader.clock())
    return _rare_content(reader, kind)


def _rare_content(reader: _Walker, kind: int) -> int:
    if kind == 2:
        length = _positive(reader.count())
        for _ in range(length):
            reader.skip_text()
        return length
    if kind == 5:
        reader.skip_text()
    elif kind == 6:
        reader.skip_text()
        reader.skip_text()
    elif kind == 9:
        reader.skip_text()
        _any_value(reader, 0)
    else:
        raise CodecFault("an unknown kind of content")
    return 1


def _type(reader: _Walker) -> int:
    reference = reader.uint()
    if reference > MAX_TYPE:
        raise CodecFault("an unknown shared type")
    if reference in _XML_NAMED:
        reader.skip_text()
    return 1


def _any_values(reader: _Walker) -> int:
    length = _positive(reader.count())
    for _ in range(length):
        _any_value(reader, 0)
    return length


def _any_value(reader: _Walker, depth: int) -> None:
    kind = reader.byte()
    fixed = _FIXED_ANY.get(kind)
    if fixed is not None:
        reader.skip(fixed)
    elif kind == 125:
        _signed(reader)
    elif kind == 119:
        reader.skip_text()
    elif kind == 116:
        reader.skip_bytes()
    elif kind in (117, 118):
        _nested(reader, kind == 118, depth + 1)
    else:
        raise CodecFault("an unknown kind of value")


def _nested(reader: _Walker, keyed: bool, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise CodecFault("values nested too deep")
    for _ in range(reader.count()):
        if keyed:
            reader.skip_text()
        _any_value(reader, depth)


def _signed(reader: _Walker) -> None:
    """Step over a lib0 varint, whose first byte carries the sign and six bits."""
    for _ in range(9):
        if reader.byte() < 128:
            return
    raise CodecFault("a number out of range")


def _delete_set(reader: _Walker) -> None:
    for _ in range(reader.count()):
        reader.uint()
        for _ in range(reader.count()):
            start, length = reader.clock(), reader.clock()
            if start + length >= MAX_CLOCK:
                raise CodecFault("a deletion out of range")
