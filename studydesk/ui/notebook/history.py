"""Earlier texts of a note, and the way back to one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QSplitter, QVBoxLayout, QWidget

from studydesk.services.markdown import count_words
from studydesk.services.notebook import VersionRow
from studydesk.ui.notebook.editor import MarkdownEditor
from studydesk.ui.notebook.note_model import moment_words
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.labels import Label

SIZE = (760, 520)


class HistoryDialog(QDialog):
    """Lists versions at the left, shows the chosen one at the right. Restoring can be undone in the editor."""

    restored = Signal(str)
    """The text of the version that is to come back."""

    def __init__(self, title: str, versions: Sequence[VersionRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._versions = tuple(versions)
        self.setWindowTitle(self.tr("Earlier versions"))
        self.resize(*SIZE)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Versions"))
        self._list.setStyleSheet("QListWidget::item { padding: 8px 12px; }")
        self._text = MarkdownEditor()
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("Text of the version"))
        self._restore = Button(self.tr("Restore this version"), "primary")
        self._lay_out(title)
        for version in self._versions:
            self._list.addItem(self._words(version))
        self._list.currentRowChanged.connect(self._show)
        self._list.setCurrentRow(0)

    def _lay_out(self, title: str) -> None:
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self._list)
        sides.addWidget(self._text)
        sides.setSizes([220, 540])
        keep = Button(self.tr("Keep the present text"))
        keep.clicked.connect(self.reject)
        self._restore.clicked.connect(self._accept)
        self._restore.setDefault(True)
        footer = QHBoxLayout()
        footer.addStretch(1)
        footer.addWidget(keep)
        footer.addWidget(self._restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(title, "title", elide=True))
        told = self.tr(
            "A version is kept every ten minutes of writing. The present text stays until you restore."
        )
        column.addWidget(Label(told, "body", "textSecondary", wrap=True))
        column.addWidget(sides, 1)
        column.addLayout(footer)

    def _words(self, version: VersionRow) -> str:
        local = version.at.astimezone()
        day = QLocale().toString(QDate(local.year, local.month, local.day), QLocale.FormatType.ShortFormat)
        when = moment_words(version.at)
        time = f"{version.at.astimezone():%H:%M}"
        told = f"{day}, {time}" if when != time else self.tr("Today, %1").replace("%1", time)
        words = count_words(version.text)
        return f"{told}\n" + (
            self.tr("1 word") if words == 1 else self.tr("%1 words").replace("%1", str(words))
        )

    def _show(self, number: int) -> None:
        self._restore.setEnabled(0 <= number < len(self._versions))
        if 0 <= number < len(self._versions):
            self._text.set_text(self._versions[number].text)

    def _accept(self) -> None:
        self.restored.emit(self._versions[self._list.currentRow()].text)
        self.accept()
