"""The status line: who is near at the left, where things are saved at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Qt, QTime, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from studydesk.ui.theme import current
from studydesk.ui.widgets.avatar import AvatarStack
from studydesk.ui.widgets.chips import KeyCap
from studydesk.ui.widgets.empty import IconView
from studydesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from studydesk.services.room.views import NearDesk

HEIGHT = 28


class _Words(QPushButton):
    """Words to press, quiet until the pointer is over them."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setAccessibleName(words)
        self.setToolTip(f"{words} (Ctrl K)")

    def sizeHint(self) -> QSize:
        theme = current()
        return QSize(QFontMetrics(theme.font("small")).horizontalAdvance(self.text()) + 8, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text" if self.underMouse() or self.hasFocus() else "textSecondary"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class StatusLine(QWidget):
    """28 px; `palette_wanted` when the way to the palette is pressed."""

    palette_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self._stack = AvatarStack(18)
        self._near = Label("", "small", "textSecondary", elide=True)
        self._near.setObjectName("nearWords")
        self._icon = IconView("ph.check", "success", 14)
        self._saved = Label("", "small", "textSecondary")
        self._saved.setObjectName("savedWords")
        find = _Words(self.tr("Find or do anything"))
        find.setObjectName("findAnything")
        find.clicked.connect(self.palette_wanted)
        self._find = find
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        left: list[QWidget] = [self._stack, self._near]
        right: list[QWidget] = [self._icon, self._saved, KeyCap("Ctrl K"), find]
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)
        self.setFixedHeight(max(HEIGHT, current().px(HEIGHT)))
        self.show_near(())
        self.say_saved("")

    def show_near(self, desks: Sequence[NearDesk]) -> None:
        """Say who is near."""
        self._stack.setVisible(bool(desks))
        self._stack.show_people([(desk.name, desk.colour) for desk in desks])
        self._near.setText(self._near_words([desk.name.split(" ")[0] for desk in desks]))

    def say_saved(self, words: str, trouble: bool = False) -> None:
        """Say where things are saved; with `trouble`, that they are not."""
        self._icon.set_icon("ph.warning" if trouble else "ph.check", "danger" if trouble else "success")
        self._icon.setVisible(bool(words))
        self._saved.set_token("danger" if trouble else "textSecondary")
        self._saved.setText(words)

    def say_saved_now(self) -> None:
        """Say that the last change is saved since this minute."""
        now = QLocale().toString(QTime.currentTime(), QLocale.FormatType.ShortFormat)
        self.say_saved(self.tr("Saved {time}").format(time=now))

    def _near_words(self, names: list[str]) -> str:
        if not names:
            return self.tr("Nobody near")
        if len(names) == 1:
            return self.tr("{name} is near").format(name=names[0])
        if len(names) == 2:
            return self.tr("{one} and {two} are near").format(one=names[0], two=names[1])
        more = self.tr("{one}, {two} and {count} more near")
        return more.format(one=names[0], two=names[1], count=len(names) - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current().color("window"))
        painter.fillRect(0, 0, self.width(), 1, current().color("line"))
