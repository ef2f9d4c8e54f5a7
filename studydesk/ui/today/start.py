"""The first start: what this desk is, and four ways to begin."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTime, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studydesk.ui.icons import paint_icon
from studydesk.ui.theme import current
from studydesk.ui.today import words
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.labels import Hairline, Label

MEASURE, PROMISE, PADDING = 640, 540, 24


class StartView(QWidget):
    """Shown while the desk is empty. `chosen` carries "goal", "import", "join", "note" or "settings"."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        page = QWidget()
        page.setMaximumWidth(current().px(MEASURE) + 2 * PADDING)
        column = QVBoxLayout(page)
        column.setContentsMargins(PADDING, 64, PADDING, 24)
        column.setSpacing(0)
        self._hello = Label("", "display", wrap=True)
        column.addWidget(self._hello)
        column.addSpacing(8)
        promise = words.tr(
            "Everything you put here stays on this computer. It works without internet and without an account."
        )
        said = Label(promise, "reading", "textSecondary", wrap=True)
        said.setMaximumWidth(current().px(PROMISE))
        column.addWidget(said)
        column.addSpacing(26)
        for key, icon, title, text, button, kind in self._ways():
            column.addWidget(Hairline())
            column.addWidget(self._way(key, icon, title, text, button, kind))
        column.addWidget(Hairline())
        column.addSpacing(12)
        self._look = Button("", "link")
        self._look.setObjectName("start-settings")
        self._look.clicked.connect(lambda: self.chosen.emit("settings"))
        column.addWidget(self._look, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(page, 100)
        row.addStretch(1)
        self.greet("")
        self.tell_look("system", 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current().color("surface"))

    def greet(self, name: str) -> None:
        """Say hello to whom this desk belongs."""
        hour = QTime.currentTime().hour()
        hello = words.tr("Good morning") if hour < 12 else words.tr("Good afternoon")
        hello = words.tr("Good evening") if hour >= 18 else hello
        whole = (
            words.tr("{hello}, {name}. This desk is yours.")
            if name
            else words.tr("{hello}. This desk is yours.")
        )
        self._hello.setText(whole.format(hello=hello, name=name.split(" ")[0]))

    def tell_look(self, choice: str, scale: int) -> None:
        """Say which look was chosen, and how large type is in per cent."""
        names = {
            "system": words.tr("as the system"),
            "light": words.tr("light"),
            "dark": words.tr("dark"),
            "contrast": words.tr("high contrast"),
        }
        line = words.tr("Look: {look}     Text size: {size} %")
        self._look.setText(line.format(look=names[choice], size=scale))

    def _ways(self) -> tuple[tuple[str, str, str, str, str, str], ...]:
        return (
            (
                "goal",
                "ph.target",
                words.tr("What do you want to be able to do?"),
                words.tr("Name one goal and a date. Tasks, resources and cards can follow."),
                words.tr("Set a goal"),
                "primary",
            ),
            (
                "import",
                "ph.download-simple",
                words.tr("Bring in what you have"),
                words.tr("Markdown notes, bookmarks, files. The folder itself stays as it is."),
                words.tr("Bring in"),
                "plain",
            ),
            (
                "join",
                "ri.door-open-line",
                words.tr("Join a training"),
                words.tr("Rooms that are open on your network show up by themselves."),
                words.tr("Join with a code"),
                "plain",
            ),
            (
                "note",
                "ph.note-pencil",
                words.tr("Or just start writing"),
                words.tr("Your first note is one key away."),
                words.tr("New note"),
                "plain",
            ),
        )

    def _way(self, key: str, icon: str, title: str, text: str, button: str, kind: str) -> QWidget:
        way = QWidget()
        row = QHBoxLayout(way)
        row.setContentsMargins(0, 19, 0, 19)
        row.setSpacing(16)
        row.addWidget(_Tile(icon))
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Label(title, "heading"))
        column.addWidget(Label(text, "body", "textSecondary", wrap=True))
        row.addLayout(column, 1)
        press = Button(button, kind)
        press.setObjectName(f"start-{key}")
        press.clicked.connect(lambda: self.chosen.emit(key))
        row.addWidget(press)
        return way


class _Tile(QWidget):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(40, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accentTint"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        paint_icon(painter, self._icon, QRectF(10, 10, 20, 20), "accentText")
