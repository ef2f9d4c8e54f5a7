"""One sentence above the content of a room: what was missed, what happened to the link."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studydesk.services.room.views import Missed
from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import IconButton
from studydesk.ui.widgets.empty import IconView
from studydesk.ui.widgets.labels import Label

TONES = {
    "note": ("accentTint", "accentText", "ph.info"),
    "trouble": ("warningTint", "warning", "ph.warning"),
    "missed": ("accentTint", "accentText", "ph.clock-counter-clockwise"),
}


class Band(QWidget):
    """Hidden until it has something to say; the person can send it away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("roomBand")
        self._tone = "note"
        self._icon = IconView("ph.wifi-high", "accentText", 16)
        self._words = Label("", "body", "text", wrap=True)
        self._words.setObjectName("roomBandWords")
        away = IconButton("ph.x", self.tr("Send this note away"))
        away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(away)
        self.hide()

    def say(self, sentence: str, tone: str = "note") -> None:
        """Say a sentence; "" hides the band."""
        self._tone = tone
        _, ink, icon = TONES[tone]
        self._icon.set_icon("ph.wifi-high" if icon == "ph.info" else icon, ink)
        self._words.setText(sentence)
        self.setVisible(bool(sentence))
        self.update()

    def say_missed(self, missed: Missed) -> None:
        """Say what came in while this desk was away."""
        parts = []
        if missed.messages:
            parts.append(self.tr("%n message(s)", "", missed.messages))
        if missed.strokes:
            parts.append(self.tr("%n stroke(s)", "", missed.strokes))
        what = self.tr(" and ").join(parts)
        who = _listed(missed.people, self.tr(" and "))
        sentence = (
            self.tr("While you were away: {what} by {who}.")
            if who
            else self.tr("While you were away: {what}.")
        )
        self.say(sentence.format(what=_plural(what, missed), who=who), "missed")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.fillRect(self.rect(), theme.color(TONES[self._tone][0]))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))


def _listed(names: tuple[str, ...], last: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + last + names[-1]


def _plural(words: str, missed: Missed) -> str:
    # Without a translation loaded, Qt leaves the source form of a plural as it is.
    words = words.replace("message(s)", "message" if missed.messages == 1 else "messages")
    return words.replace("stroke(s)", "stroke" if missed.strokes == 1 else "strokes")
