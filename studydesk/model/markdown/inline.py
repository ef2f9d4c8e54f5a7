"""Inline rules where CommonMark, GitHub or note-takers differ from Python-Markdown."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping
from urllib.parse import quote

import markdown
from markdown import util
from markdown.inlinepatterns import (
    HtmlInlineProcessor,
    ImageInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)

from studydesk.model.markdown.syntax import CLOSE_TAG, OPEN_TAG

NOTE_SCHEME = "note"
"""Scheme of the addresses that wiki links get: `note:` and the quoted words between the brackets."""

ESCAPED = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_RAW_TAG = rf"({OPEN_TAG}|{CLOSE_TAG}|<!--(?:>|->|.*?-->)|<\?.*?\?>|<![A-Za-z][^>]*>|<!\[CDATA\[.*?\]\]>)"
_BARE_ADDRESS = (
    r"(?:(?<![A-Za-z0-9])(?:https?|ftp)://|(?<![^\s*_~(\x03])www\.)[^\s<\x02]+"
    r"|(?<![\w.+@/-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9_-]*[A-Za-z0-9])+(?![-_@\w])"
)
_WIKI_LINK = r"(!?)\[\[([^\[\]\n]{1,500})\]\]"
_STRUCK = (
    r"(?<!~)(~{1,2})(?![\s~])(.+?)"
    r"(?:(?<=[\w\x02\x03])\1(?!~)|(?<![\s~])\1(?=[^\w\x02~]|$))"
)
"""One or two tildes; those that end it stand after a letter, or after punctuation and before no letter."""
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp)$", re.I)

Handled = tuple[etree.Element | str | None, int | None, int | None]
_NOTHING: Handled = (None, None, None)


def register(md: markdown.Markdown, footnotes: Mapping[str, int]) -> None:
    """Put these rules in place of the package's own, or beside them."""
    patterns = md.inlinePatterns
    patterns.register(CodeSpan(r"`+", md), "backtick", 190)
    patterns.register(SubstituteTagInlineProcessor(r"(?:(?<!\\)\\| {2,})\n", "br"), "hardbreak", 185)
    patterns.register(WikiLink(_WIKI_LINK, md), "wiki_link", 176)
    patterns.register(FootnoteReference(r"\[\^([^\]\s]{1,200})\]", md, footnotes), "footnote", 175)
    patterns.register(InlineLink(r"(?<!\!)\[", md), "link", 160)
    patterns.register(InlineImage(r"\!\[", md), "image_link", 150)
    patterns.register(HtmlInlineProcessor(_RAW_TAG, md), "html", 90)
    patterns.register(BareAddress(_BARE_ADDRESS, md), "bare_address", 85)
    patterns.register(Marked(_STRUCK, "del"), "strike", 45)
    patterns.register(Marked(r"(?<!=)(==)(?![\s=])(.+?)(?<![\s=])\1(?!=)", "mark"), "highlight", 44)
    md.ESCAPED_CHARS = ESCAPED


class Marked(SimpleTagInlineProcessor):
    """Text between two equal runs: `~~struck~~`, `==highlighted==`."""


class CodeSpan(InlineProcessor):
    """A code span: a run of ticks up to the next run of the same length."""

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:  # type: ignore[override]
        start, ticks = m.start(), m[0]
        if _escaped(data, start):
            return _NOTHING
        for run in re.finditer("`+", data[m.end() :]):
            if len(run[0]) == len(ticks):
                return _code_element(data[m.end() : m.end() + run.start()]), start, m.end() + run.end()
        if len(ticks) == 1 or self.md is None:
            return _NOTHING
        return self.md.htmlStash.store(ticks), start, m.end()


class WikiLink(InlineProcessor):
    """`[[Words]]`, `[[Words#Heading|shown]]`, and `![[...]]`, which shows a picture or points to a note."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:  # type: ignore[override]
        target, _, label = m[2].replace("\\|", "|").partition("|")
        target = target.strip()
        if not target or _escaped(data, m.start()):
            return _NOTHING
        if m[1] and _PICTURE.search(target.partition("#")[0]):
            return _picture(target, label), m.start(), m.end()
        element = etree.Element("a", {"class": "embed" if m[1] else "wiki", "href": note_address(target)})
        element.text = util.AtomicString(
            util.code_escape(label.strip() or target.replace("#", " › ").strip(" ›"))
        )
        return element, m.start(), m.end()


class FootnoteReference(InlineProcessor):
    """`[^name]`, where a footnote of that name is defined."""

    def __init__(self, pattern: str, md: markdown.Markdown, numbers: Mapping[str, int]) -> None:
        super().__init__(pattern, md)
        self._numbers = numbers

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:  # type: ignore[override]
        number = self._numbers.get(m[1])
        if number is None:
            return _NOTHING
        mark = etree.Element("sup", {"class": "footnote-ref"})
        link = etree.SubElement(mark, "a", {"href": f"#fn-{number}"})
        link.text = util.AtomicString(str(number))
        return mark, m.start(), m.end()


class InlineLink(LinkInlineProcessor):
    """`[text](address "title")`; an address with white space must stand in angle brackets."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        return _strict(data, index, super().getLink(data, index))


class InlineImage(ImageInlineProcessor):
    """`![alt](address "title")`, as strict as a link."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        return _strict(data, index, super().getLink(data, index))


class BareAddress(InlineProcessor):
    """GitHub's extended autolinks: bare web and mail addresses, without the punctuation that ends a sentence."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:  # type: ignore[override]
        address = _without_punctuation(m[0])
        if not re.match(r"(?:[a-z]+://|www\.)?[\w.-]", address):
            return _NOTHING
        scheme = "http://" if address.startswith("www.") else "" if "://" in address[:8] else "mailto:"
        element = etree.Element("a", {"href": scheme + address})
        element.text = util.AtomicString(address)
        return element, m.start(), m.start() + len(address)


def note_address(target: str) -> str:
    """Return the address that stands for `[[target]]` in rendered text."""
    return f"{NOTE_SCHEME}:{quote(target, safe='')}"


def _picture(target: str, label: str) -> etree.Element:
    size = re.fullmatch(r"\s*(\d{1,4})(?:x\d{1,4})?\s*", label)
    width = {"width": size[1]} if size else {}
    return etree.Element(
        "img", {"src": quote(target), "alt": "" if size else label.strip() or target, **width}
    )


def _code_element(text: str) -> etree.Element:
    text = text.replace("\n", " ")
    if text[:1] == text[-1:] == " " and text.strip():
        text = text[1:-1]
    element = etree.Element("code")
    element.text = util.AtomicString(util.code_escape(text))
    return element


def _escaped(data: str, index: int) -> bool:
    before = index
    while before and data[before - 1] == "\\":
        before -= 1
    return (index - before) % 2 == 1


def _strict(
    data: str, index: int, found: tuple[str, str | None, int, bool]
) -> tuple[str, str | None, int, bool]:
    address, title, end, handled = found
    bare = not re.match(r"\(\s*<", data[index:end])
    return address, title, end, handled and not (bare and re.search(r"\s", address))


def _without_punctuation(address: str) -> str:
    while address:
        last = address[-1]
        if last in "?!.,:*_~'\"" or (last == ")" and address.count(")") > address.count("(")):
            address = address[:-1]
        elif last == ";" and re.search(r"&[A-Za-z0-9]+;$", address):
            address = address[: address.rindex("&")]
        else:
            break
    return address
