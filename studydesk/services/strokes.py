"""The pure rules of a board, for windows: what `studydesk.model.board*` holds, without opening anything."""

from studydesk.model.board import (
    FULL_PRESSURE,
    MARKER,
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

__all__ = [
    "FULL_PRESSURE",
    "MARKER",
    "MAX_POINTS",
    "PEN_COUNT",
    "UNITS_PER_STEP",
    "BadStroke",
    "Bounds",
    "LiveStroke",
    "Points",
    "Presence",
    "Stroke",
]
