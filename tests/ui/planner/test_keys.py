"""How the keyboard moves over hours and events."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from studydesk.ui.planner.blocks import Block, Look
from studydesk.ui.planner.geometry import DAY
from studydesk.ui.planner.keys import Cell, block_at, cell_of, moved, neighbour

DAY_ONE = date(2026, 11, 23)
LONG = Block("long", "Long", datetime(2026, 11, 23, 9), datetime(2026, 11, 23, 11), Look.OWN)
NEXT = Block("next", "Next", datetime(2026, 11, 24, 9, 15), datetime(2026, 11, 24, 9, 30), Look.OWN)


def test_one_step_down_leaves_an_event_whole() -> None:
    assert moved(Cell(DAY_ONE, 9 * 60), 0, 1, [LONG]) == Cell(DAY_ONE, 11 * 60)


def test_one_step_up_leaves_an_event_whole() -> None:
    assert moved(Cell(DAY_ONE, 10 * 60), 0, -1, [LONG]) == Cell(DAY_ONE, 8 * 60 + 30)


def test_a_short_event_within_the_half_hour_is_stood_on_and_left() -> None:
    cell = Cell(DAY_ONE.replace(day=24), 9 * 60)
    assert block_at(cell, [NEXT]) is NEXT
    assert moved(cell, 0, 1, [NEXT]).minute == 9 * 60 + 30


def test_events_are_walked_in_time() -> None:
    both = [NEXT, LONG]
    assert neighbour(Cell(DAY_ONE, 0), None, both, 1) is LONG
    assert neighbour(cell_of(LONG), "long", both, 1) is NEXT
    assert neighbour(cell_of(NEXT), "next", both, 1) is None
    assert neighbour(cell_of(NEXT), "next", both, -1) is LONG


@given(st.integers(0, 47), st.integers(-60, 60))
def test_a_cell_never_leaves_the_day(row: int, rows: int) -> None:
    assert 0 <= moved(Cell(DAY_ONE, row * 30), 0, rows, [LONG]).minute <= DAY - 30
