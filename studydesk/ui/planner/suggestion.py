"""One line below the week: a free hour, and what would fit into it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studydesk.ui.planner import words
from studydesk.ui.planner.blocks import Proposal
from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.empty import IconView
from studydesk.ui.widgets.labels import Label


class Suggestion(QWidget):
    """Shows a Proposal; says whether it is taken or left."""

    taken = Signal(object)
    left = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposal: Proposal | None = None
        self._strong = Label("", "bodyStrong", elide=True)
        self._why = Label("", "body", "textSecondary", elide=True)
        self.leave = Button(words.tr("Leave it"), "quiet")
        self.plan = Button(words.tr("Plan it"))
        self.leave.clicked.connect(lambda: self.left.emit(self._proposal))
        self.plan.clicked.connect(lambda: self.taken.emit(self._proposal))
        for label in (self._strong, self._why):
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._strong)
        said.addWidget(self._why)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 18, 28, 26)
        row.setSpacing(12)
        row.addWidget(IconView("ph.calendar-blank", "accentText", 20))
        row.addLayout(said, 1)
        row.addWidget(self.leave)
        row.addWidget(self.plan)
        self.hide()

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Show a proposal; None hides the line."""
        self._proposal = proposal
        self.setVisible(proposal is not None)
        if proposal is not None:
            when = words.tr("{day} at {time}").format(
                day=words.weekday(proposal.start.date()).capitalize(), time=words.clock(proposal.start)
            )
            self._strong.setText(
                words.tr("{when} is free and fits {title}.").format(
                    when=when, title=words.quoted(proposal.title)
                )
            )
            self._why.setText(
                words.tr("It takes {length} and is not planned yet.").format(
                    length=words.duration(proposal.minutes)
                )
            )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current().color("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(current().color("line"), 1))
        painter.setBrush(current().color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16.5, 8.5, -16.5, -14.5), 8, 8)
