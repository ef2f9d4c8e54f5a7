"""A snippet shows the first hit and marks each, under the folding of the index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.model.snippets import LENGTH, snippet
from studydesk.model.views.search import HIT_END, HIT_START


def marked(text: str, *words: str, last_open: bool = True) -> str:
    return snippet(text, words, last_open).replace(HIT_START, "<").replace(HIT_END, ">")


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Déjà vu, deja\u0301", ["deja"], "<Déjà> vu, <deja\u0301>"),
        ("joins and join", ["join"], "<joins> and <join>"),
        ("rejoin join_s", ["join"], "rejoin <join_s>"),
        ("nothing here", ["zebra"], "nothing here"),
        ("a.b (c) [d]", ["b", "d"], "a.<b> (c) [<d>]"),
    ],
)
def test_hits_are_marked(text: str, words: list[str], shown: str) -> None:
    assert marked(text, *words) == shown


def test_a_closed_word_is_matched_whole() -> None:
    assert marked("joins join", "join", last_open=False) == "joins <join>"


def test_a_long_text_is_cut_around_the_first_hit() -> None:
    shown = marked("word " * 500 + "needle " + "word " * 500, "needle")
    assert shown.startswith("… word")
    assert shown.endswith("word …")
    assert "<needle>" in shown


@given(st.text(), st.lists(st.text(min_size=1, max_size=5), max_size=3))
def test_a_snippet_is_short_and_well_marked(text: str, words: list[str]) -> None:
    text = text.replace(HIT_START, "").replace(HIT_END, "")
    shown = snippet(text, [word for word in words if word.isalnum()], True)
    assert shown.count(HIT_START) == shown.count(HIT_END)
    assert len(shown.replace(HIT_START, "").replace(HIT_END, "")) <= LENGTH + 4
