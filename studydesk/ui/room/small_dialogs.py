"""Short dialogs of the rooms: a name for a room or board, and what the network check found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studydesk.services.room.checks import Finding
from studydesk.ui.widgets.dialog import BaseDialog
from studydesk.ui.widgets.empty import IconView
from studydesk.ui.widgets.fields import InputField
from studydesk.ui.widgets.labels import Label

LONGEST = 120


class NameDialog(BaseDialog):
    """Asks for one name; `done` is called with it when it is given."""

    def __init__(
        self,
        title: str,
        sentence: str,
        label: str,
        primary: str,
        done: Callable[[str], object],
        parent: QWidget,
        text: str = "",
    ) -> None:
        super().__init__(title, sentence, primary, parent)
        self.field = InputField(label, "", text)
        self.field.edit.setObjectName("nameField")
        self.field.edit.setMaxLength(LONGEST)
        self.field.edit.selectAll()
        self.content.addWidget(self.field)
        self.primary.setObjectName("namePrimary")
        self._done = done
        self.primary.clicked.connect(self._give)
        self.field.changed.connect(self._ready)
        self._ready()
        self.field.setFocus()

    def _ready(self) -> None:
        self.primary.setEnabled(bool(self.field.text()))
        self.primary.setToolTip("" if self.field.text() else self.tr("A name is needed."))

    def _give(self) -> None:
        if self.field.text():
            self._done(self.field.text())
            self.accept()


class CheckDialog(BaseDialog):
    """Says each thing that was looked at, the bad ones with what to do."""

    def __init__(self, findings: Sequence[Finding], parent: QWidget) -> None:
        good = all(finding.ok for finding in findings)
        sentence = "" if good else "One of these keeps others from being seen."
        super().__init__("The network, checked", sentence, "Close", parent)
        self.heading.setText(self.tr("The network, checked"))
        self.sentence.setText(
            self.tr("All is well here. If somebody is not seen, check the other desk too.")
            if good
            else self.tr("What is marked keeps others from being seen.")
        )
        self.cancel.hide()
        self.primary.setText(self.tr("Close"))
        self.primary.clicked.connect(self.accept)
        column = QVBoxLayout()
        column.setSpacing(10)
        for finding in findings:
            row = QHBoxLayout()
            row.setSpacing(10)
            icon, ink = ("ph.check", "success") if finding.ok else ("ph.warning", "warning")
            row.addWidget(IconView(icon, ink, 18))
            row.addWidget(Label(finding.sentence, "body", wrap=True), 1)
            column.addLayout(row)
        self.content.addLayout(column)
