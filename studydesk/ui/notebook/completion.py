"""Offers titles of notes after `[[`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView, QTextEdit

_BEGUN = re.compile(r"\[\[([^\[\]|#]{0,80})$")
_ACCEPTING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_WIDTH = 300


class TitleCompletion(QObject):
    """Asks for titles by `wanted`, and shows those that `offer` brings in a list below the cursor."""

    wanted = Signal(str)
    """Titles that hold these words are wanted."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._titles = QStringListModel(self)
        self._completer = QCompleter(self._titles, self)
        self._popup = QListView()
        self._popup.setAccessibleName(self.tr("Notes to link to"))
        self._completer.setPopup(self._popup)
        self._completer.setWidget(editor)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._accept)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(60)
        self._asking.timeout.connect(self._ask)

    def begun(self) -> str | None:
        """Return what stands between `[[` and the cursor, or None."""
        cursor = self._editor.textCursor()
        before = (
            cursor.block()
            .text()
            .encode("utf-16-le")[: 2 * cursor.positionInBlock()]
            .decode("utf-16-le", "ignore")
        )
        match = _BEGUN.search(before)
        return match[1] if match else None

    def takes(self, event: QKeyEvent) -> bool:
        """Handle a key while the list is open; false when the editor should have it."""
        popup = self._popup
        if not popup.isVisible():
            return False
        if event.type() is QEvent.Type.KeyPress and Qt.Key(event.key()) in _ACCEPTING:
            chosen = popup.currentIndex()
            self._accept(str(chosen.data() if chosen.isValid() else self._titles.index(0).data()))
            return True
        if event.key() == Qt.Key.Key_Escape:
            popup.hide()
            return True
        return False

    def follow(self, typed: bool) -> None:
        """The cursor moved, or something was typed: open, narrow or close the list."""
        if self.begun() is None:
            self._popup.hide()
        elif typed:
            self._asking.start()

    def offer(self, words: str, titles: Sequence[str]) -> None:
        """Show these titles if `words` is still what stands there."""
        if self.begun() != words:
            return
        self._titles.setStringList(list(titles))
        popup = self._popup
        if not titles:
            popup.hide()
            return
        place = self._editor.cursorRect()
        place.translate(self._editor.viewport().x(), self._editor.viewport().y())
        place.setWidth(_WIDTH)
        self._completer.complete(place)
        popup.setCurrentIndex(self._titles.index(0))

    def _ask(self) -> None:
        words = self.begun()
        if words is not None:
            self.wanted.emit(words)

    def _accept(self, title: str) -> None:
        self._popup.hide()
        begun = self.begun()
        if begun is None:
            return
        cursor = self._editor.textCursor()
        size = len(begun.encode("utf-16-le")) // 2
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, size)
        after = cursor.block().text()[self._editor.textCursor().positionInBlock() :]
        cursor.insertText(title if after.startswith("]]") else f"{title}]]")
        if after.startswith("]]"):
            cursor.movePosition(QTextCursor.MoveOperation.Right, n=2)
        self._editor.setTextCursor(cursor)
