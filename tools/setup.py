"""Makes everything that the other commands need: `.venv`, the pinned packages, the libraries for Qt.

Runs on the Python of `tools/find-python` with the standard library alone. Done once, a further
call only compares a fingerprint of the pins and ends. Faults are one sentence and exit status 1.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from system_libraries import Apt, provide_programs, provide_qt

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / ".setup-done.json"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
INPUTS = ("pyproject.toml", "requirements/dev.txt", "tools/setup.py", "tools/system_libraries.py")
PROGRAMS = {
    "tests": {"Xvfb": "xvfb", "ip": "iproute2"},
    "bench": {"Xvfb": "xvfb", "rg": "ripgrep"},
}


class SetupFault(Exception):
    """Something that the person has to mend; the text says what."""


def fingerprint(root: Path) -> str:
    """Return a hash over the files that decide what is installed."""
    total = hashlib.sha256(f"{root}\n".encode())
    for name in INPUTS:
        total.update((root / name).read_bytes())
    return total.hexdigest()


def done_for(stamp: Path, print_: str) -> set[str]:
    """Return for which purposes set-up has been done with this fingerprint."""
    try:
        noted = json.loads(stamp.read_text())
    except (OSError, ValueError):
        return set()
    return set(noted["purposes"]) if noted.get("fingerprint") == print_ else set()


def run(*words: str, fault: str) -> None:
    """Run a program; show what it said, and raise SetupFault, only when it fails."""
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)  # fmt: skip
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if not line.startswith("WARNING: Location")]
        print("\n".join(lines[-20:]), file=sys.stderr)
        raise SetupFault(fault)


def python_works(python: Path) -> bool:
    """Tell whether this interpreter starts, is new enough and has pip."""
    if not python.exists():
        return False
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0


def make_environment(apt: Apt) -> None:
    """Make `.venv` unless a working one is there."""
    if python_works(PYTHON):
        return
    print("Making .venv ...", flush=True)
    make = (sys.executable, "-m", "venv", "--clear", str(VENV))
    if subprocess.run(make, capture_output=True, check=False).returncode == 0:
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"  # Debian keeps it apart
    if apt.usable:
        print("Installing", package, flush=True)
        apt.install([package])
    run(*make, fault=f"Python cannot make a virtual environment; install {package} and try again.")


def install_packages() -> None:
    """Install the pins, then StudyDesk itself as an editable package."""
    print("Installing the packages of requirements/dev.txt ...", flush=True)
    pip = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    fault = "The packages could not be installed; look at the lines above, and at the connection."
    run(*pip, "--no-deps", "-r", str(ROOT / "requirements" / "dev.txt"), fault=fault)
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT), fault=fault)


def set_up(purpose: str) -> None:
    """Do what is still to be done for `purpose`: "run", "tests" or "bench"."""
    print_ = fingerprint(ROOT)
    done = done_for(STAMP, print_) if PYTHON.exists() else set()
    if purpose in done:
        return
    apt = Apt()
    if not done:
        make_environment(apt)
        install_packages()
        if fault := provide_qt(PYTHON, apt):
            raise SetupFault(fault)
    if (programs := PROGRAMS.get(purpose)) and sys.platform.startswith("linux"):
        print(provide_programs(programs, apt) or "Set-up is done.", flush=True)
    STAMP.write_text(json.dumps({"fingerprint": print_, "purposes": sorted({*done, "run", purpose})}))


def main(words: list[str]) -> int:
    """Set up, and return an exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", nargs="?", default="run", choices=["run", *PROGRAMS])
    try:
        set_up(parser.parse_args(words).purpose)
    except SetupFault as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
