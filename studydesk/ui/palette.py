"""Ctrl+K: finds anything and does anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import (
    QDate,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTime,
    QTimer,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studydesk.services.search import HIT_END, HIT_START, Hit
from studydesk.ui.actions import shortcut_text
from studydesk.ui.context import UiContext
from studydesk.ui.icons import paint_icon
from studydesk.ui.theme import current
from studydesk.ui.widgets.chips import KeyCap, chip_size, paint_key
from studydesk.ui.widgets.empty import IconView
from studydesk.ui.widgets.labels import Hairline, Label

Index = QModelIndex | QPersistentModelIndex
WIDTH, TOP, ROW, HEAD, LONGEST = 640, 96, 38, 30, 460
DEBOUNCE = 40
FRONT_MATTER = re.compile(r"^\s*---\s.*?\s---(?:\s|$)", re.DOTALL)
MARKS = re.compile(r"(?:^|(?<=\s))#{1,6}\s+|```\w*|\[\[|\]\]|(?<!\S)\*\*(?=\S)|(?<=\S)\*\*(?=[\s.,;:!?)]|$)")
ROWDATA = Qt.ItemDataRole.UserRole
GROUPS = (
    ("note", "Notes"),
    ("resource", "Library"),
    ("entry", "Rooms"),
    ("card", "Cards"),
    ("task", "Planner"),
    ("session", "Planner"),
    ("goal", "Planner"),
)
ICONS = {
    "note": "ph.notebook",
    "resource": "ph.books",
    "entry": "ph.chat-text",
    "card": "ph.cards",
    "task": "ph.check-square",
    "session": "ph.calendar-blank",
    "goal": "ph.target",
}


@dataclass(frozen=True)
class Row:
    """One line of the palette: a heading without `run`, or something to open or do."""

    title: str
    detail: str = ""
    icon: str = ""
    right: str = ""
    run: Callable[[], object] | None = None
    when: str = ""


class _Scrim(QWidget):
    """Darkens the window while something lies over it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current().scrim())


class Palette(QDialog):
    """Search as one types; `>` leaves only actions."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(self.tr("Find or do anything"))
        self.setModal(True)
        self._context, self._turn = context, 0
        self.edit = QLineEdit()
        self.edit.setObjectName("paletteEdit")
        self.edit.setProperty("plain", True)
        self.edit.setAccessibleName(self.tr("Find or do anything"))
        self.edit.setPlaceholderText(self.tr("Find notes, things, people, or do something"))
        self.edit.setFont(current().font("heading", weight=400))
        self.list = QListWidget()
        self.list.setObjectName("paletteList")
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(_RowDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._choose)
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._timer.timeout.connect(self._search)
        self.edit.textChanged.connect(lambda _: self._timer.start())
        self.edit.installEventFilter(self)
        self._lay_out()
        self._show_rows(self._do_rows(""))
        self.edit.setFocus()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 16, 12)
        head.setSpacing(12)
        head.addWidget(IconView("ph.magnifying-glass", "textSecondary", 18))
        head.addWidget(self.edit, 1)
        head.addWidget(KeyCap("Esc"))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.setSpacing(6)
        for keys, words in (("↑ ↓", self.tr("Choose")), ("Enter", self.tr("Open"))):
            foot.addWidget(KeyCap(keys))
            foot.addWidget(Label(words, "small", "textSecondary"))
            foot.addSpacing(10)
        foot.addStretch(1)
        foot.addWidget(KeyCap(">"))
        foot.addWidget(Label(self.tr("only actions"), "small", "textSecondary"))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addWidget(self.list)
        column.addWidget(Hairline())
        column.addLayout(foot)
        self.setFixedWidth(current().px(WIDTH))

    def open(self) -> None:
        """Show over the window, at its upper third."""
        window = self.parentWidget()
        if window is not None and not current().contrast:
            scrim = _Scrim(window)
            self.finished.connect(scrim.deleteLater)
        super().open()
        if window is not None:
            corner = window.mapToGlobal(window.rect().topLeft())
            self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + TOP)

    # What is shown

    def _search(self) -> None:
        text = self.edit.text().strip()
        self._turn += 1
        turn = self._turn
        if not text or text.startswith(">"):
            self._show_rows(self._do_rows(text.removeprefix(">").strip(), only_actions=True))
            return
        words = text.lstrip("#@")
        future = self._context.desk.search.search(words, limit=24)
        self._context.bridge.when_done(future, lambda hits: self._found(turn, words, hits), owner=self)

    def _found(self, turn: int, words: str, hits: Sequence[Hit]) -> None:
        if turn != self._turn:
            return
        rows: list[Row] = []
        shown: set[str] = set()
        for _, group in GROUPS:
            kinds = [kind for kind, name in GROUPS if name == group]
            found = [hit for hit in hits if hit.kind in kinds][:6]
            if found and group not in shown:
                shown.add(group)
                rows.append(Row(self.tr(group)))
                rows += [self._hit_row(hit) for hit in found]
        self._show_rows(rows + self._do_rows(words))

    def _hit_row(self, hit: Hit) -> Row:
        title = hit.title.replace(HIT_START, "").replace(HIT_END, "")
        return Row(
            title,
            _after_title(_plain(hit.snippet), title),
            ICONS.get(hit.kind, "ph.magnifying-glass"),
            "",
            lambda: self._open(hit),
            _when(hit.when),
        )

    def _open(self, hit: Hit) -> None:
        go = self._context.navigate
        match hit.kind:
            case "note":
                go("notebook", note=hit.id)
            case "resource":
                go("library", resource=hit.id)
            case "card":
                go("review", card=hit.id)
            case "entry":
                go("room", entry=hit.id)
            case "session":
                go("planner", session=hit.id)
            case _:
                go("planner", task=hit.id)

    def _do_rows(self, words: str, only_actions: bool = False) -> list[Row]:
        wanted = words.casefold()
        rows = []
        if words and not only_actions:
            title = self.tr("New task “{words}”").format(words=words)
            rows.append(Row(title, self.tr("in my work plan"), "ph.plus", "", lambda: self._new_task(words)))
            title = self.tr("New note “{words}”").format(words=words)
            rows.append(
                Row(
                    title,
                    "",
                    "ph.note-pencil",
                    "",
                    lambda: self._context.navigate("notebook", new=words),
                )
            )
        for spec in self._context.actions.usable():
            if spec.id != "desk.find" and wanted in f"{spec.text} {spec.words}".casefold():
                right = shortcut_text(spec.shortcut) if spec.shortcut else ""
                rows.append(Row(spec.text, "", spec.icon or "ph.caret-right", right, spec.run))
        return [Row(self.tr("Do")), *rows] if rows else []

    def _new_task(self, words: str) -> None:
        future = self._context.desk.planner.add_task_from_text(words)
        self._context.bridge.when_done(
            future,
            lambda changed: self._context.toast(
                self.tr("Task added: {title}").format(title=changed.value.title),
                "done",
                self.tr("Undo"),
                lambda: self._context.desk.undo.undo("planner"),
            ),
        )

    def _show_rows(self, rows: Sequence[Row]) -> None:
        self.list.clear()
        high = 8
        for row in rows:
            item = QListWidgetItem(row.title)
            item.setData(ROWDATA, row)
            if row.run is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
            high += current().px(ROW if row.run is not None else HEAD)
        self._step(1, start=-1)
        self.list.setFixedHeight(min(high, LONGEST))
        self.adjustSize()

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._timer.isActive():
                    self._timer.stop()
                    self._search()
                self._choose(self.list.currentItem())
                return True
        return False

    def _step(self, by: int, start: int | None = None) -> None:
        at = self.list.currentRow() if start is None else start
        for _ in range(self.list.count()):
            at = (at + by) % self.list.count()
            if self.list.item(at).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.list.setCurrentRow(at)
                return

    def _choose(self, item: QListWidgetItem | None) -> None:
        row = item.data(ROWDATA) if item is not None else None
        if row is not None and row.run is not None:
            self.accept()
            row.run()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("lineStrong"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)


class _RowDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROWDATA)
        return QSize(200, current().px(ROW if row.run is not None else HEAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROWDATA)
        theme, rect = current(), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.run is None:
            painter.setFont(theme.font("small", weight=500))
            painter.setPen(theme.color("textSecondary"))
            painter.drawText(rect.adjusted(18, 6, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.title)
        else:
            self._paint_row(painter, rect, row, bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRectF, row: Row, chosen: bool) -> None:
        theme = current()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected"))
            painter.drawRoundedRect(rect.adjusted(7, 0, -7, 0), 6, 6)
        ink = "onSelected" if chosen else "text"
        paint_icon(
            painter,
            row.icon,
            QRectF(rect.left() + 20, rect.center().y() - 8, 16, 16),
            "textSecondary" if not chosen else ink,
        )
        right = rect.right() - 18
        if row.right:
            size = chip_size(row.right)
            paint_key(
                painter, QPointF(right - size.width(), rect.center().y() - size.height() / 2), row.right
            )
            right -= size.width() + 12
        if row.when:
            painter.setFont(theme.font("small", tabular=True))
            painter.setPen(theme.color(ink if chosen else "textMuted"))
            wide = painter.fontMetrics().horizontalAdvance(row.when)
            place = QRectF(right - wide, rect.top(), wide, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.when)
            right -= wide + 12
        painter.setFont(theme.font("body", weight=500))
        metrics = QFontMetricsF(painter.font())
        left = rect.left() + 48
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, min(340.0, right - left))
        painter.setPen(theme.color(ink))
        painter.drawText(
            QRectF(left, rect.top(), right - left, rect.height()), Qt.AlignmentFlag.AlignVCenter, title
        )
        left += metrics.horizontalAdvance(title) + 12
        if row.detail and right - left > 60:
            _paint_detail(painter, QRectF(left, rect.top(), right - left, rect.height()), row.detail, chosen)


def _plain(snippet: str) -> str:
    """Return a snippet in one line, without the front matter of a note or the marks of Markdown."""
    return " ".join(MARKS.sub("", FRONT_MATTER.sub("", snippet)).split())


def _after_title(snippet: str, title: str) -> str:
    """Return a snippet without the title that a note begins with, since the title stands before it."""
    begun = "".join(rf"[{HIT_START}{HIT_END}]*{re.escape(letter)}" for letter in title)
    return re.sub(rf"^{begun}[{HIT_END}]*\s+", "", snippet) if title else snippet


def _when(moment: datetime | None) -> str:
    """Return the time of today, or the day of another day, as a person writes it."""
    if moment is None:
        return ""
    local, today = moment.astimezone(), datetime.now().astimezone().date()
    if local.date() == today:
        return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    form = "d MMM" if local.year == today.year else "d MMM yyyy"
    return QLocale().toString(QDate(local.year, local.month, local.day), form)


def _paint_detail(painter: QPainter, rect: QRectF, detail: str, chosen: bool) -> None:
    """Paint a snippet with its hits on the marker, cut off where it meets the edge."""
    theme = current()
    plain, formats = "", []
    for number, part in enumerate(detail.replace(HIT_END, HIT_START).split(HIT_START)):
        if number % 2:
            span = QTextLayout.FormatRange()
            span.start, span.length = len(plain), len(part)
            look = QTextCharFormat()
            look.setBackground(theme.color("marker"))
            look.setForeground(theme.color("onMarker"))
            span.format = look
            formats.append(span)
        plain += part
    layout = QTextLayout(plain, theme.font("small"))
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100_000)
    layout.endLayout()
    painter.setClipRect(rect)
    painter.setPen(theme.color("onSelected" if chosen else "textSecondary"))
    layout.draw(painter, QPointF(rect.left(), rect.center().y() - line.height() / 2))
