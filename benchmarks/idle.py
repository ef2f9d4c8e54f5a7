"""How often an idle window wakes: voluntary context switches of each of its threads over ten seconds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._table import Row, skipped

SETTLE_SECONDS = 8.0
WATCH_SECONDS = 10.0
LIMIT_UI = 2


def switches(pid: int) -> dict[int, tuple[str, int]]:
    """Return name and voluntary context switches so far of each thread of a process (Linux)."""
    found = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            status = (task / "status").read_text()
        except OSError:  # the thread ended while we looked
            continue
        name = re.search(r"^Name:\s*(.*)$", status, re.MULTILINE)
        count = re.search(r"^voluntary_ctxt_switches:\s*(\d+)$", status, re.MULTILINE)
        if name and count:
            found[int(task.name)] = name[1], int(count[1])
    return found


def watch(pid: int) -> dict[int, tuple[str, int]]:
    """Return name and switches of each thread in WATCH_SECONDS."""
    before = switches(pid)
    time.sleep(WATCH_SECONDS)
    return {
        thread: (name, count - before.get(thread, ("", 0))[1])
        for thread, (name, count) in switches(pid).items()
    }


def rows_of(pid: int) -> list[Row]:
    """Watch a process and tell its window's thread apart from the others."""
    seen = watch(pid)
    ui = seen.pop(pid)[1]
    others = sorted(((count, name) for name, count in seen.values()), reverse=True)
    listed = ", ".join(f"{name} {count}" for count, name in others if count) or "none wakes"
    return [
        Row("idle wake-ups in 10 s, UI thread", str(ui), f"at most {LIMIT_UI}", ui <= LIMIT_UI),
        Row(
            "idle wake-ups in 10 s, other threads",
            f"{sum(count for count, _ in others)} ({listed})",
            "mDNS only",
        ),
    ]


def _alone() -> list[str]:
    """Return the command that puts a process on a network of its own, where root may: other desks would wake it."""
    if os.geteuid() != 0 or not (shutil.which("unshare") and shutil.which("ip")):
        return []
    return ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$0" "$@"']


def run() -> list[Row]:
    """Open a window offscreen, let it settle, and watch."""
    if not sys.platform.startswith("linux"):
        return [skipped("idle wake-ups", "read from /proc, which only Linux has")]
    with tempfile.TemporaryDirectory(prefix="studydesk-benchmark-") as folder:
        environment = {
            **os.environ,
            "HOME": folder,
            "STUDYDESK_DATA_DIR": folder,
            "QT_QPA_PLATFORM": "offscreen",
        }
        with subprocess.Popen([*_alone(), sys.executable, "-m", "studydesk"], env=environment) as process:
            try:
                time.sleep(SETTLE_SECONDS)
                if process.poll() is not None:
                    raise RuntimeError(f"the window closed by itself, with status {process.returncode}")
                return rows_of(process.pid)
            finally:
                process.terminate()
