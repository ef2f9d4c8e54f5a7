"""The rail at the left: six places, my rooms, settings, me."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from studydesk.ui.icons import paint_icon
from studydesk.ui.places import PLACES
from studydesk.ui.theme import current
from studydesk.ui.widgets.avatar import initials, paint_avatar
from studydesk.ui.widgets.focus import Ringed
from studydesk.ui.widgets.labels import Hairline

WIDE, COMPACT = 76, 56
MAX_ROOMS = 5


class Rail(QWidget):
    """`chosen` carries the key of a place; `room_chosen` the id of a room."""

    chosen = Signal(str)
    room_chosen = Signal(str)
    settings_wanted = Signal()
    menu_wanted = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._compact = False
        self.items = {
            spec.key: RailItem(spec.words, spec.icon, f"Ctrl+{number}")
            for number, spec in enumerate(PLACES, 1)
        }
        self._tiles = QVBoxLayout()
        self._tiles.setSpacing(6)
        self._settings = RailItem(self.tr("Settings"), "ph.sliders-horizontal", "Ctrl+,", small=True)
        self._settings.setObjectName("railSettings")
        self._settings.clicked.connect(self.settings_wanted)
        self._me = _Me()
        self._me.clicked.connect(lambda: self.menu_wanted.emit(self._me))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(2)
        for key, item in self.items.items():
            item.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            column.addWidget(item, 0, Qt.AlignmentFlag.AlignHCenter)
        line = Hairline()
        line.setFixedWidth(44)
        column.addSpacing(8)
        column.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(10)
        column.addLayout(self._tiles)
        column.addStretch(1)
        column.addWidget(self._settings, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        column.addWidget(self._me, 0, Qt.AlignmentFlag.AlignHCenter)
        self.set_compact(False)

    def set_place(self, key: str) -> None:
        """Mark the place that is shown."""
        for name, item in self.items.items():
            item.setChecked(name == key)
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Show icons only in a narrow window."""
        self._compact = compact
        self.setFixedWidth(max(COMPACT if compact else WIDE, current().px(COMPACT if compact else WIDE)))
        for item in (*self.items.values(), self._settings):
            item.set_compact(compact)

    def set_count(self, key: str, count: int) -> None:
        """Show how much is due at a place; 0 shows nothing."""
        self.items[key].set_count(count)

    def set_me(self, name: str, colour: int) -> None:
        """Show whose desk this is."""
        self._me.show_me(name, colour)

    def set_rooms(self, rooms: Sequence[tuple[str, str, bool]], shown: str = "") -> None:
        """Show my rooms as (id, name, live)."""
        while (item := self._tiles.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for room, name, live in rooms[:MAX_ROOMS]:
            tile = _RoomTile(name, live, room == shown)
            tile.clicked.connect(lambda _=False, room=room: self.room_chosen.emit(room))
            self._tiles.addWidget(tile, 0, Qt.AlignmentFlag.AlignHCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current().color("window"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), current().color("line"))
        for item in self.items.values():
            if item.isChecked():
                middle = item.geometry().center().y()
                painter.fillRect(0, middle - 12, 3, 24, current().color("accent"))


class RailItem(Ringed, QAbstractButton):
    """64 x 52: an icon over a label; a bar at the left edge when chosen."""

    def __init__(self, words: str, icon: str, shortcut: str, small: bool = False) -> None:
        super().__init__()
        self._icon, self._count, self._compact, self._small = icon, 0, False, small
        self._shortcut = shortcut
        self.setText(words)
        self.setCheckable(not small)
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({shortcut.replace('+', ' ')})")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone."""
        self._compact = compact
        self.updateGeometry()

    def set_count(self, count: int) -> None:
        """Show a number that is due."""
        if count != self._count:
            self._count = count
            name = f"{self.text()}, {count}" if count else self.text()
            self.setAccessibleName(name)
            self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        if self._compact or self._small:
            return QSize(44, 40)
        return QSize(max(64, theme.px(64)), max(52, theme.px(52)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected" if chosen else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        ink = ("onSelected" if theme.contrast else "accentText") if chosen else "textSecondary"
        bare = self._compact or self._small
        top = (rect.height() - 22) / 2 if bare else 8
        paint_icon(painter, self._icon, QRectF((rect.width() - 22) / 2, top, 22, 22), ink)
        if not bare:
            painter.setFont(theme.font("rail"))
            painter.setPen(theme.color("onSelected" if chosen else "textSecondary"))
            below = QRectF(0, 31, rect.width(), rect.height() - 33)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self.text())
        if self._count:
            self._paint_count(painter, rect.center().x() + 4, top - 3)

    def _paint_count(self, painter: QPainter, left: float, top: float) -> None:
        theme = current()
        words = "99+" if self._count > 99 else str(self._count)
        font = QFont(theme.font("rail", weight=600))
        painter.setFont(font)
        wide = max(18.0, painter.fontMetrics().horizontalAdvance(words) + 9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text"))
        pill = QRectF(left, top, wide, 16)
        painter.drawRoundedRect(pill, 8, 8)
        painter.setPen(theme.color("window"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


class _RoomTile(Ringed, QAbstractButton):
    ring_radius = 8

    def __init__(self, name: str, live: bool, shown: bool) -> None:
        super().__init__()
        self._live, self._shown = live, shown
        self._letters = name if len(name) <= 3 else initials(name, 2)
        self.setAccessibleName(self.tr("Room {name}, live").format(name=name) if live else name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        return QSize(44, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if self._shown else "lineStrong"), 2 if self._shown else 1))
        painter.setBrush(theme.color("hover" if self.underMouse() else "raised"))
        rect = QRectF(2.5, 2.5, 39, 39)
        painter.drawRoundedRect(rect, 8, 8)
        painter.setFont(theme.font("small", weight=600))
        painter.setPen(theme.color("textSecondary"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._letters)
        if self._live:
            painter.setPen(QPen(theme.color("window"), 2))
            painter.setBrush(theme.color("success"))
            painter.drawEllipse(QRectF(33, 1, 10, 10))


class _Me(Ringed, QAbstractButton):
    ring_radius = 16

    def __init__(self) -> None:
        super().__init__()
        self._name, self._colour = "", 1
        self.setObjectName("railMe")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_me("", 1)

    def show_me(self, name: str, colour: int) -> None:
        self._name, self._colour = name, colour
        words = self.tr("Menu of {name}").format(name=name) if name else self.tr("Menu")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(34, 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_avatar(painter, QRectF(2, 2, 30, 30), self._name or "?", self._colour)
