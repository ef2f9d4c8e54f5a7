"""What end-to-end tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.windows import WindowProcess


@pytest.fixture
def windows(nothing_left_behind: None) -> Iterator[list[WindowProcess]]:
    opened: list[WindowProcess] = []
    yield opened
    for window in opened:
        window.close()
