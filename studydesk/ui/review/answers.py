"""The four answers, equal in size and colour, each with its key and when the card comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from studydesk.services.review import Choice
from studydesk.ui.review import words
from studydesk.ui.theme import current
from studydesk.ui.widgets.focus import Ringed

GOOD = 3


def rating_name(rating: int) -> str:
    return (words.tr("Again"), words.tr("Hard"), words.tr("Good"), words.tr("Easy"))[rating - 1]


class AnswerButton(Ringed, QAbstractButton):
    """One answer."""

    ring_radius = 8

    def __init__(self, rating: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rating = rating
        self._when = ""
        self.setText(rating_name(rating))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_due(self, due: datetime, now: datetime) -> None:
        """Say when the card would come back."""
        self._when = words.until(due, now)
        self.setAccessibleName(
            words.tr("{answer}, {when}, key {key}").format(
                answer=self.text(), when=self._when, key=self.rating
            )
        )
        self.setToolTip(words.tr("Due again {day}").format(day=words.day(due)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, current().px(58))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        good = self.rating == GOOD
        ground = "pressed" if self.isDown() else "hover" if self.underMouse() else "raised"
        painter.setPen(QPen(theme.color("accent" if good else "lineStrong"), 2 if good else 1))
        painter.setBrush(theme.color("accentTint" if good and ground == "raised" else ground))
        inset = 1.0 if good else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        theme = current()
        painter.setFont(theme.font("task", weight=500))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(self.text())
        left, line = (self.width() - wide - 26) / 2, theme.line("task")
        top = (self.height() - line - theme.line("small")) / 2
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(left, top, wide + 4, line), Qt.AlignmentFlag.AlignVCenter, self.text())
        paint_key(painter, QRectF(left + wide + 8, top + (line - 18) / 2, 18, 18), str(self.rating))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("textSecondary"))
        below = QRectF(0, top + line, self.width(), theme.line("small"))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._when)


def paint_key(painter: QPainter, rect: QRectF, key: str) -> None:
    """Paint a key cap."""
    theme = current()
    painter.setFont(theme.font("rail"))
    painter.setPen(QPen(theme.color("lineStrong"), 1))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme.color("textSecondary"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)


class AnswerRow(QWidget):
    """Again, Hard, Good, Easy. `answered` carries 1 to 4."""

    answered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = tuple(AnswerButton(rating) for rating in (1, 2, 3, 4))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for button in self.buttons:
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, rating=button.rating: self.answered.emit(rating))

    def show_choices(self, choices: Sequence[Choice], now: datetime) -> None:
        """Say what each answer would do."""
        for button, choice in zip(self.buttons, choices, strict=False):
            button.set_due(choice.due, now)


class KeyHints(QWidget):
    """One quiet line of keys and what they do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: Sequence[tuple[str, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show pairs of a key and its words."""
        self._hints = hints
        self.setAccessibleName(", ".join(f"{key} {text}" for key, text in hints))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, current().px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        caps, small = QFontMetricsF(theme.font("rail")), QFontMetricsF(theme.font("small"))
        widths = [
            (caps.horizontalAdvance(key) + 12, small.horizontalAdvance(text)) for key, text in self._hints
        ]
        x = (self.width() - sum(cap + word + 4 for cap, word in widths) - 18 * (len(widths) - 1)) / 2
        for (key, text), (cap, word) in zip(self._hints, widths, strict=True):
            paint_key(painter, QRectF(x, (self.height() - 19) / 2, cap, 19), key)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("textSecondary"))
            painter.drawText(
                QRectF(x + cap + 4, 0, word + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, text
            )
            x += cap + word + 22
