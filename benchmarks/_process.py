"""Runs a program and tells what it cost."""

from __future__ import annotations

import resource
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """What one run of a process took, in seconds, with all its ended children."""

    cpu: float
    output: str


def run_for_cost(command: list[str], environment: dict[str, str], seconds: float = 60) -> Cost:
    """Run a command to its end. Raises RuntimeError when it fails, TimeoutExpired when it takes too long."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    before = _children_cpu()
    try:
        output, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[-3:])} ended with {process.returncode}: {errors[-500:]}")
    return Cost(_children_cpu() - before, output)


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)  # os.times counts in hundredths of a second
    return usage.ru_utime + usage.ru_stime
