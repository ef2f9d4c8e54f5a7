"""What the WebSocket library leaves open: how many small frames one client may send."""

from __future__ import annotations

from dataclasses import dataclass

from websockets.asyncio.server import ServerConnection
from websockets.frames import Frame, Opcode
from websockets.protocol import Event

SMALL_FRAMES_A_SECOND = 100.0
SMALL_FRAMES_AT_ONCE = 1000.0
"""A large message in pieces of 64 KiB stays below this."""


@dataclass
class Bucket:
    """A token bucket: `rate` a second, at most `size` at once. `now` is in seconds of any steady clock."""

    rate: float
    size: float
    now: float

    def __post_init__(self) -> None:
        self._left = self.size

    def take(self, now: float) -> bool:
        """Take one token; return whether there was one."""
        self._left = min(self.size, self._left + (now - self.now) * self.rate)
        self.now = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class BoundedConnection(ServerConnection):
    """A server's WebSocket that ends when pings, pongs or pieces of messages come in a flood.

    None of them reaches the application, so nobody else could count them.
    """

    _bucket: Bucket | None = None

    def process_event(self, event: Event) -> None:
        small = isinstance(event, Frame) and event.opcode in (Opcode.PING, Opcode.PONG, Opcode.CONT)
        if small and not self._may_go_on():
            self.transport.abort()
            return
        super().process_event(event)

    def _may_go_on(self) -> bool:
        now = self.loop.time()
        if self._bucket is None:
            self._bucket = Bucket(SMALL_FRAMES_A_SECOND, SMALL_FRAMES_AT_ONCE, now)
        return self._bucket.take(now)
