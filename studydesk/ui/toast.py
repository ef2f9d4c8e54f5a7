"""One sentence above the status line, with at most one button. Faults stay until they are sent away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import Button, IconButton
from studydesk.ui.widgets.empty import IconView
from studydesk.ui.widgets.labels import Label

STAYS, STAYS_WITH_BUTTON = 6000, 10_000
ICONS = {
    "done": ("ph.check", "success"),
    "note": ("ph.wifi-high", "info"),
    "fault": ("ph.warning", "danger"),
}
ABOVE = 44


class Toast(QWidget):
    """Lies over the window; `say` shows the next sentence in the place of the one before."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("toast")
        self._icon = IconView("ph.check", "success", 18)
        self._words = Label("", "body", wrap=True)
        self._words.setObjectName("toastWords")
        self._button = Button("", "quiet", small=True)
        self._button.setObjectName("toastButton")
        self._away = IconButton("ph.x", self.tr("Send this note away"))
        self._away.clicked.connect(self.hide)
        self._action: Callable[[], object] | None = None
        self._button.clicked.connect(self._act)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        for widget in (self._icon, self._words, self._button, self._away):
            row.addWidget(widget)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self, sentence: str, kind: str = "note", button: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence; `kind` is "done", "note" or "fault"."""
        self._icon.setVisible(kind != "note")
        self._icon.set_icon(*ICONS[kind])
        self._words.setText(sentence)
        wide = self._words.fontMetrics().horizontalAdvance(sentence) + 4
        self._words.setFixedWidth(min(wide, 380))
        self._button.setVisible(bool(button))
        self._button.setText(button)
        self._action = action
        self._away.setVisible(kind == "fault" or not button)
        self._place()
        self.show()
        self.raise_()
        self._timer.stop()
        if kind != "fault":
            self._timer.start(STAYS_WITH_BUTTON if button else STAYS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, self._window.height() - self.height() - ABOVE)

    def _leave(self) -> None:
        if self.underMouse():
            self._timer.start(STAYS)
        else:
            self.hide()

    def _act(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("lineStrong"), 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
