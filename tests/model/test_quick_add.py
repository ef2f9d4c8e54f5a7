"""Words become a task, in English and French."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.model.quick_add import QuickTask, parse_quick_task

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("words", "task"),
    [
        ("read chapter 4 friday 1h #sql", QuickTask("read chapter 4", date(2026, 11, 27), 60, ("sql",))),
        ("lire le chapitre 4 pour vendredi 1 h 30", QuickTask("lire le chapitre 4", date(2026, 11, 27), 90)),
        ("call today 40 min", QuickTask("call", TUESDAY, 40)),
        ("appeler après-demain", QuickTask("appeler", date(2026, 11, 26))),
        ("appeler aujourd’hui", QuickTask("appeler", TUESDAY)),
        ("review on tuesday", QuickTask("review", date(2026, 12, 1))),
        ("review next monday", QuickTask("review", date(2026, 11, 30))),
        ("bilan lundi prochain", QuickTask("bilan", date(2026, 11, 30))),
        ("12/6 1.5h x", QuickTask("x", date(2027, 6, 12), 90)),
        ("x 6/13", QuickTask("x", date(2027, 6, 13))),
        ("x 2026-06-12", QuickTask("x", date(2026, 6, 12))),
        ("fête le 1er mai", QuickTask("fête", date(2027, 5, 1))),
        ("x December 24th, 2027", QuickTask("x", date(2027, 12, 24))),
        ("write report by 31 june", QuickTask("write report by 31 june")),
        ("Friday's plan", QuickTask("Friday's plan")),
        ("use C# and 3-1", QuickTask("use C# and 3-1")),
        ("2 things, 0 min", QuickTask("2 things, 0 min")),
        ("tomorrow", QuickTask("tomorrow", date(2026, 11, 25))),
    ],
)
def test_words_are_read(words: str, task: QuickTask) -> None:
    assert parse_quick_task(words, TUESDAY) == task


@given(st.text(max_size=60), st.dates(date(1, 1, 2), date(9000, 1, 1)))
def test_whatever_is_typed_becomes_a_task_with_a_title(words: str, today: date) -> None:
    task = parse_quick_task(words, today)
    assert bool(task.title) == bool(words.split())
    assert task.minutes is None or task.minutes > 0
