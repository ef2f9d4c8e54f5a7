"""The smallest WebSocket client that can load a server (RFC 6455): no extensions, whole messages, zero masks.

It costs a few microseconds a message, so that fifty members fit into one process beside the server.
"""

from __future__ import annotations

import asyncio
import base64
import os
import ssl
from collections.abc import Callable
from typing import cast

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA


def frame(opcode: int, payload: bytes) -> bytes:
    """Return one final client frame. The mask is zero, which the standard allows and which costs nothing."""
    size = len(payload)
    if size < 126:
        head = bytes((0x80 | opcode, 0x80 | size))
    elif size < 65536:
        head = bytes((0x80 | opcode, 0x80 | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((0x80 | opcode, 0x80 | 127)) + size.to_bytes(8, "big")
    return head + b"\0\0\0\0" + payload


class Socket(asyncio.Protocol):
    """One open WebSocket; `on_message` is called with each binary message."""

    def __init__(self, host: str, path: str, on_message: Callable[[bytes], None]) -> None:
        self._request = self._upgrade(host, path)
        self._on_message = on_message
        self._buffer = bytearray()
        self._parts: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._upgraded = False
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.lost: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    @staticmethod
    def _upgrade(host: str, path: str) -> bytes:
        key = base64.b64encode(os.urandom(16)).decode()
        lines = (f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: Upgrade", "Upgrade: websocket",
                 "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}", "", "")  # fmt: skip
        return "\r\n".join(lines).encode()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own class
        self._transport.write(self._request)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("closed before the upgrade"))
        if not self.lost.done():
            self.lost.set_result(repr(exc))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._upgraded and not self._take_answer():
            return
        self._take_frames()

    def send(self, message: bytes) -> None:
        """Send one binary message."""
        self.send_frames(frame(BINARY, message))

    def send_frames(self, frames: bytes) -> None:
        """Send frames that were made beforehand."""
        assert self._transport is not None
        self._transport.write(frames)

    def close(self) -> None:
        """End the connection without a farewell."""
        if self._transport is not None:
            self._transport.abort()

    def _take_answer(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        status = bytes(self._buffer[:end]).split(b"\r\n")[0]
        del self._buffer[: end + 4]
        self._upgraded = True
        if b" 101" not in status:
            self.ready.set_exception(ConnectionError(f"no upgrade: {status.decode(errors='replace')}"))
            self.close()
            return False
        self.ready.set_result(None)
        return True

    def _take_frames(self) -> None:
        buffer, start = self._buffer, 0
        while (bounds := _payload_bounds(buffer, start)) is not None:
            self._take(buffer[start], bytes(buffer[bounds[0] : bounds[1]]))
            start = bounds[1]
        del buffer[:start]

    def _take(self, first: int, payload: bytes) -> None:
        opcode = first & 0x0F
        if opcode == PING:
            self.send_frames(frame(PONG, payload))
        elif opcode == CLOSE:
            if not self.lost.done():
                self.lost.set_result(
                    f"closed by the server: {int.from_bytes(payload[:2], 'big')} {payload[2:]!r}"
                )
            self.close()
        elif opcode in (BINARY, CONTINUATION) and (not first & 0x80 or self._parts):
            self._parts.append(payload)
            if first & 0x80:
                whole, self._parts = b"".join(self._parts), []
                self._on_message(whole)
        elif opcode == BINARY:
            self._on_message(payload)


def _payload_bounds(buffer: bytearray, start: int) -> tuple[int, int] | None:
    """Return where the payload of the frame at `start` begins and ends, or None if it is not all here."""
    if len(buffer) < start + 2:
        return None
    size, begin = buffer[start + 1] & 0x7F, start + 2
    if size >= 126:
        wide = 2 if size == 126 else 8
        begin += wide
        if len(buffer) < begin:
            return None
        size = int.from_bytes(buffer[begin - wide : begin], "big")
    return (begin, begin + size) if len(buffer) >= begin + size else None


async def connect(
    host: str, port: int, on_message: Callable[[bytes], None], tls: ssl.SSLContext | None, path: str = "/"
) -> Socket:
    """Open a WebSocket. Raises OSError."""
    loop = asyncio.get_running_loop()
    _, socket = await loop.create_connection(
        lambda: Socket(f"{host}:{port}", path, on_message),
        host,
        port,
        ssl=tls,
        server_hostname="" if tls else None,
    )
    await asyncio.wait_for(socket.ready, 10)
    return socket
