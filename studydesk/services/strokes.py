"""The pure rules of a board, for windows: what `studydesk.model.board*` holds, without opening anything."""

from studydesk.model.board import (
    FULL_PRESSURE,
    MARKER,
    MAX_COORDINATE,
    MAX_POINTS,
    PEN_COUNT,
    UNITS_PER_STEP,
    BadStroke,
    Bounds,
    LiveStroke,
    Points,
    Presence,
    Stroke,
)
from studydesk.model.board_geometry import (
    every,
    hits,
    inflated,
    overlap,
    pressed_widths,
    simplified,
    smoothed,
    stroke_bounds,
    united,
)
from studydesk.model.board_index import BoardIndex, Placed

__all__ = [
    "FULL_PRESSURE",
    "MARKER",
    "MAX_COORDINATE",
    "MAX_POINTS",
    "PEN_COUNT",
    "UNITS_PER_STEP",
    "BadStroke",
    "BoardIndex",
    "Bounds",
    "LiveStroke",
    "Placed",
    "Points",
    "Presence",
    "Stroke",
    "every",
    "hits",
    "inflated",
    "overlap",
    "pressed_widths",
    "simplified",
    "smoothed",
    "stroke_bounds",
    "united",
]
