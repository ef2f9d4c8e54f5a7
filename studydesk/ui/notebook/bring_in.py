"""Bringing a folder of notes in: progress in a strip below the list, a way to stop, and what came in."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from studydesk.services.transfer import ImportReport, Skipped
from studydesk.ui.context import UiContext
from studydesk.ui.theme import current
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.labels import Label
from studydesk.ui.widgets.progress import ProgressBar


class BringInStrip(QWidget):
    """Hidden unless something comes in."""

    finished = Signal(object)
    """The ImportReport."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._cancel = threading.Event()
        self._words = Label("", "small", "textSecondary", elide=True)
        self._bar = ProgressBar(height=4)
        self._stop = Button(self.tr("Stop"), small=True)
        self._stop.clicked.connect(self._stop_now)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.addLayout(column, 1)
        row.addWidget(self._stop)
        self.hide()

    def is_busy(self) -> bool:
        """Tell whether something is coming in."""
        return not self.isHidden()

    def start(self, paths: Sequence[Path]) -> None:
        """Bring these files and folders in."""
        if self.is_busy():
            return
        self._cancel = threading.Event()
        self._progress(0, 0, "")
        self.show()
        bridge = self._context.bridge

        def told(done: int, total: int, name: str) -> None:
            bridge.later(lambda: self._progress(done, total, name))

        future = self._context.desk.transfer.import_paths(paths, told, self._cancel)
        bridge.when_done(future, self._done, self._failed, self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current().color("window"))
        painter.fillRect(0, 0, self.width(), 1, current().color("line"))

    def _progress(self, done: int, total: int, name: str) -> None:
        said = self.tr("%1 of %2 files").replace("%1", str(done)).replace("%2", str(total))
        self._words.setText(said if total else self.tr("Looking at the folder"))
        self._bar.set_share(done / total if total else 0, self._words.text())
        self._words.setToolTip(name)

    def _stop_now(self) -> None:
        self._cancel.set()
        self._words.setText(self.tr("Stopping after this file"))

    def _done(self, report: ImportReport) -> None:
        self.hide()
        self.finished.emit(report)
        if report.skipped:
            self._context.toast(
                sentence_of(report), "note", self.tr("See why"), lambda: _show_skipped(self, report.skipped)
            )
        else:
            self._context.toast(sentence_of(report), "done")

    def _failed(self, error: BaseException) -> None:
        self.hide()
        self._context.toast(str(error), "fault")


def sentence_of(report: ImportReport) -> str:
    """Say what came in and what did not."""
    notes = "1 note came in." if report.notes == 1 else f"{report.notes} notes came in."
    left = len(report.skipped)
    out = "" if not left else " 1 file was left out." if left == 1 else f" {left} files were left out."
    return notes + out + (" The rest was stopped." if report.cancelled else "")


def _show_skipped(parent: QWidget, skipped: Sequence[Skipped]) -> None:
    dialog = QDialog(parent.window())
    dialog.setWindowTitle(parent.tr("What was left out"))
    dialog.resize(640, 420)
    text = QPlainTextEdit("\n\n".join(f"{one.path}\n{one.why}" for one in skipped))
    text.setReadOnly(True)
    text.setAccessibleName(parent.tr("Files left out, and why"))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 20)
    column.addWidget(Label(parent.tr("What was left out"), "title"))
    column.addWidget(text, 1)
    close = Button(parent.tr("Close"), "primary")
    close.clicked.connect(dialog.accept)
    footer = QHBoxLayout()
    footer.addStretch(1)
    footer.addWidget(close)
    column.addLayout(footer)
    dialog.open()
