"""Cut the icon fonts down to the glyphs the program draws, and write the names beside them.

Run with a Python that has fontTools and qtawesome (both only here, never at run time):

    python tools/build_icons.py

It writes `resources/icons/{phosphor,remix,material}.ttf` and `resources/icons/icons.json`, which maps each name,
spelled as in the look ("ph.sun"), to its font file and code point.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "resources" / "icons"

SOURCES = {
    "ph": ("phosphor", "phosphor-1.3.0", "phosphor-charmap-1.3.0"),
    "ri": ("remix", "remixicon-2.5.0", "remixicon-charmap-2.5.0"),
    "mdi6": (
        "material",
        "materialdesignicons6-webfont-6.9.96",
        "materialdesignicons6-webfont-charmap-6.9.96",
    ),
}

NAMES = {
    "ph": """
        sun calendar-blank notebook books cards sliders-horizontal magnifying-glass plus x check dots-three
        arrow-u-up-left arrow-u-up-right clock-counter-clockwise sort-ascending funnel push-pin tag target timer
        trash lock warning download-simple export share-network house-line broadcast monitor-play file-pdf article
        link book-open star pencil-simple columns eye text-bolder list-bullets check-square code table image cursor
        hand eraser note text-t rectangle circle arrow-up-right frame-corners sparkle corners-out chat-text
        note-pencil stack-simple users users-three microphone microphone-slash hand-palm chart-bar presentation
        flag key medal paperclip paper-plane-right wifi-high
        caret-down caret-up caret-left caret-right arrow-left arrow-right arrow-up arrow-down arrow-clockwise
        play pause clock list info question folder-simple folder-plus file file-text globe-simple user
        user-plus user-minus sign-out sign-in copy hash minus moon chat chat-centered quotes dots-six-vertical
        calendar-check calendar-plus map-pin repeat star-half crosshair selection magnifying-glass-plus
        magnifying-glass-minus command keyboard circle-half text-aa text-italic text-h list-numbers link-simple
        warning-circle check-circle prohibit floppy-disk bookmark-simple arrow-square-out archive bell
        paint-brush palette wifi-slash cloud-slash speaker-high hourglass rows square-half heart
    """,
    "ri": "door-open-line door-line functions mark-pen-line pushpin-line layout-right-line side-bar-line",
    "mdi6": "lasso spotlight-beam",
}

FILLED = {"ph": "star-fill push-pin-fill flag-fill circle-fill play-fill star-half-fill"}


def fonts_folder() -> Path:
    """Return the folder of fonts inside the installed qtawesome, without importing it."""
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or spec.origin is None:
        sys.exit("Install qtawesome and fontTools in this Python first.")
    return Path(spec.origin).parent / "fonts"


def cut(source: Path, target: Path, codepoints: list[int]) -> None:
    """Write to `target` the font `source` with nothing but the outlines of `codepoints`."""
    options = subset.Options(
        hinting=False, layout_features=[], name_IDs=[0, 1, 2, 13, 14], notdef_outline=True, glyph_names=False
    )
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def main() -> None:
    folder = fonts_folder()
    table: dict[str, list[str | int]] = {}
    for prefix, (file, font, charmap) in SOURCES.items():
        known = json.loads((folder / f"{charmap}.json").read_text("utf-8"))
        names = (NAMES[prefix] + " " + FILLED.get(prefix, "")).split()
        missing = [name for name in names if name not in known]
        if missing:
            sys.exit(f"{prefix} has no {', '.join(missing)}")
        points = {name: int(known[name], 16) for name in sorted(set(names))}
        cut(folder / f"{font}.ttf", TARGET / f"{file}.ttf", list(points.values()))
        table |= {f"{prefix}.{name}": [file, point] for name, point in points.items()}
    (TARGET / "icons.json").write_text(json.dumps(table, indent=0, sort_keys=True) + "\n", "utf-8")
    print(f"{len(table)} icons")


if __name__ == "__main__":
    main()
