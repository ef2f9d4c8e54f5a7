"""What the week shows of sessions and tasks."""

from datetime import date, datetime, timedelta

from studydesk.services.planner import SessionView, TaskView
from studydesk.ui.planner.blocks import (
    Look,
    aware,
    blocks_of,
    day_tasks,
    free_slot,
    local,
    minutes_by_day,
)

MONDAY = date(2026, 11, 23)
WEEK = tuple(MONDAY + timedelta(days=n) for n in range(5))
NOW = datetime(2026, 11, 24, 13, 15)


def session(title: str, start: datetime, minutes: int, kind: str = "own") -> SessionView:
    begin = aware(start)
    end = begin + timedelta(minutes=minutes)
    return SessionView(title, title, kind, begin, end, "UTC", "", None, "", "")


def task(title: str, **fields: object) -> TaskView:
    plain: dict[str, object] = {
        "due": None, "planned": None, "minutes": None, "done_at": None, "goal_id": None, "goal_title": None,
        "notes": "", "source": "me", "tags": (), "created": aware(NOW),
    }  # fmt: skip
    return TaskView(id=title, title=title, **{**plain, **fields})  # type: ignore[arg-type]


def test_local_time_and_back_is_the_same() -> None:
    assert local(aware(NOW)) == NOW


def test_an_own_slot_that_is_over_looks_done_and_a_meeting_keeps_its_look() -> None:
    blocks = blocks_of(
        [
            session("a", datetime(2026, 11, 23, 9), 60),
            session("b", datetime(2026, 11, 23, 11), 60, "session"),
            session("c", datetime(2026, 11, 25, 9), 60, "review"),
        ],
        [],
        NOW,
    )
    assert [block.look for block in blocks] == [Look.DONE, Look.MEETING, Look.REVIEW]
    assert not blocks[0].done


def test_a_slot_is_called_done_when_its_task_is_ticked() -> None:
    ticked = task("Read", done_at=aware(NOW))
    assert blocks_of([session("read", datetime(2026, 11, 26, 9), 60)], [ticked], NOW)[0].done


def test_a_task_stands_on_its_last_day_and_on_its_planned_day() -> None:
    found = day_tasks([task("a", due=WEEK[3], planned=WEEK[1])], [], WEEK)
    assert [(item.title, item.due) for item in found[WEEK[1]]] == [("a", False)]
    assert [(item.title, item.due) for item in found[WEEK[3]]] == [("a", True)]


def test_a_planned_task_with_an_hour_is_not_shown_twice() -> None:
    blocks = blocks_of([session("a", datetime(2026, 11, 25, 9), 60)], [], NOW)
    assert day_tasks([task("a", planned=WEEK[2])], blocks, WEEK)[WEEK[2]] == []


def test_minutes_of_a_day_add_up_over_midnight() -> None:
    blocks = blocks_of([session("a", datetime(2026, 11, 23, 23), 120)], [], NOW)
    assert [minutes_by_day(blocks, WEEK)[day] for day in WEEK[:2]] == [60, 60]


def test_the_first_free_slot_lies_after_now_and_between_what_is_there() -> None:
    blocks = blocks_of(
        [session("m", datetime(2026, 11, 24, 13, 30), 210), session("w", datetime(2026, 11, 25, 9), 60)],
        [],
        NOW,
    )
    found = free_slot([task("Read", minutes=60)], blocks, WEEK, NOW)
    assert found is not None
    assert found.start == datetime(2026, 11, 25, 10)
    assert found.as_block().look is Look.PROPOSED


def test_no_slot_is_proposed_after_the_task_is_due_or_for_a_planned_one() -> None:
    full = blocks_of([session("m", datetime(2026, 11, 24, 9), 8 * 60)], [], NOW)
    assert free_slot([task("a", minutes=60, due=WEEK[1])], full, WEEK, NOW) is None
    assert free_slot([task("a", minutes=60, planned=WEEK[1])], [], WEEK, NOW) is None
