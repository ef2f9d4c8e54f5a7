"""The fields by which a link or a file is added."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from studydesk.services.library import ResourceKind
from studydesk.ui.library import words
from studydesk.ui.library.drops import dropped, is_address
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.fields import InputField
from studydesk.ui.widgets.labels import Label


@dataclass(frozen=True)
class Addition:
    """What is to be added: an address or a file. Kind None: told by the address or the content."""

    url: str = ""
    file: Path | None = None
    title: str = ""
    tags: tuple[str, ...] = ()
    kind: ResourceKind | None = None


class AddForm(QWidget):
    """Takes an address, or a file by choosing, dropping or its path."""

    def __init__(self, start: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.where = InputField(words.tr("Link or file"), "https://example.org/joins", start)
        self.title = InputField(words.tr("Title"), words.tr("left empty, it names itself"))
        self.tags = InputField(words.tr("Tags"), words.tr("sql, presenting"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(words.tr("Kind"))
        self.kind.addItem(words.tr("Found out by itself"), "")
        for kind in ResourceKind:
            self.kind.addItem(words.kind_name(kind), kind.value)
        self._choose = Button(words.tr("Choose a file"))
        self._choose.clicked.connect(self._choose_file)
        self._lay_out()
        self.setFocusProxy(self.where)

    def read(self) -> Addition | None:
        """Return what is to be added, or None after saying what is wrong."""
        text = self.where.text()
        path = Path(text.removeprefix("file://")).expanduser() if text else Path()
        kind = ResourceKind(str(self.kind.currentData())) if self.kind.currentData() else None
        tags = tuple(part.strip().lstrip("#") for part in self.tags.text().split(",") if part.strip())
        if text and path.is_absolute():
            if path.exists():
                return Addition("", path, self.title.text(), tags, kind)
            self.where.set_fault(words.tr("There is no such file. Choose it, or drop it here."))
        elif is_address(text):
            return Addition(text, None, self.title.text(), tags, kind)
        else:
            self.where.set_fault(words.tr("Paste a link such as https://example.org, or choose a file."))
        self.where.edit.setFocus()
        return None

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.where, 1, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 20, 0, 0)
        beside.addWidget(self._choose)
        beside.addStretch(1)
        first.addLayout(beside)
        label = Label(words.tr("Kind"), "small", "textSecondary", weight=500)
        label.setBuddy(self.kind)
        kind = QVBoxLayout()
        kind.setSpacing(4)
        kind.addWidget(label)
        kind.addWidget(self.kind)
        kind.addStretch(1)
        last = QHBoxLayout()
        last.setSpacing(12)
        last.addWidget(self.tags, 1, Qt.AlignmentFlag.AlignTop)
        last.addLayout(kind, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(first)
        column.addWidget(self.title)
        column.addLayout(last)

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, words.tr("Choose a file"))
        if path:
            self.where.set_text(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        what = dropped(event.mimeData())
        paths = (*what.files, *what.bookmarks)
        if what.links or paths:
            self.where.set_text(what.links[0] if what.links else str(paths[0]))
            event.acceptProposedAction()
