"""Telling what a file is by its first bytes rather than by its name. Pure.

Signatures: PDF 32000-1 7.5.2, PNG and JPEG and GIF headers, RIFF, ID3v2 and MPEG audio frames, Ogg (RFC 3533),
FLAC, ISO base media `ftyp` (ISO/IEC 14496-12), Matroska EBML, OCF containers (EPUB 3.3, 4.2), ZIP.
"""

from __future__ import annotations

import re

HEAD = 4096

_FIXED = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
)
_RIFF = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}
_AUDIO_BRANDS = (b"M4A ", b"M4B ", b"M4P ")
_IMAGE_BRANDS = (b"avif", b"heic", b"heix", b"mif1")

SUFFIXES = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg", ".jpe"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/bmp": (".bmp",),
    "image/svg+xml": (".svg",),
    "image/avif": (".avif", ".heic", ".heif"),
    "application/pdf": (".pdf",),
    "application/epub+zip": (".epub",),
    "audio/mpeg": (".mp3",),
    "audio/aac": (".aac",),
    "audio/flac": (".flac",),
    "audio/wav": (".wav",),
    "audio/ogg": (".ogg", ".oga", ".opus"),
    "audio/mp4": (".m4a", ".m4b"),
    "video/ogg": (".ogv",),
    "video/mp4": (".mp4", ".m4v", ".mov"),
    "video/x-matroska": (".webm", ".mkv", ".mka"),
    "video/x-msvideo": (".avi",),
}
_ALIKE = (  # families within which a wrong ending does no harm, or the first bytes can't tell
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif"},
    {"audio/mpeg", "audio/aac", "audio/wav", "audio/flac"},
    {"audio/ogg", "video/ogg"},
    {"audio/mp4", "video/mp4", "audio/aac"},
)
_BY_SUFFIX = {suffix: mime for mime, suffixes in SUFFIXES.items() for suffix in suffixes}
_NAMES = {
    ".pdf": "a PDF",
    ".epub": "an EPUB",
}
_KINDS = {"application/pdf": "pdf", "application/epub+zip": "book"}


def sniff(head: bytes) -> str:
    """Return the media type of a file by its first HEAD bytes; "text/plain" or "application/octet-stream" at last."""
    for signature, mime in _FIXED:
        if head.startswith(signature):
            return "application/epub+zip" if mime == "application/zip" and _is_epub(head) else mime
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "application/octet-stream")
    if head[:4] == b"OggS":
        return "video/ogg" if b"theora" in head[:256] else "audio/ogg"
    if head[4:8] == b"ftyp":
        return _iso_media(head[8:12])
    if head[:2] == b"BM" and len(head) > 14 and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if (
        len(head) > 1
        and head[0] == 0xFF
        and head[1] & 0xE0 == 0xE0
        and head[:2] not in (b"\xff\xfe", b"\xff\xff")
    ):
        return "audio/aac" if head[1] & 0xF6 == 0xF0 else "audio/mpeg"
    return _text_type(head)


def _is_epub(head: bytes) -> bool:
    return head[30:38] == b"mimetype" and head[38:58] == b"application/epub+zip"


def _iso_media(brand: bytes) -> str:
    if brand in _AUDIO_BRANDS:
        return "audio/mp4"
    return "image/avif" if brand in _IMAGE_BRANDS else "video/mp4"


def _text_type(head: bytes) -> str:
    if b"\0" in head:
        return "application/octet-stream"
    try:
        words = head.decode("utf-8", errors="strict" if len(head) < HEAD else "ignore")
    except UnicodeDecodeError:
        return "application/octet-stream"
    start = words.lstrip("\ufeff \t\r\n")[:1500].lower()
    if "<svg" in start and start.startswith(("<svg", "<?xml", "<!--", "<!doctype svg")):
        return "image/svg+xml"
    return (
        "text/html" if start.startswith(("<!doctype html", "<html", "<!doctype netscape")) else "text/plain"
    )


def resource_kind(mime: str) -> str:
    """Return the kind of resource for a media type."""
    if mime in _KINDS:
        return _KINDS[mime]
    return {"audio": "podcast", "video": "video"}.get(mime.split("/")[0], "file")


def mismatch(name: str, mime: str) -> str | None:
    """Return a sentence when a file's content is not what its name says, else None."""
    suffix = suffix_of(name)
    wanted = _BY_SUFFIX.get(suffix)
    if wanted is None or wanted == mime or any(wanted in family and mime in family for family in _ALIKE):
        return None
    return f"Its name ends in {suffix}, but it is not {_NAMES.get(suffix, 'such a file')}."


def suffix_of(name: str) -> str:
    """Return the ending of a file name in lower case with its dot, or nothing for an odd one."""
    match = re.search(r"\.[A-Za-z0-9]{1,10}\Z", name)
    return match[0].lower() if match is not None and match.start() > 0 else ""


def usual_suffix(mime: str) -> str:
    """Return the usual ending for a media type, or nothing."""
    return SUFFIXES.get(mime, ("",))[0]
