"""Colours of code keep every character, whatever the lexer makes of a line that stands alone."""

from __future__ import annotations

import pytest

from studydesk.ui.notebook.code_colours import coloured


@pytest.mark.parametrize("language", ["console", "pycon", "python", "sql", "rust", "diff", "nothing-known"])
@pytest.mark.parametrize(
    "line", ["", "$ cargo install ripgrep", "    Updating index", ">>> 1 + 1", "--snip--"]
)
def test_the_parts_of_a_line_are_the_line(language: str, line: str) -> None:
    assert "".join(part for part, _ in coloured(line, language)) == line
