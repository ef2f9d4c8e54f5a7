"""What can be set: my name, the look, the size of type."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studydesk.services.settings import NAME, SCALE, THEME
from studydesk.ui.context import UiContext
from studydesk.ui.widgets.dialog import BaseDialog
from studydesk.ui.widgets.fields import InputField
from studydesk.ui.widgets.labels import Label
from studydesk.ui.widgets.segmented import SegmentedControl

SCALES = (90, 100, 110, 125, 140, 160)


class SettingsDialog(BaseDialog):
    """Everything takes effect at once."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__("", "", "", parent)
        self._context = context
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self.heading.setText(self.tr("Settings"))
        self.sentence.setText(self.tr("What you change here takes effect at once."))
        self.sentence.show()
        self.primary.setText(self.tr("Done"))
        self.cancel.hide()
        self.name = InputField(
            self.tr("Your name, as others see it"), self.tr("Inès Moreau"), context.settings.get(NAME)
        )
        self.name.edit.setMaxLength(120)
        self.content.addWidget(self.name)
        self._look = SegmentedControl(
            (
                ("system", self.tr("System"), ""),
                ("light", self.tr("Light"), ""),
                ("dark", self.tr("Dark"), ""),
                ("contrast", self.tr("Contrast"), ""),
            ),
            self.tr("Look"),
            context.settings.get(THEME),
        )
        self._look.chosen.connect(self._choose_look)
        self.content.addLayout(_labelled(self.tr("Look"), self._look))
        scale = min(SCALES, key=lambda size: abs(size - context.settings.get(SCALE)))
        self._size = SegmentedControl(
            tuple((str(size), f"{size} %", "") for size in SCALES), self.tr("Size of type"), str(scale)
        )
        self._size.chosen.connect(self._choose_size)
        self.content.addLayout(_labelled(self.tr("Size of type"), self._size))
        where = self.tr("Your things lie in {folder}").format(folder=context.desk.paths.root)
        self.content.addWidget(Label(where, "small", "textMuted", wrap=True))
        self.primary.clicked.connect(self.accept)
        self.finished.connect(lambda _: self._keep_name())

    def _keep_name(self) -> None:
        if self.name.text() != self._context.settings.get(NAME):
            self._context.bridge.when_done(self._context.settings.set(NAME, self.name.text()))

    def _choose_look(self, look: str) -> None:
        self._context.settings.set(THEME, look)
        self._context.themes.choose(look)

    def _choose_size(self, size: str) -> None:
        self._context.settings.set(SCALE, int(size))
        self._context.themes.choose(scale=int(size))


def _labelled(words: str, widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(Label(words, "small", "textSecondary", weight=500))
    column.addWidget(widget)
    return column
