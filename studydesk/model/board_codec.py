"""The bytes of a stroke's points, as `docs/protocol.md` has them.

Version byte 1, a byte of flags (bit 0: pressure follows), a varuint count, then zigzag varints dx, dy (dp).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from studydesk.model.board import MAX_COORDINATE, MAX_POINTS, UNITS_PER_STEP, BadStroke, Points

VERSION = 1
PRESSURE_FOLLOWS = 0b1
MAX_VARINT_BYTES = 8
MAX_ENCODED = 8 + MAX_POINTS * 3 * MAX_VARINT_BYTES
"""No honest stroke is longer than this many bytes."""

_MAX_STEPS = MAX_COORDINATE * UNITS_PER_STEP


def encode_points(points: Points) -> bytes:
    """Return the bytes of `points` for a board document or for presence."""
    columns = [_differences(points.xy[0::2]), _differences(points.xy[1::2])]
    if points.pressure:
        columns.append(_differences(points.pressure))
    encoded = bytearray((VERSION, PRESSURE_FOLLOWS if points.pressure else 0))
    _append_varuint(encoded, len(points))
    for row in zip(*columns, strict=True):
        for value in row:
            if -64 <= value < 64:  # nearly all steps of a pen
                encoded.append(value << 1 if value >= 0 else (-value << 1) - 1)
            else:
                _append_varuint(encoded, value << 1 if value >= 0 else (-value << 1) - 1)
    return bytes(encoded)


def decode_points(data: bytes) -> Points:
    """Read the points of a stroke from its bytes.

    Raises BadStroke for another version, unknown flags, too many points, coordinates off the board, an
    overlong varint, and bytes that are missing or left over. Work is bounded by the length of `data`.
    """
    count, width, start = _read_head(data)
    values = _read_varints(data, start)
    if len(values) != count * width:
        raise BadStroke(f"{count} points need {count * width} numbers, {len(values)} are there")
    xs = list(accumulate(values[0::width]))
    ys = list(accumulate(values[1::width]))
    if min(min(xs), min(ys)) < -_MAX_STEPS or max(max(xs), max(ys)) > _MAX_STEPS:
        raise BadStroke("a stroke leaves the board")
    xy = array("i", bytes(8 * count))
    xy[0::2] = array("i", xs)
    xy[1::2] = array("i", ys)
    return Points(xy, _pressure(values[2::width]) if width == 3 else b"")


def _read_head(data: bytes) -> tuple[int, int, int]:
    """Return the count of points, the numbers for each point, and where they begin."""
    if len(data) < 3 or len(data) > MAX_ENCODED:
        raise BadStroke("not the bytes of a stroke")
    if data[0] != VERSION:
        raise BadStroke(f"points of version {data[0]} are not known here")
    if data[1] & ~PRESSURE_FOLLOWS:
        raise BadStroke("points with unknown flags")
    count, start = _read_varuint(data, 2)
    if not 0 < count <= MAX_POINTS:
        raise BadStroke(f"a stroke has 1 to {MAX_POINTS} points, not {count}")
    return count, 3 if data[1] & PRESSURE_FOLLOWS else 2, start


def _read_varuint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for position, byte in enumerate(data[at : at + MAX_VARINT_BYTES]):
        value |= (byte & 0x7F) << (7 * position)
        if byte < 0x80:
            return value, at + position + 1
    raise BadStroke("a number is cut off or too long")


def _read_varints(data: bytes, start: int) -> list[int]:
    """Read zigzag varints from `start` to the end. One and two bytes, which pens make, take the short way."""
    values: list[int] = []
    append = values.append
    rest = iter(data[start:])
    for value in rest:
        if value >= 0x80:
            second = next(rest, 0x100)
            value = value & 0x7F | second << 7 if second < 0x80 else _long_varint(value, second, rest)
        append(value >> 1 ^ -(value & 1))
    return values


def _long_varint(first: int, second: int, rest: Iterator[int]) -> int:
    """Read on after two bytes that say that more follow; 0x100 stands for the end of the data."""
    value, byte = first & 0x7F | (second & 0x7F) << 7, second
    for shift in range(14, 7 * MAX_VARINT_BYTES, 7):
        if byte == 0x100:
            raise BadStroke("a number is cut off")
        byte = next(rest, 0x100)
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value
    raise BadStroke("a number is cut off or too long")


def _pressure(steps: list[int]) -> bytes:
    try:
        return bytes(accumulate(steps))
    except ValueError as reason:
        raise BadStroke("pressure is 0 to 255") from reason


def _differences(values: Sequence[int]) -> list[int]:
    return [values[0], *(after - before for before, after in pairwise(values))]


def _append_varuint(encoded: bytearray, value: int) -> None:
    while value >= 0x80:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
