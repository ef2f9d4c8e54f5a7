"""The library's left list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from studydesk.ui.library import words
from studydesk.ui.library.shelves import Shelf, SideRow
from studydesk.ui.library.side_delegate import SideDelegate
from studydesk.ui.library.side_model import SideModel


class SideList(QListView):
    """Shows states, kinds and tags; says by `shelf_chosen` which one is wanted."""

    shelf_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shelves = SideModel(self)
        self._shelf = Shelf()
        self._quiet = False
        self.setModel(self.shelves)
        self.setItemDelegate(SideDelegate(self))
        self.setAccessibleName(words.tr("Shelves"))
        self.setMouseTracking(True)
        self.setViewportMargins(0, 12, 0, 12)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rows(self, rows: Sequence[SideRow], shelf: Shelf) -> None:
        """Show the rows, with one chosen, without a signal."""
        self._quiet = True
        self._shelf = shelf
        self.shelves.show(rows)
        index = self.shelves.index_of(shelf)
        if index.isValid():
            self.setCurrentIndex(index)
        self._quiet = False

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        shelf = self.shelves.shelf(self.currentIndex())
        if not self._quiet and shelf is not None and shelf != self._shelf:
            self._shelf = shelf
            self.shelf_chosen.emit(shelf)
