"""What every place is given: the desk, the bridge, the look, the actions, and the way to go elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from studydesk.ui.actions import Actions
from studydesk.ui.bridge import Bridge
from studydesk.ui.theme import ThemeManager

if TYPE_CHECKING:
    from studydesk.services.desk import Desk
    from studydesk.services.settings import Settings


class Navigate(Protocol):
    """Shows a place; `where` names what to show there, by the words that its `activate` takes."""

    def __call__(self, place: str, **where: object) -> None: ...


class ShowToast(Protocol):
    """Shows one sentence above the status line; `kind` is "done", "note" or "fault"."""

    def __call__(
        self, sentence: str, kind: str = "note", button: str = "", action: Callable[[], object] | None = None
    ) -> None: ...


@dataclass(frozen=True)
class UiContext:
    """Handed to each place when it is made.

    `navigate("notebook", note=ID)` and its like: notebook takes `note`, `new` (a title); planner `task`,
    `session`, `day`; library `resource`; review `card`, `deck`; room `room`, `entry`, `board`, `join` (a NearRoom).
    """

    desk: Desk
    bridge: Bridge
    themes: ThemeManager
    actions: Actions
    navigate: Navigate
    toast: ShowToast

    @property
    def settings(self) -> Settings:
        """The desk's settings."""
        return self.desk.settings
