"""Rendering: clean, whole, and the same by pieces as at once."""

from __future__ import annotations

import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydesk.model.markdown.chunks import Chunker, cut
from studydesk.model.markdown.render import Part, Renderer, outline, render

SCRIPTS = ("javascript:", "vbscript:", "data:")
TEXT_LINES = [
    "# H",
    "text",
    "more *em* text",
    "",
    "- a",
    "  - b",
    "1. x",
    "> q",
    "```py",
    "~~~",
    "===",
    "---",
]
MORE_LINES = [
    "    code",
    "[r]: /u 't'",
    "[r] [[W]]",
    "<div>",
    "<!--",
    "-->",
    "[^1]: note",
    "x[^1]",
    "- [ ] t",
    "\t",
]
HARMFUL = ["<script>alert(1)</script>", "![p](javascript:alert(1))", "<img src=x onerror=alert(1)>"]
LINES = [*TEXT_LINES, *MORE_LINES, *HARMFUL, "|a|b|", "|-|-|"]
documents = st.lists(st.sampled_from(LINES).map("{}\n".format), max_size=14).map("".join)


class Harm(HTMLParser):
    """Collects tags and attributes that no note may have."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "iframe", "object", "embed", "form", "svg", "base", "meta", "link"):
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style" or (value or "").strip().lower().startswith(SCRIPTS):
                self.found.append(f"{name}={value}")


@given(documents)
@settings(max_examples=150, deadline=None)
def test_what_is_rendered_is_clean(text: str) -> None:
    assert Harm(render(text)).found == []


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_rendered(text: str) -> None:
    assert "\x02" not in render(text)


@given(documents)
@settings(max_examples=150, deadline=None)
def test_chunks_are_the_whole_text_in_order(text: str) -> None:
    chunks = cut(text)
    lines = text.split("\n")
    assert sum(chunk.line_count for chunk in chunks) in (len(lines), 0)
    if chunks:
        assert "\n".join(chunk.text for chunk in chunks) == text


@given(documents, documents, documents, documents)
@settings(max_examples=200, deadline=None)
def test_following_a_change_gives_the_same_chunks_as_reading_anew(a: str, b: str, c: str, d: str) -> None:
    chunker = Chunker()
    chunker.update(a + b + c)
    assert list(chunker.update(a + d + c)) == list(cut(a + d + c))


def test_only_the_changed_piece_has_another_key() -> None:
    renderer = Renderer()
    text = "# A\n\none\n\n- x\n- y\n\nlast\n"
    before = [piece.key for piece in renderer.pieces(text)]
    after = [piece.key for piece in renderer.pieces(text.replace("one", "two"))]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True, True]


def test_definitions_hold_for_all_pieces() -> None:
    assert 'href="/there"' in render("[word]\n\ntext\n\n[word]: /there\n")


def test_footnotes_are_numbered_by_where_they_are_referred_to_and_stand_at_the_end() -> None:
    html = render("a[^b] c[^a]\n\n[^a]: first\n[^b]: second\n\nlast\n")
    assert html.index("second") < html.index("first")
    assert html.index("last") < html.index("second")
    assert 'href="#fn-1"' in html


def test_task_boxes_name_their_line_within_the_piece() -> None:
    renderer = Renderer()
    pieces = renderer.pieces("intro\n\n- [ ] a\n- [x] b\n")
    html = renderer.html(pieces[1])
    assert pieces[1].line == 2
    assert 'data-line="0"' in html
    assert 'checked="" data-line="1"' in html or 'checked="checked" data-line="1"' in html


def test_wiki_links_carry_their_words() -> None:
    html = render("[[Grain of a table|grain]] `[[no]]` \\[[no]]")
    assert '<a class="wiki" href="note:Grain%20of%20a%20table">grain</a>' in html
    assert html.count("note:") == 1


def test_front_matter_shows_as_tags_only() -> None:
    pieces = Renderer().pieces("---\ntags: [a, b]\nsecret: x\n---\n# T\n")
    assert [piece.part for piece in pieces] == [Part.TAGS, Part.TEXT]
    assert "secret" not in render("---\ntags: [a, b]\nsecret: x\n---\n# T\n")


def test_the_outline_names_headings_with_their_lines() -> None:
    pieces = Renderer().pieces("---\na: 1\n---\n# One *two*\n\ntext\n\nThree\n---\n")
    assert [(heading.level, heading.words, heading.line) for heading in outline(pieces)] == [
        (1, "One two", 3),
        (2, "Three", 7),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "![" * 10_000,
        "*a " * 60_000,
        ">" * 5_000 + "a",
        "- " * 5_000 + "a",
        "|" + "[" * 10_000 + "|\n|-|\n",
        "`a" * 10_000,
        "<a" * 10_000,
        "~~a" * 5_000,
        "_a_" * 5_000,
        "[^a]" * 5_000 + "\n\n[^a]: x",
        "&" * 50_000,
        "\\" * 20_000,
    ],
    ids=lambda text: text[:6].strip(),
)
def test_no_input_takes_more_than_seconds(text: str) -> None:
    start = time.process_time()
    render(text)
    assert time.process_time() - start < 3


def test_real_notes_render_and_keep_their_words(shared_data: Path) -> None:
    notes = sorted((shared_data / "markdown" / "foam-docs").rglob("*.md"))
    renderer = Renderer()
    assert len(notes) > 50
    for path in notes:
        text = path.read_text("utf-8")
        assert bool(renderer.render(text).strip()) == bool(text.strip())


def test_naughty_strings_do_no_harm(shared_data: Path) -> None:
    text = (shared_data / "markdown" / "naughty-strings" / "blns.txt").read_text("utf-8")
    assert Harm(render(text)).found == []
