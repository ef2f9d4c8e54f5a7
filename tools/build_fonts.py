"""Cut the text faces down to the scripts the program speaks, keeping the layout features it uses.

    python tools/build_fonts.py INTER_FOLDER JETBRAINS_FOLDER

The folders hold the OpenType files of Inter 4 and JetBrains Mono 2.242 (Debian: fonts-inter, fonts-jetbrains-mono).
Needs fontTools, which is not a run-time dependency.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

TARGET = Path(__file__).resolve().parents[1] / "resources" / "fonts"
RANGES = (
    (0x20, 0x24F),  # Latin, with its supplements
    (0x2B0, 0x2FF),  # modifier letters
    (0x300, 0x36F),  # combining marks
    (0x370, 0x3FF),  # Greek, for formulas in running text
    (0x400, 0x45F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin extended additional
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x20BF),  # superscripts, currency
    (0x2100, 0x214F),  # letterlike
    (0x2150, 0x218F),  # fractions
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2300, 0x23FF),  # keys
    (0x2500, 0x25FF),  # boxes and shapes
    (0x2600, 0x27BF),  # ticks and dingbats
)
FACES = {
    "Inter": ("Regular", "Medium", "SemiBold", "Bold", "Italic"),
    "JetBrainsMono": ("Regular", "Bold", "Italic"),
}
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "cv05", "ss03", "case", "frac", "zero"]


def cut(source: Path, target: Path) -> None:
    """Write `source` to `target` with the ranges and features above only."""
    options = subset.Options(hinting=False, layout_features=FEATURES, name_IDs=["*"], glyph_names=False)
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[point for low, high in RANGES for point in range(low, high + 1)])
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def main() -> None:
    folders = dict(zip(FACES, sys.argv[1:3], strict=True))
    for family, weights in FACES.items():
        for weight in weights:
            source = next(Path(folders[family]).glob(f"{family}-{weight}.[ot]tf"))
            target = TARGET / source.name
            cut(source, target)
            print(target.name, target.stat().st_size)


if __name__ == "__main__":
    main()
