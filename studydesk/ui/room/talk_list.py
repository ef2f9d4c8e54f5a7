"""The messages of a room, as one list painted by one delegate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTime,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from studydesk.services.room.views import EntryView
from studydesk.ui.icons import paint_icon
from studydesk.ui.room.links import Link, links
from studydesk.ui.theme import current
from studydesk.ui.widgets.avatar import paint_avatar

Index = QModelIndex | QPersistentModelIndex
TOGETHER = timedelta(minutes=5)
EDGE, AVATAR, GAP = 16, 26, 10
DAY, MARK = 34, 26
"""Heights of what may stand above an entry, in logical px."""
ENTRY = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()


@dataclass(frozen=True)
class Line:
    """One entry, and how it follows the one before."""

    entry: EntryView
    starts: bool  # avatar and name are shown
    day: str  # words of a new day above it, or ""
    fresh: bool = False  # what was not read yet begins here


class TalkModel(QAbstractListModel):
    """Entries in their order; one that is known takes the place of what was shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[EntryView] = []
        self._lines: list[Line] = []
        self._fresh = ""

    def load(self, entries: Iterable[EntryView], unread: int = 0) -> None:
        """Show these entries instead of all others; a mark stands above the last `unread` messages."""
        shown = [entry for entry in entries if _shown(entry)]
        messages = [entry for entry in shown if entry.kind == "message"]
        first = messages[-unread] if 0 < unread <= len(messages) else None
        self._fresh = first.id if first is not None and not first.mine else ""
        self._reset(shown)

    def _reset(self, entries: list[EntryView]) -> None:
        self.beginResetModel()
        self._entries = entries
        self._lines = _lines(entries, None, self._fresh)
        self.endResetModel()

    def add(self, entries: Iterable[EntryView]) -> None:
        """Show more entries, wherever they belong."""
        known = {entry.id: entry for entry in self._entries}
        fresh = [entry for entry in entries if _shown(entry)]
        known.update((entry.id, entry) for entry in fresh)
        ordered = sorted(known.values(), key=lambda entry: (entry.lamport, entry.time, entry.author))
        if ordered[: len(self._entries)] == self._entries:
            self._append(ordered)
        elif ordered != self._entries:
            self._reset(ordered)

    def _append(self, ordered: list[EntryView]) -> None:
        start = len(self._entries)
        if len(ordered) == start:
            return
        self.beginInsertRows(QModelIndex(), start, len(ordered) - 1)
        self._entries = ordered
        self._lines += _lines(ordered[start:], ordered[start - 1] if start else None)
        self.endInsertRows()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == ENTRY:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.entry.author_name}, {_clock(line.entry)}: {_text(line.entry)} {_note(line.entry)}".strip()
        return None


class TalkDelegate(QStyledItemDelegate):
    """Paints one entry: avatar 26, name and time, text, and what is to be known of it."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[str, int, str, str, bool, str, int], int] = {}

    def forget_sizes(self) -> None:
        """The look has changed: measure again."""
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(ENTRY)
        width = self._view.viewport().width()
        theme = current()
        shape = f"{line.day}{line.fresh}"
        key = (line.entry.id, width, shape, _note(line.entry), line.starts, theme.name, theme.px(100))
        if key not in self._heights:
            self._heights[key] = self._height(line, width)
        return QSize(width, self._heights[key])

    def _height(self, line: Line, width: int) -> int:
        theme = current()
        high = float((DAY if line.day else 0) + (MARK if line.fresh else 0))
        if line.entry.kind != "message":
            return int(high + theme.line("small") + 14)
        high += (12 + theme.line("body")) if line.starts else 4
        layout = _layout(_text(line.entry), width - EDGE * 2 - AVATAR - GAP)
        high += layout.boundingRect().height()
        return int(high + (theme.line("small") + 4 if _note(line.entry) else 0) + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(ENTRY)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = rect.top()
        if line.day:
            self._paint_day(painter, QRectF(rect.left(), top, rect.width(), DAY), line.day)
            top += DAY
        if line.fresh:
            self._paint_mark(painter, QRectF(rect.left(), top, rect.width(), MARK))
            top += MARK
        if line.entry.kind == "message":
            self._paint_message(painter, rect, top, line)
        else:
            self._paint_fact(painter, QRectF(rect.left(), top, rect.width(), rect.bottom() - top), line.entry)
        painter.restore()

    def _paint_day(self, painter: QPainter, rect: QRectF, day: str) -> None:
        theme = current()
        painter.setFont(theme.font("small"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(day) + 24
        middle = rect.center().y() + 4
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(QPointF(rect.left() + EDGE, middle), QPointF(rect.center().x() - wide / 2, middle))
        painter.drawLine(QPointF(rect.center().x() + wide / 2, middle), QPointF(rect.right() - EDGE, middle))
        painter.setPen(theme.color("textMuted"))
        painter.drawText(rect.translated(0, 4), Qt.AlignmentFlag.AlignCenter, day)

    def _paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        """Part what was read from what is new."""
        theme = current()
        words = QCoreApplication.translate("Talk", "New")
        painter.setFont(theme.font("small", weight=600))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 8
        middle = rect.center().y() + 2
        painter.setPen(QPen(theme.color("accent"), 1))
        painter.drawLine(QPointF(rect.left() + EDGE, middle), QPointF(rect.right() - EDGE - wide, middle))
        painter.setPen(theme.color("accentText"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(0, 2, -EDGE, 2), right, words)

    def link_at(self, rect: QRectF, line: Line, at: QPointF) -> str:
        """Return the web address below a point of an entry painted into `rect`, or ""."""
        if line.entry.kind != "message":
            return ""
        top = rect.top() + (DAY if line.day else 0) + (MARK if line.fresh else 0)
        top += 12 + current().line("body") if line.starts else 4
        text = _text(line.entry)
        layout = _layout(text, int(rect.width()) - EDGE * 2 - AVATAR - GAP)
        point = at - QPointF(rect.left() + EDGE + AVATAR + GAP, top)
        for number in range(layout.lineCount()):
            row = layout.lineAt(number)
            if row.naturalTextRect().adjusted(0, -3, 0, 3).contains(point):
                index = row.xToCursor(point.x(), QTextLine.CursorPosition.CursorOnCharacter)
                return next((link.address for link in links(text) if link.start <= index < link.end), "")
        return ""

    def _paint_fact(self, painter: QPainter, rect: QRectF, entry: EntryView) -> None:
        theme = current()
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("textMuted"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _text(entry))

    def _paint_message(self, painter: QPainter, rect: QRectF, top: float, line: Line) -> None:
        theme, entry = current(), line.entry
        left = rect.left() + EDGE + AVATAR + GAP
        if line.starts:
            top += 12
            avatar = QRectF(rect.left() + EDGE, top, AVATAR, AVATAR)
            paint_avatar(painter, avatar, entry.author_name, entry.colour)
            self._paint_name(
                painter, QRectF(left, top - 1, rect.right() - EDGE - left, theme.line("body")), entry
            )
            top += theme.line("body")
        else:
            top += 4
        layout = _layout(_text(entry), int(rect.width()) - EDGE * 2 - AVATAR - GAP)
        painter.setPen(theme.color("text"))
        layout.draw(painter, QPointF(left, top))
        note = _note(entry)
        if note:
            top += layout.boundingRect().height() + 3
            ink, icon = ("warning", "ph.warning") if not entry.verified else ("textMuted", "ph.clock")
            paint_icon(painter, icon, QRectF(left, top, 14, 14), ink)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color(ink))
            painter.drawText(QPointF(left + 19, top + 11.5), note)

    def _paint_name(self, painter: QPainter, rect: QRectF, entry: EntryView) -> None:
        theme = current()
        painter.setFont(theme.font("body", weight=600))
        metrics = QFontMetricsF(painter.font())
        name = metrics.elidedText(entry.author_name, Qt.TextElideMode.ElideRight, rect.width() - 60)
        painter.setPen(theme.color("text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("textMuted"))
        moved = rect.adjusted(metrics.horizontalAdvance(name) + 8, 0, 0, 0)
        painter.drawText(moved, Qt.AlignmentFlag.AlignVCenter, _clock(entry))


def _shown(entry: EntryView) -> bool:
    return entry.kind in ("message", "membership")


def _lines(entries: list[EntryView], before: EntryView | None = None, fresh: str = "") -> list[Line]:
    lines = []
    for entry in entries:
        day = _day(entry) if before is None or _date(before) != _date(entry) else ""
        same = before is not None and before.kind == "message" and before.author == entry.author and not day
        soon = before is not None and _when(entry) - _when(before) < TOGETHER
        new = bool(fresh) and entry.id == fresh
        lines.append(Line(entry, new or not (same and soon), day, new))
        before = entry
    return lines


def _when(entry: EntryView) -> datetime:
    return datetime.fromtimestamp(entry.time / 1000).astimezone()


def _date(entry: EntryView) -> object:
    return _when(entry).date()


def _clock(entry: EntryView) -> str:
    when = _when(entry)
    return QLocale().toString(QTime(when.hour, when.minute), QLocale.FormatType.ShortFormat)


def _day(entry: EntryView) -> str:
    when = _when(entry)
    today = datetime.now().astimezone().date()
    if when.date() == today:
        return QCoreApplication.translate("Talk", "Today")
    if when.date() == today - timedelta(days=1):
        return QCoreApplication.translate("Talk", "Yesterday")
    return f"{QLocale().dayName(when.isoweekday())} {when.day} {QLocale().monthName(when.month)}"


def _text(entry: EntryView) -> str:
    if entry.kind == "membership":
        return QCoreApplication.translate("Talk", "{name} came into the room").format(name=entry.text)
    return entry.text


def _note(entry: EntryView) -> str:
    if not entry.verified:
        return QCoreApplication.translate("Talk", "signature does not match")
    if entry.mine and not entry.delivered and entry.kind == "message":
        return QCoreApplication.translate("Talk", "kept, goes out when others are there")
    return ""


def _link_format(link: Link) -> QTextLayout.FormatRange:
    shown = QTextLayout.FormatRange()
    shown.start, shown.length = link.start, link.end - link.start
    shown.format.setForeground(current().color("accentText"))
    shown.format.setFontUnderline(True)
    return shown


def _layout(text: str, width: int) -> QTextLayout:
    theme = current()
    layout = QTextLayout(text.replace("\n", "\u2028"), theme.font("body"))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats([_link_format(link) for link in links(text)])
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(40, width))
        line.setPosition(QPointF(0, top + (theme.line("body") - line.height()) / 2))
        top += theme.line("body")
    layout.endLayout()
    return layout
