"""Search in a desk of 100,000 notes, against ripgrep over the same notes as files."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks._notes import Words, write_notes
from benchmarks._table import Row, median, skipped
from studydesk.foundation.paths import DeskPaths
from studydesk.services.desk import Desk

NOTES = 100_000
LIMIT = 1 / 50
RUNS = 9


def milliseconds(call: Callable[[], object], runs: int) -> float:
    """Return the median time of a call, after one that warms caches."""
    call()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def ripgrep(word: str, folder: Path) -> None:
    """List the files that hold a word in any case. Raises CalledProcessError when none does."""
    subprocess.run(["rg", "-i", "-w", "-l", "-F", word, str(folder)], stdout=subprocess.DEVNULL, check=True)


def search(desk: Desk, word: str) -> None:
    """Search a desk as the window does. Raises RuntimeError when nothing is found."""
    if not desk.search.search(word).result():
        raise RuntimeError(f"the search did not find {word}")


def fill(desk: Desk, folder: Path) -> Row:
    """Import the notes into the desk and tell how fast that went."""
    desk.start().result()
    start = time.perf_counter()
    report = desk.transfer.import_paths([folder]).result()
    seconds = time.perf_counter() - start
    if report.notes != NOTES:
        raise RuntimeError(f"{report.notes} of {NOTES} notes were imported")
    return Row("import of 100,000 notes", f"{seconds:.0f} s ({NOTES / seconds:.0f} notes/s)")


def compare(desk: Desk, folder: Path, words: Words) -> list[Row]:
    """Search for the medium word with both, then for the others."""
    ours = milliseconds(lambda: search(desk, words.medium), RUNS)
    rows = [
        Row(f"search, {share}", f"{milliseconds(partial(search, desk, word), RUNS):.1f} ms")
        for share, word in (("rare word (0.01% of notes)", words.rare), ("common word (40%)", words.common))
    ]
    name = "search, medium word (1%)"
    if not shutil.which("rg"):
        return [
            skipped(f"{name}, against ripgrep", "ripgrep is not installed"),
            Row(name, f"{ours:.1f} ms"),
            *rows,
        ]
    peer = milliseconds(lambda: ripgrep(words.medium, folder), 3)
    figure = f"{ours:.1f} ms, ripgrep {peer:.0f} ms (1/{peer / ours:.0f})"
    return [Row(name, figure, "at most 1/50 of ripgrep", ours <= peer * LIMIT), *rows]


def run() -> list[Row]:
    """Make the notes, import them, and search."""
    with tempfile.TemporaryDirectory(prefix="studydesk-benchmark-") as place:
        folder = Path(place) / "notes"
        words = write_notes(folder, NOTES)
        desk = Desk(DeskPaths(Path(place) / "desk"))
        try:
            filled = fill(desk, folder)
            return [*compare(desk, folder, words), filled]
        finally:
            desk.close()
