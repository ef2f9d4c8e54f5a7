"""A file is what its content says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.model.sniffing import HEAD, mismatch, resource_kind, sniff, suffix_of

REAL = {
    "books/pdf/pdfjs": "pdf",
    "books/epub/idpf": "book",
    "books/epub/pandoc": "book",
    "media/made": "media",
    "media/mdn": "media",
    "media/antennapod": "media",
}


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"junk\n%PDF-1.4", "application/pdf"),
        (b"ID3\x04rest", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"OggS" + bytes(24) + b"OpusHead", "audio/ogg"),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"RIFF\0\0\0\0WAVE", "audio/wav"),
        (b"<?xml version='1.0'?>\n<svg>", "image/svg+xml"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "text/html"),
        (b"words", "text/plain"),
        (b"caf\xe9", "application/octet-stream"),
        (b"", "text/plain"),
    ],
)
def test_types_are_told_by_the_first_bytes(head: bytes, mime: str) -> None:
    assert sniff(head) == mime


@pytest.mark.parametrize("folder", REAL)
def test_real_files_are_what_their_names_say(folder: str, shared_data: Path) -> None:
    for path in sorted((shared_data / folder).rglob("*")):
        if suffix_of(path.name) in (".pdf", ".epub", ".mp3", ".ogg", ".mp4", ".webm", ".m4a", ".opus"):
            mime = sniff(path.read_bytes()[:HEAD])
            wanted = ("podcast", "video") if REAL[folder] == "media" else (REAL[folder],)
            assert (path.name, resource_kind(mime)) in [(path.name, kind) for kind in wanted]
            assert mismatch(path.name, mime) is None


@pytest.mark.parametrize(
    ("name", "mime", "wrong"),
    [
        ("a.pdf", "text/plain", True),
        ("a.PNG", "image/jpeg", False),
        ("a.mp3", "text/html", True),
        ("a.m4a", "video/mp4", False),
        ("a.xyz", "application/pdf", False),
    ],
)
def test_a_name_that_lies_is_said(name: str, mime: str, wrong: bool) -> None:
    assert (mismatch(name, mime) is not None) == wrong


@given(st.binary(max_size=200))
def test_no_bytes_are_a_fault(head: bytes) -> None:
    assert "/" in sniff(head)
