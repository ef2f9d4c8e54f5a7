"""Names that every system keeps, and paths that never collide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.model.transfer.names import LENGTH_LIMIT, Paths, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("term___page reference.md", "term___page reference.md"),
        ("CON", "_CON"),
        ("aux.md", "_aux.md"),
        ("console.md", "console.md"),
        ("a/b\\c:d?.md", "a-b-c-d-.md"),
        ("dots...", "dots___"),
        (".hidden", "_hidden"),
        ("", "untitled"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=300))
def test_a_safe_name_is_safe_and_stays(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe.encode()) <= LENGTH_LIMIT
    assert not set(safe) & set('<>:"/\\|?*\0')
    assert safe[-1] not in ". "
    assert safe not in (".", "..")
    assert safe_name(safe) == safe


@given(st.lists(st.sampled_from(["a.md", "A.md", "a 2.md", "b", "files", "studydesk"])))
def test_no_path_is_given_twice(names: list[str]) -> None:
    paths = Paths()
    taken = [paths.take("", name).casefold() for name in names]
    assert len(set(taken)) == len(taken)
    assert not {"files", "studydesk"} & set(taken)


def test_names_that_differ_in_composition_only_do_not_collide() -> None:
    paths = Paths()
    assert paths.take("", "\u00e9.md") == "\u00e9.md"
    assert paths.take("", "e\u0301.md") == "e\u0301 2.md"


def test_a_file_is_not_given_the_place_of_a_folder_that_is_held() -> None:
    paths = Paths()
    paths.hold("notes/img.md")
    assert paths.take("notes", "IMG.md") == "notes/IMG 2.md"
