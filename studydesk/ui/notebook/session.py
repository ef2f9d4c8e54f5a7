"""The note that is open: saving it while it is written, and meeting changes from elsewhere."""

from __future__ import annotations

import time
from concurrent.futures import Future

from PySide6.QtCore import QObject, QTimer, Signal

from studydesk.foundation.changes import ChangeSet, Kind
from studydesk.foundation.errors import Fault
from studydesk.services.notebook import Notebook, NoteView
from studydesk.ui.bridge import Bridge
from studydesk.ui.notebook.editing import merged

PAUSE = 400
"""Milliseconds after the last key until the text is saved."""
LONGEST = 0.8
"""Seconds after which it is saved though keys keep coming."""
RETRY = 5000
"""Milliseconds after which saving is tried again when it failed."""


class NoteSession(QObject):
    """Saves one note's text. The text as it is written has "\\n" between lines; the desk's own ends are kept."""

    replaced = Signal(str)
    """The text was changed elsewhere; show this one."""
    parted = Signal(object)
    """Somebody else changed the same lines; their text became a note of its own (a NoteView)."""
    renewed = Signal(object)
    """The note as the desk has it now (a NoteView), after a save or a change from elsewhere."""
    gone = Signal()
    """The note was deleted."""

    def __init__(self, notebook: Notebook, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notebook, self._bridge = notebook, bridge
        self._note: NoteView | None = None
        self._text = ""
        self._base = ""
        self._first_change = 0.0
        self._under_way = 0
        self._failing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)

    @property
    def note(self) -> NoteView | None:
        """The note that is open, as the desk had it last."""
        return self._note

    def is_saved(self) -> bool:
        """Tell whether all that was written is on the disk."""
        return self._text == self._base and not self._under_way

    def open(self, note: NoteView) -> str:
        """Take another note and return its text to show. What was written in the former one is saved first."""
        self.save()
        self._timer.stop()
        self._note = note
        self._text = self._base = _shown(note.text)
        return self._text

    def close(self) -> None:
        """Save, and hold no note any more."""
        self.save()
        self._timer.stop()
        self._note = None
        self._text = self._base = ""

    def write(self, text: str) -> None:
        """Take what stands in the editor; it is saved soon."""
        if self._note is None or text == self._text:
            return
        if self._text == self._base:
            self._first_change = time.monotonic()
        self._text = text
        waited = time.monotonic() - self._first_change
        self._timer.start(
            PAUSE if waited + PAUSE / 1000 < LONGEST else max(0, int((LONGEST - waited) * 1000))
        )

    def save(self) -> None:
        """Hand what was written to the desk now."""
        note, text = self._note, self._text
        self._timer.stop()
        if note is None or text == self._base:
            return
        before, self._base = self._base, text
        self._under_way += 1
        self._bridge.when_done(
            self._notebook.save_text(note.id, _kept(text, note.text)),
            lambda changed: self._saved(note.id, changed.value),
            lambda error: self._failed(note.id, before, error),
            self,
        )

    def see(self, changes: ChangeSet) -> None:
        """Something on the desk changed; look whether it was this note, and not by us."""
        note = self._note
        if note is not None and any(
            change.kind is Kind.NOTE and change.id in (note.id, "*") for change in changes.changes
        ):
            self.look()

    def look(self) -> None:
        """See how the desk has the note now; what changed elsewhere meanwhile comes in."""
        if self._note is not None:
            asked = self._notebook.note(self._note.id)
            self._bridge.when_done(asked, self._compare, self._missing, self)

    def _saved(self, note_id: str, view: NoteView) -> None:
        self._under_way -= 1
        self._failing = False
        if self._note is not None and self._note.id == note_id:
            self._note = view
            self.renewed.emit(view)

    def _missing(self, error: BaseException) -> None:
        """The note is not there any more. What was written and not saved becomes a note of its own."""
        if not isinstance(error, Fault):
            self._tell(error)
            return
        note, text = self._note, self._text
        unsaved = text != self._base
        self._note, self._base = None, text
        if note is not None and unsaved:
            self._bridge.when_done(self._notebook.new_note("", text))
        self.gone.emit()

    def _failed(self, note_id: str, before: str, error: BaseException) -> None:
        """Nothing is saved: keep it as changed, tell why once, and try again later."""
        self._under_way -= 1
        if not self._failing:
            self._failing = True
            self._tell(error)
        if self._note is not None and self._note.id == note_id:
            self._base = before
            self._timer.start(RETRY)

    def _tell(self, error: BaseException) -> None:
        failed: Future[None] = Future()
        failed.set_exception(error)
        self._bridge.when_done(failed)

    def _compare(self, view: NoteView) -> None:
        if self._note is None or self._note.id != view.id or self._under_way:
            return
        if view.deleted_at is not None:
            self.gone.emit()
            return
        theirs = _shown(view.text)
        self._note = view
        if theirs != self._base:
            self._meet(theirs)
        self.renewed.emit(view)

    def _meet(self, theirs: str) -> None:
        together = merged(self._base, self._text, theirs)
        self._base = theirs
        if together is None:
            self._part(theirs)
        elif together != self._text:
            self._text = together
            self.replaced.emit(together)
        if self._text != self._base:
            self._timer.start(PAUSE)

    def _part(self, theirs: str) -> None:
        """Keep both: mine stays here, theirs becomes a note beside it."""
        note = self._note
        if note is not None:
            made = self._notebook.new_note(
                self.tr("%s (other version)") % note.title, theirs, note.notebook_id
            )
            self._bridge.when_done(made, lambda changed: self.parted.emit(changed.value), owner=self)


def _shown(text: str) -> str:
    """Return the text as an editor holds it, with "\\n" between lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n")


def _kept(text: str, before: str) -> str:
    """Return `text` with the line ends that the whole of `before` had."""
    whole = before.count("\r\n")
    return text.replace("\n", "\r\n") if whole and whole == before.count("\n") else text
