"""What lies on a board, between the shared map `things` and strokes. The schema stands in `docs/protocol.md`."""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Iterable, Sequence

from pycrdt import Map

from studydesk.model.board import BadStroke, LiveStroke, Points, Presence, Stroke
from studydesk.model.board_codec import decode_points, encode_points
from studydesk.services.room.documents import Documents, plain

log = logging.getLogger(__name__)

THINGS = "things"
LIVE_TAIL_BYTES = 6000
"""A live stroke travels in presence, whose state is bounded to 16 KiB."""


def put_strokes(documents: Documents, document: str, strokes: Iterable[Stroke]) -> None:
    """Lay strokes on a board, in one update."""
    things = documents.map(document, THINGS)
    with documents.change(document):
        for stroke in strokes:
            things[stroke.id] = Map(
                {
                    "kind": "stroke",
                    "colour": stroke.colour,
                    "width": stroke.width,
                    "points": encode_points(stroke.points),
                    "by": stroke.by,
                    "at": stroke.at,
                }
            )


def remove_things(documents: Documents, document: str, ids: Sequence[str]) -> None:
    """Take things off a board, in one update. Those that are gone already are passed over."""
    things = documents.map(document, THINGS)
    with documents.change(document):
        for key in ids:
            if key in things:
                del things[key]


def read_strokes(documents: Documents, document: str) -> list[Stroke]:
    """Return all strokes of a board, the lowest first."""
    strokes = [read_stroke(key, value) for key, value in documents.map(document, THINGS).items()]
    return sorted((stroke for stroke in strokes if stroke is not None), key=lambda stroke: stroke.order)


def read_stroke(key: str, value: object) -> Stroke | None:
    """Return the thing at `key` as a stroke, or None if it is another kind of thing or broken."""
    fields = plain(value)
    if fields.get("kind") != "stroke":
        return None
    try:
        points = fields.get("points")
        if not isinstance(points, bytes | bytearray):
            raise BadStroke("points are bytes")
        return Stroke(
            key,
            _colour(fields.get("colour")),
            _number(fields.get("width")),
            decode_points(bytes(points)),
            str(fields.get("by", ""))[:64],
            int(_number(fields.get("at", 0))),
        )
    except BadStroke as fault:
        log.warning("a stroke is not shown: %s", fault)
        return None


def live_as_json(live: LiveStroke) -> dict[str, object]:
    """Return a live stroke as presence carries it; the tail of one that grew long."""
    points, start = live.points, live.start
    encoded = encode_points(points)
    while len(encoded) > LIVE_TAIL_BYTES and len(points) > 1:
        half = len(points) // 2
        points, start = points.tail(half), start + half
        encoded = encode_points(points)
    return {
        "id": live.id,
        "colour": live.colour,
        "width": live.width,
        "from": start,
        "points": base64.b64encode(encoded).decode(),
    }


def read_presence(key: str, state: object) -> Presence | None:
    """Return what another member's presence on a board says, or None if it says nothing that can be shown."""
    fields = plain(state)
    user = plain(fields.get("user"))
    name, device = user.get("name"), user.get("device")
    if not isinstance(name, str) or not name:
        return None
    try:
        colour = int(_number(user.get("colour", 0))) % 10
        return Presence(
            key,
            device[:64] if isinstance(device, str) else "",
            name[:120],
            colour,
            _cursor(fields.get("cursor")),
            _live(fields.get("live")),
        )
    except (BadStroke, binascii.Error) as fault:
        log.warning("a presence is not shown: %s", fault)
        return None


def _cursor(value: object) -> tuple[float, float] | None:
    fields = plain(value)
    return (_number(fields.get("x")), _number(fields.get("y"))) if fields else None


def _live(value: object) -> LiveStroke | None:
    fields = plain(value)
    if not fields:
        return None
    points: Points = decode_points(base64.b64decode(str(fields.get("points", "")), validate=True))
    return LiveStroke(
        str(fields.get("id", ""))[:64],
        _colour(fields.get("colour")),
        _number(fields.get("width")),
        points,
        int(_number(fields.get("from", 0))),
    )


def _colour(value: object) -> int | str:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int | str):
        return value
    raise BadStroke("a colour is a number or #rrggbb")


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -(2.0**53) < value < 2.0**53:
        raise BadStroke("something that should be a number is none")
    return float(value)
