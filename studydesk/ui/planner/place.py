"""The planner: my tasks of the week at the left, my hours at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from studydesk.foundation.changes import ChangeSet, Kind
from studydesk.services.planner import SessionKind, SessionView
from studydesk.services.settings import WEEK_MINUTES
from studydesk.ui.actions import ActionSpec
from studydesk.ui.context import UiContext
from studydesk.ui.place import Place
from studydesk.ui.planner import words
from studydesk.ui.planner.agenda import AgendaList, agenda_rows
from studydesk.ui.planner.asking import Asking
from studydesk.ui.planner.blocks import Block, Proposal, day_tasks, free_slot, local, minutes_by_day
from studydesk.ui.planner.commands import PlannerCommands
from studydesk.ui.planner.days_bar import DaysBar
from studydesk.ui.planner.draft import SessionDraft
from studydesk.ui.planner.feed import PlannerFeed, Snapshot
from studydesk.ui.planner.pane import WorkPlanPane
from studydesk.ui.planner.span import Mode, Span, shown_span, step
from studydesk.ui.planner.suggestion import Suggestion
from studydesk.ui.planner.week_paint import WeekData
from studydesk.ui.planner.week_view import WeekView
from studydesk.ui.widgets.buttons import Button
from studydesk.ui.widgets.segmented import SegmentedControl

if TYPE_CHECKING:
    from studydesk.services.room.views import RoomRow

PANE = 268
MINUTE = 60_000


class PlannerPlace(Place):
    """Plans tasks and sessions. See `activate` for what can be shown from elsewhere."""

    key: ClassVar[str] = "planner"

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._feed = PlannerFeed(context, self)
        self._anchor = self._feed.now().date()
        self._mode = _mode_named(self.remembered("view", Mode.WEEK.value))
        self._snapshot: Snapshot | None = None
        self._left: set[str] = set()
        self._rooms: dict[str, str] = {}
        self._wanted_task = self._wanted_session = ""
        self.commands = PlannerCommands(context, self)
        self.asking = Asking(self, context, self.commands)
        self.pane = WorkPlanPane()
        self.week = WeekView()
        self.agenda = AgendaList()
        self.suggestion = Suggestion()
        self._clock = QTimer(self, interval=MINUTE, timerType=Qt.TimerType.VeryCoarseTimer)
        self._lay_out()
        self._fill_header()
        self._connect()
        self._add_actions()

    # What other places may ask for

    def activate(self, **where: object) -> None:
        """Show a `task` or `session` by its id, a `day` (a date), or what was shown last."""
        day = where.get("day")
        if isinstance(day, date):
            self._anchor = day.date() if isinstance(day, datetime) else day
        self._wanted_task = str(where.get("task") or "")
        session = str(where.get("session") or "")
        if session:
            future = self.context.desk.planner.session(session)
            self.context.bridge.when_done(future, self._go_to_session, owner=self)
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self.week.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    def refresh(self, changes: ChangeSet) -> None:
        settings = any(
            change.kind is Kind.SETTING and change.id == WEEK_MINUTES.key for change in changes.changes
        )
        if settings or changes.touches(Kind.TASK, Kind.SESSION, Kind.GOAL):
            self.reload()

    def leave(self) -> None:
        self.remember("view", self._mode.value)
        self.remember("pane", self._splitter.sizes()[0])

    @property
    def span(self) -> Span:
        """The days that are shown."""
        weekend = self._snapshot.has_weekend() if self._snapshot else False
        return shown_span(self._mode, self._anchor, self.week.fitting, weekend)

    def reload(self) -> None:
        """Read the shown days again."""
        self._feed.read(self._anchor)

    def show_mode(self, mode: Mode) -> None:
        """Show a day, the week, or the agenda."""
        self._mode = mode
        self._switch.set_value(mode.value)
        self._views.setCurrentWidget(self.agenda if mode is Mode.AGENDA else self._week_side)
        self._show()

    # Building

    def _lay_out(self) -> None:
        self._week_side = QWidget()
        column = QVBoxLayout(self._week_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.week, 1)
        column.addWidget(self.suggestion)
        self._views = QStackedWidget()
        self._views.setAutoFillBackground(True)
        self._views.setBackgroundRole(self.week.backgroundRole())
        self._views.addWidget(self._week_side)
        self._views.addWidget(self.agenda)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self.pane.setMinimumWidth(208)
        self.pane.setMaximumWidth(360)
        self._splitter.addWidget(self.pane)
        self._splitter.addWidget(self._views)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([self.remembered("pane", PANE), 10_000])
        self.set_content(self._splitter)

    def _fill_header(self) -> None:
        self._days = DaysBar()
        self.header.add_beside_title(self._days)
        choices = (
            (Mode.DAY.value, words.tr("Day"), ""),
            (Mode.WEEK.value, words.tr("Week"), ""),
            (Mode.AGENDA.value, words.tr("Agenda"), ""),
        )
        self._switch = SegmentedControl(choices, words.tr("View"), self._mode.value)
        self.header.set_view_switch(self._switch)
        self.header.add_action(self._session_button())
        task = Button(words.tr("Task"), "primary", icon="ph.plus")
        task.setAccessibleName(words.tr("New task"))
        task.clicked.connect(self.pane.focus_quick)
        self.header.add_action(task)

    def _session_button(self) -> Button:
        button = Button(words.tr("Session"), "plain", icon="ph.plus")
        button.setAccessibleName(words.tr("New session"))
        button.clicked.connect(self.new_session)
        return button

    def _connect(self) -> None:
        self._feed.loaded.connect(self._loaded)
        self._clock.timeout.connect(self.reload)
        self._days.stepped.connect(self._step)
        self._days.today.connect(self._go_today)
        self._switch.chosen.connect(lambda key: self.show_mode(Mode(key)))
        self.commands.failed.connect(self.reload)
        self.commands.session_added.connect(self._want_session)
        self.commands.task_added.connect(self._want_task)
        self.suggestion.taken.connect(self._take)
        self.suggestion.left.connect(self._leave_it)
        self._connect_pane()
        self._connect_week()

    def _connect_pane(self) -> None:
        self.pane.quick_added.connect(self.commands.add_quickly)
        tasks = self.pane.list
        tasks.ticked.connect(self.commands.tick)
        tasks.open_asked.connect(self._open_task)
        tasks.delete_asked.connect(self.commands.delete_task)
        tasks.plan_asked.connect(self._plan)

    def _connect_week(self) -> None:
        week = self.week
        week.fitting_changed.connect(self._show)
        week.create_asked.connect(self._ask_session)
        week.open_asked.connect(self.asking.change_session)
        week.task_asked.connect(self._open_task)
        week.task_ticked.connect(self.commands.tick)
        week.delete_asked.connect(self.commands.delete_session)
        week.time_changed.connect(self._retime)
        week.task_dropped.connect(self._drop_on_hour)
        week.task_dropped_on_day.connect(self.commands.plan_day)
        week.page_asked.connect(self._step)
        week.day_asked.connect(self._show_day)
        self.agenda.open_asked.connect(self.asking.change_session)
        self.agenda.task_asked.connect(self._open_task)
        self.agenda.task_ticked.connect(self.commands.tick)
        self.agenda.delete_asked.connect(self.commands.delete_session)

    def _add_actions(self) -> None:
        def action(
            name: str, text: str, run: Callable[[], object], shortcut: str = "", icon: str = ""
        ) -> ActionSpec:
            return ActionSpec(
                f"planner.{name}", text, run, shortcut, "view" if name != "task" else "edit", icon, self.key
            )

        self.context.actions.add_all(
            (
                action("task", words.tr("New task"), self.pane.focus_quick, "Ctrl+N", "ph.plus"),
                action(
                    "session", words.tr("New session"), self.new_session, "Ctrl+Shift+N", "ph.calendar-plus"
                ),
                action("today", words.tr("Show today"), self._go_today, "Alt+Home", "ph.calendar-blank"),
                action(
                    "earlier", words.tr("Earlier days"), lambda: self._step(-1), "Alt+PgUp", "ph.caret-left"
                ),
                action(
                    "later", words.tr("Later days"), lambda: self._step(1), "Alt+PgDown", "ph.caret-right"
                ),
                action("day", words.tr("Show a day"), lambda: self.show_mode(Mode.DAY)),
                action("week", words.tr("Show the week"), lambda: self.show_mode(Mode.WEEK)),
                action("agenda", words.tr("Show the agenda"), lambda: self.show_mode(Mode.AGENDA)),
            )
        )

    # Showing

    def _loaded(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._show_pane(snapshot)
        self._show()
        if self._wanted_task:
            self.pane.list.choose(self._wanted_task)
            self._wanted_task = ""
        if self._wanted_session:
            self.week.choose(self._wanted_session)
            self._wanted_session = ""

    def _show_pane(self, snapshot: Snapshot) -> None:
        self.pane.show_snapshot(snapshot, self.context.settings.get(WEEK_MINUTES), self._rooms)
        if any(task.source not in ("me", *self._rooms) for task in snapshot.tasks):
            self._ask_for_rooms(snapshot)

    def _ask_for_rooms(self, snapshot: Snapshot) -> None:
        """Learn the names of the rooms that set tasks; a room that is not here keeps no name."""

        def named(rows: Sequence[RoomRow]) -> None:
            self._rooms = {task.source: "" for task in snapshot.tasks if task.source != "me"}
            self._rooms.update({row.id: row.name for row in rows})
            if self._snapshot is not None:
                self._show_pane(self._snapshot)

        self.context.bridge.when_done(
            self.context.desk.rooms.rooms(), named, lambda _error: named(()), owner=self
        )

    def _show(self) -> None:
        span = self.span
        self.header.set_title(words.span_title(span))
        snapshot = self._snapshot
        if snapshot is None:
            return
        days = span.days
        tasks = day_tasks(snapshot.tasks, snapshot.blocks, days)
        if self._mode is Mode.AGENDA:
            self.agenda.entries.show(agenda_rows(days, snapshot.blocks, tasks, snapshot.now))
            return
        proposal = self._proposal(snapshot, span)
        totals = minutes_by_day(snapshot.blocks, days)
        shadow = proposal.as_block() if proposal else None
        self.week.set_data(WeekData(days, snapshot.blocks, tasks, totals, snapshot.now, shadow))
        self.suggestion.show_proposal(proposal)

    def _proposal(self, snapshot: Snapshot, span: Span) -> Proposal | None:
        open_tasks = [task for task in snapshot.tasks if task.id not in self._left]
        return free_slot(open_tasks, snapshot.blocks, span.days, snapshot.now)

    def _step(self, direction: int) -> None:
        self._anchor = step(self.span, self._mode, direction)
        self._go(self._anchor)

    def _go(self, day: date) -> None:
        self._anchor = day
        self.header.set_title(words.span_title(self.span))
        self.reload()

    def _go_today(self) -> None:
        now = self._feed.now()
        self._go(now.date())
        self.week.show_hour(max(0, now.hour * 60 - 120))

    def _go_to_session(self, session: SessionView) -> None:
        self._wanted_session = session.id
        self._go(local(session.start).date())
        self.week.show_hour(max(0, local(session.start).hour * 60 - 60))

    def _show_day(self, day: date) -> None:
        self._anchor = day
        self.show_mode(Mode.DAY)
        self.reload()

    # Doing

    def new_session(self) -> None:
        """Ask for a session at the next full hour of the day that is shown."""
        now, span = self._feed.now(), self.span
        start = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        if now.date() not in span:
            start = datetime.combine(span.first, datetime.min.time().replace(hour=9))
        self._ask_session(start, start + timedelta(hours=1))

    def _ask_session(self, start: datetime, end: datetime) -> None:
        self.asking.new_session(SessionDraft("", start, end, SessionKind.SESSION))

    def _open_task(self, task_id: str) -> None:
        goals = self._snapshot.goals if self._snapshot else ()
        self.asking.change_task(task_id, goals)

    def _retime(self, session_id: str, start: datetime, end: datetime) -> None:
        block = self._block(session_id)
        if block is not None:
            self.commands.retime(block, start, end)

    def _block(self, session_id: str) -> Block | None:
        blocks = self._snapshot.blocks if self._snapshot else ()
        return next((block for block in blocks if block.id == session_id), None)

    def _drop_on_hour(self, task_id: str, start: datetime, end: datetime) -> None:
        tasks = self._snapshot.tasks if self._snapshot else ()
        task = next((task for task in tasks if task.id == task_id), None)
        if task is not None:
            self.commands.plan_hour(task, start, end)

    def _plan(self, task_id: str, when: str) -> None:
        today = self._feed.now().date()
        day = {"today": today, "tomorrow": today + timedelta(days=1)}.get(when)
        self.commands.plan_day(task_id, day)

    def _take(self, proposal: Proposal) -> None:
        end = proposal.start + timedelta(minutes=proposal.minutes)
        self._drop_on_hour(proposal.task_id, proposal.start, end)

    def _leave_it(self, proposal: Proposal) -> None:
        self._left.add(proposal.task_id)
        self._show()

    def _want_session(self, session_id: str) -> None:
        self._wanted_session = session_id

    def _want_task(self, task_id: str) -> None:
        self._wanted_task = task_id

    # Events of the widget

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        if self._snapshot is None:
            self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.pane.list.scheduleDelayedItemsLayout()


def _mode_named(name: str) -> Mode:
    return Mode(name) if name in set(Mode) else Mode.WEEK
