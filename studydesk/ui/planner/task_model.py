"""The rows of the left pane: headings and tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from studydesk.services.planner import TaskView
from studydesk.ui.planner import words
from studydesk.ui.planner.task_groups import Group, GroupKind
from studydesk.ui.planner.task_mime import TASK_MIME, CarriedTask, task_mime

ROW = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class HeadingRow:
    """A heading over a group of tasks, and how many are left in it."""

    title: str
    count: str


@dataclass(frozen=True)
class TaskRow:
    """A task with the words of its quiet line."""

    task: TaskView
    detail: str
    late: bool


Row = HeadingRow | TaskRow


def heading(group: Group) -> HeadingRow:
    """Return the words above a group."""
    if group.kind is GroupKind.UNPLANNED:
        return HeadingRow(words.tr("Not planned yet"), str(group.open_count))
    if group.kind is GroupKind.LATER:
        return HeadingRow(words.tr("Later"), str(group.open_count))
    if group.kind is GroupKind.MINE:
        return HeadingRow(words.tr("Set by me"), words.left(group.open_count))
    title = words.tr("From {room}").format(room=group.room) if group.room else words.tr("From a room")
    return HeadingRow(title, words.left(group.open_count))


class TaskModel(QAbstractListModel):
    """Headings and tasks in one list. ROW returns the row itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show(self, groups: Sequence[Group], today: date) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = []
        for group in groups:
            self._rows.append(heading(group))
            self._rows += [_task_row(task, today) for task in group.tasks]
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def task(self, index: Index) -> TaskView | None:
        row = self.row(index)
        return row.task if isinstance(row, TaskRow) else None

    def index_of(self, task_id: str) -> QModelIndex:
        """Return where a task stands, an invalid index when it is not shown."""
        for number, row in enumerate(self._rows):
            if isinstance(row, TaskRow) and row.task.id == task_id:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.task.title if isinstance(row, TaskRow) else row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        if role == Qt.ItemDataRole.CheckStateRole and isinstance(row, TaskRow):
            return Qt.CheckState.Checked if row.task.done else Qt.CheckState.Unchecked
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.row(index), TaskRow):
            return (
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
        return Qt.ItemFlag.NoItemFlags

    def mimeTypes(self) -> list[str]:
        return [TASK_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        task = self.task(indexes[0]) if indexes else None
        return task_mime(CarriedTask(task.id, task.title, task.minutes)) if task else QMimeData()

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction


def _task_row(task: TaskView, today: date) -> TaskRow:
    return TaskRow(task, words.task_detail(task, today), task.late_since(today) is not None)


def spoken(row: Row) -> str:
    """Return what a screen reader says of a row."""
    if isinstance(row, HeadingRow):
        return f"{row.title}, {row.count}"
    length = words.duration(row.task.minutes) if row.task.minutes else ""
    state = words.tr("done") if row.task.done else words.tr("late") if row.late else ""
    return ", ".join(part for part in (row.task.title, length, row.detail, state) if part)
