"""The library's left list and its words."""

from datetime import UTC, datetime

import pytest

from studydesk.services.library import KindCount, ResourceCounts, ResourceKind, ResourceState, ResourceView
from studydesk.ui.library import words
from studydesk.ui.library.shelves import LabelRow, Shelf, ShelfRow, side_rows
from studydesk.ui.library.table_delegate import STAR, star_at

RESOURCE = ResourceView(
    "id", "video", "Joins", "https://www.example.org/x", "", None, None, 11, "doing", 0.456, 3, "", ("sql",),
    datetime(2026, 1, 1, tzinfo=UTC), None,
)  # fmt: skip


def test_only_kinds_that_there_are_have_a_row() -> None:
    counts = ResourceCounts(
        3, 1, 1, 1, (KindCount("video", 2), KindCount("book", 1), KindCount("new", 4)), ()
    )
    rows = side_rows(counts)
    assert [row.title for row in rows if isinstance(row, LabelRow)] == ["Kinds"]
    assert [row.shelf.kind for row in rows if isinstance(row, ShelfRow) and row.shelf.kind] == [
        ResourceKind.VIDEO,
        ResourceKind.BOOK,
    ]


def test_each_shelf_has_a_key_of_its_own() -> None:
    shelves = (Shelf(), Shelf(ResourceState.DONE), Shelf(kind=ResourceKind.BOOK), Shelf(tag="done"))
    assert len({shelf.key for shelf in shelves}) == 4


def test_a_row_is_read_aloud_whole() -> None:
    assert words.spoken(RESOURCE) == "Joins, Video, example.org · 11 min, 46 %, 3 stars of 5, sql"


@pytest.mark.parametrize(
    ("x", "star"), [(7, 0), (8, 1), (8 + STAR, 2), (8 + 5 * STAR - 1, 5), (8 + 5 * STAR, 0)]
)
def test_a_point_means_the_star_that_is_painted_there(x: int, star: int) -> None:
    assert star_at(x, 8) == star


def test_an_address_that_cannot_be_read_has_no_host() -> None:
    assert words.host("https://[broken") == ""
