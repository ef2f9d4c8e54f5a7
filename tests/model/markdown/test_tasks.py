"""Task boxes in a line."""

from __future__ import annotations

import pytest

from studydesk.model.markdown.tasks import is_task, ticked


@pytest.mark.parametrize("line", ["- [ ] a", "  * [x] b", "12. [X] c", "> - [ ] d", "- - [ ] e"])
def test_ticking_and_clearing_changes_one_character(line: str) -> None:
    on = ticked(line, True)
    assert is_task(on) is True
    assert is_task(ticked(on, False)) is False
    assert sum(a != b for a, b in zip(line, on, strict=True)) <= 1


@pytest.mark.parametrize("line", ["[ ] a", "- [] a", "- [ ]", "text - [ ] a", "- [y] a"])
def test_what_is_no_task_stays(line: str) -> None:
    assert is_task(line) is None
    assert ticked(line, True) == line
