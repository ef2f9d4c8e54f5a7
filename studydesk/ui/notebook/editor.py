"""The editor of a note's Markdown: plain text with colours, line numbers and keys that know lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from studydesk.services.markdown import is_task, ticked
from studydesk.ui.notebook import editing
from studydesk.ui.notebook.completion import TitleCompletion
from studydesk.ui.notebook.gutter import LineNumbers, paint_grounds
from studydesk.ui.notebook.highlighter import MarkdownHighlighter
from studydesk.ui.theme import current

PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp"}
_PARAGRAPH_SEPARATOR = "\u2029"


class MarkdownEditor(QTextEdit):
    """Edits one text. What is written is what `text` gives, character for character."""

    edited = Signal()
    """The person changed the text."""
    left = Signal()
    """The focus went elsewhere."""
    picture_given = Signal(object)
    """A picture was pasted or dropped: its bytes, or a Path."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = ""
        self._quiet = False
        self.setAcceptRichText(False)
        self.setAccessibleName(self.tr("Note text in Markdown"))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setPlaceholderText(self.tr("# A title\n\nWrite. [[ links another note, - [ ] makes a task."))
        self.highlighter = MarkdownHighlighter(self.document())
        self.completion = TitleCompletion(self)
        self._numbers = LineNumbers(self)
        self.document().blockCountChanged.connect(self._make_room)
        self.verticalScrollBar().valueChanged.connect(self._numbers.update)
        self.cursorPositionChanged.connect(self._cursor_moved)
        self.textChanged.connect(self._text_changed)
        self._keys: dict[str, Callable[[], None]] = {
            "Ctrl+B": lambda: self.wrap("**"),
            "Ctrl+I": lambda: self.wrap("*"),
            "Ctrl+E": lambda: self.wrap("`"),
            "Ctrl+Shift+K": self.make_link,
            "Ctrl+L": self.toggle_task,
            "Ctrl+Shift+L": self.toggle_bullet,
        }
        self.restyle()

    # The text as a whole

    def text(self) -> str:
        """Return the text, lines parted by "\\n"."""
        return self.document().toRawText().replace(_PARAGRAPH_SEPARATOR, "\n")

    def set_text(self, text: str) -> None:
        """Show another text, from its beginning, with nothing to undo."""
        self._quiet = True
        document = self.document()
        document.setUndoRedoEnabled(False)
        self.setPlainText(text)
        self._space_lines()
        document.setUndoRedoEnabled(True)
        self._last = self.text()
        self._quiet = False
        self._make_room()

    def apply_text(self, text: str) -> None:
        """Make the text another by changing only what differs; cursor and view stay, and it can be undone."""
        before = self.text()
        start = _same_head(before, text)
        end = _same_tail(before[start:], text[start:])
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(before[:start]))
        cursor.setPosition(_units(before[: len(before) - end]), QTextCursor.MoveMode.KeepAnchor)
        self._quiet = True
        cursor.insertText(text[start : len(text) - end])
        self._last = self.text()
        self._quiet = False

    def restyle(self) -> None:
        """Take type and colours from the look in use."""
        font = current().font("code")
        self.document().setDefaultFont(font)
        self.setFont(font)
        self.document().setDocumentMargin(8)
        self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" "))
        self._quiet = True
        enabled = self.document().isUndoRedoEnabled()
        if not self.document().isUndoAvailable():
            self.document().setUndoRedoEnabled(False)
        self._space_lines()
        self.document().setUndoRedoEnabled(enabled)
        self._quiet = False
        self.highlighter.restyle()
        self._make_room()

    def first_line(self) -> float:
        """Return the line at the upper edge, with a fraction."""
        block = self.cursorForPosition(self.viewport().rect().topLeft()).block()
        rect = self.document().documentLayout().blockBoundingRect(block)
        over = self.verticalScrollBar().value() - rect.top()
        return block.blockNumber() + max(0.0, min(1.0, over / max(1.0, rect.height())))

    def scroll_to_line(self, line: float) -> None:
        """Bring a line to the upper edge."""
        block = self.document().findBlockByNumber(int(line))
        rect = self.document().documentLayout().blockBoundingRect(block)
        share = (line - int(line)) * rect.height()
        self.verticalScrollBar().setValue(round(rect.top() + share) if line > 0 else 0)

    def go_to_line(self, line: int) -> None:
        """Put the cursor at the beginning of a line and show it."""
        cursor = QTextCursor(self.document().findBlockByNumber(line))
        self.setTextCursor(cursor)
        self.scroll_to_line(line)

    # What keys and buttons do

    def wrap(self, mark: str) -> None:
        """Put marks such as `**` around what is chosen, or take them off."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart() - len(mark), cursor.selectionEnd() + len(mark)
        around = QTextCursor(self.document())
        if cursor.hasSelection() and start >= 0 and end < self.document().characterCount():
            around.setPosition(start)
            around.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            if editing.is_wrapped(around.selectedText(), mark):
                self.setTextCursor(around)
        self._replace_selection(lambda chosen: editing.wrapped(chosen, mark))

    def make_link(self) -> None:
        """Make a link of what is chosen."""
        self._replace_selection(editing.linked)

    def toggle_task(self) -> None:
        """Make tasks of the chosen lines, tick them or clear them."""
        self._change_lines(editing.with_task)

    def toggle_bullet(self) -> None:
        """Make list items of the chosen lines, or plain lines again."""
        self._change_lines(editing.with_bullet)

    def set_task(self, line: int) -> None:
        """Tick or clear the box on a line (from 0); it can be undone."""
        block = self.document().findBlockByNumber(line)
        checked = is_task(block.text())
        if checked is None:
            return
        cursor = QTextCursor(block)
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.setPosition(block.position())
        cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(ticked(block.text(), not checked))

    def insert_block(self, text: str) -> None:
        """Insert lines of their own at the cursor, parted from what stands around them."""
        cursor = self.textCursor()
        before = "" if not cursor.block().text().strip() else "\n\n"
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertText(before + text)
        self.setTextCursor(cursor)
        self.setFocus()

    def insert_picture(self, reference: str) -> None:
        """Insert a picture where the cursor is."""
        self.textCursor().insertText(f"![](<{reference}>)" if " " in reference else f"![]({reference})")

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.completion.takes(event):
            return
        pressed = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if pressed in self._keys:
            self._keys[pressed]()
        elif not self._handle_in_list(Qt.Key(event.key()), plain):
            super().keyPressEvent(event)
            self.completion.follow(bool(event.text()))

    def event(self, event: QEvent) -> bool:
        """Keep our keys from being taken as shortcuts of the window while the editor has the focus."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
            if pressed in self._keys:
                event.accept()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.completion.close()
        self.viewport().update()
        self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        paint_grounds(self, painter)
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_numbers()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or bool(_picture_files(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = _picture_files(source)
        for path in files:
            self.picture_given.emit(path)
        if files:
            return
        if source.hasImage() and not source.hasText():
            self.picture_given.emit(_png(source))
        elif source.hasText():
            self.textCursor().insertText(source.text())

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace(_PARAGRAPH_SEPARATOR, "\n"))
        return data

    # Within

    def _text_changed(self) -> None:
        if self._quiet:
            return
        text = self.text()
        if text != self._last:
            self._last = text
            self.edited.emit()

    def _cursor_moved(self) -> None:
        self.viewport().update()
        self._numbers.update()

    def _space_lines(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(current().line("code"), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.mergeBlockFormat(spaced)

    def _make_room(self) -> None:
        self.setViewportMargins(self._numbers.wanted_width(), 8, 0, 0)
        self._place_numbers()

    def _place_numbers(self) -> None:
        area = self.contentsRect()
        self._numbers.setGeometry(
            QRect(area.left(), area.top() + 8, self._numbers.wanted_width(), area.height() - 8)
        )
        self._numbers.update()

    def _replace_selection(self, change: Callable[[str], editing.Edit]) -> None:
        cursor = self.textCursor()
        start = cursor.selectionStart()
        edit = change(cursor.selectedText().replace(_PARAGRAPH_SEPARATOR, "\n"))
        cursor.insertText(edit.text)
        cursor.setPosition(start + _units(edit.text[: edit.start]))
        cursor.setPosition(start + _units(edit.text[: edit.end]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus()

    def _handle_in_list(self, key: Qt.Key, plain: bool) -> bool:
        """Do what Enter, Tab and Shift+Tab do in a list; false where they do what they always do."""
        if key == Qt.Key.Key_Backtab:
            return self._shift_lines(editing.outdented)
        if key == Qt.Key.Key_Tab and plain:
            return self._shift_lines(editing.indented)
        return key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self._continue_list()

    def _continue_list(self) -> bool:
        cursor = self.textCursor()
        line = cursor.block().text()
        lead = editing.continuation(line)
        if lead is None or cursor.hasSelection() or MarkdownHighlighter.is_code(cursor.block()):
            return False
        if lead:
            behind = len(line) - len(line.lstrip(" \t>-+*0123456789.)"))
            if cursor.positionInBlock() < min(behind, len(line)):
                return False
            cursor.insertText("\n" + lead)
        else:
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            cursor.removeSelectedText()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def _shift_lines(self, change: Callable[[str], str]) -> bool:
        cursor = self.textCursor()
        several = "\u2029" in cursor.selectedText()
        if not several and not editing.is_item(cursor.block().text()) and change is editing.indented:
            return False
        self._change_lines(change)
        return True

    def _change_lines(self, change: Callable[[str], str]) -> None:
        cursor = self.textCursor()
        document = self.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        last = document.findBlock(cursor.selectionEnd()).blockNumber()
        cursor.beginEditBlock()
        for number in range(first, last + 1):
            self._change_line(number, change)
        cursor.endEditBlock()
        self.setFocus()

    def _change_line(self, number: int, change: Callable[[str], str]) -> None:
        block = self.document().findBlockByNumber(number)
        old = block.text()
        new = change(old)
        head = _same_head(old, new)
        tail = _same_tail(old[head:], new[head:])
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + _units(old[:head]))
        cursor.setPosition(block.position() + _units(old[: len(old) - tail]), QTextCursor.MoveMode.KeepAnchor)
        if old != new:
            cursor.insertText(new[head : len(new) - tail])


def _units(text: str) -> int:
    """Return the length of `text` as Qt counts it: in units of UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _same_head(before: str, after: str) -> int:
    size = min(len(before), len(after))
    if before[:size] == after[:size]:
        return size
    low, high = 0, size
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if before[:middle] == after[:middle] else (low, middle)
    return low


def _same_tail(before: str, after: str) -> int:
    return _same_head(before[::-1], after[::-1])


def _picture_files(source: QMimeData) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in PICTURES]


def _png(source: QMimeData) -> bytes:
    image = source.imageData()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if isinstance(image, QImage):
        QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
