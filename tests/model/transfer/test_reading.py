"""What others wrote is read as it is, or refused with why."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest

from studydesk.foundation.errors import Fault
from studydesk.model.transfer.reading import read_cards, read_text, read_webloc


def written(place: Path, data: bytes) -> Path:
    place.write_bytes(data)
    return place


@pytest.mark.parametrize(
    "text",
    [
        "ID3 tags are metadata",
        "The ftyp box",
        "GIF89a came first",
        "# PDF\n\nIt starts with `%PDF-1.4`.",
        "\ufeffx",
    ],
)
def test_a_note_about_a_format_is_no_file_of_that_format(text: str, tmp_path: Path) -> None:
    assert read_text(written(tmp_path / "a.md", text.encode())) == text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.4\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"caf\xe9", "UTF-8"),
        (b"a\0b", "zero bytes"),
    ],
)
def test_what_is_no_text_is_refused_with_why(data: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(Fault, match=why):
        read_text(written(tmp_path / "a.md", data))


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_a_shortcut_of_macos_gives_its_address(form: plistlib.PlistFormat, tmp_path: Path) -> None:
    data = plistlib.dumps({"URL": "https://example.org/a"}, fmt=form)
    (mark,) = read_webloc(written(tmp_path / "A page.webloc", data))
    assert (mark.url, mark.title) == ("https://example.org/a", "A page")


@pytest.mark.parametrize(
    "data",
    [b"", b"words", b"<plist><dict>", plistlib.dumps([1]), plistlib.dumps({"URL": "file:///etc/passwd"})],
)
def test_a_shortcut_without_an_address_is_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="no web address"):
        read_webloc(written(tmp_path / "a.webloc", data))


def test_a_table_of_two_columns_needs_no_head() -> None:
    assert read_cards("un,one\n\ndeux,two\n", tabs=False) == [("un", "one", ""), ("deux", "two", "")]
    assert read_cards("un\tone\n", tabs=True) == [("un", "one", "")]


@pytest.mark.parametrize("text", ["", "a,b,c\n1,2,3\n", "a,b\n1\n", ",b\n"])
def test_another_table_is_refused(text: str) -> None:
    with pytest.raises(Fault, match="two columns"):
        read_cards(text, tabs=False)
