"""A text is read without being changed, and changed only where asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.model.note_text import link_key, read_note, with_box, with_title

LINES = st.lists(
    st.sampled_from(
        ["# A", "Title", "===", "- [ ] x", "- [x] y", "```", "~~~", "---", "title: t", "#tag", "", "a"]
    )
    | st.text(max_size=10),
    max_size=8,
)
TEXTS = st.builds(
    lambda lines, end, mark: mark + end.join(lines),
    LINES,
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("intro\n\n## **Bold** [link](x) ##\n# Second", "Bold link"),
        ("\ufeffTitle\r\n=====\r\n", "Title"),
        ("```\n# code\n```\n", None),
        ("---\ntitle: 'Named: so'\n---\n# Other", "Named: so"),
        ("---\ntitle: [broken\n---\n# Other", "Other"),
        ("---\na: &x [1]\nb: *x\n---\n# Other", "Other"),
        ("#no heading", None),
        ("- item\n---\n", None),
    ],
)
def test_the_title_is_found(text: str, heading: str | None) -> None:
    assert read_note(text).heading == heading


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("tags: sql/joins, session-3\n\n# T", ("sql/joins", "session-3")),
        ("---\ntags: a b\nkeywords: [c, 2026]\n---\n", ("a", "b", "c", "2026")),
        (
            "#one `#two` (#three) https://x.org/#four #five/six, #2026 #2026-plan #fff000",
            ("one", "five/six", "2026-plan"),
        ),
        ("#A #a", ("A",)),
        ("#[[long tag]] tags:: x", ("long tag",)),
    ],
)
def test_tags_are_found(text: str, tags: tuple[str, ...]) -> None:
    assert read_note(text).tags == tags


def test_links_are_found_with_their_place() -> None:
    text = "x\n\n[[A|b]] ![[p.png]] [t](../d/n%20x.md#h 'title') [u](https://x.org) `[[no]]` [w](<a b.md>)"
    links = read_note(text).links
    assert [(link.target, link.line, link.wiki) for link in links] == [
        ("A", 2, True),
        ("p.png", 2, True),
        ("../d/n%20x.md#h", 2, False),
        ("a b.md", 2, False),
    ]
    assert text.split("\n")[2][links[0].start : links[0].end] == "[[A|b]]"


@given(TEXTS)
def test_reading_never_fails_and_stays_within_bounds(text: str) -> None:
    facts = read_note(text)
    assert len(facts.excerpt) <= 200
    assert facts.heading is None or facts.heading.strip()
    assert len({tag.casefold() for tag in facts.tags}) == len(facts.tags)


@given(TEXTS, st.sampled_from(["New", "Joins: keep the rows", "yes", 'a "quoted" one', "Überschrift"]))
def test_a_new_title_is_read_back_and_the_number_of_lines_stays(text: str, title: str) -> None:
    changed = with_title(text, title)
    if changed is None:
        assert read_note(text).heading is None
    else:
        assert read_note(changed).heading == title
        assert changed.count("\n") == text.count("\n")
        assert changed.startswith("\ufeff") == text.startswith("\ufeff")


@given(TEXTS, st.integers(-1, 9), st.booleans())
def test_a_box_is_set_by_one_character(text: str, line: int, checked: bool) -> None:
    changed = with_box(text, line, checked)
    if changed is not None:
        assert len(changed) == len(text)
        assert sum(one != two for one, two in zip(text, changed, strict=True)) <= 1
        assert with_box(changed, line, checked) == changed


@pytest.mark.parametrize(
    ("one", "two"),
    [("A  b", "a b"), ("../x/Note.md", "note"), ("e\u0301t\u00e9", "\u00c9t\u00e9"), ("ß", "SS")],
)
def test_names_that_mean_the_same_have_one_key(one: str, two: str) -> None:
    assert link_key(one) == link_key(two)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Installing with `cargo install`\n", "Installing with cargo install"),
        ("`Rc<T>`, the Counted Pointer\n===\n", "Rc<T>, the Counted Pointer"),
        ("# A _quiet_ snake_case `*word*`\n", "A quiet snake_case *word*"),
    ],
)
def test_code_in_a_title_keeps_its_words(text: str, title: str) -> None:
    facts = read_note(text)
    assert (facts.heading, facts.first_line) == (title, title)
