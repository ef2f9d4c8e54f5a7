"""The ground every test stands on: isolation, checks for leaks and stray messages, common fixtures."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studydesk.foundation.clock import ManualClock
from tests.helpers import isolation, leaks
from tests.helpers.commands import ROOT, Processes, run_studydesk
from tests.helpers.dialogs import Dialogs, replace_message_boxes
from tests.helpers.lan import Lan
from tests.helpers.messages import ErrorRecords, QtMessages

HOME = pytest.StashKey[Path]()
ERRORS = pytest.StashKey[ErrorRecords]()
QT = pytest.StashKey[QtMessages]()
DIALOGS = pytest.StashKey[Dialogs]()


def pytest_configure(config: pytest.Config) -> None:
    """Isolate this process, and begin to listen to the log and to Qt for the whole run."""
    config.stash[HOME] = isolation.isolate()
    config.stash[ERRORS] = errors = ErrorRecords()
    logging.getLogger().addHandler(errors)
    config.stash[QT] = messages = QtMessages(config.getini("qt_log_ignore"))
    config.add_cleanup(messages.listen())
    config.add_cleanup(lambda: isolation.remove(config.stash[HOME]))


def dialogs_of(item: pytest.Item) -> Dialogs:
    """Return the record of message boxes of one test."""
    return item.stash.setdefault(DIALOGS, Dialogs())


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that leaves a thread, process or task running, logs an error, makes Qt complain or
    shows a dialog, unless it said that it would."""
    errors, messages = request.config.stash[ERRORS], request.config.stash[QT]
    errors.take_unexpected()
    messages.take()
    dialogs = dialogs_of(request.node)
    before = leaks.running()
    with pytest.MonkeyPatch.context() as patch:
        replace_message_boxes(dialogs, patch)
        yield
    found = [*leaks.left_since(before), *errors.take_unexpected(), *messages.take(), *dialogs.unexpected()]
    if found:
        pytest.fail("this test left behind: " + "; ".join(found), pytrace=False)


@pytest.fixture
def expect_error(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Call it with a regular expression to allow error records whose message matches."""
    return request.config.stash[ERRORS].allow


@pytest.fixture
def dialogs(request: pytest.FixtureRequest) -> Dialogs:
    """The message boxes that this test caused."""
    return dialogs_of(request.node)


@pytest.fixture
def desk_dir(tmp_path: Path) -> Path:
    """A data directory for one desk, not made yet."""
    return tmp_path / "desk"


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands at Monday, 5 January 2026, 09:00 UTC until it is moved."""
    return ManualClock(datetime(2026, 1, 5, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of foreign files to import: `data` of $STUDYDESK_SHARED, else of ../shared."""
    place = Path(os.environ.get("STUDYDESK_SHARED") or ROOT.parent / "shared")
    if not (place / "data").is_dir():
        pytest.skip(f"the folder with test data is absent: {place / 'data'}")
    return place / "data"


@pytest.fixture(scope="session")
def shared_lan() -> Path:
    """The program that lays a small network of namespaces; it needs root and iproute2."""
    program = Path(os.environ.get("STUDYDESK_SHARED") or ROOT.parent / "shared") / "lan" / "lan.py"
    if not program.is_file():
        pytest.skip(f"the network program is absent: {program}")
    if os.geteuid() != 0 or not any(
        Path(d, "ip").exists() for d in ("/usr/sbin", "/sbin", "/usr/bin", "/bin")
    ):
        pytest.skip("network namespaces need root and iproute2")
    return program


@pytest.fixture
def free_port() -> int:
    """A TCP port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture
def studydesk_command(desk_dir: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `studydesk WORDS` on `desk_dir` to its end; `desk=` names another desk."""

    def run(
        *words: str | Path,
        desk: Path = desk_dir,
        stdin: str | None = None,
        seconds: float = 60,
        **environment: str,
    ) -> subprocess.CompletedProcess[str]:
        return run_studydesk(*words, desk=desk, stdin=stdin, seconds=seconds, **environment)

    return run


@pytest.fixture
def studydesk_processes(nothing_left_behind: None) -> Iterator[Processes]:
    """Start `studydesk` processes that go on beside the test; they end with it."""
    processes = Processes()
    yield processes
    processes.end()


@pytest.fixture
def lan(shared_lan: Path, tmp_path: Path, nothing_left_behind: None) -> Iterator[Lan]:
    network = Lan(shared_lan, tmp_path)
    try:
        network.lay("up", "2")
    except subprocess.CalledProcessError as fault:
        pytest.skip(f"network namespaces can't be made here: {fault.stderr.decode()[-200:]}")
    try:
        yield network
    finally:
        for process in network.started:
            if process.poll() is None:
                process.terminate()
                process.communicate(timeout=15)
        network.lay("down")
