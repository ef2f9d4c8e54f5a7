"""The header of a place: title, one quiet fact, view switch, actions. It never wraps."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import IconButton
from studydesk.ui.widgets.labels import Label

HEIGHT = 56


class PlaceHeader(QWidget):
    """56 px high. When it is too narrow, actions fall into a "More" menu, from the left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._actions: list[QWidget] = []
        self._beside: list[QWidget] = []
        self._hidden: list[QAbstractButton] = []
        self._switch: QWidget | None = None
        self._title = Label("", "title", "text", elide=True)
        self._fact = Label("", "body", "textMuted", elide=True)
        self._more = IconButton("ph.dots-three", self.tr("More"), small=False)
        self._more.clicked.connect(self._show_more)
        self._more.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 16, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self._title)
        self._row.addWidget(self._fact)
        self._row.addStretch(1)
        self._row.addWidget(self._more)

    def set_title(self, title: str) -> None:
        """Say what is shown."""
        self._title.setText(title)
        self._fit()

    def set_fact(self, fact: str) -> None:
        """Say one quiet fact beside the title, such as a count."""
        self._fact.setText(fact)
        self._fact.setVisible(bool(fact))
        self._fit()

    def set_view_switch(self, switch: QWidget | None) -> None:
        """Put a segmented control before the actions; None takes it away."""
        if self._switch is not None:
            self._row.removeWidget(self._switch)
            self._switch.setParent(None)
        self._switch = switch
        if switch is not None:
            self._row.insertWidget(self._row.indexOf(self._more), switch)
        self._fit()

    def add_before_title(self, widget: QWidget) -> None:
        """Put something before the title, such as the way back."""
        self._row.insertWidget(self._row.indexOf(self._title), widget)
        self._beside.append(widget)
        self._fit()

    def add_beside_title(self, widget: QWidget) -> None:
        """Put something right after the title, such as a search field or the way to other days."""
        self._row.insertWidget(self._row.indexOf(self._fact), widget)
        self._beside.append(widget)
        self._fit()

    def add_action(self, widget: QWidget) -> None:
        """Add a button at the right; at most one primary, and that last."""
        self._row.addWidget(widget)
        self._actions.append(widget)
        self._fit()

    def want(self, widget: QWidget, wanted: bool) -> None:
        """Say whether an action belongs here now."""
        if bool(widget.property("unwanted")) is wanted:
            widget.setProperty("unwanted", not wanted)
            widget.setVisible(wanted)
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(400, max(HEIGHT, current().px(HEIGHT - 8) + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current().color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, current().color("line"))

    def _fit(self) -> None:
        """Hide actions from the left until the rest fits; the last one stays."""
        wanted = [widget for widget in self._actions if not widget.property("unwanted")]
        room = self.width() - 40 - min(self._title.sizeHint().width(), 240)
        if self._switch is not None:
            room -= self._switch.sizeHint().width() + 12
        room -= sum(widget.minimumSizeHint().width() + 12 for widget in self._beside)
        need = sum(widget.sizeHint().width() + 12 for widget in wanted)
        self._hidden = []
        for widget in wanted:
            buttons = isinstance(widget, QAbstractButton) and widget is not wanted[-1]
            if need > room and buttons and isinstance(widget, QAbstractButton):
                need -= widget.sizeHint().width() + 12 - (0 if self._hidden else 44)
                self._hidden.append(widget)
        for widget in wanted:
            widget.setVisible(widget not in self._hidden)
        self._more.setVisible(bool(self._hidden))

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in self._hidden:
            action = menu.addAction(button.text() or button.accessibleName())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(lambda _checked=False, pressed=button: pressed.click())
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))
