"""Finds what a test left running: threads, child processes, asyncio tasks."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

GRACE_SECONDS = 2.0
"""How long a thread or process may take to end after its test."""

_ALLOWED_THREADS = ("execnet", "pytest_timeout", "pytest-timeout", "Dummy-", "QueueFeederThread")
_ALLOWED_PROCESSES = ("resource_tracker", "multiprocessing.forkserver")


@dataclass(frozen=True)
class Running:
    """What runs at one moment in this process."""

    threads: frozenset[int]
    children: frozenset[int]
    tasks: frozenset[int]


def running() -> Running:
    """Note what runs now, so that `left_since` can tell what a test added."""
    return Running(
        frozenset(id(thread) for thread in threading.enumerate()),
        frozenset(_children()),
        frozenset(id(task) for task in _pending_tasks()),
    )


def left_since(before: Running) -> list[str]:
    """Describe what was started after `before` and still runs; leaked processes are ended."""
    gc.collect(1)  # young objects only: enough for a task or socket that the test just dropped
    return [
        *_settle(lambda: _new_threads(before)),
        *_end_processes(_settle(lambda: _new_children(before))),
        *(f"asyncio task {task!r}" for task in _pending_tasks() if id(task) not in before.tasks),
    ]


def _settle(look: Callable[[], list[str]]) -> list[str]:
    deadline = time.monotonic() + GRACE_SECONDS
    found = look()
    while found and time.monotonic() < deadline:
        time.sleep(0.01)
        found = look()
    return found


def _new_threads(before: Running) -> list[str]:
    return [
        f"thread {thread.name!r}"
        for thread in threading.enumerate()
        if id(thread) not in before.threads
        and thread.is_alive()
        and not thread.name.startswith(_ALLOWED_THREADS)
    ]


def _children() -> Iterable[int]:
    """Return the process ids of our direct children, cheaply where the kernel tells them."""
    tasks = Path(f"/proc/{os.getpid()}/task")
    if not (tasks / str(os.getpid()) / "children").exists():
        return [child.pid for child in psutil.Process().children()]
    found: list[int] = []
    for task in tasks.iterdir():
        try:
            found += [int(word) for word in (task / "children").read_text().split()]
        except OSError:  # the thread ended while we looked
            continue
    return found


def _new_children(before: Running) -> list[str]:
    found = []
    for pid in set(_children()) - before.children:
        try:
            process = psutil.Process(pid)
            command = " ".join(process.cmdline())
            if process.status() != psutil.STATUS_ZOMBIE and not any(w in command for w in _ALLOWED_PROCESSES):
                found.append(f"process {pid} {command}")
        except psutil.Error:  # it ended while we looked
            continue
    return found


def _end_processes(found: list[str]) -> list[str]:
    for description in found:
        try:
            psutil.Process(int(description.split()[1])).kill()
        except psutil.NoSuchProcess:
            continue
    return found


def _pending_tasks() -> list[asyncio.Task[object]]:
    """Return the unfinished tasks of all loops; asyncio publishes no such list, so this may see none."""
    module = sys.modules.get("asyncio.tasks")
    registered = getattr(module, "_scheduled_tasks", None) or getattr(module, "_all_tasks", None) or ()
    return [task for task in list(registered) if not task.done()]
