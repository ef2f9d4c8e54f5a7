"""Cutting a piece out of a text around the words that were searched. Pure.

The search index keeps no text, so hits are found again here, under the same folding as FTS5's
`unicode61 remove_diacritics 2`: case and accents don't matter, a hit begins where a word begins.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from studydesk.model.views.search import HIT_END, HIT_START

LENGTH = 160
BEFORE = 40
_MARKS = "[\u0300-\u036f]*"
_SPACES = re.compile(r"\s+")


@cache
def _alike() -> dict[str, str]:
    """Map each base letter to all letters that fold to it."""
    found: dict[str, list[str]] = {}
    for code in range(0x80, min(0x2000, sys.maxunicode)):
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0].casefold()
        if letter.isalnum() and base != letter and len(base) == 1:
            found.setdefault(base, []).append(letter)
    return {base: "".join(letters) for base, letters in found.items()}


def _letter(letter: str) -> str:
    variants = letter + letter.upper() + _alike().get(letter, "")
    unique = "".join(dict.fromkeys(sign for sign in variants if len(sign) == 1))
    return f"[{re.escape(unique)}]{_MARKS}" if len(unique) > 1 else re.escape(letter) + _MARKS


@lru_cache(maxsize=64)
def hit_pattern(words: tuple[str, ...], last_open: bool) -> re.Pattern[str] | None:
    """Return what matches any of these words in a text; the last one may be only begun."""
    parts = []
    for number, word in enumerate(words):
        base = "".join(
            sign for sign in unicodedata.normalize("NFD", word).casefold() if not unicodedata.combining(sign)
        )
        pattern = "".join(map(_letter, base))
        parts.append(pattern + (r"\w*" if last_open and number == len(words) - 1 else r"(?!\w)"))
    return re.compile(r"(?<![^\W_])(?:" + "|".join(parts) + ")") if parts else None


def snippet(text: str, words: Sequence[str], last_open: bool) -> str:
    """Return about LENGTH characters of a text around its first hits, each between HIT_START and HIT_END.

    Without a hit it is the beginning of the text. Runs of white space become one space.
    """
    pattern = hit_pattern(tuple(words), last_open)
    first = pattern.search(text) if pattern is not None else None
    start = _start_of_cut(text, first.start() if first is not None else 0)
    cut = text[start : start + LENGTH]
    end = start + len(cut)
    if end < len(text) and (space := cut.rfind(" ", LENGTH - 30)) > 0:
        cut, end = cut[:space], start + space
    if pattern is not None:
        cut = pattern.sub(lambda match: f"{HIT_START}{match[0]}{HIT_END}", cut)
    cut = _SPACES.sub(" ", cut).strip()
    return ("… " if start > 0 else "") + cut + (" …" if end < len(text) else "")


def _start_of_cut(text: str, hit: int) -> int:
    if hit <= BEFORE:
        return 0
    start = hit - BEFORE
    space = next((at for at in range(start, hit) if text[at].isspace()), None)
    return start if space is None else space + 1
