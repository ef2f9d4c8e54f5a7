"""One process owns a desk; the others ask it through its door.

The owner holds a lock on `owner.lock` and listens on a port of the loopback interface that only it and readers of
`owner.json` (mode 0600) know the secret of. A request is one JSON line, an answer several: `{"out": value}` for
each thing said and `{"exit": status, "error": sentence}` at the end.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studydesk.foundation.errors import Fault, NotReachable
from studydesk.foundation.paths import DeskPaths
from studydesk.services.lazy import LazyModule

if TYPE_CHECKING:
    import asyncio

    from filelock import BaseFileLock
else:
    asyncio = LazyModule("asyncio")

log = logging.getLogger(__name__)

MAX_LINE = 16 * 1024 * 1024
CONNECT_SECONDS = 5.0


@dataclass(frozen=True)
class Request:
    """What another process of this desk asks: the words of its command line, and where it was called."""

    arguments: tuple[str, ...]
    directory: Path


Say = Callable[[object], None]
Handler = Callable[[Request, Say, "asyncio.Event"], Awaitable[int]]
"""Runs a request on the network thread: says values, returns the exit status, ends early when the event is set
because the asker went away. A Fault it raises becomes the answer's error."""


class OwnerLock:
    """Whether this process owns the desk."""

    def __init__(self, paths: DeskPaths) -> None:
        self._paths = paths
        self._lock: BaseFileLock | None = None

    def acquire(self) -> bool:
        """Try to become the owner, at once."""
        from filelock import FileLock, Timeout

        self._paths.make()
        lock = FileLock(self._paths.owner_lock)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        self._lock = lock
        return True

    def release(self) -> None:
        if self._lock is not None:
            with contextlib.suppress(OSError):
                self._paths.owner_door.unlink()
            self._lock.release()
            self._lock = None


class Door:
    """Lets other processes of this desk in. Lives on the network thread."""

    def __init__(self, paths: DeskPaths, handler: Handler) -> None:
        self._paths = paths
        self._handler = handler
        self._secret = os.urandom(24).hex()
        self._server: asyncio.Server | None = None
        self._visits: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Listen, and say where in `owner.json`."""
        self._server = await asyncio.start_server(self._visit, "127.0.0.1", 0, limit=MAX_LINE)
        port = self._server.sockets[0].getsockname()[1]
        _write_private(self._paths.owner_door, json.dumps({"port": port, "secret": self._secret}))

    async def finish(self) -> None:
        """Wait until nobody is being served."""
        while self._visits:
            await asyncio.wait(self._visits)

    async def close(self) -> None:
        """Stop listening; who is inside is cut off."""
        if self._server is not None:
            self._server.close()
        for visit in tuple(self._visits):
            visit.cancel()
        if self._visits:
            await asyncio.wait(self._visits)

    async def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._visits.add(task)
        try:
            await self._serve(reader, writer)
        except (OSError, ValueError) as fault:
            log.info("a visitor at the door left: %s", fault)
        except asyncio.CancelledError:
            log.info("a visitor was sent away, since the desk closes")
        finally:
            self._visits.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = self._read(await asyncio.wait_for(reader.readline(), CONNECT_SECONDS))
        gone = asyncio.Event()
        watcher = asyncio.ensure_future(_watch(reader, gone))

        def say(value: object) -> None:
            writer.write(json.dumps({"out": value}).encode() + b"\n")

        try:
            status = await self._handler(request, say, gone)
            last: dict[str, object] = {"exit": status}
        except Fault as fault:
            last = {"exit": fault.exit_status, "error": fault.sentence}
        except Exception:
            log.exception("a request through the door failed")
            last = {"exit": 1, "error": "Something went wrong inside StudyDesk. Its log says more."}
        finally:
            watcher.cancel()
        writer.write(json.dumps(last).encode() + b"\n")
        await writer.drain()

    def _read(self, line: bytes) -> Request:
        """Return the request on a line. Raises ValueError for rubbish and for who has not the secret."""
        message = json.loads(line)
        if not isinstance(message, dict):
            raise ValueError("no request")
        secret = str(message.get("secret", "")).encode("utf-8", "replace")
        import hmac  # here and below: the window needs none of it before its first paint

        if not hmac.compare_digest(secret, self._secret.encode()):
            raise ValueError("somebody without the secret")
        return Request(
            tuple(map(str, message.get("arguments", ()))), Path(str(message.get("directory", ".")))
        )


async def _watch(reader: asyncio.StreamReader, gone: asyncio.Event) -> None:
    """Set `gone` when the asker closes its end, or says anything more, which it does to stop."""
    with contextlib.suppress(ConnectionError):
        await reader.read(1)
    gone.set()


def ask_owner(paths: DeskPaths, request: Request, say: Say) -> tuple[int, str | None] | None:
    """Have the owning process do it; return exit status and fault sentence, or None when no owner answers.

    Blocks. Raises NotReachable when the owner breaks off.
    """
    if not paths.owner_door.exists():
        return None
    import socket

    try:
        place = json.loads(paths.owner_door.read_text())
        connection = socket.create_connection(("127.0.0.1", int(place["port"])), CONNECT_SECONDS)
    except (OSError, ValueError, KeyError):
        return None
    with connection:
        connection.settimeout(None)
        words = {
            "secret": place["secret"],
            "arguments": list(request.arguments),
            "directory": str(request.directory),
        }
        connection.sendall(json.dumps(words).encode() + b"\n")
        with connection.makefile("rb") as answers:
            for line in answers:
                answer = json.loads(line)
                if "exit" in answer:
                    return int(answer["exit"]), answer.get("error")
                say(answer["out"])
    raise NotReachable("The running StudyDesk closed before it had answered. Try again.")


def _write_private(path: Path, text: str) -> None:
    temporary = path.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    temporary.replace(path)
