"""Line numbers beside the editor, and the grounds that are painted under its text."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QTextEdit, QWidget

from studydesk.ui.notebook.highlighter import MarkdownHighlighter
from studydesk.ui.theme import current

LEAST_DIGITS = 2


def visible_blocks(editor: QTextEdit) -> Iterator[tuple[QTextBlock, QRectF]]:
    """Yield the lines on the screen with the rectangle of each on the viewport."""
    layout = editor.document().documentLayout()
    offset = editor.verticalScrollBar().value()
    block = editor.cursorForPosition(editor.viewport().rect().topLeft()).block()
    while block.isValid():
        rect = layout.blockBoundingRect(block).translated(0, -offset)
        if rect.top() > editor.viewport().height():
            return
        following = block.next()
        if following.isValid():
            rect.setBottom(layout.blockBoundingRect(following).top() - offset)
        else:
            rect.setHeight(max(rect.height(), current().line("code")))
        yield block, rect
        block = following


def paint_grounds(editor: QTextEdit, painter: QPainter) -> None:
    """Paint the ground of code, and of the line with the cursor."""
    theme, width = current(), editor.viewport().width()
    here = editor.textCursor().block()
    for block, rect in visible_blocks(editor):
        band = QRectF(0, rect.top(), width, rect.height())
        if block == here and editor.hasFocus():
            painter.fillRect(band, theme.color("hover"))
        elif MarkdownHighlighter.is_code(block):
            painter.fillRect(band.adjusted(0, 0, -12, 0), theme.color("codeBg"))


class LineNumbers(QWidget):
    """Stands in the left margin of an editor."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def wanted_width(self) -> int:
        """Return the width that the largest number needs, in logical px."""
        digits = max(LEAST_DIGITS, len(str(self._editor.document().blockCount())))
        return 14 + digits * self._editor.fontMetrics().horizontalAdvance("0") + 8

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.fillRect(event.rect(), theme.color("surface"))
        font = theme.font("code")
        painter.setFont(font)
        here = self._editor.textCursor().blockNumber()
        for block, rect in visible_blocks(self._editor):
            chosen = block.blockNumber() == here
            painter.setPen(theme.color("textSecondary" if chosen else "textMuted"))
            place = QRectF(0, rect.top(), self.width() - 10, theme.line("code"))
            painter.drawText(
                place,
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                str(block.blockNumber() + 1),
            )
