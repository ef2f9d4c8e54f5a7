"""The list of rooms: those open near, mine, and my own boards, as cards in one column."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from studydesk.services.room.views import BoardRow, NearDesk, NearRoom, RoomRow
from studydesk.ui.icons import paint_icon
from studydesk.ui.theme import current
from studydesk.ui.widgets.avatar import AvatarStack, initials
from studydesk.ui.widgets.buttons import Button, IconButton
from studydesk.ui.widgets.chips import Chip
from studydesk.ui.widgets.empty import EmptyState
from studydesk.ui.widgets.focus import Ringed
from studydesk.ui.widgets.labels import Label, SectionLabel

MEASURE = 720


class RoomsList(QScrollArea):
    """Everything one can enter. The signals say what was chosen."""

    join_wanted = Signal(object)
    room_wanted = Signal(str)
    board_wanted = Signal(str)
    board_menu_wanted = Signal(object, object)
    new_board_wanted = Signal()
    address_wanted = Signal()
    check_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("roomsList")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._rooms: tuple[RoomRow, ...] = ()
        self._boards: tuple[BoardRow, ...] = ()
        self._near: tuple[NearDesk, ...] = ()
        self._build()

    def show_rooms(self, rows: Sequence[RoomRow]) -> None:
        """Show my rooms."""
        if self._rooms != tuple(rows):
            self._rooms = tuple(rows)
            self._build()

    def show_boards(self, rows: Sequence[BoardRow]) -> None:
        """Show my own boards."""
        if self._boards != tuple(rows):
            self._boards = tuple(rows)
            self._build()

    def show_near(self, desks: Sequence[NearDesk]) -> None:
        """Show which rooms are open near."""
        if self._near != tuple(desks):
            self._near = tuple(desks)
            self._build()

    def _build(self) -> None:
        page = QWidget()
        page.setMaximumWidth(current().px(MEASURE))
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        self._add_near(column)
        if self._rooms:
            column.addWidget(SectionLabel(self.tr("Mine")))
            for row in self._rooms:
                column.addWidget(self._mine(row))
            column.addSpacing(16)
        self._add_boards(column)
        column.addStretch(1)
        ground = _Ground()
        row_layout = QHBoxLayout(ground)
        row_layout.setContentsMargins(0, 0, 0, 0)
        row_layout.addStretch(1)
        row_layout.addWidget(page, 100)
        row_layout.addStretch(1)
        self.setWidget(ground)

    def _add_near(self, column: QVBoxLayout) -> None:
        rooms = [room for desk in self._near for room in desk.rooms]
        column.addWidget(SectionLabel(self.tr("Open near you")))
        for room in rooms:
            column.addWidget(self._near_card(room))
        if not rooms:
            empty = EmptyState("ph.wifi-high", *self._nobody())
            empty.setMinimumHeight(210)
            empty.add_button(self.tr("Check the network")).clicked.connect(self.check_wanted)
            empty.add_button(self.tr("Type an address"), "quiet").clicked.connect(self.address_wanted)
            column.addWidget(empty)
        column.addSpacing(16)

    def _nobody(self) -> tuple[str, str]:
        if self._near:
            return (
                self.tr("No room is open"),
                self.tr("Others are near, but none has opened a room. Open one of yours, or make a new one."),
            )
        return (
            self.tr("Nobody near"),
            self.tr(
                "Desks on the same network appear here by themselves. "
                "If somebody should be here, the check says why not."
            ),
        )

    def _near_card(self, room: NearRoom) -> QWidget:
        card = _Card(room.name or self.tr("A room without a listed name"), live=True)
        card.add_words(self.tr("{host} hosts it").format(host=room.host_name))
        button = Button(self.tr("Enter") if room.member else self.tr("Join"), "plain")
        button.setObjectName("joinNear")
        act: Callable[[], object] = (
            (lambda: self.room_wanted.emit(room.id)) if room.member else (lambda: self.join_wanted.emit(room))
        )
        button.clicked.connect(act)
        card.chosen.connect(act)
        card.add_end(button)
        return card

    def _mine(self, row: RoomRow) -> QWidget:
        card = _Card(row.name, live=row.live)
        card.add_words(row.last_text.replace("\n", " ") or self.tr("Nobody has written yet"))
        if row.unread:
            card.add_end(
                Chip(self.tr("{count} new").format(count="99+" if row.unread > 99 else row.unread), "goal")
            )
        if row.live:
            here = [(person.name, person.colour) for person in row.people if person.present]
            stack = AvatarStack(22)
            stack.show_people(here)
            card.add_end(stack)
        button = Button(self.tr("Open"))
        button.clicked.connect(lambda: self.room_wanted.emit(row.id))
        card.chosen.connect(lambda: self.room_wanted.emit(row.id))
        card.add_end(button)
        return card

    def _add_boards(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.addWidget(SectionLabel(self.tr("My boards")))
        head.addStretch(1)
        fresh = Button(self.tr("New board"), "quiet", "ph.plus", small=True)
        fresh.setObjectName("newOwnBoard")
        fresh.clicked.connect(self.new_board_wanted)
        head.addWidget(fresh)
        column.addLayout(head)
        for row in self._boards:
            column.addWidget(self._board(row))
        if not self._boards:
            hint = self.tr("A board needs no room. Draw alone first, and bring it into a room later.")
            column.addWidget(Label(hint, "body", "textMuted", wrap=True))

    def _board(self, row: BoardRow) -> QWidget:
        card = _Card(row.title, live=False, icon="ph.pencil-simple")
        more = IconButton("ph.dots-three", self.tr("More about {title}").format(title=row.title))
        more.clicked.connect(lambda: self.board_menu_wanted.emit(row, more))
        card.add_end(more)
        button = Button(self.tr("Open"))
        button.clicked.connect(lambda: self.board_wanted.emit(row.id))
        card.chosen.connect(lambda: self.board_wanted.emit(row.id))
        card.add_end(button)
        return card


class _Ground(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current().color("surface"))


class _Card(Ringed, QFrame):
    """A room or board to enter: tile with initials, name, one line, and what stands at the right."""

    chosen = Signal()
    ring_radius = 8

    def __init__(self, name: str, live: bool, icon: str = "") -> None:
        super().__init__()
        self._hover = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 12, 16, 12)
        self._row.setSpacing(12)
        self._row.addWidget(_Tile(name, live, icon))
        words = QWidget()
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._words = QVBoxLayout(words)
        self._words.setContentsMargins(0, 0, 0, 0)
        self._words.setSpacing(2)
        self._words.addStretch(1)
        self._words.addWidget(Label(name, "body", weight=600, elide=True))
        self._words.addStretch(1)
        self._row.addWidget(words, 1)

    def add_words(self, words: str) -> None:
        """Say one quiet line below the name."""
        self._words.insertWidget(2, Label(words, "small", "textSecondary", elide=True))

    def add_end(self, widget: QWidget) -> None:
        """Put something at the right."""
        self._row.addWidget(widget)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._hover = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("lineStrong" if self._hover else "line"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class _Tile(QWidget):
    """40 px, with initials or an icon, and a dot when the room is live."""

    def __init__(self, name: str, live: bool, icon: str) -> None:
        super().__init__()
        self._text, self._live, self._icon = initials(name, 3), live, icon
        self.setFixedSize(44, 44)

    def sizeHint(self) -> QSize:
        return QSize(44, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(2, 2, 40, 40)
        painter.setPen(QPen(theme.color("lineStrong"), 1))
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(rect, 8, 8)
        if self._icon:
            paint_icon(painter, self._icon, QRectF(12, 12, 20, 20), "textSecondary")
        else:
            painter.setFont(theme.font("small", weight=600))
            painter.setPen(theme.color("text"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._text)
        if self._live:
            painter.setPen(QPen(theme.color("raised"), 2))
            painter.setBrush(theme.color("success"))
            painter.drawEllipse(QRectF(34, 0, 10, 10))
