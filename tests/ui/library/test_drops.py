"""What is dropped on the library."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from studydesk.ui.library.drops import can_take, dropped, is_address

BOOKMARKS = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A HREF='https://example.org'>Example</A></DL>"


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a?b=c",
        "http://localhost:8000",
        "example.org",
        "www.example.org/a/b",
        "HTTPS://EXAMPLE.ORG",
    ],
)
def test_a_web_address_is_known(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text", ["", "https://", "two words", "example", "ftp://example.org", "javascript:alert(1)"]
)
def test_what_is_no_web_address_is_not(text: str) -> None:
    assert not is_address(text)


def test_files_addresses_and_bookmarks_are_told_apart(tmp_path: Path) -> None:
    plain, bookmarks = tmp_path / "page.html", tmp_path / "bookmarks.html"
    plain.write_text("<html></html>")
    bookmarks.write_text(BOOKMARKS)
    data = QMimeData()
    data.setUrls(
        [QUrl("https://example.org/a"), QUrl.fromLocalFile(str(plain)), QUrl.fromLocalFile(str(bookmarks))]
    )
    what = dropped(data)
    assert what.links == ("https://example.org/a",)
    assert what.files == (plain,)
    assert what.bookmarks == (bookmarks,)


def test_text_is_taken_only_when_it_is_an_address() -> None:
    address, words = QMimeData(), QMimeData()
    address.setText(" https://example.org \n")
    words.setText("only words")
    assert dropped(address).links == ("https://example.org",)
    assert not can_take(words)
    assert not dropped(words)
