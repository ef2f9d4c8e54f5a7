"""Remakes requirements/run.txt and dev.txt: exact pins, markers for other systems, no addresses.

pip's own resolver finds the versions (`pip install --dry-run --report`); the report of each package says
what it needs and where, from which the markers are worked out. Run it by `make lock`: pins that still fit
are kept, the newest are taken with `make lock UPGRADE=1`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
SYSTEMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
MACHINES = ("x86_64", "aarch64", "arm64", "AMD64")
LOWEST_PYTHON = "3.11.0"
"""Some packages need a later patch release than older systems have; those are passed over."""
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
MARKERS = (
    "sys_platform == 'win32'",
    "sys_platform == 'darwin'",
    "sys_platform == 'linux'",
    "sys_platform != 'win32'",
    "python_version < '3.12'",
    "python_version < '3.13'",
)

Environment = dict[str, str]


@dataclass(frozen=True)
class Found:
    """One package as pip resolved it."""

    version: str
    needs: tuple[str, ...]


def environments() -> list[Environment]:
    """Return the environments of PEP 508 that StudyDesk is meant for."""
    return [
        {
            "sys_platform": system,
            "platform_system": name,
            "os_name": os_name,
            "platform_machine": machine,
            "python_version": python,
            "python_full_version": f"{python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }
        for (system, name, os_name), machine, python in product(SYSTEMS, MACHINES, PYTHONS)
    ]


def resolve(requirements: list[str], constraints: list[str]) -> dict[str, Found]:
    """Ask pip which versions it would install here; nothing is installed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "constraints.txt"
        file.write_text("\n".join(constraints))
        words = ["install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-", "-c", str(file)]
        words += ["--python-version", LOWEST_PYTHON, "--only-binary", ":all:", "--target", folder]
        done = subprocess.run(
            [sys.executable, "-m", "pip", *words, *requirements],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return {
        canonicalize_name(item["metadata"]["name"]): Found(
            item["metadata"]["version"], tuple(item["metadata"].get("requires_dist", ()))
        )
        for item in json.loads(done.stdout)["install"]
    }


def wanted(requirements: list[str], environment: Environment, found: dict[str, Found]) -> set[str]:
    """Return the names that `environment` needs. What a name outside `found` needs in turn is not known."""
    names: set[str] = set()
    rest = [(Requirement(text), "") for text in requirements]
    seen: set[tuple[str, str]] = set()
    while rest:
        requirement, extra = rest.pop()
        if requirement.marker and not requirement.marker.evaluate({**environment, "extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        names.add(name)
        for asked in {"", *requirement.extras} if name in found else ():
            if (name, asked) not in seen:
                seen.add((name, asked))
                rest += [(Requirement(text), asked) for text in found[name].needs]
    return names


def complete(requirements: list[str], constraints: list[str]) -> dict[str, Found]:
    """Resolve for this system, then add what only other systems need."""
    found = resolve(requirements, constraints)
    while missing := set().union(*(wanted(requirements, e, found) for e in environments())) - found.keys():
        found |= resolve(["--no-deps", *sorted(missing)], constraints)
    return found


def pins(requirements: list[str], found: dict[str, Found]) -> list[str]:
    """Write one line for each package that any system needs."""
    every = environments()
    needed = [wanted(requirements, environment, found) for environment in every]
    lines = []
    for name in sorted(set().union(*needed)):
        where = {index for index, names in enumerate(needed) if name in names}
        lines.append(f"{name}=={found[name].version}{marker_for(where, every)}")
    return lines


def marker_for(where: set[int], every: list[Environment]) -> str:
    """Return the narrowest of MARKERS that holds in all environments of `where`, or nothing."""
    best, size = "", len(every)
    for marker in MARKERS:
        holds = {index for index, e in enumerate(every) if Marker(marker).evaluate(e)}
        if where <= holds and len(holds) < size:
            best, size = f" ; {marker}", len(holds)
    return best


def write(file: Path, says: str, lines: list[str]) -> None:
    """Write a file of pins with a heading."""
    file.write_text(f"# {says} Made by `make lock`.\n" + "\n".join(lines) + "\n")


def main(words: list[str]) -> None:
    """Remake both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    parser.add_argument("--installed", action="store_true", help="begin with the versions installed here")
    options = parser.parse_args(words)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run = project["project"]["dependencies"]
    dev = run + project["project"]["optional-dependencies"]["dev"] + project["build-system"]["requires"]
    kept = [] if options.upgrade else installed() if options.installed else present()
    found = complete(dev, kept)
    write(ROOT / "requirements" / "run.txt", "What StudyDesk runs with.", pins(run, found))
    write(ROOT / "requirements" / "dev.txt", "What StudyDesk is tested and built with.", pins(dev, found))


def present() -> list[str]:
    """Return the pins of today."""
    file = ROOT / "requirements" / "dev.txt"
    lines = file.read_text().splitlines() if file.exists() else []
    return [line for line in lines if not line.startswith("#")]


def installed() -> list[str]:
    """Return the versions of this environment, without the tools that a virtual environment brings."""
    words = [sys.executable, "-m", "pip", "list", "--format=freeze", "--exclude-editable"]
    lines = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in lines if not line.startswith(("setuptools==", "pip==", "wheel=="))]


if __name__ == "__main__":
    main(sys.argv[1:])
