"""The cards and bands of Today: the next session, cards that are due, things to go on with."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studydesk.ui.icons import paint_icon
from studydesk.ui.theme import current
from studydesk.ui.today import words
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.empty import IconView
from studydesk.ui.widgets.focus import Ringed
from studydesk.ui.widgets.labels import Label
from studydesk.ui.widgets.progress import paint_progress

if TYPE_CHECKING:
    from studydesk.services.library import ResourceView
    from studydesk.services.planner import SessionView

KIND_ICONS = {
    "podcast": "ph.broadcast",
    "video": "ph.monitor-play",
    "pdf": "ph.file-pdf",
    "article": "ph.article",
    "book": "ph.book-open",
}
BLOCK = 92


class SessionCard(QWidget):
    """The next session, with its time in a block of colour."""

    enter_wanted = Signal(str)
    plan_wanted = Signal(str)

    def __init__(self, session: SessionView, now: datetime) -> None:
        super().__init__()
        self._time, self._until = words.clock(session.start), words.until(session.start, now)
        self.setMinimumHeight(94)
        row = QHBoxLayout(self)
        row.setContentsMargins(BLOCK + 16, 14, 16, 14)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch(1)
        column.addWidget(Label(session.title, "heading", elide=True).fill())
        end = words.tr("until {time}").format(time=words.clock(session.end))
        facts = [session.place, end]
        if session.with_whom:
            facts.append(words.tr("with {whom}").format(whom=session.with_whom))
        column.addWidget(
            Label(" · ".join(fact for fact in facts if fact), "body", "textSecondary", elide=True)
        )
        column.addStretch(1)
        row.addLayout(column, 1)
        if session.room_id:
            enter = Button(words.tr("Enter room"), "primary")
            enter.clicked.connect(lambda: self.enter_wanted.emit(session.room_id))
            row.addWidget(enter)
        else:
            show = Button(words.tr("Show in planner"))
            show.clicked.connect(lambda: self.plan_wanted.emit(session.id))
            row.addWidget(show)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(frame, 8, 8)
        painter.fillPath(path, theme.color("raised"))
        painter.setClipPath(path)
        painter.fillRect(QRectF(0, 0, BLOCK, self.height()), theme.color("heroBlock"))
        painter.setClipping(False)
        painter.strokePath(path, QPen(theme.color("line"), 1))
        middle = self.height() / 2
        painter.setPen(theme.color("onHeroBlock"))
        font = QFont(theme.font("display", tabular=True))
        font.setPixelSize(theme.px(24))
        painter.setFont(font)
        painter.drawText(QRectF(0, middle - 26, BLOCK, 30), Qt.AlignmentFlag.AlignCenter, self._time)
        painter.setFont(theme.font("small"))
        painter.drawText(QRectF(0, middle + 5, BLOCK, 18), Qt.AlignmentFlag.AlignCenter, self._until)


class DueBand(QWidget):
    """How many cards are due, on the marker's soft ground."""

    review_wanted = Signal()

    def __init__(self, count: int, decks: tuple[tuple[str, int], ...]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 13, 16, 13)
        row.setSpacing(12)
        row.addWidget(IconView("ph.cards", "text", 20))
        first = (
            words.tr("1 card is due.")
            if count == 1
            else words.tr("{count} cards are due.").format(count=count)
        )
        row.addWidget(Label(first, "body", weight=600))
        about = words.tr("About {minutes}.").format(minutes=words.duration(max(1, round(count / 3))))
        named = [(name or words.tr("my cards"), number) for name, number in decks[:2]]
        parts = ", ".join(words.tr("{count} from {deck}").format(count=n, deck=name) for name, n in named)
        row.addWidget(
            Label(f"{about} {parts}." if parts else about, "body", "textSecondary", elide=True).fill(), 1
        )
        review = Button(words.tr("Review"))
        review.setObjectName("todayReview")
        review.clicked.connect(self.review_wanted)
        row.addWidget(review)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("text"), 1) if theme.contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("markerSoft"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class ResourceCard(Ringed, QAbstractButton):
    """Something that was begun, with how far it is."""

    ring_radius = 8

    def __init__(self, resource: ResourceView) -> None:
        super().__init__()
        self._resource = resource
        self.setAccessibleName(resource.title)
        self.setToolTip(resource.title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, max(104, current().px(104)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("lineStrong" if self.underMouse() else "line"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        resource = self._resource
        paint_icon(painter, KIND_ICONS.get(resource.kind, "ph.link"), QRectF(12, 13, 18, 18), "textSecondary")
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("textSecondary"))
        fact = resource.author or resource.kind.capitalize()
        metrics = QFontMetricsF(painter.font())
        painter.drawText(
            QPointF(38, 27), metrics.elidedText(fact, Qt.TextElideMode.ElideRight, self.width() - 50)
        )
        painter.setFont(theme.font("body", weight=600))
        painter.setPen(theme.color("text"))
        flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(12, 40, self.width() - 24, 42), flags, resource.title)
        paint_progress(painter, QRectF(12, self.height() - 16, self.width() - 24, 4), resource.progress)
