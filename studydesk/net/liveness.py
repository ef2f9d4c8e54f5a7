"""Notices a hub that has fallen silent, without mistaking a slow network for it."""

from __future__ import annotations

import asyncio

from websockets.asyncio.client import ClientConnection

PING_SECONDS = 2.0
SILENT_SECONDS = 4.5
"""A hub answers every ping; the host counts as gone within six seconds, so this and one look more stay below."""
LOOK_SECONDS = 1.0


class LiveConnection(ClientConnection):
    """A WebSocket that knows when it last heard anything or got rid of anything.

    A pong waits behind megabytes on a slow network, so it is no measure by itself: whatever arrives, and
    whatever the network takes of what is to be sent, is a sign of life.
    """

    _sign: float | None = None
    _unsent = 0

    def data_received(self, data: bytes) -> None:
        self._sign = self.loop.time()
        super().data_received(data)

    async def watch(self) -> None:
        """Abort the connection once it has been silent for too long."""
        self._sign = self.loop.time()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if self.silence() > SILENT_SECONDS:
                self.transport.abort()
                return

    def silence(self) -> float:
        """Return for how many seconds there has been no sign of life."""
        now, unsent = self.loop.time(), self.transport.get_write_buffer_size()
        if self._sign is None or unsent < self._unsent:
            self._sign = now
        self._unsent = unsent
        return now - self._sign
