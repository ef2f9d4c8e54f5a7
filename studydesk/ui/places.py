"""The six places of the window, and where their code lies: it is loaded when a place is first shown."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

if TYPE_CHECKING:
    from studydesk.ui.context import UiContext
    from studydesk.ui.place import Place


@dataclass(frozen=True)
class PlaceSpec:
    """One place: its key, title (to be translated), icon, and "module:Class"."""

    key: str
    title: str
    icon: str
    home: str

    @property
    def words(self) -> str:
        """The title in the language of the window."""
        return QCoreApplication.translate("Places", self.title)

    def make(self, context: UiContext) -> Place:
        """Load the place and make it."""
        module, _, name = self.home.partition(":")
        place: Place = getattr(importlib.import_module(module), name)(context)
        return place


PLACES = (
    PlaceSpec(
        "today", str(QT_TRANSLATE_NOOP("Places", "Today")), "ph.sun", "studydesk.ui.today.place:TodayPlace"
    ),
    PlaceSpec(
        "planner",
        str(QT_TRANSLATE_NOOP("Places", "Planner")),
        "ph.calendar-blank",
        "studydesk.ui.planner.place:PlannerPlace",
    ),
    PlaceSpec(
        "notebook",
        str(QT_TRANSLATE_NOOP("Places", "Notebook")),
        "ph.notebook",
        "studydesk.ui.notebook.place:NotebookPlace",
    ),
    PlaceSpec(
        "library",
        str(QT_TRANSLATE_NOOP("Places", "Library")),
        "ph.books",
        "studydesk.ui.library.place:LibraryPlace",
    ),
    PlaceSpec(
        "review",
        str(QT_TRANSLATE_NOOP("Places", "Review")),
        "ph.cards",
        "studydesk.ui.review.place:ReviewPlace",
    ),
    PlaceSpec(
        "room",
        str(QT_TRANSLATE_NOOP("Places", "Rooms")),
        "ri.door-open-line",
        "studydesk.ui.room.place:RoomsPlace",
    ),
)
