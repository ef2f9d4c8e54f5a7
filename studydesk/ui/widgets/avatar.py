"""Avatars: initials on a member's colour, a dot that tells where the member is, and stacks of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studydesk.ui.theme import current

STATES = ("", "here", "away", "talks")
IN_A_STACK = 4


def initials(name: str, letters: int = 2) -> str:
    """Return the first letters of the first and last word of a name, upper case."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    chosen = words if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in chosen)[:letters].upper()


def paint_avatar(
    painter: QPainter, rect: QRectF, name: str, colour: int, state: str = "", ground: str = "window"
) -> None:
    """Paint an avatar into a square; colours from the eleventh on have a dashed ring."""
    theme = current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.pen(colour))
    painter.drawEllipse(rect)
    if colour >= 10:
        painter.setPen(QPen(theme.pen_label(colour), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(rect.adjusted(1.5, 1.5, -1.5, -1.5))
    font = QFont(theme.font("small", weight=600))
    font.setPixelSize(max(9, round(rect.width() * 0.4)))
    painter.setFont(font)
    painter.setPen(theme.pen_label(colour))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(name, 1 if rect.width() < 22 else 2))
    _paint_state(painter, rect, state, ground)
    painter.restore()


def _paint_state(painter: QPainter, rect: QRectF, state: str, ground: str) -> None:
    if not state:
        return
    theme = current()
    dot = QRectF(rect.right() - 8, rect.bottom() - 8, 8, 8).translated(0.5, 0.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ground))
    painter.drawEllipse(dot.adjusted(-1.5, -1.5, 1.5, 1.5))
    if state == "away":
        painter.setPen(QPen(theme.color("textMuted"), 1.5))
        painter.setBrush(theme.color(ground))
        dot.adjust(1.25, 1.25, -1.25, -1.25)
    else:
        painter.setBrush(theme.color("accent" if state == "talks" else "success"))
        dot.adjust(0.5, 0.5, -0.5, -0.5)
    painter.drawEllipse(dot)


class Avatar(QWidget):
    """One member, 18, 22, 28 or 32 px; `state` is one of STATES and is told in the accessible name."""

    def __init__(
        self, name: str, colour: int, size: int = 28, state: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_person(name, colour, state)

    def show_person(self, name: str, colour: int, state: str = "") -> None:
        """Show somebody else, or the same one elsewhere."""
        self._name, self._colour, self._state = name, colour, state
        words = {"here": self.tr("here"), "away": self.tr("away"), "talks": self.tr("talks")}
        self.setAccessibleName(f"{name}, {words[state]}" if state else name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_avatar(QPainter(self), QRectF(self.rect()), self._name, self._colour, self._state)


class AvatarStack(QWidget):
    """Up to four members that overlap, then how many more."""

    def __init__(self, size: int = 18, ground: str = "window", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size, self._ground = size, ground
        self._people: tuple[tuple[str, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_people(self, people: Sequence[tuple[str, int]]) -> None:
        """Show people as (name, colour)."""
        self._people = tuple(people)
        self.setAccessibleName(", ".join(name for name, _ in people))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        count = min(len(self._people), IN_A_STACK)
        more = 26 if len(self._people) > IN_A_STACK else 0
        return QSize(count * self._step() + (8 if count else 0) + more, self._size + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (name, colour) in enumerate(self._people[:IN_A_STACK]):
            rect = QRectF(place * self._step() + 2, 2, self._size, self._size)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(self._ground))
            painter.drawEllipse(rect.adjusted(-2, -2, 2, 2))
            paint_avatar(painter, rect, name, colour)
        if len(self._people) > IN_A_STACK:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("textMuted"))
            rest = QRectF(IN_A_STACK * self._step() + 8, 0, 40, self.height())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, f"+{len(self._people) - IN_A_STACK}")

    def _step(self) -> int:
        return self._size - 1
