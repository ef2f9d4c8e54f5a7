"""How the tasks of the left pane are grouped. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from studydesk.services.planner import TaskView
from studydesk.ui.planner.blocks import local
from studydesk.ui.planner.span import Span


class GroupKind(StrEnum):
    """Groups, in the order in which they stand."""

    ROOM = "room"
    MINE = "mine"
    UNPLANNED = "unplanned"
    LATER = "later"


@dataclass(frozen=True)
class Group:
    """Tasks below one heading. `room` is the name of the room that set them, "" where it is not known."""

    kind: GroupKind
    room: str
    tasks: tuple[TaskView, ...]

    @property
    def open_count(self) -> int:
        return sum(not task.done for task in self.tasks)


def groups(tasks: Sequence[TaskView], week: Span, today: date, rooms: Mapping[str, str]) -> tuple[Group, ...]:
    """Sort tasks into groups, each in the person's order; what was done before today is left out.

    What a room set comes first; then what is planned or due up to the end of `week`, what has no day, and what
    has a later one. `rooms` gives names by id.
    """
    shown = [t for t in tasks if t.done_at is None or local(t.done_at).date() == today]
    from_rooms: dict[str, list[TaskView]] = {}
    mine: dict[GroupKind, list[TaskView]] = {kind: [] for kind in GroupKind}
    for task in shown:
        if task.source != "me":
            from_rooms.setdefault(rooms.get(task.source, ""), []).append(task)
        else:
            mine[_kind(task, week)].append(task)
    found = [Group(GroupKind.ROOM, name, tuple(of_room)) for name, of_room in from_rooms.items()]
    found += [Group(kind, "", tuple(of_kind)) for kind, of_kind in mine.items() if of_kind]
    return tuple(found)


def _kind(task: TaskView, week: Span) -> GroupKind:
    days = [day for day in (task.planned, task.due) if day is not None]
    if not days:
        return GroupKind.MINE if task.done else GroupKind.UNPLANNED
    return GroupKind.MINE if min(days) <= week.last else GroupKind.LATER
