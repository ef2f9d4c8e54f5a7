"""The load generator measures what it says: markers survive merging, frames survive the network's cutting."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Map, merge_updates

from benchmarks._notes import write_notes
from benchmarks._relay_load import MARKER, prepared_updates
from benchmarks._table import Row, format_table, percentile
from benchmarks._websocket import BINARY, PING, Socket, frame


def test_every_update_shows_its_marker_alone_and_merged() -> None:
    first, second = prepared_updates(3, 20, 48), prepared_updates(7, 20, 48)
    expected = {(b"%02d" % writer, b"%06d" % number) for writer in (3, 7) for number in range(20)}
    assert {MARKER.findall(update)[0] for update in first + second} == expected
    assert set(MARKER.findall(merge_updates(*first, *second))) == expected
    doc: Doc[Map[bytes]] = Doc()
    for update in second + first:
        doc.apply_update(update)
    assert sorted(MARKER.findall(doc.get_update())) == sorted(expected)


def server_frame(payload: bytes) -> bytes:
    """Return what a server sends: as `frame`, but without a mask."""
    size = len(payload)
    if size < 126:
        return bytes((0x80 | BINARY, size)) + payload
    if size < 65536:
        return bytes((0x80 | BINARY, 126)) + size.to_bytes(2, "big") + payload
    return bytes((0x80 | BINARY, 127)) + size.to_bytes(8, "big") + payload


class Wire(asyncio.Transport):
    """Keeps what is written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += bytes(data)


async def received(stream: bytes, cuts: list[int]) -> tuple[list[bytes], bytes]:
    """Feed a socket with a stream in pieces; return its messages and its answers."""
    messages: list[bytes] = []
    socket, wire = Socket("desk", "/", messages.append), Wire()
    socket.connection_made(wire)
    wire.written = b""
    edges = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    for start, end in itertools.pairwise(edges):
        socket.data_received(stream[start:end])
    await socket.ready
    return messages, wire.written


@given(st.lists(st.sampled_from([0, 1, 125, 126, 70_000])), st.lists(st.integers(0, 300_000), max_size=8))
def test_messages_arrive_whole_however_the_stream_is_cut(sizes: list[int], cuts: list[int]) -> None:
    messages = [bytes([number % 256]) * size for number, size in enumerate(sizes)]
    stream = b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + b"".join(map(server_frame, messages))
    assert asyncio.run(received(stream, cuts))[0] == messages


def test_a_ping_is_answered_with_its_words() -> None:
    stream = b"HTTP/1.1 101 x\r\n\r\n" + bytes((0x80 | PING, 2)) + b"hi"
    assert asyncio.run(received(stream, []))[1] == frame(0xA, b"hi")


def test_a_verdict_stands_in_the_table_only_where_something_is_promised() -> None:
    text = format_table([Row("a", "1"), Row("b", "2", "at most 1", False), Row("c", "3", "", True)])
    lines = text.splitlines()
    assert lines[2].split() == ["a", "1"]
    assert lines[3].endswith("MISSED")
    assert lines[4].endswith("ok")


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(value) for value in range(1, 101)]
    assert (percentile(values, 50), percentile(values, 99), percentile(values, 100)) == (51, 100, 100)


def test_the_notes_hold_the_words_that_are_searched_for(tmp_path: Path) -> None:
    words = write_notes(tmp_path, 300)
    texts = [set(file.read_text().replace(".", " ").split()) for file in tmp_path.rglob("*.md")]
    rare, medium, common = (
        sum(word in text for text in texts) for word in (words.rare, words.medium, words.common)
    )
    assert len(texts) == 300
    assert 1 <= rare <= medium < common
    assert common > 60
