"""A room in open formats: boards as JSON and SVG, the talk as Markdown and JSON, the members as JSON."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from studydesk.foundation.errors import Fault
from studydesk.model.board import Stroke
from studydesk.services.room.boards import board_document
from studydesk.services.room.room import Room
from studydesk.services.room.things import read_strokes
from studydesk.services.room.views import EntryView

# The ten pens of the look in its light theme, and the marker: an export has no theme.
PENS = [
    "#1A2124",
    "#483BE4",
    "#B64708",
    "#00806A",
    "#64009C",
    "#AC940F",
    "#0099FE",
    "#E955B2",
    "#852300",
    "#254E5A",
    "#FFE27A",
]
MARGIN = 24


async def export_room(room: Room, entries: Sequence[EntryView], directory: Path) -> Path:
    """Write the room into `directory`, which is made; return it. Raises Fault when that can't be written."""
    files = {"room.json": _json(_room(room)), "talk.json": _json([asdict(entry) for entry in entries])}
    files["talk.md"] = _talk(room.data.name, entries)
    for row in room.boards():
        strokes = read_strokes(room.documents, board_document(row.id))
        name = f"boards/{_safe(row.title)}-{row.id[-6:]}"
        files[f"{name}.json"] = _json([_stroke(stroke) for stroke in strokes])
        files[f"{name}.svg"] = board_svg(strokes)
    await asyncio.get_running_loop().run_in_executor(None, _write, directory, files)
    return directory


def board_svg(strokes: Sequence[Stroke]) -> str:
    """Return strokes as an SVG picture, the lowest first."""
    bounds = [stroke.points.bounds() for stroke in strokes] or [(0.0, 0.0, 0.0, 0.0)]
    left, top = min(b[0] for b in bounds) - MARGIN, min(b[1] for b in bounds) - MARGIN
    width, height = max(b[2] for b in bounds) + MARGIN - left, max(b[3] for b in bounds) + MARGIN - top
    ordered = sorted(strokes, key=lambda stroke: (not stroke.is_marker, stroke.order))
    lines = "\n".join(_polyline(stroke) for stroke in ordered)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top:g} {width:g} {height:g}">\n'
        f'<g fill="none" stroke-linecap="round" stroke-linejoin="round">\n{lines}\n</g>\n</svg>\n'
    )


def _polyline(stroke: Stroke) -> str:
    colour = stroke.colour if isinstance(stroke.colour, str) else PENS[stroke.colour]
    points = " ".join(f"{x:g},{y:g}" for x, y in stroke.points)
    if len(stroke.points) == 1:
        points = f"{points} {points}"
    return f'<polyline stroke="{escape(colour)}" stroke-width="{stroke.width:g}" points="{points}"/>'


def _stroke(stroke: Stroke) -> dict[str, object]:
    return {
        "id": stroke.id,
        "kind": "stroke",
        "colour": stroke.colour,
        "width": stroke.width,
        "points": [list(point) for point in stroke.points],
        "pressure": list(stroke.points.pressure),
        "by": stroke.by,
        "at": stroke.at,
    }


def _room(room: Room) -> dict[str, object]:
    members = sorted(room.people(), key=lambda person: person.device)
    return {
        "id": room.id,
        "name": room.data.name,
        "founding": room.data.founding.as_json() if room.data.founding else None,
        "members": [
            {"device": p.device, "name": p.name, "role": p.role} for p in members if p.role != "guest"
        ],
        "boards": [{"id": row.id, "title": row.title} for row in room.boards()],
    }


def _talk(name: str, entries: Sequence[EntryView]) -> str:
    said = [entry for entry in entries if entry.kind == "message" and entry.verified]
    parts = [f"# {name}"]
    for entry in said:
        when = datetime.fromtimestamp(entry.time / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
        parts.append(f"**{entry.author_name}**, {when}\n\n{entry.text}")
    return "\n\n".join(parts) + "\n"


def _safe(title: str) -> str:
    return re.sub(r"[^\w -]", "_", title).strip()[:60] or "board"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _write(directory: Path, files: dict[str, str]) -> None:
    try:
        for name, text in files.items():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise Fault(f"The folder {directory} can't be written: {fault.strerror}. Choose another.") from fault
