"""Buttons: primary (one in a view), plain, quiet, danger; and buttons that are an icon alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from studydesk.ui.actions import shortcut_text
from studydesk.ui.icons import paint_icon
from studydesk.ui.theme import current
from studydesk.ui.widgets.focus import Ringed

KINDS = ("primary", "plain", "quiet", "danger", "danger-filled", "link")
RADIUS = 6


class Button(Ringed, QPushButton):
    """A button with words, 32 px high (28 when small). `kind` is one of KINDS; `icon` a name of the look."""

    def __init__(
        self,
        text: str,
        kind: str = "plain",
        icon: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        if kind not in KINDS:
            raise ValueError(f"no kind of button: {kind}")
        self.kind, self.icon_name, self.small = kind, icon, small
        self.setAccessibleName(text.replace("&", ""))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(False)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text.replace("&", ""))
        self.updateGeometry()

    def set_icon(self, name: str) -> None:
        """Change the icon before the words."""
        self.icon_name = name
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = current().px(28 if self.small else 32)
        width = QFontMetrics(current().font("control")).horizontalAdvance(self._words())
        if self.kind == "link":
            return QSize(width + 8, max(28, height))
        return QSize(width + (20 if self.small else 26) + (26 if self.icon_name else 0), max(28, height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, border, ink = self._colours()
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(current().color(border), 1) if border else Qt.PenStyle.NoPen)
        painter.setBrush(current().color(ground) if ground else Qt.BrushStyle.NoBrush)
        if ground or border:
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        self._paint_words(painter, ink)

    def _words(self) -> str:
        return self.text().replace("&", "")

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        theme = current()
        painter.setFont(theme.font("control"))
        metrics = painter.fontMetrics()
        room = self.width() - (26 if self.icon_name else 0) - 4
        words = metrics.elidedText(self._words(), Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(words) + (26 if self.icon_name else 0)
        x = (self.width() - width) / 2
        if self.icon_name:
            paint_icon(painter, self.icon_name, QRectF(x, (self.height() - 18) / 2, 18, 18), ink)
            x += 26
        painter.setPen(theme.color(ink))
        painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, words)

    def _colours(self) -> tuple[str, str, str]:
        """Return ground, border and ink as tokens; "" for none."""
        hover, down = self.underMouse() and self.isEnabled(), self.isDown() or self.isChecked()
        if not self.isEnabled():
            return (
                ("", "", "textDisabled")
                if self.kind in ("quiet", "link")
                else ("sunken", "line", "textDisabled")
            )
        if self.kind == "primary":
            return ("accentPressed" if down else "accentHover" if hover else "accent", "", "onAccent")
        if self.kind == "danger-filled":
            return ("danger", "", "onDanger")
        if self.kind == "link":
            return ("", "", "accentText")
        ground = "pressed" if down else "hover" if hover else ""
        if self.kind == "quiet":
            border = "lineStrong" if current().contrast else ""
            return (ground, border, "text" if hover or down else "textSecondary")
        return (ground or "raised", "lineStrong", "danger" if self.kind == "danger" else "text")


class IconButton(Ringed, QPushButton):
    """An icon alone, with a name for screen readers and a tooltip that tells its shortcut."""

    def __init__(
        self,
        icon: str,
        name: str,
        shortcut: str = "",
        small: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.icon_name, self.small = icon, small
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.set_name(name, shortcut)

    def set_name(self, name: str, shortcut: str = "") -> None:
        """Say what the button does."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({shortcut_text(shortcut)})" if shortcut else name)

    def set_icon(self, name: str) -> None:
        """Change the icon."""
        self.icon_name = name
        self.update()

    def sizeHint(self) -> QSize:
        side = max(28, current().px(28 if self.small else 32))
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self.isEnabled() and (self.underMouse() or self.isDown())
        token = "selected" if self.isChecked() else "pressed" if self.isDown() else "hover"
        if active or self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(current().color(token))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        ink = (
            "textDisabled" if not self.isEnabled() else "onSelected" if self.isChecked() else "textSecondary"
        )
        side = 18 if self.small else 20
        paint_icon(
            painter,
            self.icon_name,
            QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side),
            ink,
        )
