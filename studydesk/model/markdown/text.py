"""What a note's text says about itself: title, tags, links, excerpt. Pure and cheap: nothing is rendered.

All offsets are indices of Python strings (code points).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

TITLE_LENGTH = 200
EXCERPT_LENGTH = 200
FRONT_MATTER_LIMIT = 64 * 1024

_FENCED_FRONT = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>(?:.*\r?\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)(?:[ \t]*\r?\n)*"
)
_BARE_FRONT = re.compile(
    r"\A\ufeff?(?P<yaml>(?:(?:tags|keywords):[ \t]+\S.*(?:\r?\n|\Z)){1,2})(?:[ \t]*\r?\n)*(?!\S:)"
)
_FENCE = re.compile(r"[ \t>]*(?:[-+*][ \t]+|\d{1,9}[.)][ \t]+)*(?P<mark>`{3,}(?=[^`]*$)|~{3,})")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:[^`\n]|\n(?![ \t]*\n)|(?!(?<!`)\1(?!`))`)+?(?<!`)\1(?!`)")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.M)
_WIKI = re.compile(r"(?P<embed>!?)\[\[(?P<inner>[^\[\]\n]{1,500})\]\]")
_INLINE_LINK = re.compile(
    r"(?P<embed>!?)\[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]]*\]){0,1000})\]\("
    r"[ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>(?:[^\s()<]|\([^\s()]*\))+))[^()\n]*(?:\([^()\n]*\)[ \t]*)?\)"
)
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\[\]\n^][^\[\]\n]*)\]:[ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>\S+))", re.M
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//|/|#")
_TAG = re.compile(
    r"(?:(?<=\s)|(?<=^)|(?<=[(,])(?<!\]\())#(?:\[\[(?P<long>[^\[\]\n]+)\]\]|(?P<word>\w[\w/-]*))", re.M
)
_PROPERTY_TAGS = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?tags::[ \t]*(.+)$", re.M)


class Parts(NamedTuple):
    """A note cut in two; `front + body` is the text, unchanged."""

    front: str
    body: str


@dataclass(frozen=True)
class Link:
    """A link from one note to another, or to a file beside it.

    `target` is what the note names: the words of a wiki link, or a relative path with its escapes undone.
    `heading` is what follows `#`. `start` and `end` bound the part of the text that names target and heading.
    """

    target: str
    label: str
    start: int
    end: int
    wiki: bool = False
    embed: bool = False
    heading: str = ""


def split_front_matter(text: str) -> Parts:
    """Cut the front matter (with its fences and the blank lines after it) off the head of `text`.

    Front matter is YAML between `---` lines, or bare `tags:` and `keywords:` lines at the very top.
    """
    match = _front_match(text)
    return Parts(text[: match.end()], text[match.end() :]) if match else Parts("", text)


def front_fields(text: str) -> Mapping[str, object]:
    """Return the fields of the front matter of `text`, keys in lower case; broken YAML counts as none."""
    match = _front_match(text)
    return _parse_fields(match["yaml"]) if match else {}


def title_of(text: str) -> str:
    """Return the title: of the front matter, else the first heading of the highest level, else the first words."""
    named = front_fields(text).get("title")
    if isinstance(named, str | int | float) and str(named).strip():
        return str(named).strip()[:TITLE_LENGTH]
    body = blank_code(split_front_matter(text).body)
    headings = [(len(match[1]), match[2]) for match in _HEADING.finditer(body) if match[2].strip()]
    if headings:
        return plain(min(headings, key=lambda found: found[0])[1])[:TITLE_LENGTH]
    return _first_words(split_front_matter(text).body)


def excerpt(text: str, limit: int = EXCERPT_LENGTH) -> str:
    """Return the first plain words after the title, at most `limit` characters."""
    title = title_of(text)
    words: list[str] = []
    length = 0
    for line in _prose_lines(split_front_matter(text).body):
        said = plain(line)
        if not said or (not words and said[:TITLE_LENGTH] == title):
            continue
        words.append(said)
        length += len(said) + 1
        if length > limit:
            break
    return _shorten(" ".join(words), limit)


def links_of(text: str) -> tuple[Link, ...]:
    """Return the wiki links and the relative links to `.md` files, in the order they stand in the text."""
    return tuple(link for link in _all_links(text) if _names_note(link.target) or not _names_file(link))


def files_of(text: str) -> tuple[Link, ...]:
    """Return the relative links and embeds that name files other than notes: pictures, attachments."""
    return tuple(link for link in _all_links(text) if not _names_note(link.target) and _names_file(link))


def tags_of(text: str) -> tuple[str, ...]:
    """Return the tags, without `#`, each once, in the order they first stand in the text.

    They come from `tags` and `keywords` of the front matter (a list, or words parted by commas),
    from `tags::` properties, and from `#tags` in the body outside code and headings.
    """
    fields = front_fields(text)
    found = [tag for key in ("tags", "tag", "keywords") for tag in _listed(fields.get(key))]
    body = blank_code(split_front_matter(text).body)
    for match in _PROPERTY_TAGS.finditer(body):
        found += _listed(match[1].replace("[[", "").replace("]]", ""))
    for match in _TAG.finditer(body):
        tag = match["long"] or match["word"].rstrip("/-")
        if not tag.isdigit():
            found.append(tag)
    return tuple(dict.fromkeys(tag for tag in (one.strip().lstrip("#").strip() for one in found) if tag))


def blank_code(text: str) -> str:
    """Return `text` with fenced code and code spans replaced by as many blanks, so that offsets stay true."""
    kept: list[str] = []
    fence = ""
    for line in text.splitlines(keepends=True):
        fence, code = _next_fence(fence, line)
        kept.append(_blanks(line) if code else line)
    return _CODE_SPAN.sub(lambda match: _blanks(match[0]), "".join(kept))


def plain(line: str) -> str:
    """Return one line of Markdown without its marks."""
    line = re.sub(r"^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)?(?:#{1,6}[ \t]+)?", "", line)
    line = _WIKI.sub(lambda match: "" if match["embed"] else _shown(match["inner"]), line)
    line = re.sub(r"!\[([^\[\]]*)\]\([^()]*\)", r"\1", line)
    line = re.sub(r"\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])", r"\1", line)
    line = re.sub(r"</?[A-Za-z][^<>]*>|<!--.*?-->", "", line)
    line = re.sub(r"\*+|~~|==|`+|(?<!\w)_+|_+(?!\w)", "", line)
    return " ".join(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line).split())


def count_words(text: str) -> int:
    """Count the words a person would count: runs of letters and digits; front matter does not count."""
    return sum(1 for _ in re.finditer(r"\w+(?:['’.,-]\w+)*", split_front_matter(text).body))


def _front_match(text: str) -> re.Match[str] | None:
    head = text[:FRONT_MATTER_LIMIT]
    return _FENCED_FRONT.match(head) if head.lstrip("\ufeff").startswith("---") else _BARE_FRONT.match(head)


def _parse_fields(source: str) -> Mapping[str, object]:
    import yaml  # costs start-up time, and most notes have no front matter

    try:
        fields = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        return _loose_fields(source)
    if not isinstance(fields, dict):
        return _loose_fields(source)
    return {str(key).lower(): value for key, value in fields.items()}


def _loose_fields(source: str) -> Mapping[str, object]:
    """Read `key: value` lines where the YAML is broken, as in `title: Joins: keep the rows`."""
    pairs = (line.partition(":") for line in source.splitlines() if re.match(r"[\w-]+:", line))
    return {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}


def _listed(value: object) -> list[str]:
    if isinstance(value, str):
        return [part.strip().strip("\"'[]") for part in value.split(",")]
    if isinstance(value, list):
        return [str(part) for part in value if isinstance(part, str | int | float)]
    return [str(value)] if isinstance(value, int | float) else []


def _next_fence(fence: str, line: str) -> tuple[str, bool]:
    """Return the fence that is open after `line` ("" for none), and whether the line is code."""
    if fence:
        stripped = line.strip().lstrip("> \t")
        closes = len(stripped) >= len(fence) and not stripped.strip(fence[0])
        return ("" if closes else fence), True
    match = _FENCE.match(line.rstrip("\r\n"))
    return (match["mark"], True) if match else ("", False)


def _blanks(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)


def _prose_lines(body: str) -> Iterator[str]:
    """Yield the lines that hold prose: no code, no rules, no delimiter rows, no properties, no definitions."""
    fence = ""
    for line in body.splitlines():
        fence, code = _next_fence(fence, line)
        if code or re.match(r"[ \t]*(?:[-*_|:= \t]*$|\[[^\]]+\]:|[\w-]+::|<!--)", line):
            continue
        yield line.replace("|", " ") if line.lstrip().startswith("|") else line


def _first_words(body: str) -> str:
    for line in _prose_lines(body):
        said = plain(line)
        if said:
            return _shorten(said, 80)
    return ""


def _shorten(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut) + "…"


def _shown(inner: str) -> str:
    target, bar, label = inner.replace("\\|", "|").partition("|")
    return label.strip() if bar and label.strip() else target.partition("#")[0].strip() or target.strip("#")


def _all_links(text: str) -> list[Link]:
    front, _ = split_front_matter(text)
    masked = " " * len(front) + blank_code(text[len(front) :])
    found = [_wiki_link(match) for match in _WIKI.finditer(masked)]
    for pattern in (_INLINE_LINK, _DEFINITION):
        found += [link for match in pattern.finditer(masked) if (link := _path_link(match)) is not None]
    return sorted(found, key=lambda link: link.start)


def _wiki_link(match: re.Match[str]) -> Link:
    inner = match["inner"].replace("\\|", "|")
    name, _, label = inner.partition("|")
    target, _, heading = name.partition("#")
    start = match.start("inner")
    end = start + len(name)
    shown = label.strip() or target.strip() or heading.strip()
    return Link(target.strip(), shown, start, end, True, match["embed"] == "!", heading.strip())


def _path_link(match: re.Match[str]) -> Link | None:
    group = "angle" if match["angle"] is not None else "plain"
    written = match[group]
    if not written or _SCHEME.match(written):
        return None
    target, _, heading = written.partition("#")
    embed = match.groupdict().get("embed") == "!"
    return Link(
        unquote(target), match["label"], match.start(group), match.end(group), False, embed, unquote(heading)
    )


def _names_note(target: str) -> bool:
    return target.lower().endswith((".md", ".markdown"))


def _names_file(link: Link) -> bool:
    """A wiki link names a file only where it embeds something with a suffix."""
    return not link.wiki or (link.embed and re.search(r"\.[A-Za-z0-9]{1,5}$", link.target) is not None)
