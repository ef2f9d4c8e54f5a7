"""Every update of every document goes to the disk of this desk, in order, many in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from studydesk.foundation.errors import Fault
from studydesk.services.base import DeskContext, report_failure

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)

RETRY_SECONDS = 5.0
COMPACT_ABOVE = 400
"""Updates of one document beyond which they are replaced by one that says the same."""

Waiting = list[tuple[str, str, bytes]]


class UpdateLog:
    """Appends updates to the store from the network thread. While one transaction runs the next is collected."""

    def __init__(self, context: DeskContext, saved: Callable[[frozenset[str]], None]) -> None:
        self._context = context
        self._saved = saved
        self._waiting: Waiting = []
        self._writer: asyncio.Task[None] | None = None
        self.failed = False

    def append(self, room: str, document: str, update: bytes) -> None:
        """Take one update; `saved` is called with the rooms of a batch once it is on the disk."""
        self._waiting.append((room, document, update))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.get_running_loop().create_task(self._write(), name="update log")
            self._writer.add_done_callback(_log_bug)

    @property
    def pending(self) -> int:
        """How many updates are not on the disk yet."""
        return len(self._waiting)

    async def flush(self) -> None:
        """Wait until all that was taken is on the disk, or until the disk refuses it."""
        while self._writer is not None and not self._writer.done() and not self.failed:
            await asyncio.wait({self._writer}, timeout=0.2)

    async def close(self) -> None:
        await self.flush()
        if self._writer is not None and not self._writer.done():
            self._writer.cancel()
            await asyncio.gather(self._writer, return_exceptions=True)

    async def _write(self) -> None:
        while self._waiting:
            batch = self._waiting[:]
            try:
                await self._commit(batch)
            except Fault as fault:
                # What is not on the disk stays in memory and on the screen, and is tried again.
                if not self.failed:
                    log.warning("updates were not saved: %s", fault)
                self.failed = True
                await asyncio.sleep(RETRY_SECONDS)
                continue
            self.failed = False
            del self._waiting[: len(batch)]
            self._saved(frozenset(room for room, _, _ in batch))

    async def _commit(self, batch: Waiting) -> None:
        def work(session: Session) -> None:
            from studydesk.model import room as store

            for (room, document), updates in _grouped(batch).items():
                store.append_updates(session, room, document, updates)

        # Said once, not at each new try.
        failed = None if self.failed else report_failure(self._context.events)
        await asyncio.wrap_future(self._context.database.submit(work, failed=failed))


def _log_bug(writer: asyncio.Task[None]) -> None:
    if not writer.cancelled() and writer.exception() is not None:
        log.error("the update log failed", exc_info=writer.exception())


def _grouped(batch: Waiting) -> dict[tuple[str, str], list[bytes]]:
    groups: dict[tuple[str, str], list[bytes]] = {}
    for room, document, update in batch:
        groups.setdefault((room, document), []).append(update)
    return groups
