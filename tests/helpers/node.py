"""Packages of Node.js for tests and benchmarks: installed once by npm into `build/node`."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from filelock import FileLock

from tests.helpers.isolation import package_manager_environment

ROOT = Path(__file__).resolve().parents[2]


class NodeMissing(Exception):
    """Node.js or a package of it is not to be had here; the text says why, for a skip."""


def node_project(source: Path, cache: Path = ROOT / "build" / "node") -> Path:
    """Copy the files of `source` (with its package.json) to a cache folder and install what it names.

    Raises NodeMissing when Node.js 20 or npm is absent, or the packages cannot be fetched.
    """
    if not shutil.which("node") or not shutil.which("npm"):
        raise NodeMissing("Node.js and npm are not installed")
    package = (source / "package.json").read_bytes()
    place = cache / hashlib.sha256(package).hexdigest()[:16]
    place.mkdir(parents=True, exist_ok=True)
    with FileLock(str(place) + ".lock", timeout=300):
        for file in source.iterdir():
            if file.is_file():
                _replace(file, place / file.name)
        if not (place / "installed").exists():
            _install(place)
            (place / "installed").touch()
    return place


def _replace(source: Path, target: Path) -> None:
    """Copy so that a program that is just being started never sees half a file."""
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copyfile(source, fresh)
    fresh.replace(target)


def _install(place: Path) -> None:
    done = subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"],
        cwd=place,
        env=package_manager_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    if done.returncode:
        raise NodeMissing(f"npm could not install the packages: {done.stderr.strip()[-300:]}")
