"""A screen of X11 without a monitor, for windows that must be real."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


class DisplayMissing(Exception):
    """There is no Xvfb here, or it does not start; the text says so, for a skip."""


@contextmanager
def virtual_display(size: str = "1440x900x24") -> Iterator[str]:
    """Run Xvfb on a free display; yields its name, such as ":5". Raises DisplayMissing."""
    if not shutil.which("Xvfb"):
        raise DisplayMissing("Xvfb is not installed")
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", size, "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL) as server:
        os.close(write_end)
        try:
            with os.fdopen(read_end) as told:
                number = told.readline().strip()
            if not number:
                raise DisplayMissing("Xvfb does not start")
            yield f":{number}"
        finally:
            server.terminate()
