"""Makes notes that look like real ones to a search: words by Zipf's law, lengths spread as people's notes are."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SYLLABLES = [c + v + e for c in "bcdfglmnprstv" for v in "aeiou" for e in ("", "n", "r", "s")]
VOCABULARY = 50_000
FOLDERS = 200


@dataclass(frozen=True)
class Words:
    """Words to search for, by the share of notes that hold them."""

    rare: str
    medium: str
    common: str


def vocabulary(chance: random.Random) -> list[str]:
    """Return distinct words, the most frequent and shortest first."""
    words: dict[str, None] = {}
    for length in itertools.chain([2] * 2_000, itertools.repeat(3)):
        words["".join(chance.choices(SYLLABLES, k=length))] = None
        if len(words) == VOCABULARY:
            return list(words)
    raise AssertionError("the words ran out")


def texts(count: int, chance: random.Random) -> Iterator[list[str]]:
    """Return the words of one note after another: lognormal lengths, median 90 words, at most 3,000."""
    words = vocabulary(chance)
    weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    for _ in range(count):
        length = min(3_000, max(5, int(chance.lognormvariate(4.5, 0.8))))
        yield chance.choices(words, cum_weights=weights, k=length)


def write_notes(folder: Path, count: int, seed: int = 1) -> Words:
    """Write `count` Markdown files below `folder` and return words of three frequencies among them."""
    seen: Counter[str] = Counter()
    for number in range(FOLDERS):
        (folder / f"notebook-{number:03d}").mkdir(parents=True)
    for number, words in enumerate(texts(count, random.Random(seed))):
        seen.update(set(words))
        file = folder / f"notebook-{number % FOLDERS:03d}" / f"note-{number:06d}.md"
        file.write_text(as_markdown(f"Note {number} {words[0]}", words))
    return Words(
        rare=nearest(seen, count * 0.0001),
        medium=nearest(seen, count * 0.01),
        common=nearest(seen, count * 0.4),
    )


def as_markdown(title: str, words: list[str]) -> str:
    """Lay words out as a heading and paragraphs of sixty words."""
    paragraphs = [" ".join(words[start : start + 60]) for start in range(0, len(words), 60)]
    return f"# {title}\n\n" + ".\n\n".join(paragraphs) + ".\n"


def nearest(seen: Counter[str], wanted: float) -> str:
    """Return the word whose number of notes is nearest to `wanted`."""
    return min(sorted(seen), key=lambda word: abs(seen[word] - wanted))
