"""The planner's use cases, over a real database. The clock stands on Monday, 5 January 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from studydesk.foundation.clock import ManualClock
from studydesk.foundation.errors import Fault
from studydesk.services.base import DeskContext
from studydesk.services.planner import Planner, SessionKind, TaskFilter
from tests.services.conftest import done

MONDAY = date(2026, 1, 5)
NINE = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def planner(context: DeskContext) -> Planner:
    return Planner(context)


def test_words_become_a_task_with_day_length_goal_and_tags(planner: Planner) -> None:
    goal = done(planner.add_goal("SQL by June")).value
    task = done(planner.add_task_from_text("read chapter 4 friday 1h #sql #book")).value
    assert (task.title, task.due, task.minutes) == ("read chapter 4", date(2026, 1, 9), 60)
    assert (task.goal_id, task.goal_title, task.tags) == (goal.id, "SQL by June", ("book",))


def test_today_holds_what_is_late_due_or_planned_and_what_was_done_today(planner: Planner) -> None:
    yesterday, tomorrow = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)
    done(planner.add_task("late", due=yesterday))
    done(planner.add_task("planned", planned=MONDAY, due=tomorrow))
    done(planner.add_task("later", due=tomorrow))
    done(planner.add_task("unplanned"))
    ticked = done(planner.add_task("ticked", minutes=30)).value
    done(planner.set_done(ticked.id))
    view = done(planner.today())
    assert [task.title for task in view.todo] == ["late", "planned", "ticked"]
    assert view.todo[0].late_since(MONDAY) == yesterday
    assert view.open_count == 2
    assert (view.week[0].planned, view.week[0].done) == (30, 30)


def test_a_ticked_task_is_not_for_the_next_day(planner: Planner, clock: ManualClock) -> None:
    task = done(planner.add_task("x", due=MONDAY)).value
    done(planner.set_done(task.id))
    clock.advance(timedelta(days=1))
    assert done(planner.today()).todo == ()


def test_the_week_counts_sessions_tasks_and_time_once(planner: Planner, clock: ManualClock) -> None:
    done(planner.add_session("own", NINE, NINE + timedelta(minutes=50), kind=SessionKind.OWN))
    task = done(planner.add_task("t", planned=MONDAY, minutes=20)).value
    done(planner.add_time(15, task.id, NINE))
    clock.advance(timedelta(hours=2))
    assert done(planner.week(MONDAY))[0].done == 50 + 15
    done(planner.set_done(task.id))
    (monday, *others) = done(planner.week(MONDAY))
    assert (monday.planned, monday.done) == (70, 70)
    assert not any(day.planned or day.done for day in others)


def test_the_next_session_is_one_that_is_not_over(planner: Planner, clock: ManualClock) -> None:
    done(planner.add_session("first", NINE, NINE + timedelta(hours=1)))
    done(planner.add_session("second", NINE + timedelta(hours=2), NINE + timedelta(hours=3), "Lyon"))
    clock.advance(timedelta(minutes=90))
    view = done(planner.today())
    assert view.next_session is not None
    assert (view.next_session.title, view.next_session.place) == ("second", "Lyon")
    assert len(view.sessions) == 2


def test_a_moved_session_keeps_its_length(planner: Planner) -> None:
    session = done(planner.add_session("s", NINE, NINE + timedelta(minutes=90))).value
    moved = done(planner.move_session(session.id, NINE + timedelta(days=1))).value
    assert (moved.start, moved.minutes) == (NINE + timedelta(days=1), 90)


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [(NINE, NINE, "ends after"), (NINE.replace(tzinfo=None), NINE.replace(tzinfo=None), "time zone")],
)
def test_a_session_that_cannot_be_is_refused(
    planner: Planner, start: datetime, end: datetime, why: str
) -> None:
    with pytest.raises(Fault, match=why):
        done(planner.add_session("s", start, end))


def test_progress_of_a_goal_counts_minutes_else_tasks(planner: Planner) -> None:
    goal = done(planner.add_goal("g")).value
    tasks = [done(planner.add_task(f"t{number}", goal_id=goal.id)).value for number in range(4)]
    done(planner.set_done(tasks[0].id))
    assert done(planner.goals())[0].progress == 0.25
    done(planner.update_task(tasks[0].id, minutes=30))
    done(planner.update_task(tasks[1].id, minutes=10))
    assert done(planner.goals())[0].progress == 0.75


def test_reordering_moves_tasks_among_their_own_places(planner: Planner) -> None:
    ids = [done(planner.add_task(title)).value.id for title in "abcd"]
    done(planner.reorder([ids[3], ids[1]]))
    assert "".join(task.title for task in done(planner.tasks())) == "adcb"


def test_deleting_a_goal_frees_its_tasks_and_undo_ties_them_again(
    planner: Planner, context: DeskContext
) -> None:
    goal = done(planner.add_goal("g")).value
    task = done(planner.add_task("t", goal_id=goal.id)).value
    done(planner.delete_goal(goal.id))
    assert done(planner.task(task.id)).goal_id is None
    done(context.undo.undo("planner"))
    assert done(planner.task(task.id)) == task


def test_deleting_a_task_is_undone_with_its_time_and_tags(planner: Planner, context: DeskContext) -> None:
    task = done(planner.add_task_from_text("t #tag")).value
    done(planner.add_time(10, task.id))
    done(planner.delete_task(task.id))
    assert done(planner.tasks(TaskFilter.ALL)) == ()
    done(context.undo.undo("planner"))
    assert done(planner.tasks(TaskFilter.ALL)) == (task,)


def test_a_task_needs_a_title_and_a_real_goal(planner: Planner) -> None:
    with pytest.raises(Fault, match="title"):
        done(planner.add_task("  "))
    with pytest.raises(Fault, match="goal"):
        done(planner.add_task("t", goal_id="nothing"))
