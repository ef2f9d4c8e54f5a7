"""Where events lie on the grid, and which time a point means."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from studydesk.ui.planner.geometry import (
    DAY,
    SNAP,
    Grid,
    Piece,
    fitting_days,
    moment_at,
    pieces,
    side_by_side,
    snap,
    snap_down,
)

MONDAY = date(2026, 11, 23)
WEEK = tuple(MONDAY + timedelta(days=n) for n in range(5))


@st.composite
def some_pieces(draw: st.DrawFn) -> list[Piece]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, DAY - SNAP))
        end = draw(st.integers(start + 1, DAY))
        found.append(Piece(str(number), draw(st.sampled_from(WEEK)), start, end))
    return found


@given(some_pieces())
def test_pieces_that_overlap_never_share_a_lane(found: list[Piece]) -> None:
    placed = side_by_side(found, least=0)
    assert sorted(p.key for p in placed) == sorted(p.key for p in found)
    for one in placed:
        assert 0 <= one.lane < one.lanes
        for other in placed:
            if one is not other and one.day == other.day and one.lane == other.lane:
                assert one.end <= other.start or other.end <= one.start


@given(some_pieces())
def test_boxes_of_different_pieces_never_cover_each_other(found: list[Piece]) -> None:
    grid = Grid(WEEK, 56, 900, 58)
    placed = side_by_side(found, least=25)
    boxes = [grid.box(piece) for piece in placed]
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart = (
                one.left + one.width <= other.left + 0.01
                or other.left + other.width <= one.left + 0.01
                or one.top + one.height <= other.top + 0.01
                or other.top + other.height <= one.top + 0.01
            )
            assert apart


def test_a_lonely_event_has_the_whole_column() -> None:
    placed = side_by_side([Piece("a", MONDAY, 540, 600), Piece("b", MONDAY, 600, 660)])
    assert {p.lanes for p in placed} == {1}


def test_an_event_over_midnight_is_cut_in_two() -> None:
    found = pieces("a", datetime(2026, 11, 23, 22), datetime(2026, 11, 24, 1, 30), WEEK)
    assert [(p.day, p.start, p.end) for p in found] == [
        (WEEK[0], 22 * 60, DAY),
        (WEEK[1], 0, 90),
    ]


def test_what_lies_outside_the_days_is_left_out() -> None:
    assert pieces("a", datetime(2026, 11, 29, 9), datetime(2026, 11, 29, 10), WEEK) == []


@given(st.integers(0, 4), st.integers(0, DAY - 1))
def test_a_point_means_the_time_that_is_painted_there(index: int, minute: int) -> None:
    grid = Grid(WEEK, 56, 903, 58)
    assert grid.day_at(grid.x_of(index) + 1) == WEEK[index]
    assert abs(grid.minute_at(grid.y_of(minute)) - minute) < 0.001


def test_a_point_on_the_column_of_hours_means_no_day() -> None:
    grid = Grid(WEEK, 56, 900, 58)
    assert grid.day_at(20) is None
    assert grid.day_at(956) is None


@given(st.floats(-100, 2000))
def test_snapping_stays_within_the_day_and_on_the_quarter(minute: float) -> None:
    assert snap(minute) % SNAP == 0
    assert 0 <= snap(minute) <= DAY
    assert 0 <= snap_down(minute) < DAY


def test_minute_1440_is_midnight_of_the_next_day() -> None:
    assert moment_at(MONDAY, DAY) == datetime(2026, 11, 24)


def test_the_width_of_the_mock_ups_holds_three_five_and_seven_days() -> None:
    assert [fitting_days(width, 57) for width in (400, 696, 936, 1572)] == [3, 3, 5, 7]
