"""Beside the card: what is known of it, and what falls due in the next days."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from studydesk.services.review import CardView, DayDue
from studydesk.ui.review import words
from studydesk.ui.theme import current
from studydesk.ui.widgets.labels import Hairline, Label, SectionLabel

WIDTH = 304
BAR = 48


class ReviewSide(QWidget):
    """Facts of the card that is asked, and the bars of seven days."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._card, self._line = QWidget(), Hairline()
        self._facts = [Label("", "body", "text") for _ in range(3)]
        self.days = DayBars()
        self._fill_card()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._card)
        column.addWidget(self._line)
        column.addWidget(self._days_section())
        column.addWidget(Hairline())
        column.addStretch(1)

    def show_card(self, card: CardView | None) -> None:
        """Show what is known of a card."""
        self._card.setVisible(card is not None)
        self._line.setVisible(card is not None)
        if card is not None:
            seen = words.day(card.last_review) if card.last_review else words.tr("never")
            for label, text in zip(self._facts, (words.knew(card), words.chance(card), seen), strict=True):
                label.setText(text)

    def show_days(self, days: Sequence[DayDue]) -> None:
        """Show how many cards fall due each day."""
        self.days.show_days(days)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current().color("surface"))
        painter.fillRect(0, 0, 1, self.height(), current().color("line"))

    def _fill_card(self) -> None:
        grid = QGridLayout(self._card)
        grid.setContentsMargins(20, 20, 20, 20)
        grid.setVerticalSpacing(10)
        grid.addWidget(SectionLabel(words.tr("This card")), 0, 0, 1, 2)
        names = (words.tr("You knew it"), words.tr("Chance to recall now"), words.tr("Last seen"))
        for row, (name, fact) in enumerate(zip(names, self._facts, strict=True), 1):
            grid.addWidget(Label(name, "body", "textSecondary"), row, 0)
            grid.addWidget(fact, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)

    def _days_section(self) -> QWidget:
        section = QWidget()
        column = QVBoxLayout(section)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(SectionLabel(words.tr("Next seven days")))
        column.addWidget(self.days)
        return section


class DayBars(QWidget):
    """A bar for each day with its number above and its day below; the first is today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: Sequence[DayDue] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_days(self, days: Sequence[DayDue]) -> None:
        """Show other days."""
        self._days = tuple(days)
        self.setAccessibleName(", ".join(f"{words.day(day.day)}: {words.cards(day.count)}" for day in days))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, BAR + 2 * current().line("small") + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._days:
            return
        painter, line = QPainter(self), current().line("small")
        most = max(1, *(day.count for day in self._days))
        step = self.width() / len(self._days)
        for number, day in enumerate(self._days):
            high = max(3.0, BAR * day.count / most) if day.count else 1.0
            bar = QRectF(number * step + 3, line + BAR - high, step - 8, high)
            self._paint_day(painter, bar, day, number == 0)

    def _paint_day(self, painter: QPainter, bar: QRectF, day: DayDue, today: bool) -> None:
        theme, line = current(), current().line("small")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), 1) if theme.contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent" if today else "lineControl" if day.count else "line"))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("textSecondary"))
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(
            QRectF(bar.left() - 4, bar.top() - line, bar.width() + 8, line), middle, str(day.count)
        )
        below = QRectF(bar.left() - 4, line + BAR + 4, bar.width() + 8, line)
        painter.drawText(below, middle, words.weekday(day.day))
