"""Which notes link to the one that is open, and in which words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studydesk.services.notebook import Backlink
from studydesk.ui.notebook.note_model import Index
from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.empty import IconView
from studydesk.ui.widgets.labels import Label

FEW, MANY = 1, 6
_LINK = Qt.ItemDataRole.UserRole
PADDING = 28
LEAD = 36
"""Characters kept before a link whose line is long."""


class BacklinksPanel(QWidget):
    """At the foot of the preview. Shows one, or with "Show all" up to six before it scrolls."""

    wanted = Signal(str)
    """The note with this id is to be opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._links: tuple[Backlink, ...] = ()
        self._all = False
        self._model = QStandardItemModel(self)
        self._fact = Label("", "small", "textSecondary", weight=600)
        self._toggle = Button(self.tr("Show all"), "link", small=True)
        self._toggle.clicked.connect(self._toggled)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(_BacklinkDelegate(self._view))
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setAccessibleName(self.tr("Notes that link here"))
        self._view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._view.clicked.connect(self._open)
        self._view.activated.connect(self._open)
        self._lay_out()
        self.show_links(())

    def show_links(self, links: Sequence[Backlink]) -> None:
        """Show these; with none the panel goes away."""
        self._links = tuple(links)
        self._model.clear()
        for link in self._links:
            item = QStandardItem(f"{link.title}: {link.line.strip()}")
            item.setData(link, _LINK)
            self._model.appendRow(item)
        notes = len({link.note_id for link in links})
        said = (
            self.tr("1 note links here")
            if notes == 1
            else self.tr("%1 notes link here").replace("%1", str(notes))
        )
        self._fact.setText(said)
        self.setVisible(bool(links))
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current().color("window"))
        painter.fillRect(0, 0, self.width(), 1, current().color("line"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(PADDING, 6, 20, 0)
        head.addWidget(IconView("ph.link", "textSecondary", 16))
        head.addSpacing(2)
        head.addWidget(self._fact)
        head.addStretch(1)
        head.addWidget(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._view)

    def _toggled(self) -> None:
        self._all = not self._all
        self._toggle.setText(self.tr("Show fewer") if self._all else self.tr("Show all"))
        self._fit()

    def _fit(self) -> None:
        rows = min(len(self._links), MANY if self._all else FEW)
        self._toggle.setVisible(len(self._links) > FEW)
        more = len(self._links) > rows and self._all
        needed = Qt.ScrollBarPolicy.ScrollBarAsNeeded if more else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._view.setVerticalScrollBarPolicy(needed)
        self._view.setFixedHeight(rows * _row_height())

    def _open(self, index: Index) -> None:
        link = index.data(_LINK)
        if isinstance(link, Backlink):
            self.wanted.emit(link.note_id)


class _BacklinkDelegate(QStyledItemDelegate):
    """Title and notebook above, the line with its link on the marker below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, _row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        link, theme = index.data(_LINK), current()
        if not isinstance(link, Backlink):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setClipRect(rect)
        if state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            painter.fillRect(rect, theme.color("hover"))
        left, top = rect.left() + PADDING, rect.top() + 3
        self._paint_title(painter, link, left, top)
        self._paint_line(painter, link, left, top + theme.line("small") + 1)
        painter.restore()

    def _paint_title(self, painter: QPainter, link: Backlink, left: int, top: int) -> None:
        theme = current()
        strong = theme.font("section")
        painter.setFont(strong)
        painter.setPen(theme.color("text"))
        base = top + QFontMetricsF(strong).ascent()
        painter.drawText(QPointF(left, base), link.title)
        if link.notebook_title:
            width = QFontMetricsF(strong).horizontalAdvance(link.title + " ")
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("textMuted"))
            painter.drawText(QPointF(left + width, base), link.notebook_title)

    def _paint_line(self, painter: QPainter, link: Backlink, left: float, top: int) -> None:
        theme = current()
        font = theme.font("small")
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for number, words in enumerate(shown_parts(link)):
            width = metrics.horizontalAdvance(words)
            if number == 1:
                ground = QRectF(left - 1, top, width + 2, theme.line("small"))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("marker"))
                painter.drawRoundedRect(ground, 2, 2)
            painter.setPen(theme.color("onMarker" if number == 1 else "textSecondary"))
            painter.drawText(QPointF(left, top + metrics.ascent()), words)
            left += width


def shown_parts(link: Backlink) -> tuple[str, str, str]:
    """Return what stands before a link, the words of the link without brackets, and what follows."""
    before, words, after = link.line[: link.start], link.line[link.start : link.end], link.line[link.end :]
    if words.startswith(("[[", "![[")):
        words = words.lstrip("!").strip("[]").rpartition("|")[2]
    elif words.startswith("[") and "](" in words:
        words = words[1:].partition("](")[0]
    before = before.lstrip().lstrip("#-*+> ").lstrip()
    if len(before) > LEAD:
        before = "…" + before[-LEAD:]
    return before, words, after.rstrip()


def _row_height() -> int:
    return 2 * current().line("small") + 9
