"""The side panel: one resource with all that can be said and changed about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studydesk.services.library import ResourceKind, ResourceState, ResourceView
from studydesk.ui.library import words
from studydesk.ui.library.preview import Preview
from studydesk.ui.library.slider import ProgressSlider
from studydesk.ui.library.stars import Stars
from studydesk.ui.widgets.buttons import Button, IconButton
from studydesk.ui.widgets.labels import Label, SectionLabel
from studydesk.ui.widgets.segmented import SegmentedControl

PAUSE = 900
"""Milliseconds after the last key until notes are kept."""


class ResourcePanel(QScrollArea):
    """Shows a ResourceView. It changes nothing itself; it says what was changed by signals."""

    open_asked = Signal(str)
    remove_asked = Signal(str)
    renamed = Signal(str, str)
    kind_chosen = Signal(str, str)
    tagged = Signal(str, object)
    state_chosen = Signal(str, str)
    progressed = Signal(str, int)
    rated = Signal(str, int)
    noted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._resource: ResourceView | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._make()
        self._lay_out()
        self._connect()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(words.tr("Details"))

    @property
    def resource(self) -> ResourceView | None:
        """What is shown."""
        return self._resource

    def show_resource(self, resource: ResourceView | None) -> None:
        """Show another resource or a newer state of it; what is being typed stays."""
        if self._resource is not None and (resource is None or resource.id != self._resource.id):
            self.settle()
        same = resource is not None and self._resource is not None and resource.id == self._resource.id
        self._resource = resource
        if resource is None:
            return
        self._preview.show_kind(resource.kind)
        self._title.setText(resource.title)
        self._detail.setText(_about(resource))
        self._detail.setToolTip(resource.url or resource.file_name or "")
        self._open.setText(_open_word(resource.kind))
        self._fill_choices(resource)
        if not (same and self.tags.hasFocus()):
            self.tags.setText(", ".join(resource.tags))
        if not (same and self.notes.hasFocus()):
            self.notes.setPlainText(resource.notes)
        if not same:
            self._edit_title(False)
            self.verticalScrollBar().setValue(0)

    def settle(self) -> None:
        """Say at once what was typed and not said yet."""
        self._pause.stop()
        if self._resource is None:
            return
        if self.notes.toPlainText() != self._resource.notes:
            self.noted.emit(self._resource.id, self.notes.toPlainText())
        self._say_tags()

    def _fill_choices(self, resource: ResourceView) -> None:
        known = {state.value for state in ResourceState}
        self.state.set_value(resource.state if resource.state in known else ResourceState.LATER.value)
        if not self.slider.isSliderDown():
            self.slider.setValue(words.percent(resource))
            self._show_progress(self.slider.value())
        self.stars.set_rating(resource.rating)
        self._rating_words.setText("" if resource.rating else words.rating(0))
        self.kind.blockSignals(True)
        self.kind.setCurrentIndex(max(0, self.kind.findData(resource.kind)))
        self.kind.blockSignals(False)

    def _make(self) -> None:
        self._preview = Preview()
        self._title = Label("", "heading", wrap=True)
        self._title_edit = QLineEdit()
        self._title_edit.setAccessibleName(words.tr("Title"))
        self._title_edit.hide()
        self._pencil = IconButton("ph.pencil-simple", words.tr("Change the title"), "F2")
        self._detail = Label("", "small", "textMuted", wrap=True)
        self._open = Button(words.tr("Open"), "plain", icon="ph.arrow-square-out")
        states = [(state.value, words.state_name(state), "") for state in ResourceState]
        self.state = SegmentedControl(states, words.tr("State"))
        self.slider = ProgressSlider()
        self._progress_words = Label("", "small", "textMuted", tabular=True)
        self.stars = Stars()
        self._rating_words = Label("", "small", "textMuted")
        self.tags = QLineEdit()
        self.tags.setPlaceholderText(words.tr("sql, presenting"))
        self.tags.setAccessibleName(words.tr("Tags, with commas between"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(words.tr("Kind"))
        for kind in ResourceKind:
            self.kind.addItem(words.kind_name(kind), kind.value)
        self.notes = QPlainTextEdit()
        self.notes.setProperty("field", True)
        self.notes.setPlaceholderText(words.tr("What I want to keep of it"))
        self.notes.setAccessibleName(words.tr("My notes"))
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(112)
        self._remove = Button(words.tr("Remove"), "danger", icon="ph.trash", small=True)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 18, 16, 20)
        column.setSpacing(0)
        column.addWidget(self._preview)
        column.addSpacing(16)
        column.addLayout(_row(self._title, self._title_edit, self._pencil, stretch=self._title))
        column.addWidget(self._detail)
        column.addSpacing(12)
        column.addLayout(_row(self._open, stretch=None))
        for label, content in (
            (words.tr("State"), self.state),
            (words.tr("Progress"), _row(self.slider, self._progress_words, stretch=self.slider)),
            (words.tr("My rating"), _row(self.stars, self._rating_words, stretch=None)),
            (words.tr("Tags"), self.tags),
            (words.tr("Kind"), self.kind),
            (words.tr("My notes"), self.notes),
        ):
            column.addSpacing(18)
            column.addWidget(SectionLabel(label))
            column.addSpacing(6)
            if isinstance(content, QHBoxLayout):
                column.addLayout(content)
            elif content is self.state:
                column.addWidget(content, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                column.addWidget(content)
        column.addSpacing(20)
        column.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setWidget(body)

    def _connect(self) -> None:
        self._open.clicked.connect(lambda: self._tell(self.open_asked))
        self._remove.clicked.connect(lambda: self._tell(self.remove_asked))
        self._pencil.clicked.connect(lambda: self._edit_title(True))
        self._title_edit.editingFinished.connect(self._say_title)
        self._title_edit.installEventFilter(self)
        self.state.chosen.connect(lambda state: self._tell(self.state_chosen, state))
        self.slider.valueChanged.connect(self._show_progress)
        self.slider.settled.connect(lambda value: self._tell(self.progressed, value))
        self.stars.chosen.connect(lambda stars: self._tell(self.rated, stars))
        self.tags.editingFinished.connect(self._say_tags)
        self.kind.activated.connect(lambda _: self._tell(self.kind_chosen, str(self.kind.currentData())))
        self.notes.textChanged.connect(self._pause.start)
        self.notes.installEventFilter(self)
        self._pause.timeout.connect(self.settle)

    def _tell(self, signal: SignalInstance, *what: object) -> None:
        if self._resource is not None:
            signal.emit(self._resource.id, *what)

    def _show_progress(self, per_cent: int) -> None:
        self._progress_words.setText(f"{per_cent} %")

    def _say_tags(self) -> None:
        tags = tuple(
            dict.fromkeys(t for part in self.tags.text().split(",") if (t := part.strip().lstrip("#")))
        )
        if self._resource is not None and tags != self._resource.tags:
            self.tagged.emit(self._resource.id, tags)

    def _edit_title(self, editing: bool) -> None:
        self._title.setVisible(not editing)
        self._pencil.setVisible(not editing)
        self._title_edit.setVisible(editing)
        if editing and self._resource is not None:
            self._title_edit.setText(self._resource.title)
            self._title_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self._title_edit.selectAll()

    def _say_title(self) -> None:
        if self._title_edit.isHidden():
            return
        title = " ".join(self._title_edit.text().split())
        self._edit_title(False)
        if title and self._resource is not None and title != self._resource.title:
            self._title.setText(title)
            self.renamed.emit(self._resource.id, title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.notes and event.type() == QEvent.Type.FocusOut:
            self.settle()
        if (
            watched is self._title_edit
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self._edit_title(False)
            self._pencil.setFocus()
            return True
        return super().eventFilter(watched, event)


def _row(*widgets: QWidget, stretch: QWidget | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        top = Qt.AlignmentFlag.AlignTop if isinstance(widget, IconButton) else Qt.AlignmentFlag(0)
        row.addWidget(widget, 1 if widget is stretch else 0, top)
    if stretch is None:
        row.addStretch(1)
    return row


def _about(resource: ResourceView) -> str:
    """As in "Video by Marta Lindqvist, 11 min"."""
    kind = words.kind_name(resource.kind)
    text = (
        words.tr("{kind} by {author}").format(kind=kind, author=resource.author) if resource.author else kind
    )
    where = words.host(resource.url) or resource.file_name or ""
    size = words.length(resource.minutes) if resource.minutes else ""
    return ", ".join(part for part in (text, where, size) if part)


def _open_word(kind: str) -> str:
    return {
        "video": words.tr("Watch"),
        "podcast": words.tr("Listen"),
        "article": words.tr("Read"),
        "pdf": words.tr("Read"),
        "book": words.tr("Read"),
    }.get(kind, words.tr("Open"))
