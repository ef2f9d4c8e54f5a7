"""What every place of the window is: a header that stands still, and content below it."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studydesk.foundation.changes import ChangeSet
from studydesk.ui.context import UiContext
from studydesk.ui.header import PlaceHeader

T = TypeVar("T", str, int, float, bool)


class Place(QWidget):
    """Base of Today, Planner, Notebook, Library, Review and Rooms.

    A subclass sets `key` and `title`, fills `self.header` (`set_title`, `set_fact`, `set_view_switch`,
    `add_action`) and gives its content to `set_content`.
    """

    key: ClassVar[str] = ""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.header = PlaceHeader(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)

    def set_content(self, content: QWidget) -> None:
        """Put the content below the header. Called once."""
        self._column.addWidget(content, 1)

    def activate(self, **where: object) -> None:
        """The place was chosen; `where` names what to show, and is empty when it is just entered."""

    def refresh(self, changes: ChangeSet) -> None:
        """Something on the desk changed; show again what `changes` names. Called only while shown."""

    def leave(self) -> None:
        """Another place is shown, or the window closes: keep what is not kept yet."""

    def can_close(self) -> bool:
        """Tell whether everything is handed to the desk; the window waits up to a second for it."""
        return True

    def remembered(self, name: str, default: T) -> T:
        """Return what `remember` kept under a name, such as the width of a pane, or `default`."""
        return self.context.settings.remembered(f"{self.key}.{name}", default)

    def remember(self, name: str, value: T) -> None:
        """Keep a value of the window for the next start."""
        if self.remembered(name, value) != value or self.remembered(name, type(value)()) != value:
            self.context.settings.remember(f"{self.key}.{name}", value)
