"""The ground itself: set-up on a bare machine, pins, and the checks that other tests rely on."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import logging
import os
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.helpers import leaks
from tests.helpers.commands import ROOT
from tests.helpers.dialogs import Dialogs
from tests.helpers.messages import ErrorRecords

LDD = """
\tlinux-vdso.so.1 (0x00007ffd)
\tlibEGL.so.1 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
\tlibpulse.so.0 => not found
"""
LOADER = "ImportError: libEGL.so.1: cannot open shared object file: No such file or directory"


def tool(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load a script of `tools/`."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


class BareMachine:
    """Answers for ldd, apt and Python as a machine without Qt's libraries does, until they are installed."""

    def __init__(self, folder: Path, known: tuple[str, ...] = (), apt_works: bool = True) -> None:
        self.calls: list[tuple[str, ...]] = []
        self._known, self._apt_works, self._bare = known, apt_works, True
        (folder / "QtWidgets.abi3.so").touch()
        self._origin = str(folder / "__init__.py")

    def __call__(self, *words: str, **_environment: str) -> subprocess.CompletedProcess[str]:
        self.calls.append(words)
        status, text = 0, ""
        if words[0] == "ldd":
            text = LDD if self._bare else ""
        elif words[0] == "apt-cache":
            status = 0 if words[-1] in self._known else 100
        elif "install" in words:
            self._bare = not self._apt_works
            status = 0 if self._apt_works else 100
        elif "find_spec" in words[-1]:
            text = self._origin
        elif words[1] == "-c":
            status, text = (1, LOADER) if self._bare else (0, "")
        return subprocess.CompletedProcess(words, status, text)

    def installed(self) -> list[str]:
        return [
            word for call in self.calls if "install" in call for word in call[call.index("install") + 1 :]
        ]


@pytest.fixture
def libraries(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    return tool("system_libraries", monkeypatch)


def test_libraries_that_the_loader_misses_are_read_from_its_words(libraries: ModuleType) -> None:
    assert libraries.missing_in(LDD) == {"libEGL.so.1", "libpulse.so.0"}
    assert libraries.missing_in_error(LOADER) == {"libEGL.so.1"}


def test_missing_libraries_are_installed_once_where_apt_is_allowed(
    libraries: ModuleType, tmp_path: Path
) -> None:
    machine = BareMachine(tmp_path)
    assert libraries.provide_qt(Path("python"), libraries.Apt(machine, root=True)) == ""
    assert {"libegl1", "libpulse0"} <= set(machine.installed())
    assert sum("update" in call for call in machine.calls) == 1


def test_without_rights_one_sentence_names_the_packages(
    libraries: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None if name == "sudo" else f"/usr/bin/{name}")
    machine = BareMachine(tmp_path)
    sentence = libraries.provide_qt(Path("python"), libraries.Apt(machine, root=False))
    assert sentence.endswith("libegl1 libpulse0")
    assert machine.installed() == []


def test_a_failing_apt_ends_in_the_same_sentence(libraries: ModuleType, tmp_path: Path) -> None:
    machine = BareMachine(tmp_path, apt_works=False)
    assert "libegl1" in libraries.provide_qt(Path("python"), libraries.Apt(machine, root=True))


def test_the_package_name_that_this_release_knows_is_taken(libraries: ModuleType, tmp_path: Path) -> None:
    older = libraries.Apt(BareMachine(tmp_path, known=("libasound2",)), root=True)
    newer = libraries.Apt(BareMachine(tmp_path, known=("libasound2t64",)), root=True)
    assert older.packages_for(["libasound.so.2"]) == ["libasound2"]
    assert newer.packages_for(["libasound.so.2"]) == ["libasound2t64"]


def test_setup_is_done_again_when_the_pins_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setup = tool("setup", monkeypatch)
    stamp = tmp_path / "stamp.json"
    stamp.write_text(json.dumps({"fingerprint": "one", "purposes": ["run"]}))
    assert setup.done_for(stamp, "one") == {"run"}
    assert setup.done_for(stamp, "two") == set()
    stamp.write_text('{"fing')
    assert setup.done_for(stamp, "one") == set()


def test_a_python_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    broken, working = tmp_path / "python3.11", tmp_path / "python3.12"
    broken.write_text("#!/bin/sh\nexit 127\n")
    working.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    for script in (broken, working):
        script.chmod(0o755)
    command = ["/bin/sh", str(ROOT / "tools" / "find-python")]
    done = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "python3.12"
    working.unlink()
    done = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_every_requirement_is_pinned_and_names_no_address(name: str) -> None:
    for line in (ROOT / "requirements" / name).read_text().splitlines():
        if not line.startswith("#"):
            assert re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; [^/]+)?", line)


def test_the_pins_fit_the_project_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["dev"]
    lines = (ROOT / "requirements" / "dev.txt").read_text().splitlines()
    pinned = {r.name: r for r in map(Requirement, (line for line in lines if not line.startswith("#")))}
    for requirement in map(Requirement, asked):
        version = next(iter(pinned[canonicalize_name(requirement.name)].specifier)).version
        assert version in requirement.specifier, requirement


def test_a_pin_carries_the_marker_of_the_systems_that_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tool("lock", monkeypatch)
    found = {"a": lock.Found("1", ("b; sys_platform == 'win32'",)), "b": lock.Found("2", ())}
    assert lock.pins(["a"], found) == ["a==1", "b==2 ; sys_platform == 'win32'"]
    assert Marker("sys_platform == 'win32'").evaluate({"sys_platform": "win32"})


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "GRACE_SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
def test_a_thread_that_goes_on_is_found() -> None:
    before, end = leaks.running(), threading.Event()
    thread = threading.Thread(target=end.wait, name="forgotten")
    thread.start()
    assert leaks.left_since(before) == ["thread 'forgotten'"]
    end.set()
    thread.join()
    assert leaks.left_since(before) == []


@pytest.mark.usefixtures("impatient")
def test_a_child_process_that_goes_on_is_found_and_ended() -> None:
    before = leaks.running()
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    found = leaks.left_since(before)
    assert len(found) == 1
    assert str(child.pid) in found[0]
    assert child.wait(5) < 0


@pytest.mark.usefixtures("impatient")
def test_a_pending_asyncio_task_is_found() -> None:
    before = leaks.running()
    with asyncio.Runner() as runner:
        task = runner.get_loop().create_task(asyncio.sleep(60), name="forgotten")
        assert any("forgotten" in text for text in leaks.left_since(before))
    assert task.cancelled()


def test_an_error_record_is_found_unless_it_was_expected() -> None:
    errors = ErrorRecords()
    record = logging.LogRecord("studydesk", logging.ERROR, __file__, 1, "the disk is %s", ("full",), None)
    errors.handle(record)
    assert errors.take_unexpected() == ["log ERROR studydesk: the disk is full"]
    errors.allow("disk is")
    errors.handle(record)
    assert errors.take_unexpected() == []


def test_a_message_box_is_recorded_and_answered(qtbot: object, dialogs: Dialogs) -> None:
    from PySide6.QtWidgets import QMessageBox

    assert QMessageBox.question(None, "Remove", "Remove this note?") == QMessageBox.StandardButton.Yes
    assert dialogs.texts == ["Remove this note?"]


def test_tests_never_see_the_folders_of_the_person() -> None:
    home = Path(os.environ["HOME"])
    assert home.name.startswith("studydesk-tests-")
    assert Path(os.environ["XDG_DATA_HOME"]).is_relative_to(home)
    assert "STUDYDESK_DATA_DIR" not in os.environ


def test_the_bound_version_of_qt_keeps_its_reference_to_none() -> None:
    """PySide6 6.12.0 on Python 3.11 lost one in each void call and aborted after a few thousand."""
    script = (
        "from PySide6.QtWidgets import QApplication, QLabel; app = QApplication([]); label = QLabel()\n"
        "for n in range(100_000): label.setText('a')\n"
        "print('alive')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "alive", done.stderr


def test_studydesk_runs_as_a_command(
    studydesk_command: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    done = studydesk_command("--help")
    assert done.returncode == 0, done.stderr
    assert "room" in done.stdout
