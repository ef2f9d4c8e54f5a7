"""What can be done with a room besides being in it: its boards, an export, and leaving it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from studydesk.ui.context import UiContext
from studydesk.ui.room.room_view import RoomView
from studydesk.ui.room.small_dialogs import NameDialog
from studydesk.ui.widgets.dialog import BaseDialog

T = TypeVar("T")


class RoomMenu(QObject):
    """Makes the menu of a room. `left`: the room was closed here or removed; show the list."""

    left = Signal()

    def __init__(self, context: UiContext, view: RoomView, place: QWidget) -> None:
        super().__init__(place)
        self._context, self._view, self._place = context, view, place

    def menu(self) -> QMenu:
        """Return the menu for the room that is shown."""
        menu = QMenu(self._place)
        writes = self._view.row is not None and self._view.row.role != "viewer"
        rename = menu.addAction(self.tr("Rename this board"))
        rename.triggered.connect(self.rename_board)
        rename.setEnabled(writes)
        fresh = menu.addAction(self.tr("New board"))
        fresh.triggered.connect(self._view.new_board)
        fresh.setEnabled(writes)
        menu.addSeparator()
        menu.addAction(self.tr("Export this room")).triggered.connect(self.ask_to_export)
        menu.addSeparator()
        menu.addAction(self.tr("Close the room here")).triggered.connect(self.close_here)
        menu.addAction(self.tr("Remove from this desk")).triggered.connect(self.ask_to_remove)
        return menu

    def rename_board(self) -> None:
        """Ask for another title of the board that is shown."""
        room, board = self._view.room, self._view.board
        NameDialog(
            self.tr("Rename board"),
            self.tr("Everyone in the room sees the new title."),
            self.tr("Title of the board"),
            self.tr("Rename"),
            lambda title: self._ask(
                self._context.desk.rooms.rename_board(room, board, title), lambda _: self._view.read_boards()
            ),
            self._place,
            self._view.board_title(),
        ).open()

    def ask_to_export(self) -> None:
        """Ask for a folder and write the room there."""
        folder = QFileDialog.getExistingDirectory(self._place, self.tr("Folder for the export"))
        if folder:
            self.export(Path(folder))

    def export(self, folder: Path) -> None:
        """Write boards, talk and people into a folder, in open formats."""
        self._ask(
            self._context.desk.rooms.export(self._view.room, folder),
            lambda where: self._context.toast(self.tr("Exported to {folder}.").format(folder=where), "done"),
        )

    def close_here(self) -> None:
        """Leave the room; everything of it stays on this desk."""
        room = self._view.room
        self.left.emit()
        self._ask(self._context.desk.rooms.leave(room), lambda _: None)

    def ask_to_remove(self) -> BaseDialog:
        """Ask before this desk's copy goes away."""
        room, name = self._view.room, self._view.row.name if self._view.row else ""
        dialog = BaseDialog(
            self.tr("Remove “{name}” from this desk?").format(name=name),
            self.tr(
                "Your copy of its boards and talk goes away. The others keep theirs, and can let you in again."
            ),
            self.tr("Remove"),
            self._place,
        )
        dialog.primary.kind = "danger-filled"
        dialog.primary.setDefault(False)
        dialog.cancel.setText(self.tr("Keep"))
        dialog.cancel.setDefault(True)
        dialog.primary.clicked.connect(dialog.accept)
        dialog.accepted.connect(lambda: self._remove(room))
        dialog.open()
        dialog.cancel.setFocus()
        return dialog

    def _remove(self, room: str) -> None:
        self.left.emit()
        self._ask(self._context.desk.rooms.forget(room), lambda _: None)

    def _ask(self, future: Future[T], then: Callable[[T], object]) -> None:
        self._context.bridge.when_done(future, then, owner=self)
