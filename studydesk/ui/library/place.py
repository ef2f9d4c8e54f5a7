"""The library: shelves at the left, resources in a table, details at the right."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QSplitter, QWidget

from studydesk.foundation.changes import ChangeSet, Kind
from studydesk.services.library import ResourceOrder, ResourceView
from studydesk.ui.actions import ActionSpec
from studydesk.ui.context import UiContext
from studydesk.ui.library import words
from studydesk.ui.library.add_dialog import ask_to_add
from studydesk.ui.library.add_form import Addition
from studydesk.ui.library.commands import LibraryCommands
from studydesk.ui.library.drops import can_take, dropped
from studydesk.ui.library.feed import LibraryFeed, Listing
from studydesk.ui.library.overlays import DropHint, Sheet
from studydesk.ui.library.panel import ResourcePanel
from studydesk.ui.library.shelf_view import ShelfView
from studydesk.ui.library.shelves import Asked, Shelf, side_rows
from studydesk.ui.library.side_list import SideList
from studydesk.ui.place import Place
from studydesk.ui.widgets.buttons import Button, IconButton
from studydesk.ui.widgets.fields import SearchField

SIDE, PANEL = 208, 304
NARROW = 1000
"""Below this width of the place the panel opens over the table."""
TYPING = 180
"""Milliseconds after the last key until the search begins."""


class LibraryPlace(Place):
    """Collects and rates what one learns from. See `activate` for what can be shown from elsewhere."""

    key: ClassVar[str] = "library"

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        order = self.remembered("order", ResourceOrder.LAST_OPENED.value)
        self._asked = Asked(order=_order_named(order))
        self._listing: Listing | None = None
        self._wanted = ""
        self._feed = LibraryFeed(context, self)
        self.commands = LibraryCommands(context, self)
        self.side = SideList()
        self.shelf = ShelfView()
        self.table = self.shelf.table
        self.panel = ResourcePanel()
        self.search = SearchField(words.tr("Titles, authors, texts"), words.tr("Search the library"))
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._narrow = False
        self._shown = self.remembered("panel_shown", True)
        self.setAcceptDrops(True)
        self._lay_out()
        self._fill_header()
        self._connect()
        self._add_actions()

    # What other places may ask for

    def activate(self, **where: object) -> None:
        """Show a `resource` by its id, or what was shown last."""
        wanted = str(where.get("resource") or "")
        if wanted:
            self._wanted = wanted
            self.search.clear()
            self._asked = Asked(order=self._asked.order)
        self.reload()

    def refresh(self, changes: ChangeSet) -> None:
        if changes.touches(Kind.RESOURCE, Kind.TAG):
            self.reload()

    def leave(self) -> None:
        self.panel.settle()
        if not self._narrow:
            sizes = self._splitter.sizes()
            self.remember("side", sizes[0])
            if len(sizes) > 2 and sizes[2]:
                self.remember("panel", sizes[2])
        self.remember("panel_shown", self._shown)
        self.remember("order", self._asked.order.value)

    def reload(self) -> None:
        """Read again what is shown."""
        self._feed.read(self._asked)

    # Building

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self.side.setMinimumWidth(180)
        self.side.setMaximumWidth(320)
        self.panel.setMinimumWidth(280)
        self.panel.setMaximumWidth(400)
        for widget in (self.side, self.shelf, self.panel):
            self._splitter.addWidget(widget)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([self.remembered("side", SIDE), 10_000, self.remembered("panel", PANEL)])
        self.panel.hide()
        self.set_content(self._splitter)
        self._sheet = Sheet(self)
        self._hint = DropHint(self)

    def _fill_header(self) -> None:
        self.header.set_title(words.tr("Library"))
        self.search.setMinimumWidth(140)
        self.search.setFixedWidth(300)
        self.header.add_beside_title(self.search)
        self._sort = Button(words.order_name(self._asked.order), "quiet", icon="ph.sort-ascending")
        self._sort.clicked.connect(self._show_orders)
        self._details = IconButton("ri.layout-right-line", words.tr("Details"), "Ctrl+Shift+B", small=False)
        self._details.setCheckable(True)
        self._details.setChecked(self._shown)
        self._details.clicked.connect(self.toggle_panel)
        add = Button(words.tr("Add"), "primary", icon="ph.plus")
        add.clicked.connect(self.ask_to_add)
        for widget in (self._sort, self._details, add):
            self.header.add_action(widget)

    def _connect(self) -> None:
        self._feed.loaded.connect(self._loaded)
        self._typing.timeout.connect(self._search_now)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._search_now)
        self.search.went_down.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        self.side.shelf_chosen.connect(self._go_to)
        self.shelf.add_asked.connect(self.ask_to_add)
        self.shelf.clear_asked.connect(self.search.clear)
        self.shelf.everything_asked.connect(lambda: self._go_to(Shelf()))
        self.commands.added.connect(self._want)
        self.commands.failed.connect(self.reload)
        self._sheet.closed.connect(self._sheet_closed)
        self._connect_table()
        self._connect_panel()

    def _connect_table(self) -> None:
        self.table.chosen.connect(self._chosen)
        self.table.open_asked.connect(self._open)
        self.table.remove_asked.connect(self.commands.remove)
        self.table.rated.connect(self.commands.rate)
        self.table.state_asked.connect(self.commands.set_state)
        self.table.details_asked.connect(self.toggle_panel)

    def _connect_panel(self) -> None:
        panel, commands = self.panel, self.commands
        panel.open_asked.connect(self._open)
        panel.remove_asked.connect(commands.remove)
        panel.renamed.connect(commands.rename)
        panel.kind_chosen.connect(commands.set_kind)
        panel.tagged.connect(commands.set_tags)
        panel.state_chosen.connect(commands.set_state)
        panel.progressed.connect(commands.set_progress)
        panel.rated.connect(commands.rate)
        panel.noted.connect(commands.set_notes)

    def _add_actions(self) -> None:
        add, find = words.tr("Add to the library"), words.tr("Search the library")
        details = words.tr("Show or hide details")
        here = self.key
        self.context.actions.add_all(
            (
                ActionSpec("library.add", add, self.ask_to_add, "Ctrl+N", "edit", "ph.plus", here),
                ActionSpec(
                    "library.find", find, self._focus_search, "Ctrl+F", "edit", "ph.magnifying-glass", here
                ),
                ActionSpec(
                    "library.details",
                    details,
                    self.toggle_panel,
                    "Ctrl+Shift+B",
                    "view",
                    "ri.layout-right-line",
                    here,
                ),
            )
        )

    # Showing

    def _loaded(self, listing: Listing) -> None:
        self._listing = listing
        before = self.table.current_resource
        self.side.show_rows(side_rows(listing.counts), listing.asked.shelf)
        self.shelf.show_listing(listing)
        self._choose(self._wanted or (before.id if before else ""))
        self._show_panel()

    def _choose(self, resource_id: str) -> None:
        if self.table.choose(resource_id):
            self._wanted = ""
        elif self.table.resources.rows:
            self.table.choose(self.table.resources.rows[0].id)
        self._chosen(resource_id)

    def _chosen(self, _resource_id: str) -> None:
        self.panel.show_resource(self.table.current_resource)

    def _want(self, resource_id: str) -> None:
        self._wanted = resource_id
        self.table.choose(resource_id)

    def _go_to(self, shelf: Shelf) -> None:
        self._asked = self._asked.on(shelf)
        self.reload()

    def _search_now(self) -> None:
        self._typing.stop()
        text = " ".join(self.search.text().split())
        if text != self._asked.text:
            self._asked = Asked(self._asked.shelf, text, self._asked.order)
            self.reload()

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def orders_menu(self) -> QMenu:
        """Return the menu of orders."""
        menu = QMenu(self)
        for order in ResourceOrder:
            action = menu.addAction(words.order_name(order))
            action.setCheckable(True)
            action.setChecked(order is self._asked.order)
            action.triggered.connect(lambda _checked=False, chosen=order: self._order_by(chosen))
        return menu

    def _show_orders(self) -> None:
        menu = self.orders_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._sort.mapToGlobal(self._sort.rect().bottomLeft()))

    def _order_by(self, order: ResourceOrder) -> None:
        self._sort.setText(words.order_name(order))
        self._asked = Asked(self._asked.shelf, self._asked.text, order)
        self.reload()

    # The panel

    def toggle_panel(self) -> None:
        """Show or hide the details."""
        if self._narrow:
            self._sheet.setVisible(False) if self._sheet.isVisible() else self._open_sheet()
        else:
            self._shown = not self._shown
            self._show_panel()

    def _show_panel(self) -> None:
        there = self.table.current_resource is not None
        if self._narrow:
            if not there:
                self._sheet.hide()
        else:
            self.panel.setVisible(self._shown and there)
        self._details.setChecked(self._sheet.isVisible() if self._narrow else self._shown)

    def _open_sheet(self) -> None:
        if self.table.current_resource is not None:
            self._sheet.open_at_right(PANEL, self.header.height())
            self.panel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._details.setChecked(self._sheet.isVisible())

    def _sheet_closed(self) -> None:
        self._details.setChecked(False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_narrow(self, narrow: bool) -> None:
        """Move the panel between the splitter and the sheet over the table."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._sheet.hide()
        if narrow:
            self._sheet.hold(self.panel)
        else:
            self._splitter.insertWidget(2, self.panel)
            self._splitter.setSizes([self.remembered("side", SIDE), 10_000, self.remembered("panel", PANEL)])
        self._show_panel()

    # Doing

    def ask_to_add(self) -> None:
        """Ask for a link or a file."""
        ask_to_add(self, self._add)

    def _add(self, addition: Addition) -> None:
        if addition.file is not None:
            self.commands.add_file(addition.file, addition.title, addition.tags, addition.kind)
        else:
            self.commands.add_link(addition.url, addition.title, addition.tags, addition.kind)

    def _open(self, resource_id: str) -> None:
        resource = self._resource(resource_id)
        if resource is not None:
            self.commands.open(resource)

    def _resource(self, resource_id: str) -> ResourceView | None:
        rows = self.table.resources.rows
        return next((row for row in rows if row.id == resource_id), None)

    # Events of the widget

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._sheet.isVisible():
            self._sheet.hide()
            self._sheet_closed()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._hint.cover()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._hint.hide()
        what = dropped(event.mimeData())
        if what:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.commands.take(what)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_narrow(self.width() < NARROW)
        if self._sheet.isVisible():
            self._open_sheet()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._listing is None:
            self.reload()


def _order_named(name: str) -> ResourceOrder:
    return ResourceOrder(name) if name in set(ResourceOrder) else ResourceOrder.LAST_OPENED
