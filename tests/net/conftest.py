"""Devices for the tests of the network floor."""

from __future__ import annotations

from pathlib import Path

import pytest

from studydesk.foundation.clock import SystemClock
from studydesk.net.identity import Identity
from tests.net.desks import Devices, House


@pytest.fixture(scope="session")
def device(tmp_path_factory: pytest.TempPathFactory) -> Devices:
    """Make the identity of a person, or return the one made before."""
    known: dict[str, Identity] = {}
    place: Path = tmp_path_factory.mktemp("identities")

    def make(name: str) -> Identity:
        if name not in known:
            known[name] = Identity.load_or_create(place / name, SystemClock())
        return known[name]

    return make


@pytest.fixture
def house(device: Devices, tmp_path: Path) -> House:
    return House(device, tmp_path)
