"""The rows of the library's left list as a model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studydesk.ui.library import words
from studydesk.ui.library.shelves import LabelRow, Shelf, ShelfRow, SideRow

ROW = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class SideModel(QAbstractListModel):
    """States, kinds and tags with their counts; headings can't be chosen. ROW returns the row itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SideRow, ...] = ()

    def show(self, rows: Sequence[SideRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def shelf(self, index: Index) -> Shelf | None:
        row = self._rows[index.row()] if index.isValid() else None
        return row.shelf if isinstance(row, ShelfRow) else None

    def index_of(self, shelf: Shelf) -> QModelIndex:
        """Return where a shelf stands, an invalid index when it is not there any more."""
        for number, row in enumerate(self._rows):
            if isinstance(row, ShelfRow) and row.shelf == shelf:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.title if isinstance(row, LabelRow) else f"{row.title}, {words.resources(row.count)}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.shelf(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
