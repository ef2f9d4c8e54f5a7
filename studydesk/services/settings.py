"""Settings, declared once: key, type, default, and what it is for."""

from __future__ import annotations

import json
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from studydesk.foundation.changes import Change, Changed, ChangeSet, Kind
from studydesk.foundation.clock import Clock
from studydesk.foundation.errors import Fault
from studydesk.foundation.events import EventBus
from studydesk.foundation.paths import DeskPaths
from studydesk.model.database import Database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

T = TypeVar("T", str, int, float, bool)


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One declared setting. `choices` bounds the value where it is not empty."""

    key: str
    default: T
    description: str
    choices: tuple[T, ...] = ()

    def check(self, value: object) -> T:
        """Return `value` if it is one that this setting takes. Raises Fault otherwise."""
        wanted = type(self.default)
        right = isinstance(value, wanted) or (wanted is float and type(value) is int)
        if not right or (wanted is int and isinstance(value, bool)):
            raise Fault(f"The setting {self.key} takes a value like {self.default!r}.")
        if self.choices and value not in self.choices:
            raise Fault(f"The setting {self.key} takes one of: {', '.join(map(str, self.choices))}.")
        return cast(T, value)


NAME = Setting("person.name", "", "The name that others see.")
COLOUR = Setting("person.colour", -1, "My pen and member colour, 0 to 9; -1 chooses by device.")
THEME = Setting("look.theme", "system", "Colours of the window.", ("system", "light", "dark", "contrast"))
SCALE = Setting("look.scale", 100, "Size of type in per cent, 90 to 160.")
LESS_MOTION = Setting("look.less_motion", False, "Panels and pages change at once.")
LANGUAGE = Setting("look.language", "system", "Language of the window.", ("system", "en", "fr"))
NOTE_VIEW = Setting("notebook.view", "both", "How a note is shown.", ("write", "both", "read"))
WEEK_MINUTES = Setting("planner.week_minutes", 0, "Minutes I mean to study each week; 0 for none.")
DISCOVERY = Setting("rooms.discovery", True, "Be seen by other desks on the network.")
WELCOMED = Setting("start.welcomed", False, "The first start was gone through.")

DECLARED: tuple[Setting[str] | Setting[int] | Setting[bool], ...] = (
    NAME,
    COLOUR,
    THEME,
    SCALE,
    LESS_MOTION,
    LANGUAGE,
    NOTE_VIEW,
    WEEK_MINUTES,
    DISCOVERY,
    WELCOMED,
)


class Settings:
    """The settings of a desk. Reading is immediate, from memory; the first read loads them (about a millisecond).

    Keys that are not declared, such as the state of a splitter, go through `remembered` and `remember`.
    """

    def __init__(self, paths: DeskPaths, database: Database, events: EventBus, clock: Clock) -> None:
        self._paths = paths
        self._database = database
        self._events = events
        self._clock = clock
        self._values: dict[str, object] | None = None
        self._lock = threading.Lock()

    def get(self, setting: Setting[T]) -> T:
        """Return the value of a declared setting, its default where none is kept or the kept one is bad."""
        value = self._loaded().get(setting.key, setting.default)
        try:
            return setting.check(value)
        except Fault:
            return setting.default

    def set(self, setting: Setting[T], value: T) -> Future[Changed[T]]:
        """Keep a value, and publish a change of Kind.SETTING with its key. Raises Fault for a bad one, at once."""
        return self._keep(setting.key, setting.check(value))

    def remembered(self, key: str, default: T) -> T:
        """Return an undeclared value of the window, such as a width, or `default`."""
        value = self._loaded().get(f"window.{key}", default)
        return value if isinstance(value, type(default)) else default

    def remember(self, key: str, value: T) -> Future[Changed[T]]:
        """Keep an undeclared value of the window."""
        return self._keep(f"window.{key}", value)

    def _keep(self, key: str, value: T) -> Future[Changed[T]]:
        from studydesk.services.base import announce, report_failure

        self._loaded()[key] = value

        def work(session: Session) -> Changed[T]:
            from studydesk.model import settings

            settings.put(session, key, json.dumps(value))
            return Changed(value, ChangeSet("Change setting", (Change(Kind.SETTING, key),)))

        return self._database.submit(
            work,
            lambda changed: announce(self._events, self._clock, changed),
            report_failure(self._events),
        )

    def _loaded(self) -> dict[str, object]:
        with self._lock:
            if self._values is None:
                self._values = _read(self._paths)
            return self._values


def _read(paths: DeskPaths) -> dict[str, object]:
    """Read all settings without SQLAlchemy, since the theme is needed before the first paint."""
    if not paths.database.exists():
        return {}
    import sqlite3

    try:
        connection = sqlite3.connect(f"{paths.database.as_uri()}?mode=ro", uri=True, timeout=1)
        try:
            rows = connection.execute("SELECT key, value FROM settings").fetchall()
        finally:
            connection.close()
    except sqlite3.Error:
        return {}  # a broken or foreign file is told by the database itself when it opens
    return {str(key): json.loads(value) for key, value in rows}
