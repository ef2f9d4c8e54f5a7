"""Taking back and doing again, in any order, gives what was there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydesk.services.base import DeskContext
from studydesk.services.events import DeskChanged, UndoChanged
from studydesk.services.planner import Planner, TaskFilter, TaskView
from tests.services.conftest import done


def tasks(planner: Planner) -> tuple[TaskView, ...]:
    return done(planner.tasks(TaskFilter.ALL))


def test_nothing_to_take_back_is_no_fault(context: DeskContext) -> None:
    assert done(context.undo.undo("planner")).value is None
    assert context.undo.undo_label("planner") is None


def test_labels_name_what_would_be_taken_back(context: DeskContext, events: list[object]) -> None:
    done(Planner(context).add_task("t"))
    assert context.undo.undo_label("planner") == "Add task"
    assert UndoChanged("planner", "Add task", None) in events
    changed = done(context.undo.undo("planner"))
    assert (changed.value, changed.changes.changes[0].action) == ("Add task", "removed")
    assert context.undo.redo_label("planner") == "Add task"
    assert any(isinstance(event, DeskChanged) and event.changes is changed.changes for event in events)


def test_places_do_not_share_a_stack(context: DeskContext) -> None:
    done(Planner(context).add_task("t"))
    assert done(context.undo.undo("notebook")).value is None
    assert len(tasks(Planner(context))) == 1


def test_a_new_command_ends_what_could_be_done_again(context: DeskContext) -> None:
    planner = Planner(context)
    done(planner.add_task("one"))
    done(context.undo.undo("planner"))
    done(planner.add_task("two"))
    assert context.undo.redo_label("planner") is None


STEPS: dict[str, Callable[[Planner, str], object]] = {
    "tick": lambda planner, task: done(planner.set_done(task)),
    "untick": lambda planner, task: done(planner.set_done(task, False)),
    "rename": lambda planner, task: done(planner.update_task(task, title="other", minutes=5)),
    "delete": lambda planner, task: done(planner.delete_task(task)),
    "add": lambda planner, task: done(planner.add_task_from_text("more friday #tag")),
    "turn": lambda planner, task: done(planner.reorder([one.id for one in tasks(planner)][::-1])),
}


@pytest.mark.timeout(60)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=6))
def test_undoing_all_and_doing_all_again_is_identity(context: DeskContext, steps: list[str]) -> None:
    planner = Planner(context)
    for known in tasks(planner):
        done(planner.delete_task(known.id))
    done(planner.add_task("first"))
    task = done(planner.add_task_from_text("task 20 min #a #b")).value.id
    seen = [tasks(planner)]
    for step in steps:
        if step in ("add", "turn") or any(known.id == task for known in tasks(planner)):
            before = context.undo.undo_label("planner"), tasks(planner)
            STEPS[step](planner, task)
            if tasks(planner) != before[1]:
                seen.append(tasks(planner))
    for expected in reversed(seen[:-1]):
        while tasks(planner) != expected:
            assert done(context.undo.undo("planner")).value is not None
    for expected in seen[1:]:
        while tasks(planner) != expected:
            assert done(context.undo.redo("planner")).value is not None
