"""Two real windows on two hosts of a network: the same story, with a switch between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.meeting import live_through
from tests.e2e.windows import WindowProcess, open_window
from tests.helpers.lan import Lan

pytestmark = [pytest.mark.e2e, pytest.mark.lan, pytest.mark.xdist_group("lan"), pytest.mark.timeout(240)]
HOSTS = {"marta": 1, "ines": 2}


def test_two_windows_on_two_hosts_meet_without_any_address(
    lan: Lan, windows: list[WindowProcess], tmp_path: Path
) -> None:
    live_through(lambda who: open_window(windows, tmp_path / who, lan.inside(HOSTS[who])))
