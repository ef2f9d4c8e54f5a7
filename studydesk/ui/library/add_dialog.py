"""The dialog by which a link or a file is added."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from studydesk.ui.library import words
from studydesk.ui.library.add_form import AddForm, Addition
from studydesk.ui.library.drops import is_address
from studydesk.ui.widgets.form_dialog import FormDialog


def ask_to_add(parent: QWidget, then: Callable[[Addition], object]) -> FormDialog:
    """Open the dialog; `then` gets what is to be added. A link on the clipboard stands there already."""
    copied = QGuiApplication.clipboard().text().strip()
    form = AddForm(copied if is_address(copied) and "://" in copied else "")

    def submit() -> bool:
        addition = form.read()
        if addition is not None:
            then(addition)
        return addition is not None

    sentence = words.tr("Paste a link, or choose or drop a file. Files are copied into your desk.")
    dialog = FormDialog(
        parent.window(), words.tr("Add to the library"), form, words.tr("Add"), submit, sentence
    )
    dialog.open()
    return dialog
