"""What a note's Markdown text says of itself: title, tags, links, excerpt, task boxes. Pure.

A text is never rewritten but where a person asked for it, and then only the characters concerned.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

FRONT_MATTER_LIMIT = 64 * 1024
EXCERPT_LENGTH = 200
TITLE_LENGTH = 200

_FRONT = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)(?:^|(?<=\n))(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_TITLE_LINE = re.compile(r"^title[ \t]*:[ \t]*(?P<value>[^\r\n]*)", re.MULTILINE)
_ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]+(?P<title>.*?)(?:[ \t]+#+)?[ \t]*$")
_OUTLINE_ATX = re.compile(r"^[ \t]*[-*+][ \t]+#{1,6}[ \t]+\S")
_SETEXT = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r"^[ \t]*(?:[-*+>][ \t]+)*(?P<mark>`{3,}|~{3,})(?P<info>.*)$")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_WIKI = re.compile(r"\[\[([^\[\]\r\n|]{1,400})(?:\|[^\[\]\r\n]*)?\]\]")
_LINK = re.compile(
    r"\]\(\s*(?:<([^<>\r\n]{1,1000})>|([^\s()<>]{1,1000}(?:\([^\s()]*\)[^\s()<>]*)*))(?:\s+[\"'(][^\r\n]*?)?\s*\)"
)
_TAG = re.compile(r"(?:^|(?<=[\s]))#([^\W\d_][\w/-]*|\d+[\w/-]*[^\W\d_][\w/-]*)")
_TAGS_LINE = re.compile(r"^\ufeff?tags::?[ \t]*(?P<value>\S.*)$", re.IGNORECASE)
_LONG_TAG = re.compile(r"(?:^|(?<=\s))#\[\[([^\[\]\r\n]{1,100})\]\]")
_PROPERTY = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?[\w-]+::(?:[ \t]|$)")
_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_HEX = re.compile(r"(?=[a-f]*\d)(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NOTE_ENDING = re.compile(r"\.(?:md|markdown|mdown|mkd)\Z", re.IGNORECASE)
_BOX = re.compile(r"^(?P<lead>[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[)(?P<mark>[ xX])(?P<rest>\][ \t])")
_SIGNS = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?(?:#{1,6}[ \t]+)?")
_IMAGE = re.compile(r"!\[([^\]\r\n]*)\]\([^)\r\n]*\)|!\[\[[^\]\r\n]*\]\]")
_LINK_TEXT = re.compile(r"\[([^\[\]\r\n]*)\](?:\([^)\r\n]*\)|\[[^\]\r\n]*\])")
_WIKI_TEXT = re.compile(r"\[\[(?:[^\[\]\r\n|]*\|)?([^\[\]\r\n|]*)\]\]")
_EMPHASIS = re.compile(r"(\*{1,3}|~~|==)(?=\S)(.+?)(?<=\S)\1")
_UNDERSCORED = re.compile(r"(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")


@dataclass(frozen=True)
class Link:
    """A link to another note or file. `line` counts from 0; `start` and `end` bound it within that line."""

    target: str
    line: int
    start: int
    end: int
    wiki: bool


@dataclass(frozen=True)
class NoteFacts:
    """What a text says. `heading` is its title by front matter or first heading, or None."""

    heading: str | None
    first_line: str
    tags: tuple[str, ...]
    links: tuple[Link, ...]
    excerpt: str


def read_note(text: str) -> NoteFacts:
    """Read title, tags, links and excerpt out of a Markdown text. Never fails."""
    front, start = split_front_matter(text)
    meta = _meta(front) if front is not None else {}
    shown = list(_lines_outside_fences(text, start))
    lines = [(number, _without_code(line)) for number, line in shown]
    heading = _plain_title(meta.get("title")) or _first_heading(shown)
    listed = [tag for key in ("tags", "tag", "keywords") for tag in _listed(meta.get(key))]
    tags = _unique([*listed, *_inline_tags(lines)])
    links = tuple(link for number, line in lines for link in _line_links(number, line))
    return NoteFacts(heading, _first_line(shown), tags, links, _excerpt(shown, heading))


def split_front_matter(text: str) -> tuple[str | None, int]:
    """Return the YAML between `---` lines at the very start, or None, and where the text after it begins."""
    if not text.startswith(("---", "\ufeff---")):
        return None, 0
    match = _FRONT.match(text)
    if match is None:
        return None, 0
    return match["yaml"], match.end()


def front_matter(text: str) -> dict[str, object]:
    """Return the front matter as a mapping; empty where there is none or it is not one."""
    front, _ = split_front_matter(text)
    return {} if front is None else _meta(front)


def _meta(front: str) -> dict[str, object]:
    if len(front) > FRONT_MATTER_LIMIT or ("&" in front and "*" in front):
        return {}  # anchors with references can be made to grow without bound
    import yaml

    try:
        found = yaml.safe_load(front)
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError, TypeError):
        return {}
    return {str(key).casefold(): value for key, value in found.items()} if isinstance(found, dict) else {}


def prose_lines(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield (number, line) from `start` on, with code blanked out to spaces of the same length."""
    for number, line in _lines_outside_fences(text, start):
        yield number, _without_code(line)


def _without_code(line: str) -> str:
    return _CODE.sub(lambda code: " " * len(code[0]), line) if "`" in line else line


def _lines_outside_fences(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield (number, line) from `start` on; the lines of fenced code are empty."""
    number = text.count("\n", 0, start)
    fence = ""
    for line in text[start:].split("\n"):
        line = line.rstrip("\r").removeprefix("\ufeff") if number == 0 else line.rstrip("\r")
        match = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence:
            if match is not None and match["mark"].startswith(fence) and not match["info"].strip():
                fence = ""
            yield number, ""
        elif match is not None and not (match["mark"][0] == "`" and "`" in match["info"]):
            fence = match["mark"]
            yield number, ""
        else:
            yield number, line
        number += 1


def _first_heading(lines: list[tuple[int, str]]) -> str | None:
    before = ""
    for _, line in lines:
        match = _ATX.match(line) if "#" in line else None
        if match is not None and match["title"]:
            return plain(match["title"])[:TITLE_LENGTH] or None
        if (
            before.strip()
            and _SETEXT.match(line)
            and not before.lstrip().startswith(("#", ">", "-", "*", "+", "|"))
        ):
            return plain(before.strip())[:TITLE_LENGTH] or None
        before = line
    return None


def _first_line(lines: list[tuple[int, str]]) -> str:
    for _, line in lines:
        words = plain(_SIGNS.sub("", line, count=1)).strip(" \t-")
        if words and not _PROPERTY.match(line) and not _TAGS_LINE.match(line):
            return words[:TITLE_LENGTH]
    return ""


def _excerpt(lines: list[tuple[int, str]], heading: str | None) -> str:
    parts: list[str] = []
    length = 0
    for _, line in lines:
        words = plain(_SIGNS.sub("", line, count=1)).strip(" \t|-=")
        if not words or (not parts and words == heading) or _TAGS_LINE.match(line) or _PROPERTY.match(line):
            continue
        parts.append(words)
        length += len(words) + 1
        if length > EXCERPT_LENGTH:
            break
    return " ".join(parts)[:EXCERPT_LENGTH]


def plain(line: str) -> str:
    """Return a line without the signs of links, pictures, emphasis and code; what stands in code stays as it is."""
    if "`" not in line:
        return " ".join(_without_signs(line).split())
    kept: list[str] = []

    def keep(code: re.Match[str]) -> str:
        kept.append(code[2].strip())
        return "\0"

    signs = _without_signs(_CODE.sub(keep, line.replace("\0", "")))
    codes = iter(kept)
    return " ".join(re.sub("\0", lambda _: next(codes), signs).split())


def _without_signs(line: str) -> str:
    if "[" in line:
        line = _IMAGE.sub(lambda match: match[1] or "", line)
        line = _WIKI_TEXT.sub(r"\1", line)
        line = _LINK_TEXT.sub(r"\1", line)
    if "<" in line:
        line = _HTML.sub("", line)
    if any(sign in line for sign in "*~=_"):
        line = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", line))
        line = _UNDERSCORED.sub(r"\2", line)
    return line


def _plain_title(value: object) -> str | None:
    return " ".join(str(value).split())[:TITLE_LENGTH] or None if value is not None else None


def _listed(value: object) -> list[str]:
    if isinstance(value, str):
        parts = value.split(",") if "," in value else value.split()
    elif isinstance(value, list):
        parts = [str(part) for part in value if isinstance(part, str | int | float)]
    else:
        return []
    return [clean for part in parts if (clean := clean_tag(part))]


def clean_tag(word: str) -> str:
    """Return a tag without its `#`, brackets and spaces around it; at most 100 characters."""
    return " ".join(word.strip().strip("#[]\"'").split())[:100]


def _inline_tags(lines: list[tuple[int, str]]) -> Iterator[str]:
    for number, line in lines:
        if number < 2 and (match := _TAGS_LINE.match(line)):
            yield from _listed(match["value"])
        if "#[[" in line:
            yield from (match[1] for match in _LONG_TAG.finditer(line))
        if "#" in line:
            for match in _TAG.finditer(line):
                word = match[1].rstrip("/-")
                if not _HEX.fullmatch(word):
                    yield word[:100]


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple({name.casefold(): name for name in reversed(names)}.values())[::-1]


def _line_links(number: int, line: str) -> Iterator[Link]:
    if "[[" in line:
        for match in _WIKI.finditer(line):
            if match[1].strip():
                yield Link(match[1].strip(), number, match.start(), match.end(), True)
    if "](" in line:
        for match in _LINK.finditer(line):
            target = match[1] or match[2]
            if not _SCHEME.match(target) and not target.startswith(("#", "//")):
                yield Link(target, number, line.rfind("[", 0, match.start() + 1), match.end(), False)


def link_path(target: str, wiki: bool) -> str:
    """Return the path or name in a link's target: without heading, block reference and %-signs."""
    path = target.split("#", 1)[0] if "#" in target else target
    path = path.split("?", 1)[0] if not wiki else path
    return (path if wiki else unquote(path, errors="replace")).strip().replace("\\", "/")


@lru_cache(maxsize=4096)
def link_key(name: str) -> str:
    """Fold the last part of a path, a title or a file name, so that links find notes despite case and form."""
    last = name.rstrip("/").rsplit("/", 1)[-1]
    return fold(_NOTE_ENDING.sub("", last))


def fold(words: str) -> str:
    """Fold case, composition and spaces."""
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())


def is_note_name(name: str) -> bool:
    """Tell whether a file name has the ending of a Markdown file."""
    return _NOTE_ENDING.search(name) is not None


def with_title(text: str, title: str) -> str | None:
    """Return the text with another title in its front matter or first heading, or None where neither stands."""
    front, start = split_front_matter(text)
    if front is not None and _plain_title(_meta(front).get("title")):
        match = _TITLE_LINE.search(text, text.index(front) if front else 0, start)
        if match is not None:
            return text[: match.start("value")] + _yaml_string(title) + text[match.end("value") :]
    return _with_heading(text, start, title)


def _with_heading(text: str, start: int, title: str) -> str | None:
    lines = text.split("\n")
    before = ""
    for number, line in prose_lines(text, start):
        if _ATX.match(line) and line.lstrip(" #\t"):
            sign, end = (
                lines[number][: len(lines[number]) - len(lines[number].lstrip("\ufeff #\t"))],
                lines[number],
            )
            lines[number] = sign + title + ("\r" if end.endswith("\r") else "")
            return "\n".join(lines)
        if (
            before.strip()
            and _SETEXT.match(line)
            and not before.lstrip().startswith(("#", ">", "-", "*", "+", "|"))
        ):
            above = lines[number - 1]
            mark = "\ufeff" if above.startswith("\ufeff") else ""
            lines[number - 1] = mark + title + ("\r" if above.endswith("\r") else "")
            return "\n".join(lines)
        before = line
    return None


def _yaml_string(title: str) -> str:
    plain_words = re.fullmatch(r"[^\W\d_][\w ,.()/-]*", title) is not None
    if plain_words and title.casefold() not in ("true", "false", "yes", "no", "null", "on", "off"):
        return title
    return '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'


def with_box(text: str, line: int, checked: bool) -> str | None:
    """Return the text with the task box on `line` (from 0) set, or None where that line has no box."""
    lines = text.split("\n")
    if not 0 <= line < len(lines):
        return None
    match = _BOX.match(lines[line])
    if match is None:
        return None
    mark = "x" if checked else " "
    lines[line] = lines[line][: match.start("mark")] + mark + lines[line][match.end("mark") :]
    return "\n".join(lines)
