"""What keys do to Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.ui.notebook import editing


@pytest.mark.parametrize(
    ("line", "lead"),
    [
        ("- a", "- "),
        ("  * a", "  * "),
        ("9. a", "10. "),
        ("3) a", "4) "),
        ("- [x] a", "- [ ] "),
        ("> a", "> "),
        ("> - a", "> - "),
        ("- ", ""),
        ("- [ ] ", ""),
        ("> ", ""),
        ("text", None),
        ("-no", None),
        ("", None),
    ],
)
def test_enter_continues_lists_and_quotes(line: str, lead: str | None) -> None:
    assert editing.continuation(line) == lead


@given(st.sampled_from(["- a", "  - a", "1. a", "text", "\ttext"]))
def test_deeper_and_back_is_the_same_line(line: str) -> None:
    assert editing.outdented(editing.indented(line)) == line


def test_marks_go_on_and_off() -> None:
    assert editing.wrapped("word", "**").text == "**word**"
    assert editing.wrapped("**word**", "**").text == "word"
    assert editing.linked("https://example.org").text == "[](https://example.org)"


def test_a_line_becomes_a_task_then_ticked_then_open_again() -> None:
    line = editing.with_task("  do it")
    assert line == "  - [ ] do it"
    assert editing.with_task(line) == "  - [x] do it"
    assert editing.with_task(editing.with_task(line)) == line


lines = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n"]), max_size=6).map("".join)


@given(lines, lines)
def test_merging_with_an_unchanged_side_gives_the_other(base: str, new: str) -> None:
    assert editing.merged(base, new, base) == new
    assert editing.merged(base, base, new) == new
    assert editing.merged(base, new, new) == new


def test_changes_of_different_lines_are_merged_and_of_one_line_are_not() -> None:
    base = "one\ntwo\nthree\n"
    assert editing.merged(base, "ONE\ntwo\nthree\n", "one\ntwo\nTHREE\n") == "ONE\ntwo\nTHREE\n"
    assert editing.merged(base, "ONE\ntwo\nthree\n", "uno\ntwo\nthree\n") is None
