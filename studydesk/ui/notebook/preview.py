"""What a note looks like: a reading view that follows the text piece by piece."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from studydesk.services.markdown import Piece, Renderer
from studydesk.ui.notebook.pictures import Pictures, task_box
from studydesk.ui.notebook.preview_document import Part, PieceDocument
from studydesk.ui.notebook.preview_html import BOX_SCHEME, TASK_SCHEME, to_qt
from studydesk.ui.theme import current

TURN = 0.02
"""Seconds of rendering in one turn of the event loop; the rest comes in the next ones."""
MARGIN = 28
MEASURE = 760
"""Longest lines, in logical px."""
INDENT = 24
_OPENS_OUTSIDE = {"http", "https", "mailto"}


class NotePreview(QTextBrowser):
    """Shows the pieces of one note. Only pieces that changed are rendered and laid out again."""

    task_toggled = Signal(int)
    """The box on this line of the note (from 0) was clicked."""
    tag_wanted = Signal(str)
    """A tag was clicked."""
    note_wanted = Signal(str)
    """A link to another note was followed; the words of its `[[link]]`."""

    def __init__(self, renderer: Renderer, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._renderer, self._pictures = renderer, pictures
        self._pieces: Sequence[Piece] = ()
        self._html: dict[object, str] = {}
        self._pressed_at = -1
        self._parts = PieceDocument(self.document())
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._work)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._follow)
        self.setAccessibleName(self.tr("Preview"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        pictures.arrived.connect(self._picture_arrived)
        self.restyle()

    def restyle(self) -> None:
        """Take type and colours from the look in use and show everything anew."""
        self._html.clear()
        self._parts.clear()
        document = self.document()
        document.setDefaultFont(current().font("reading"))
        document.setIndentWidth(INDENT)
        self._fit_measure()
        self._work()

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show these pieces instead of the present ones. Returns early when they take long; the rest follows."""
        self._pieces = pieces
        self._work()

    def finish(self) -> None:
        """Render what is still waiting."""
        while not self._work():
            pass

    def is_complete(self) -> bool:
        """Tell whether all pieces are on the screen."""
        return not self._rest.isActive()

    def line_at_top(self) -> float:
        """Return the line of the note that stands at the upper edge, with the share of its piece as fraction."""
        offset = self.verticalScrollBar().value()
        shown = min(len(self._parts), len(self._pieces))
        for index in range(shown):
            top, bottom = self._span(index)
            if bottom > offset:
                piece = self._pieces[index]
                share = max(0.0, (offset - top) / max(1.0, bottom - top))
                return piece.line + share * piece.chunk.line_count
        return float(self._pieces[-1].line) if self._pieces else 0.0

    def scroll_to_line(self, line: float) -> None:
        """Bring a line of the note to the upper edge."""
        shown = min(len(self._parts), len(self._pieces))
        for index in range(shown - 1, -1, -1):
            piece = self._pieces[index]
            if piece.line <= line or index == 0:
                top, bottom = self._span(index)
                share = min(1.0, max(0.0, line - piece.line) / max(1, piece.chunk.line_count))
                self.verticalScrollBar().setValue(round(top + share * (bottom - top)) if line > 0 else 0)
                return

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give pictures of boxes and of the desk's files; never anything else, never from the network."""
        address = QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        if address.scheme() == BOX_SCHEME:
            return task_box(address.path() == "on", self.devicePixelRatioF())
        return self._pictures.picture(address)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = self.cursorForPosition(event.position().toPoint()).position()
        super().mousePressEvent(event)
        self._pressed_at = -1 if not self.anchorAt(event.position().toPoint()) else self._pressed_at

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the top: Qt scrolls to the cursor at the first show, and filling has moved that to the end."""
        self.setTextCursor(QTextCursor(self.document()))
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_measure()

    def _fit_measure(self) -> None:
        spare = max(MARGIN, (self.viewport().width() - MEASURE) // 2)
        frame = self.document().rootFrame()
        shape = frame.frameFormat()
        if int(shape.leftMargin()) != spare:
            shape.setMargin(0)
            shape.setLeftMargin(spare)
            shape.setRightMargin(spare)
            shape.setTopMargin(16)
            shape.setBottomMargin(MARGIN)
            frame.setFrameFormat(shape)
        self._pictures.width = max(120, min(MEASURE, self.viewport().width() - 2 * MARGIN))

    def _work(self) -> bool:
        """Bring the document nearer to the pieces; return whether it is there."""
        wanted = [piece.key for piece in self._pieces]
        shown = self._parts.keys()
        same = _common(shown, wanted)
        tail = _common(shown[same:][::-1], wanted[same:][::-1])
        until = time.perf_counter() + TURN
        fresh: list[Part] = []
        for piece in self._pieces[same : len(wanted) - tail]:
            if time.perf_counter() > until and fresh:
                break
            fresh.append(self._part(piece))
        if fresh or len(shown) - tail > same:
            self._parts.replace(same, len(shown) - tail, fresh)
        complete = same + len(fresh) + tail == len(wanted)
        if complete:
            self._rest.stop()
            self._forget_unused(wanted)
        else:
            self._rest.start()
        return complete

    def _part(self, piece: Piece) -> Part:
        known = self._html.get(piece.key)
        if known is None:
            known = self._html[piece.key] = to_qt(self._renderer.html(piece), current())
        return Part(piece.key, known, piece.chunk.level)

    def _forget_unused(self, wanted: list[tuple[object, ...]]) -> None:
        if len(self._html) > 2 * len(wanted) + 200:
            self._html = {key: self._html[key] for key in wanted if key in self._html}

    def _span(self, index: int) -> tuple[float, float]:
        return self._top(self._parts.block_of(index)), self._top(self._parts.block_of(index + 1))

    def _top(self, block: QTextBlock) -> float:
        layout = self.document().documentLayout()
        box: QRectF = layout.blockBoundingRect(block)
        return box.top() if block.isValid() else layout.documentSize().height()

    def _follow(self, address: QUrl) -> None:
        scheme = address.scheme()
        if scheme == TASK_SCHEME:
            self._toggle(address.path())
        elif scheme == "note":
            self.note_wanted.emit(address.path())
        elif scheme == "tag":
            self.tag_wanted.emit(address.path())
        elif scheme in _OPENS_OUTSIDE:
            QDesktopServices.openUrl(address)
        elif not scheme and address.hasFragment() and not address.path():
            self._show_anchor(address.fragment())
        elif not scheme and address.path():
            self.note_wanted.emit(QUrl.fromPercentEncoding(address.toString().encode()))

    def _toggle(self, line: str) -> None:
        position = self._pressed_at if self._pressed_at >= 0 else self.textCursor().selectionStart()
        index = self._parts.part_at(position)
        if line.isdigit() and 0 <= index < len(self._pieces):
            self.task_toggled.emit(self._pieces[index].line + int(line))

    def _show_anchor(self, name: str) -> None:
        if name.startswith("fn-"):
            self.finish()
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            return
        for piece in self._pieces:
            if piece.chunk.level and _slug(piece.chunk.words) == name.lower():
                self.scroll_to_line(piece.line)

    def _picture_arrived(self, name: str) -> None:
        document = self.document()
        address = QUrl(name)
        picture = self._pictures.picture(address)
        document.addResource(QTextDocument.ResourceType.ImageResource.value, address, picture)
        document.markContentsDirty(0, document.characterCount())

    def anchor_position(self, text: str) -> QPointF:
        """Return where on the viewport the first link with these words stands; for tests and hints."""
        cursor = self.document().find(text)
        return QPointF(self.cursorRect(cursor).center())


def _common(before: Sequence[object], after: Sequence[object]) -> int:
    count = 0
    for old, new in zip(before, after, strict=False):
        if old != new:
            break
        count += 1
    return count


def _slug(words: str) -> str:
    kept = "".join(character for character in words.lower() if character.isalnum() or character in " -_")
    return kept.strip().replace(" ", "-")
