"""All that can be done, by name: each action has an id, words, a menu, and a shortcut where it is common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

MENUS = ("desk", "edit", "view", "go", "room", "help")


@dataclass(frozen=True)
class ActionSpec:
    """One action. `text` and `hint` have gone through tr(); `shortcut` is portable text such as "Ctrl+N".

    With `place` the action can be done only while that place is shown. `words` are more words by which the
    palette finds it.
    """

    id: str
    text: str
    run: Callable[[], object]
    shortcut: str = ""
    menu: str = "go"
    icon: str = ""
    place: str | None = None
    words: str = ""


class Actions(QObject):
    """The registry of actions. Adding one makes its QAction on the window, so that its shortcut works."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        self._place = ""

    def add(self, spec: ActionSpec) -> QAction:
        """Register an action; one with the same id takes the place of the former."""
        self.remove(spec.id)
        action = QAction(spec.text, self._window)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if spec.shortcut:
            action.setShortcut(
                QKeySequence.fromString(spec.shortcut, QKeySequence.SequenceFormat.PortableText)
            )
        action.triggered.connect(lambda _checked=False: spec.run())
        action.setEnabled(spec.place in (None, self._place))
        self._window.addAction(action)
        self._specs[spec.id], self._actions[spec.id] = spec, action
        self.changed.emit()
        return action

    def add_all(self, specs: Iterable[ActionSpec]) -> None:
        """Register several actions."""
        for spec in specs:
            self.add(spec)

    def remove(self, action_id: str) -> None:
        """Forget an action; unknown ids are ignored."""
        action = self._actions.pop(action_id, None)
        self._specs.pop(action_id, None)
        if action is not None:
            self._window.removeAction(action)
            action.deleteLater()

    def action(self, action_id: str) -> QAction:
        """Return the QAction of an id. Raises KeyError."""
        return self._actions[action_id]

    def spec(self, action_id: str) -> ActionSpec:
        """Return what was registered under an id. Raises KeyError."""
        return self._specs[action_id]

    def usable(self) -> tuple[ActionSpec, ...]:
        """Return what can be done now, in the order of the menus."""
        found = [spec for spec in self._specs.values() if self._actions[spec.id].isEnabled()]
        return tuple(sorted(found, key=lambda spec: MENUS.index(spec.menu)))

    def in_menu(self, menu: str) -> tuple[QAction, ...]:
        """Return the QActions of one menu that belong to no place or to the present one."""
        return tuple(
            self._actions[spec.id]
            for spec in self._specs.values()
            if spec.menu == menu and spec.place in (None, self._place)
        )

    def set_place(self, place: str) -> None:
        """Say which place is shown, so that the actions of others rest."""
        self._place = place
        for spec in self._specs.values():
            if spec.place is not None:
                self._actions[spec.id].setEnabled(spec.place == place)


def shortcut_text(shortcut: str) -> str:
    """Return a shortcut as the system writes it, as on a key cap."""
    return (
        QKeySequence.fromString(shortcut).toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
    )
