"""What a text says about itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studydesk.model.markdown import text as md

NOTE = """---
title: "Joins: keep the rows"
tags: [sql/joins, session-3]
---

# Joins

See [[Grain of a table#Why|grain]] and [minutes](notes/session%202.md#end), not `[[code]]`.

![[scheme.png]] ![pic](img/a(1).png) [site](https://example.org/x.md)

```
[[in code]] #nottag
```

[inbox]: ../inbox.md "Inbox"

Tagged #deep/er and #2024 and a#b.
"""


def test_front_matter_and_body_are_the_whole_text() -> None:
    front, body = md.split_front_matter(NOTE)
    assert front.startswith("---\n")
    assert front.endswith("---\n\n")
    assert body.startswith("# Joins")


@given(st.text(alphabet=st.sampled_from("-ab:\n\r tags[]#'\ufeff"), max_size=80) | st.text(max_size=80))
def test_nothing_is_lost_by_splitting(text: str) -> None:
    front, body = md.split_front_matter(text)
    assert front + body == text


def test_title_stands_in_front_matter_then_first_heading_then_first_words() -> None:
    assert md.title_of(NOTE) == "Joins: keep the rows"
    assert md.title_of("text\n\n## Second\n\n# First *one*\n") == "First one"
    assert md.title_of("\n- **only** words\n") == "only words"
    assert md.title_of("```\n# code\n```\n") == ""
    assert md.title_of("") == ""


def test_a_title_with_a_colon_is_read_though_the_yaml_is_broken() -> None:
    assert md.title_of("---\ntitle: Joins: keep the rows\n---\ntext") == "Joins: keep the rows"


def test_tags_come_from_front_matter_and_text_but_not_from_code() -> None:
    assert md.tags_of(NOTE) == ("sql/joins", "session-3", "deep/er")
    assert md.tags_of("tags: a, b c\n\ntext #d") == ("a", "b c", "d")
    assert md.tags_of("- tags:: [[one]], two\n") == ("one", "two")
    assert md.tags_of("# Heading\n[x](#anchor) &#39; http://a/#frag") == ()


def test_links_name_notes_with_their_place_in_the_text() -> None:
    links = md.links_of(NOTE)
    assert [(link.target, link.heading, link.wiki) for link in links] == [
        ("Grain of a table", "Why", True),
        ("notes/session 2.md", "end", False),
        ("../inbox.md", "", False),
    ]
    assert NOTE[links[0].start : links[0].end] == "Grain of a table#Why"
    assert NOTE[links[1].start : links[1].end] == "notes/session%202.md#end"


def test_pictures_and_attachments_are_told_from_notes() -> None:
    assert [link.target for link in md.files_of(NOTE)] == ["scheme.png", "img/a(1).png"]


def test_the_excerpt_is_plain_and_leaves_out_the_title() -> None:
    assert (
        md.excerpt("# A\n\nSome **bold** [link](x.md) and `code`.\n\n- [ ] task\n")
        == "Some bold link and code. task"
    )
    assert len(md.excerpt("word " * 200)) <= md.EXCERPT_LENGTH


@given(st.text(alphabet=st.sampled_from("`~ab\n[]#> -"), max_size=120))
def test_blanking_code_keeps_every_offset(text: str) -> None:
    blanked = md.blank_code(text)
    assert len(blanked) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, blanked, strict=True))


@given(st.text(max_size=200))
def test_no_text_makes_the_helpers_fail(text: str) -> None:
    assert isinstance(md.title_of(text), str)
    assert isinstance(md.excerpt(text), str)
    md.links_of(text), md.files_of(text), md.tags_of(text), md.count_words(text)
