"""A task on its way from the list to a day or hour."""

from __future__ import annotations

import json
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QMimeData

TASK_MIME = "application/x-studydesk-task"


@dataclass(frozen=True)
class CarriedTask:
    """What a dragged task says of itself."""

    task_id: str
    title: str
    minutes: int | None


def task_mime(task: CarriedTask) -> QMimeData:
    """Return what a drag of `task` carries; other programs get its title as text."""
    data = QMimeData()
    packed = json.dumps([task.task_id, task.title, task.minutes]).encode()
    data.setData(TASK_MIME, QByteArray(packed))
    data.setText(task.title)
    return data


def carried_task(data: QMimeData) -> CarriedTask | None:
    """Return the task that a drag carries, or None."""
    if not data.hasFormat(TASK_MIME):
        return None
    try:
        task_id, title, minutes = json.loads(bytes(data.data(TASK_MIME).data()))
    except ValueError:
        return None
    return CarriedTask(str(task_id), str(title), minutes if isinstance(minutes, int) else None)
