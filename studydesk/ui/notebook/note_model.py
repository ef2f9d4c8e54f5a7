"""The notes in the list, as a model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QLocale,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from studydesk.services.notebook import NoteRow

ROW_ROLE = Qt.ItemDataRole.UserRole
NOTE_MIME = "application/x-studydesk-note"

Index = QModelIndex | QPersistentModelIndex


_ROOT = QModelIndex()


class NoteModel(QAbstractListModel):
    """Rows of notes. A note keeps its place on the screen when only its words change."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[NoteRow, ...] = ()

    def rows(self) -> tuple[NoteRow, ...]:
        """Return what is listed."""
        return self._rows

    def set_rows(self, rows: Sequence[NoteRow]) -> None:
        """List these notes."""
        rows = tuple(rows)
        if [row.id for row in rows] == [row.id for row in self._rows]:
            changed = [number for number, row in enumerate(rows) if row != self._rows[number]]
            self._rows = rows
            for number in changed:
                self.dataChanged.emit(self.index(number), self.index(number))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, note_id: str) -> int:
        """Return where a note stands, or -1."""
        return next((number for number, row in enumerate(self._rows) if row.id == note_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {moment_words(row.updated)}. {row.excerpt[:80]}"
        return row if role == ROW_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [NOTE_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(
            NOTE_MIME, QByteArray("\n".join(self._rows[index.row()].id for index in indexes).encode())
        )
        return data


def moment_words(moment: datetime, today: date | None = None) -> str:
    """Say when something was: the time today, the day of the week within six days, else the date."""
    local = moment.astimezone()
    today = today or datetime.now().astimezone().date()
    days = (today - local.date()).days
    locale = QLocale()
    if days == 0:
        return f"{local:%H:%M}"
    if 0 < days < 7:
        return locale.standaloneDayName(local.isoweekday(), QLocale.FormatType.ShortFormat)
    month = locale.standaloneMonthName(local.month, QLocale.FormatType.ShortFormat)
    return f"{local.day} {month}" if local.year == today.year else f"{local.day} {month} {local.year}"
