"""Words on the screen: labels by type style and token, section labels, hairlines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from studydesk.ui.theme import current


class Label(QLabel):
    """A label in a type style ("body", "small", "heading" ...) and a colour token. It follows the look.

    With `elide` it gives up its end rather than push others away; with `wrap` it breaks into lines.
    """

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        token: str = "text",
        *,
        wrap: bool = False,
        elide: bool = False,
        tabular: bool = False,
        weight: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._style, self._token, self._tabular, self._weight = style, token, tabular, weight
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._wear()
        self.setText(text)

    def fill(self) -> Label:
        """Take all the width there is, so that what stands beside it goes to the edge; returns itself."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return self

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)

    def set_token(self, token: str) -> None:
        """Change the colour."""
        self._token = token
        self._wear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange):
            self._wear()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(24, hint.height()) if self._elide else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(current().color(self._token))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, words)

    def _wear(self) -> None:
        theme = current()
        font = theme.font(self._style, tabular=self._tabular, weight=self._weight)
        if self.font() != font:
            self.setFont(font)
        palette, ink = self.palette(), theme.color(self._token)
        if palette.color(self.foregroundRole()) != ink:  # a style sheet puts back the palette of before
            palette.setColor(self.foregroundRole(), ink)
            self.setPalette(palette)


class SectionLabel(Label):
    """12/600, secondary: stands above a group."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "section", "textSecondary", parent=parent)


class Hairline(QFrame):
    """One px of `line`, lying or standing."""

    def __init__(self, standing: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(1) if standing else self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current().color("line"))
