"""Updates of one room, written down with their sender before they are applied. One append-only file a room.

A record is: varuint length of the rest, name, sender (texts with length), update. A record cut off by a crash ends
the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from studydesk.net.codec import CodecFault, Reader, write_bytes, write_text

_BINARY = getattr(os, "O_BINARY", 0)
"""Windows would else turn line ends into two bytes."""


@dataclass(frozen=True, slots=True)
class Record:
    """One update of one document, and who sent it."""

    name: str
    sender: str
    update: bytes

    def encode(self) -> bytes:
        return write_bytes(write_text(self.name) + write_text(self.sender) + self.update)


class Spool:
    """The file of one room. What `append` returned from survives the death of this process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
        self._end = os.fstat(self._file).st_size

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._end

    def append(self, record: Record) -> None:
        """Write a record. Raises OSError when the disk takes it not; then nothing of it stays."""
        data = record.encode()
        try:
            written = os.write(self._file, data)
            if written != len(data):
                raise OSError(28, "the disk is full")
        except OSError:
            os.ftruncate(self._file, self._end)
            raise
        self._last = self._end
        self._end += len(data)

    _last = 0

    def forget_last(self) -> None:
        """Take the last record back: its update could not be applied."""
        os.ftruncate(self._file, self._last)
        self._end = self._last

    def records(self) -> Iterator[Record]:
        """Read all records from the start. What a crash left half written is cut off."""
        data = self._path.read_bytes()
        reader = Reader(data)
        while reader.remaining:
            start = reader.position
            try:
                record = _read(reader)
            except CodecFault:
                os.ftruncate(self._file, start)
                self._end = start
                return
            yield record

    def replace(self, records: list[Record]) -> None:
        """Put these records in the place of all others, without a moment in which a crash loses any."""
        fresh = self._path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for record in records:
                file.write(record.encode())
            file.flush()
            os.fsync(file.fileno())
        os.close(self._file)
        fresh.replace(self._path)
        self._file = os.open(self._path, os.O_RDWR | os.O_APPEND | _BINARY)
        self._end = os.fstat(self._file).st_size

    def close(self, remove: bool = False) -> None:
        """Close the file; with `remove`, delete it."""
        os.close(self._file)
        if remove:
            self._path.unlink(missing_ok=True)


def _read(reader: Reader) -> Record:
    inner = Reader(reader.bytes(1 << 30))
    name, sender = inner.text(512), inner.text(256)
    return Record(name, sender, inner.data[inner.position :])
