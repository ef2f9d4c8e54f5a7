"""The face of a card: its words as rendered Markdown, as high as they are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from studydesk.services.markdown import render
from studydesk.ui.notebook.preview_html import to_qt
from studydesk.ui.theme import current

OUTSIDE = {"http", "https", "mailto"}


class CardFace(QTextBrowser):
    """One side of a card. `size` and `line` in logical px at 100 %; it takes no keys, so the page keeps them."""

    def __init__(self, style: str, size: float, line: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style, self._size, self._line = style, size, line
        self._text = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._follow)

    def show_text(self, text: str) -> None:
        """Show Markdown."""
        self._text = text
        font = QFont(current().font(self._style))
        font.setPixelSize(current().px(self._size))
        self.document().setDefaultFont(font)
        self.setHtml(to_qt(render(text), current()))
        self._space_lines()
        self._fit()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Load nothing: what a card shows of the network would tell who learns it."""
        return None

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._text:
            self.show_text(self._text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _space_lines(self) -> None:
        """Give paragraphs the line height of this face, and code and tables their own weight and room above."""
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            if cursor.currentTable() is not None:
                _make_regular(cursor)
            else:
                shape = QTextBlockFormat()
                shape.setLineHeight(
                    current().px(self._line), QTextBlockFormat.LineHeightTypes.FixedHeight.value
                )
                cursor.mergeBlockFormat(shape)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                form.setTopMargin(16)
                frame.setFormat(form)

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        high = int(self.document().size().height() + 2)
        if high != self.minimumHeight():
            self.setFixedHeight(high)

    def _follow(self, address: QUrl) -> None:
        if address.scheme() in OUTSIDE:
            QDesktopServices.openUrl(address)


def _make_regular(cursor: QTextCursor) -> None:
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    shape = QTextCharFormat()
    shape.setFontWeight(QFont.Weight.Normal)
    cursor.mergeCharFormat(shape)
