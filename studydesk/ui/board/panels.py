"""Floating panels over the board and the buttons on them, painted from tokens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QWidget

from studydesk.ui.board.canvas import KEYBOARD_REASONS
from studydesk.ui.board.colours import BoardColours
from studydesk.ui.icons import pixmap

FADED = 0.35
RADIUS = 8
BUTTON_RADIUS = 6


class FloatingPanel(QWidget):
    """A flat panel with a border and no shadow. `fade` lets the drawing under it shine through."""

    def __init__(self, colours: BoardColours, direction: QBoxLayout.Direction, parent: QWidget) -> None:
        super().__init__(parent)
        self.colours = colours
        self.opacity = 1.0
        self.row = QBoxLayout(direction, self)
        self.row.setContentsMargins(5, 5, 5, 5)
        self.row.setSpacing(2)

    def set_colours(self, colours: BoardColours) -> None:
        self.colours = colours
        self.update()

    def fade(self, faded: bool) -> None:
        """Step back while somebody draws close by."""
        opacity = FADED if faded else 1.0
        if opacity != self.opacity:
            self.opacity = opacity
            self.update()

    def add_line(self) -> QWidget:
        """Add a hairline between two groups and return it."""
        upright = self.row.direction() in (QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.RightToLeft)
        line = _Hairline(self, upright)
        self.row.addWidget(line, alignment=Qt.AlignmentFlag.AlignCenter)
        return line

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self.opacity)
        painter.setPen(QPen(QColor(self.colours.line_strong), 1))
        painter.setBrush(QColor(self.colours.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()


class _Hairline(QWidget):
    def __init__(self, panel: FloatingPanel, upright: bool) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setFixedSize(9 if upright else 26, 26 if upright else 9)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(self._panel.opacity)
        middle = self.rect().center()
        upright = self.height() > self.width()
        line = QRect(middle.x(), 0, 1, self.height()) if upright else QRect(0, middle.y(), self.width(), 1)
        painter.fillRect(line, QColor(self._panel.colours.line))
        painter.end()


class PanelButton(QAbstractButton):
    """A button on a panel. Subclasses paint what is on it in `paint_face`."""

    def __init__(self, panel: FloatingPanel, name: str, size: QSize, keys: str = "") -> None:
        super().__init__(panel)
        self.panel = panel
        self.setFixedSize(size)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._ring = False
        self.say(name, keys)

    def say(self, name: str, keys: str = "") -> None:
        """Name it for the tooltip and for screen readers."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({keys})" if keys else name)

    @property
    def ink(self) -> str:
        """The colour of what is on the button in its present state."""
        colours = self.panel.colours
        if not self.isEnabled():
            return colours.text_disabled
        return colours.text if self.underMouse() or self.isChecked() else colours.text_secondary

    def paint_ground(self, painter: QPainter) -> None:
        """Paint the ground of the present state."""
        colours = self.panel.colours
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            ground = colours.pressed if self.isDown() else colours.hover
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(self.rect(), BUTTON_RADIUS, BUTTON_RADIUS)

    def paint_face(self, painter: QPainter) -> None:
        """Paint what is on the button."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self.panel.opacity)
        self.paint_ground(painter)
        self.paint_face(painter)
        if self.hasFocus() and (self._ring or self.panel.colours.contrast):
            painter.setPen(QPen(QColor(self.panel.colours.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), BUTTON_RADIUS, BUTTON_RADIUS)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in KEYBOARD_REASONS
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()


class IconButton(PanelButton):
    """A button with an icon. When it is chosen its ground is the accent, as for tools."""

    def __init__(
        self, panel: FloatingPanel, name: str, icon: str, keys: str = "", corner: str = "", side: int = 34
    ) -> None:
        super().__init__(panel, name, QSize(side, side), keys)
        self._icon = icon
        self._corner = corner

    @property
    def ink(self) -> str:
        return self.panel.colours.on_accent if self.isChecked() else super().ink

    def paint_ground(self, painter: QPainter) -> None:
        if not self.isChecked():
            super().paint_ground(painter)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.panel.colours.accent))
        painter.drawRoundedRect(self.rect(), BUTTON_RADIUS, BUTTON_RADIUS)

    def paint_face(self, painter: QPainter) -> None:
        size = 20 if self.width() >= 34 else 18
        place = QPointF((self.width() - size) / 2, (self.height() - size) / 2)
        painter.drawPixmap(place, pixmap(self._icon, QColor(self.ink), size, self.devicePixelRatioF()))
        if self._corner:
            self._paint_corner(painter)

    def _paint_corner(self, painter: QPainter) -> None:
        font = QFont(self.panel.colours.figures)
        font.setPixelSize(9)
        painter.setFont(font)
        muted = self.panel.colours.text_muted
        painter.setPen(QColor(self.ink if self.isChecked() or not self.isEnabled() else muted))
        corner = QRectF(self.rect()).adjusted(0, 0, -3, -1)
        painter.drawText(corner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, self._corner)


class TextButton(PanelButton):
    """A button with a word or a figure in tabular digits."""

    def __init__(self, panel: FloatingPanel, name: str, width: int, keys: str = "") -> None:
        super().__init__(panel, name, QSize(width, 28), keys)

    def paint_face(self, painter: QPainter) -> None:
        painter.setFont(self.panel.colours.figures)
        painter.setPen(QColor(self.panel.colours.text if self.isEnabled() else self.ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
