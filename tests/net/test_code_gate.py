"""The guard of the spoken code: five free tries, then waits; and an end for every code."""

from __future__ import annotations

from datetime import timedelta

import pytest

from studydesk.foundation.clock import ManualClock
from studydesk.foundation.errors import Refused
from studydesk.net.code_gate import FREE_TRIES, LONGEST_WAIT, MAX_TRIES, CodeGate

EVE, INES = "192.0.2.66", "192.0.2.7"


@pytest.fixture
def gate(clock: ManualClock) -> CodeGate:
    made = CodeGate(clock, "Marta")
    made.set("482719", None)
    return made


def fail(gate: CodeGate, address: str, times: int) -> None:
    for _ in range(times):
        assert gate.charge(address) == "482719"


def test_five_wrong_codes_cost_nothing_and_the_sixth_has_to_wait(gate: CodeGate, clock: ManualClock) -> None:
    fail(gate, EVE, FREE_TRIES)
    with pytest.raises(Refused, match="Wait"):
        gate.charge(EVE)
    clock.advance(timedelta(seconds=1.1))
    fail(gate, EVE, 1)


def test_waits_double_up_to_a_minute(gate: CodeGate, clock: ManualClock) -> None:
    fail(gate, EVE, FREE_TRIES)
    waits = []
    for _ in range(9):
        waited = 0
        while True:
            clock.advance(timedelta(seconds=1))
            waited += 1
            try:
                gate.charge(EVE)
            except Refused:
                continue
            break
        waits.append(waited)
    assert waits == [1, 2, 4, 8, 16, 32, *[int(LONGEST_WAIT)] * 3]


def test_a_refused_try_is_not_charged(gate: CodeGate, clock: ManualClock) -> None:
    fail(gate, EVE, FREE_TRIES)
    for _ in range(20):
        with pytest.raises(Refused):
            gate.charge(EVE)
    clock.advance(timedelta(seconds=1.1))
    assert gate.charge(EVE)


def test_others_are_not_locked_out_by_one_that_guesses(gate: CodeGate) -> None:
    fail(gate, EVE, FREE_TRIES)
    with pytest.raises(Refused):
        gate.charge(EVE)
    assert gate.charge(INES) == "482719"


def test_the_right_code_is_not_held_against_anybody(gate: CodeGate) -> None:
    for _ in range(3 * MAX_TRIES):
        fail(gate, INES, 1)
        gate.refund(INES)
    fail(gate, INES, FREE_TRIES)


def test_a_code_ends_after_wrong_tries_from_everywhere_until_there_is_a_new_one(gate: CodeGate) -> None:
    for number in range(MAX_TRIES):
        fail(gate, f"192.0.2.{number}", 1)
    with pytest.raises(Refused, match="tried too often"):
        gate.charge("198.51.100.1")
    gate.set("111111", None)
    assert gate.charge("198.51.100.1") == "111111"


def test_a_new_code_does_not_free_who_has_to_wait(gate: CodeGate) -> None:
    fail(gate, EVE, FREE_TRIES)
    gate.set("111111", None)
    with pytest.raises(Refused, match="Wait"):
        gate.charge(EVE)


def test_a_code_runs_out_and_a_closed_room_has_none(gate: CodeGate, clock: ManualClock) -> None:
    gate.set("482719", int(clock.now().timestamp() * 1000) + 60_000)
    clock.advance(timedelta(seconds=59))
    fail(gate, INES, 1)
    clock.advance(timedelta(seconds=2))
    with pytest.raises(Refused, match="run out"):
        gate.charge(INES)
    gate.set(None, None)
    with pytest.raises(Refused, match="nobody in by code"):
        gate.charge(INES)
