"""Two real windows in two processes: they find each other, draw, talk, part, and meet again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.meeting import live_through
from tests.e2e.windows import WindowProcess, open_window

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


def test_two_windows_find_each_other_draw_talk_part_and_meet_again(
    windows: list[WindowProcess], tmp_path: Path
) -> None:
    live_through(lambda who: open_window(windows, tmp_path / who))
