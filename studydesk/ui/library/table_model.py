"""The rows of the library's table."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studydesk.services.library import ResourceView
from studydesk.ui.library import words

RESOURCE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """Columns of the table."""

    TITLE = 0
    TAG = 1
    PROGRESS = 2
    RATING = 3


class ResourceModel(QAbstractTableModel):
    """Resources in the order in which the library gave them. RESOURCE returns the view of a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ResourceView] = []

    @property
    def rows(self) -> Sequence[ResourceView]:
        return self._rows

    def show(self, rows: Sequence[ResourceView]) -> None:
        """Replace the rows; only what changed is told when the same things stand in the same order."""
        if [row.id for row in rows] == [row.id for row in self._rows]:
            changed = [i for i, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new]
            self._rows = list(rows)
            for number in changed:
                self.dataChanged.emit(self.index(number, 0), self.index(number, Column.RATING))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def resource(self, index: Index) -> ResourceView | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def index_of(self, resource_id: str) -> QModelIndex:
        """Return the first cell of a resource's row, an invalid index when it is not shown."""
        for number, row in enumerate(self._rows):
            if row.id == resource_id:
                return self.index(number, 0)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return {
                Column.TITLE: words.tr("Title"),
                Column.TAG: words.tr("Tag"),
                Column.PROGRESS: words.tr("Progress"),
                Column.RATING: words.tr("My rating"),
            }[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.resource(index)
        if row is None:
            return None
        if role == RESOURCE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(row, Column(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (
                words.spoken(row)
                if index.column() == Column.TITLE
                else cell_text(row, Column(index.column()))
            )
        return None


def cell_text(row: ResourceView, column: Column) -> str:
    """Return what a cell says."""
    return {
        Column.TITLE: row.title,
        Column.TAG: ", ".join(row.tags),
        Column.PROGRESS: words.progress(row),
        Column.RATING: words.rating(row.rating),
    }[column]
