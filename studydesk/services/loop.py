"""The network thread: one asyncio loop, owned by one object."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)


class LoopThread:
    """Runs one asyncio loop in a thread of its own, keeps its tasks, logs what they raise, drains at the end."""

    def __init__(self, name: str = "network") -> None:
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop; only for use on its own thread, or with call_soon_threadsafe."""
        if self._loop is None:
            raise RuntimeError("the network thread has not been started")
        return self._loop

    def start(self) -> None:
        """Start the thread and return when its loop runs."""
        self._thread.start()
        self._ready.wait()

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run a coroutine on the loop; callable from any thread."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def call(self, function: Callable[[], T]) -> Future[T]:
        """Run a plain function on the loop's thread; callable from any thread."""

        async def run() -> T:
            return function()

        return self.submit(run())

    def post(self, function: Callable[..., object], *arguments: object) -> None:
        """Run a plain function on the loop's thread in order, without an answer."""
        self.loop.call_soon_threadsafe(function, *arguments)

    def spawn(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Start a task that this object keeps and whose fault is logged. Only on the loop's thread."""
        task = self.loop.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def stop(self, timeout: float = 3.0) -> None:
        """Cancel what runs, wait for it to end, and join the thread. Seconds."""
        if self._loop is None or not self._thread.is_alive():
            return
        stop = self._stop
        assert stop is not None
        self._loop.call_soon_threadsafe(stop.set)
        self._thread.join(timeout)
        if self._thread.is_alive():
            log.error("the network thread did not end within %s s", timeout)

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("task %s failed", task.get_name(), exc_info=task.exception())

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            self._loop = runner.get_loop()
            self._stop = asyncio.Event()
            runner.run(self._main())

    async def _main(self) -> None:
        assert self._stop is not None
        self._ready.set()
        await self._stop.wait()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
