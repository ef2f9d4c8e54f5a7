"""Finds the libraries of the system that Qt lacks, and installs them with apt where that is allowed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

# The first name that the system knows is taken: names differ between releases of Debian and Ubuntu.
DEBIAN_PACKAGES: dict[str, tuple[str, ...]] = {
    "libEGL.so.1": ("libegl1",),
    "libGL.so.1": ("libgl1",),
    "libGLX.so.0": ("libglx0",),
    "libOpenGL.so.0": ("libopengl0",),
    "libX11.so.6": ("libx11-6",),
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libXext.so.6": ("libxext6",),
    "libXrandr.so.2": ("libxrandr2",),
    "libXrender.so.1": ("libxrender1",),
    "libasound.so.2": ("libasound2t64", "libasound2"),
    "libbrotlidec.so.1": ("libbrotli1",),
    "libbz2.so.1": ("libbz2-1.0",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libdrm.so.2": ("libdrm2",),
    "libexpat.so.1": ("libexpat1",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libfreetype.so.6": ("libfreetype6",),
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgthread-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2",),
    "libpng16.so.16": ("libpng16-16t64", "libpng16-16"),
    "libpulse.so.0": ("libpulse0",),
    "libpulse-mainloop-glib.so.0": ("libpulse-mainloop-glib0",),
    "libva.so.2": ("libva2",),
    "libva-drm.so.2": ("libva-drm2",),
    "libva-x11.so.2": ("libva-x11-2",),
    "libwayland-client.so.0": ("libwayland-client0",),
    "libwayland-cursor.so.0": ("libwayland-cursor0",),
    "libwayland-egl.so.1": ("libwayland-egl1",),
    "libxcb.so.1": ("libxcb1",),
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-glx.so.0": ("libxcb-glx0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-image.so.0": ("libxcb-image0",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libxcb-render.so.0": ("libxcb-render0",),
    "libxcb-render-util.so.0": ("libxcb-render-util0",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-shm.so.0": ("libxcb-shm0",),
    "libxcb-sync.so.1": ("libxcb-sync1",),
    "libxcb-util.so.1": ("libxcb-util1",),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0",),
    "libxcb-xkb.so.1": ("libxcb-xkb1",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
}

NEEDED = ("QtWidgets.abi3.so", "QtMultimedia.abi3.so", "QtNetwork.abi3.so", "QtSvg.abi3.so",
          "Qt/plugins/platforms/libqoffscreen.so")  # fmt: skip
FOR_A_DISPLAY = ("Qt/plugins/platforms/libqxcb.so", "Qt/plugins/platforms/libqwayland.so")
TRIAL = "from PySide6 import QtMultimedia, QtNetwork, QtSvg, QtWidgets; QtWidgets.QApplication([])"

Run = Callable[..., subprocess.CompletedProcess[str]]


def missing_in(ldd_output: str) -> set[str]:
    """Return the libraries that `ldd` could not find."""
    return set(re.findall(r"^\s*(\S+) => not found", ldd_output, re.MULTILINE))


def missing_in_error(text: str) -> set[str]:
    """Return the library that the loader names in an ImportError."""
    return set(re.findall(r"(\S+\.so[.\d]*): cannot open shared object file", text))


def quiet_run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program without input; its output is kept."""
    return subprocess.run(
        words,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def missing_libraries(python: Path, files: Iterable[str], run: Run = quiet_run) -> set[str]:
    """Return the libraries that some of the `files` of PySide6, as installed for `python`, lack."""
    where = run(str(python), "-c", "import importlib.util as u; print(u.find_spec('PySide6').origin)")
    folder = Path(where.stdout.strip()).parent
    found: set[str] = set()
    for name in files:
        if (folder / name).exists() and shutil.which("ldd"):
            found |= missing_in(run("ldd", str(folder / name)).stdout)
    return found


def fault_of_qt(python: Path, run: Run = quiet_run) -> str:
    """Really load Qt without a screen; return what it said if that failed, else nothing."""
    done = run(str(python), "-c", TRIAL, QT_QPA_PLATFORM="offscreen")
    return done.stdout.strip() if done.returncode else ""


@dataclass
class Apt:
    """The package manager of Debian and its kin, used only where no password is asked for."""

    run: Run = quiet_run
    root: bool = field(default_factory=lambda: hasattr(os, "geteuid") and os.geteuid() == 0)
    _updated: bool = False

    @property
    def usable(self) -> bool:
        """Tell whether packages can be installed without asking anybody."""
        return shutil.which("apt-get") is not None and (self.root or self._sudo_asks_nothing())

    def _sudo_asks_nothing(self) -> bool:
        return shutil.which("sudo") is not None and self.run("sudo", "-n", "true").returncode == 0

    def packages_for(self, libraries: Iterable[str]) -> list[str]:
        """Return the packages that hold `libraries`; one whose package is not known stands for itself."""
        choices = {DEBIAN_PACKAGES.get(library, (library,)) for library in libraries}
        return sorted({self._first_known(names) for names in choices})

    def _first_known(self, names: tuple[str, ...]) -> str:
        if len(names) > 1 and shutil.which("apt-cache"):
            for name in names:
                if self.run("apt-cache", "show", "--no-all-versions", name).returncode == 0:
                    return name
        return names[-1]

    def install(self, packages: Iterable[str]) -> str:
        """Install `packages`; return what apt said if that failed, else nothing."""
        before = () if self.root else ("sudo", "-n")
        quietly = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q")
        if not self._updated:
            self.run(*before, *quietly, "update")
            self._updated = True
        done = self.run(*before, *quietly, "install", "-y", "--no-install-recommends", *packages)
        return done.stdout.strip() if done.returncode else ""


def provide_qt(python: Path, apt: Apt) -> str:
    """See that Qt loads and has what a display needs. Return a sentence if it does not load, else nothing."""
    if not sys.platform.startswith("linux"):
        return ""
    lacking = missing_libraries(python, (*NEEDED, *FOR_A_DISPLAY), apt.run)
    if lacking and apt.usable:
        print("Installing libraries of the system for Qt:", *apt.packages_for(lacking), flush=True)
        apt.install(apt.packages_for(lacking))
    fault = fault_of_qt(python, apt.run)
    if not fault:
        return ""
    lacking = missing_libraries(python, NEEDED, apt.run) | missing_in_error(fault)
    if not lacking:
        return f"Qt does not start: {fault.splitlines()[-1]}"
    return sentence(apt.packages_for(lacking))


def sentence(packages: list[str]) -> str:
    """Say in one sentence what to install by hand."""
    return (
        "Qt lacks libraries of the system; install these packages (named as in Debian) and try again: "
        + " ".join(packages)
    )


def provide_programs(programs: dict[str, str], apt: Apt) -> str:
    """See that programs (name: package) are there; return a sentence about those that are not, or nothing."""
    lacking = {name: package for name, package in programs.items() if not _has(name)}
    if lacking and apt.usable:
        print("Installing programs of the system:", *lacking.values(), flush=True)
        apt.install(lacking.values())
    still = sorted(package for name, package in lacking.items() if not _has(name))
    return f"Not installed, so what needs it is skipped: {' '.join(still)}" if still else ""


def _has(program: str) -> bool:
    """Tell whether a program is on the path or where administrators keep theirs."""
    return shutil.which(program) is not None or any(
        Path(folder, program).exists() for folder in ("/usr/sbin", "/sbin")
    )
