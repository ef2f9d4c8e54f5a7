"""The middle of the library: the table, or what stands there when it is empty."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from studydesk.ui.library import words
from studydesk.ui.library.feed import Listing
from studydesk.ui.library.shelves import Shelf
from studydesk.ui.library.table import ResourceTable
from studydesk.ui.widgets.empty import EmptyState


class ShelfView(QStackedWidget):
    """Shows a Listing; `table` is the table itself."""

    add_asked = Signal()
    clear_asked = Signal()
    everything_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.table = ResourceTable()
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.table, 1000)
        row.addStretch(1)
        self._holder = holder
        self.addWidget(holder)
        self._nothing = EmptyState(
            "ph.books",
            words.tr("Nothing here yet"),
            words.tr("Add a link or a file, or drop files, links or a browser's bookmarks here."),
        )
        self._nothing.add_button(words.tr("Add")).clicked.connect(self.add_asked)
        self._not_found = EmptyState("ph.magnifying-glass", "", "")
        self._not_found.add_button(words.tr("Clear the search")).clicked.connect(self.clear_asked)
        self._bare = EmptyState("ph.books", "", "")
        everything = self._bare.add_button(words.tr("Show everything"))
        everything.clicked.connect(self.everything_asked)
        for state in (self._nothing, self._not_found, self._bare):
            self.addWidget(state)

    def show_listing(self, listing: Listing) -> None:
        """Show what was found, or say why there is nothing."""
        if listing.resources:
            self.table.resources.show(listing.resources)
            self.setCurrentWidget(self._holder)
            return
        self.table.resources.show(())
        if listing.asked.text:
            searched = words.tr("Searched titles, authors and texts of {what}.").format(
                what=words.resources(listing.counts.everything)
            )
            heading = words.tr("Nothing found for “{text}”").format(text=listing.asked.text)
            self._not_found.say(heading, searched)
            self.setCurrentWidget(self._not_found)
        elif listing.counts.everything:
            self._bare.say(*_bare_words(listing.asked.shelf))
            self.setCurrentWidget(self._bare)
        else:
            self.setCurrentWidget(self._nothing)


def _bare_words(shelf: Shelf) -> tuple[str, str]:
    """Return heading and sentence for a shelf with nothing on it."""
    if shelf.state is None:
        return words.tr("Nothing here any more"), words.tr("What you add or tag appears here by itself.")
    return {
        "later": (words.tr("Nothing for later"), words.tr("What you add waits here until you open it.")),
        "doing": (words.tr("Nothing begun"), words.tr("What you open comes here by itself.")),
        "done": (words.tr("Nothing done yet"), words.tr("What you finish comes here.")),
    }[shelf.state.value]
