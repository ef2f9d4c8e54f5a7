"""Breaks a short text into lines for painted cards and events."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

_MOST_KEPT = 2000
_kept: dict[tuple[str, str, int, int], tuple[str, ...]] = {}


def wrapped(text: str, font: QFont, width: float, most: int) -> tuple[str, ...]:
    """Break `text` into at most `most` lines of `width` logical pixels; the last is elided where more follows."""
    key = (text, font.key(), max(8, int(width)), max(1, most))
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = _kept[key] = tuple(_break(text, font, key[2], key[3]))
    return found


def _break(text: str, font: QFont, width: int, most: int) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    spans: list[tuple[int, int]] = []
    layout.beginLayout()
    while len(spans) <= most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        spans.append((line.textStart(), line.textLength()))
    layout.endLayout()
    lines = [_utf16(text, start, start + length).rstrip() for start, length in spans[:most]]
    if len(spans) > most:
        rest = _utf16(text, spans[most - 1][0], None)
        lines[-1] = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return lines


def _utf16(text: str, start: int, end: int | None) -> str:
    """Cut by UTF-16 units, in which Qt counts."""
    if text.isascii():
        return text[start:end]
    units = text.encode("utf-16-le", "surrogatepass")
    return units[start * 2 : None if end is None else end * 2].decode("utf-16-le", "replace")
