"""What a drag over the week means."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from studydesk.ui.planner.blocks import Block, Look
from studydesk.ui.planner.drag import Drag, Grip, dropped_task, lengthened
from studydesk.ui.planner.geometry import DAY

MONDAY = date(2026, 11, 23)
BLOCK = Block("b", "B", datetime(2026, 11, 23, 9), datetime(2026, 11, 23, 10), Look.OWN)
MINUTES = st.floats(0, DAY)


@given(MINUTES.filter(lambda m: m < DAY - 15), MINUTES)
def test_a_drag_over_empty_hours_holds_the_quarter_where_it_began(begin: float, end: float) -> None:
    ghost = Drag(Grip.EMPTY, MONDAY, begin).ghost(MONDAY, end)
    first = (ghost.start - datetime(2026, 11, 23)).total_seconds() / 60
    assert ghost.minutes >= 15
    assert first <= begin <= first + ghost.minutes


def test_an_event_moves_by_whole_quarters_and_keeps_its_length() -> None:
    ghost = Drag(Grip.BODY, MONDAY, 570, BLOCK).ghost(MONDAY + timedelta(days=2), 627)
    assert ghost.start == datetime(2026, 11, 25, 10)
    assert ghost.minutes == 60


def test_a_trembling_hand_moves_nothing() -> None:
    assert Drag(Grip.BODY, MONDAY, 570, BLOCK).ghost(MONDAY, 574) == BLOCK


@given(MINUTES, st.integers(-3, 3))
def test_an_event_pulled_at_its_edge_never_vanishes(minute: float, days: int) -> None:
    ghost = Drag(Grip.EDGE, MONDAY, 600, BLOCK).ghost(MONDAY + timedelta(days=days), minute)
    assert ghost.start == BLOCK.start
    assert ghost.minutes >= 15


def test_a_dropped_task_gets_its_own_length_or_half_an_hour() -> None:
    assert dropped_task("t", 50, MONDAY, 547).end == datetime(2026, 11, 23, 9, 50)
    assert dropped_task("t", None, MONDAY, 547).minutes == 30


def test_an_event_is_not_shortened_to_nothing() -> None:
    assert lengthened(BLOCK, -600).minutes == 15
