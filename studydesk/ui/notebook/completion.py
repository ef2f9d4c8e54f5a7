"""Offers titles of notes after `[[`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QListView, QTextEdit

from studydesk.ui.theme import current

_BEGUN = re.compile(r"\[\[([^\[\]|#]{0,80})$")
_ACCEPTING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
WIDTH = 320
MOST = 8
ROW = 28
DELAY = 60
"""Milliseconds after a key until titles are asked for."""


class TitleCompletion(QObject):
    """Asks for titles by `wanted`, and shows those that `offer` brings in a list below the cursor.

    The list lies within the editor and never takes the focus, so that keys go on to the text.
    """

    wanted = Signal(str)
    """Titles that hold these words are wanted."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._titles = QStringListModel(self)
        self._list = QListView(editor)
        self._list.setModel(self._titles)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(self.tr("Notes to link to"))
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setUniformItemSizes(True)
        self._list.clicked.connect(lambda index: self._accept(str(index.data())))
        self._list.hide()
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(DELAY)
        self._asking.timeout.connect(self._ask)

    def begun(self) -> str | None:
        """Return what stands between `[[` and the cursor, or None."""
        cursor = self._editor.textCursor()
        units = cursor.block().text().encode("utf-16-le")[: 2 * cursor.positionInBlock()]
        match = _BEGUN.search(units.decode("utf-16-le", "ignore"))
        return match[1] if match else None

    def is_open(self) -> bool:
        """Tell whether titles are offered."""
        return not self._list.isHidden()

    def close(self) -> None:
        """Offer nothing."""
        self._list.hide()

    def takes(self, event: QKeyEvent) -> bool:
        """Handle a key while the list is open; false when the editor should have it."""
        key = Qt.Key(event.key())
        if not self.is_open():
            return False
        if key in _ACCEPTING:
            self._accept(str(self._list.currentIndex().data()))
        elif key in _STEPS:
            row = (self._list.currentIndex().row() + _STEPS[key]) % self._titles.rowCount()
            self._list.setCurrentIndex(self._titles.index(row))
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            return False
        return True

    def follow(self, typed: bool) -> None:
        """The cursor moved, or something was typed: open, narrow or close the list."""
        if self.begun() is None:
            self.close()
        elif typed:
            self._asking.start()

    def offer(self, words: str, titles: Sequence[str]) -> None:
        """Show these titles if `words` is still what stands there."""
        if self.begun() != words or not titles:
            self.close()
            return
        self._titles.setStringList(list(titles))
        self._list.setCurrentIndex(self._titles.index(0))
        self._place(min(len(titles), MOST))

    def _place(self, rows: int) -> None:
        theme = current()
        frame = f"border: 1px solid {theme.hex('lineStrong')}; border-radius: 6px; padding: 3px"
        items = f"QListView::item {{ height: {theme.px(ROW - 4)}px; padding-left: 6px }}"
        self._list.setStyleSheet(
            f"QListView {{ background: {theme.hex('raised')}; {frame} }} {items}"
            f"QListView::item:selected {{ background: {theme.hex('selected')}; color: {theme.hex('onSelected')} }}"
        )
        self._list.setFont(theme.font("body"))
        at = self._editor.cursorRect().translated(self._editor.viewport().pos())
        height = rows * theme.px(ROW) + 8
        below = at.bottom() + 4 + height <= self._editor.height()
        top = at.bottom() + 4 if below else max(0, at.top() - 4 - height)
        left = max(0, min(at.left(), self._editor.width() - WIDTH - 8))
        self._list.setGeometry(QRect(left, top, min(WIDTH, self._editor.width()), height))
        self._list.show()
        self._list.raise_()

    def _ask(self) -> None:
        words = self.begun()
        if words is not None:
            self.wanted.emit(words)

    def _accept(self, title: str) -> None:
        self.close()
        begun = self.begun()
        if begun is None:
            return
        cursor = self._editor.textCursor()
        place = cursor.positionInBlock()
        after = cursor.block().text().encode("utf-16-le")[2 * place :].decode("utf-16-le", "ignore")
        size = len(begun.encode("utf-16-le")) // 2
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, size)
        closed = after.startswith("]]")
        cursor.insertText(title if closed else f"{title}]]")
        if closed:
            cursor.movePosition(QTextCursor.MoveOperation.Right, n=2)
        self._editor.setTextCursor(cursor)
