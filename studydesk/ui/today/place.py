"""Today as a place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studydesk.foundation.changes import ChangeSet, Kind
from studydesk.services.lazy import LazyModule
from studydesk.services.settings import NAME, SCALE, THEME, WELCOMED
from studydesk.ui.actions import ActionSpec
from studydesk.ui.context import UiContext
from studydesk.ui.place import Place
from studydesk.ui.theme import current
from studydesk.ui.today import words
from studydesk.ui.widgets.buttons import Button, IconButton
from studydesk.ui.widgets.empty import IconView
from studydesk.ui.widgets.labels import Label
from studydesk.ui.widgets.layouts import clear

if TYPE_CHECKING:
    from studydesk.services.notebook import NotebookTree
    from studydesk.services.planner import TaskView, TodayView
    from studydesk.ui.today import cards, side, start, task_rows
else:  # what stands below the header is made after the first paint
    cards, side, start, task_rows = (
        LazyModule(f"studydesk.ui.today.{name}") for name in ("cards", "side", "start", "task_rows")
    )

MEASURE = 760
NARROW = 1020
SEEN = (Kind.TASK, Kind.GOAL, Kind.SESSION, Kind.CARD, Kind.RESOURCE, Kind.NOTE, Kind.SETTING)


class TodayPlace(Place):
    """What is due and planned today, what to go on with, and who is near."""

    key: ClassVar[str] = "today"

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._view: TodayView | None = None
        self._has_notes = False
        self._built = False
        self._stack = QStackedWidget()
        self._stack.addWidget(_Surface())
        self.set_content(self._stack)
        self._new = Button(words.tr("New"), icon="ph.plus")
        self._new.clicked.connect(self._begin_task)
        self._side_button = IconButton(
            "ri.layout-right-line", words.tr("Side panel"), "Ctrl+Shift+B", small=False
        )
        self._side_button.setCheckable(True)
        self._side_button.toggled.connect(lambda _: self._fit_side())
        self.header.add_action(self._side_button)
        self.header.add_action(self._new)
        context.actions.add(
            ActionSpec(
                "today.side",
                words.tr("Side panel"),
                self._side_button.toggle,
                "Ctrl+Shift+B",
                "view",
                place="today",
            )
        )
        self._title()
        context.bridge.event.connect(self._heard)

    def activate(self, **where: object) -> None:
        if not self._built:
            self._build()
        self._reload()

    def refresh(self, changes: ChangeSet) -> None:
        if self._built and changes.touches(*SEEN):
            self._reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_side()

    def _fit_side(self) -> None:
        """Show the side panel beside the day where there is room; elsewhere only when it is asked for."""
        narrow = self.width() < current().px(NARROW)
        self.header.want(self._side_button, narrow)
        if self._built:
            self.side.setVisible(self._side_button.isChecked() if narrow else True)

    # Building

    def _build(self) -> None:
        """Make what stands below the header. The first paint comes without it, since it has no data yet."""
        self.rows = task_rows.TaskRows()
        self.rows.ticked.connect(self._tick)
        self.rows.opened.connect(lambda task: self.context.navigate("planner", task=task))
        self.add = QLineEdit()
        self.add.setObjectName("todayAdd")
        self.add.setProperty("plain", True)
        self.add.setAccessibleName(words.tr("Add a task"))
        self.add.setPlaceholderText(words.tr("Add a task: “read chapter 4 friday 1h #sql”"))
        self.add.returnPressed.connect(self._add)
        self._session, self._due, self._resume = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._count = Label("", "small", "textSecondary")
        self._minutes = Label("", "small", "textSecondary", tabular=True)
        self.side = side.TodaySide()
        self.side.rooms_wanted.connect(lambda: self.context.navigate("room"))
        self.side.goal_wanted.connect(self._new_goal)
        self.start = start.StartView()
        self.start.chosen.connect(self._begin)
        self._stack.addWidget(self._day())
        self._stack.addWidget(self.start)
        self._built = True
        self._fit_side()

    def _day(self) -> QWidget:
        page = QWidget()
        page.setMaximumWidth(current().px(MEASURE))
        column = QVBoxLayout(page)
        column.setContentsMargins(24 - task_rows.BEYOND, 24, 24 - task_rows.BEYOND, 16)
        column.setSpacing(0)
        for part in (self._session, self._due, self._resume):
            part.setContentsMargins(task_rows.BEYOND, 0, task_rows.BEYOND, 0)
        column.addLayout(self._session)
        column.addLayout(self._todo())
        column.addSpacing(16)
        column.addLayout(self._due)
        column.addLayout(self._resume)
        column.addStretch(1)
        ground = _Surface()
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(page, 100)
        row.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(ground)
        whole = QWidget()
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(scroll, 1)
        across.addWidget(self.side)
        return whole

    def _todo(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(task_rows.BEYOND, 0, task_rows.BEYOND, 0)
        head.setSpacing(8)
        head.addWidget(Label(words.tr("To do"), "heading"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._minutes)
        add = QHBoxLayout()
        add.setContentsMargins(task_rows.BEYOND + 1, 4, task_rows.BEYOND, 0)
        add.setSpacing(13)
        add.addWidget(IconView("ph.plus", "textMuted", 16))
        add.addWidget(self.add, 1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(10)
        column.addWidget(self.rows)
        column.addLayout(add)
        return column

    # Showing

    def _title(self) -> None:
        today = datetime.now().astimezone().date()
        self.header.set_title(words.day_title(today))
        self.header.set_fact(words.tr("Week {number}").format(number=today.isocalendar().week))

    def _reload(self) -> None:
        self._title()
        if not self._has_notes and not self.context.settings.get(WELCOMED):
            tree = self.context.desk.notebook.list_notebooks()
            self.context.bridge.when_done(tree, self._count_notes, owner=self)
        self.context.bridge.when_done(self.context.desk.planner.today(), self._show, owner=self)

    def _count_notes(self, tree: NotebookTree) -> None:
        self._has_notes = bool(tree.all_notes or tree.trashed)

    def _show(self, view: TodayView) -> None:
        self._view = view
        if self._is_empty(view):
            self.start.greet(self.context.settings.get(NAME))
            self.start.tell_look(self.context.settings.get(THEME), self.context.settings.get(SCALE))
            self._stack.setCurrentIndex(2)
            return
        self._show_session(view)
        self.rows.show_tasks(view.todo, view.day)
        self._show_counts(view)
        self._show_due(view)
        self._show_resume(view)
        self.side.show_week(view.week, view.day)
        self.side.show_goals(view.goals)
        self._stack.setCurrentIndex(1)

    def _is_empty(self, view: TodayView) -> bool:
        has_any = (
            view.todo or view.sessions or view.goals or view.due_cards or view.resume or view.next_session
        )
        return not has_any and not self._has_notes and not self.context.settings.get(WELCOMED)

    def _show_counts(self, view: TodayView) -> None:
        open_ = [task for task in view.todo if task.done_at is None]
        self._count.setText(words.tr("{count} left").format(count=len(open_)) if view.todo else "")
        minutes = sum(task.minutes or 0 for task in view.todo)
        done = sum(task.minutes or 0 for task in view.todo if task.done_at is not None)
        fact = words.tr("{done} of the {all} I planned")
        self._minutes.setText(
            fact.format(done=words.duration(done), all=words.duration(minutes)) if minutes else ""
        )

    def _show_session(self, view: TodayView) -> None:
        clear(self._session)
        if view.next_session is not None:
            card = cards.SessionCard(view.next_session, self.context.desk.clock.now())
            card.enter_wanted.connect(lambda room: self.context.navigate("room", room=room))
            card.plan_wanted.connect(lambda session: self.context.navigate("planner", session=session))
            self._session.addWidget(card)
            self._session.addSpacing(28)

    def _show_due(self, view: TodayView) -> None:
        clear(self._due)
        if view.due_cards:
            band = cards.DueBand(view.due_cards, tuple((deck.deck, deck.count) for deck in view.due_decks))
            band.review_wanted.connect(lambda: self.context.navigate("review"))
            self._due.addSpacing(12)
            self._due.addWidget(band)

    def _show_resume(self, view: TodayView) -> None:
        clear(self._resume)
        if not view.resume:
            return
        self._resume.addSpacing(26)
        self._resume.addWidget(Label(words.tr("Continue"), "heading"))
        self._resume.addSpacing(10)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for resource in view.resume[:3]:
            card = cards.ResourceCard(resource)
            card.clicked.connect(
                lambda _=False, one=resource.id: self.context.navigate("library", resource=one)
            )
            row.addWidget(card, 1)
        self._resume.addWidget(holder)

    def _heard(self, event: object) -> None:
        from studydesk.services.room.events import PeersChanged  # nothing is heard before the first paint

        if self._built and isinstance(event, PeersChanged):
            self.side.show_near(event.desks)

    # Doing

    def _begin_task(self) -> None:
        if self._built:
            self.add.setFocus()

    def _add(self) -> None:
        text = self.add.text().strip()
        if text:
            self.add.clear()
            self.context.bridge.when_done(self.context.desk.planner.add_task_from_text(text), owner=self)

    def _tick(self, task: str, done: bool) -> None:
        future = self.context.desk.planner.set_done(task, done)
        self.context.bridge.when_done(future, lambda changed: self._ticked(changed.value), owner=self)

    def _ticked(self, task: TaskView) -> None:
        if task.done_at is not None:
            self.context.toast(
                words.tr("Done: {title}").format(title=task.title),
                "done",
                words.tr("Undo"),
                lambda: self.context.desk.undo.undo("planner"),
            )

    def _begin(self, way: str) -> None:
        from studydesk.ui.settings.dialog import SettingsDialog

        if way == "goal":
            self._new_goal()
        elif way == "import":
            self._bring_in()
        elif way == "join":
            self.context.navigate("room")
        elif way == "settings":
            SettingsDialog(self.context, self).open()
        else:
            self.context.navigate("notebook", new="")

    def _new_goal(self) -> None:
        from studydesk.ui.today.goal_dialog import GoalDialog

        GoalDialog(self.context, self).open()

    def _bring_in(self) -> None:
        folder = QFileDialog.getExistingDirectory(self.window(), words.tr("Bring in a folder"))
        if folder:
            future = self.context.desk.transfer.import_paths([Path(folder)])
            self.context.bridge.when_done(
                future, lambda report: self._came_in(report.notes, report.resources)
            )
            self.context.toast(words.tr("Bringing in the folder. You can go on meanwhile."))

    def _came_in(self, notes: int, resources: int) -> None:
        self.context.settings.set(WELCOMED, True)
        sentence = words.tr("{notes} notes and {resources} resources came in.")
        self.context.toast(sentence.format(notes=notes, resources=resources), "done")
        if notes:
            self.context.navigate("notebook")


class _Surface(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current().color("surface"))
