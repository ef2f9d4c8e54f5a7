"""The sheet itself: paints tiles, wet ink and the others, and keeps the camera."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic, perf_counter

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from studydesk.services.strokes import MARKER, Bounds, Presence, Stroke
from studydesk.ui.board.camera import Camera
from studydesk.ui.board.colours import BoardColours
from studydesk.ui.board.content import BoardContent
from studydesk.ui.board.others import Others
from studydesk.ui.board.track import PenTrack

FRAME_BUDGET = 0.006
"""Seconds that one frame, or one idle moment, spends on making tiles."""

ZOOM_BUDGET = 0.002
"""The same while a zoom moves, when scaling what there is takes the time."""

SETTLE = 120
"""Milliseconds after the last step of a zoom until it is drawn sharp."""

NOTICE_AFTER = 0.4
"""Seconds after which a board that is still coming in says so."""

KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""How the focus comes when somebody uses the keyboard, and wants to see where it is."""

_CURSOR_ROOM = 200
_FRAME = 16


class BoardCanvas(QWidget):
    """An endless board under a camera.

    `camera_changed` tells that the view moved, `content_changed` that strokes came or went (each 250 ms at most).
    """

    camera_changed = Signal()
    content_changed = Signal()

    def __init__(self, colours: BoardColours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Board"))
        self.colours = colours
        self.content = BoardContent(colours.ink)
        self.others = Others()
        self.camera = Camera(ratio=self.devicePixelRatioF())
        self.wet: PenTrack | None = None
        self._never_moved = True
        self._work = self._timer(0, self._work_a_little)
        self._settle = self._timer(SETTLE, self._draw_sharp, single=True)
        self._tell = self._timer(250, self.content_changed.emit, single=True)
        self._glide = self._timer(_FRAME, self._move_cursors)
        self._fade = self._timer(_FRAME, self._fade_cursors, single=True)
        self._stepped_at = monotonic()
        self._load_began = 0.0
        self._ring = False

    def _timer(self, milliseconds: int, then: Callable[[], None], single: bool = False) -> QTimer:
        timer = QTimer(self, interval=milliseconds, singleShot=single)
        timer.timeout.connect(then)
        return timer

    # Content

    def load(self, strokes: Sequence[Stroke]) -> None:
        """Show these strokes instead of all before."""
        self._load_began = monotonic()
        self.content.load(strokes)
        if not self.content.is_loading and self._never_moved:
            self.fit(keep=False)
        self._everything_changed()

    def apply(self, added: Sequence[Stroke], removed: Sequence[str]) -> None:
        """Show strokes that came and went."""
        self.others.forget_live([stroke.id for stroke in added])
        for area in self.content.apply(added, removed)[:100]:
            self.update_area(area)
        if len(added) + len(removed) > 100:
            self.update()
        self._keep_working()
        if not self._tell.isActive():
            self._tell.start()

    def show_others(self, present: Sequence[Presence]) -> None:
        """Show the cursors and live strokes of exactly these others."""
        before = self.others.live_areas()
        self._update_cursors()
        self.others.show(present)
        for area in before + self.others.live_areas():
            self.update_area(area)
        self._stepped_at = monotonic()
        self._move_cursors()

    def set_colours(self, colours: BoardColours) -> None:
        """Draw everything in another theme."""
        self.colours = colours
        self.content.picture.set_colours(colours.ink)
        self._everything_changed()

    def _everything_changed(self) -> None:
        self.update()
        self._keep_working()
        self.content_changed.emit()

    # Camera

    def look(self, camera: Camera, zooming: bool = False) -> None:
        """Look through another camera. A `zooming` view is drawn sharp a moment after its last step."""
        self._never_moved = False
        self._set_camera(camera, zooming)

    def pan(self, dx: float, dy: float) -> None:
        """Move the view over the board by logical pixels."""
        self.look(self.camera.moved(dx, dy))

    def zoom_to(self, zoom: float, around: tuple[float, float] | None = None, zooming: bool = False) -> None:
        """Change the zoom around a point of the view, else around its middle."""
        x, y = around or (self.width() / 2, self.height() / 2)
        self.look(self.camera.zoomed(zoom, x, y), zooming)

    def fit(self, keep: bool = True) -> None:
        """Show the whole board. Unless to `keep`, a later load may fit again."""
        extent = self.content.index.extent()
        camera = Camera(ratio=self.camera.ratio).centred(0, 0, self.width(), self.height(), 1.0)
        if extent is not None:
            camera = camera.fitted(extent, self.width(), self.height())
        self._set_camera(camera, False)
        self._never_moved = not keep

    def start_anew(self, camera: Camera | None) -> None:
        """Look from where a board was left, or fit it now and when it is loaded."""
        if camera is None:
            self.fit(keep=False)
        else:
            self.look(camera)

    def area(self) -> Bounds:
        """Return what the view shows, in board units."""
        return self.camera.area(self.width(), self.height())

    def _set_camera(self, camera: Camera, zooming: bool) -> None:
        ratio = self.devicePixelRatioF()
        self.camera = camera if camera.ratio == ratio else camera.with_ratio(ratio)
        self._tell_picture(zooming)
        if zooming:
            self._settle.start()
        self.update()
        self._keep_working()
        self.camera_changed.emit()

    def _tell_picture(self, zooming: bool = False) -> None:
        ratio = self.camera.ratio
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        self.content.picture.look(self.camera, width, height, zooming)

    def _draw_sharp(self) -> None:
        self._tell_picture()
        self.update()
        self._keep_working()

    def update_area(self, area: Bounds) -> None:
        """Paint an area of the board again, in board units."""
        left, top = self.camera.to_view(area[0], area[1])
        right, bottom = self.camera.to_view(area[2], area[3])
        room = QRectF(self.rect()).adjusted(-9, -9, 9, 9)
        rect = QRectF(left, top, right - left, bottom - top).intersected(room)
        if not rect.isEmpty():
            self.update(rect.toAlignedRect().adjusted(-2, -2, 2, 2))

    # Making tiles in idle moments

    @property
    def is_working(self) -> bool:
        """Tell whether tiles are still being made, or a big board is still coming in."""
        return self._work.isActive() or self._settle.isActive()

    def _keep_working(self) -> None:
        if self.isVisible() and not self._work.isActive():
            self._work.start()

    def _work_a_little(self) -> None:
        deadline = perf_counter() + FRAME_BUDGET
        if self.content.is_loading:
            self._take_in(deadline)
            return
        picture = self.content.picture
        was_sharp = picture.is_sharp()
        more = picture.work(deadline)
        if not was_sharp:
            self.update()
        if not more:
            self._work.stop()
            self.content_changed.emit()

    def _take_in(self, deadline: float) -> None:
        self.content.take_in(deadline)
        self.update()
        if not self.content.is_loading:
            if self._never_moved:
                self.fit(keep=False)
            self._everything_changed()

    # The others

    def _move_cursors(self) -> None:
        now = monotonic()
        self._update_cursors()
        moving = self.others.step(min(0.1, now - self._stepped_at))
        self._stepped_at = now
        self._update_cursors()
        if moving and self.isVisible():
            self._glide.start()
        else:
            self._glide.stop()
            self._fade_cursors(paint=False)

    def _fade_cursors(self, paint: bool = True) -> None:
        if paint:
            self._update_cursors()
        wait = self.others.next_fade(monotonic())
        if wait is not None and self.isVisible():
            self._fade.start(max(_FRAME, round(wait * 1000)))

    def _update_cursors(self) -> None:
        for x, y in self.others.cursors():
            left, top = self.camera.to_view(x, y)
            self.update(QRect(round(left) - 3, round(top) - 3, _CURSOR_ROOM, 40))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        picture = self.content.picture
        budget = ZOOM_BUDGET if self._settle.isActive() else FRAME_BUDGET
        if not self.content.is_loading and not picture.work_on_view(perf_counter() + budget):
            self._keep_working()
        painter = QPainter(self)
        ratio = self.camera.ratio
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        picture.paint(painter)
        self._paint_wet(painter)
        painter.restore()
        self.others.paint_cursors(painter, self.camera, self.colours.ink, self.colours.names)
        self._paint_notice(painter)
        painter.end()

    def _paint_notice(self, painter: QPainter) -> None:
        """Say that a big board is coming in, if that takes long, and where the keyboard is."""
        if self.content.is_loading and monotonic() - self._load_began > NOTICE_AFTER:
            painter.setFont(self.colours.names)
            painter.setPen(QColor(self.colours.text_muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Opening a large board"))
        if self.hasFocus() and self._ring:
            painter.setPen(QPen(QColor(self.colours.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in KEYBOARD_REASONS
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def _paint_wet(self, painter: QPainter) -> None:
        """Paint strokes that are being drawn, here or elsewhere."""
        ink = self.content.picture.ink
        painter.save()
        ink.prepare(painter, self.camera.scale, self.camera.left, self.camera.top)
        own = [self.wet.drawn()] if self.wet is not None and len(self.wet) else []
        for live in self.others.lives() + own:
            marker = live.colour == MARKER
            over = QPainter.CompositionMode.CompositionMode_SourceOver
            painter.setCompositionMode(self._beneath() if marker else over)
            ink.draw(painter, live)
        painter.restore()

    def _beneath(self) -> QPainter.CompositionMode:
        """Return how a wet marker leaves the ink readable until it dries beneath it."""
        dark = QColor(self.colours.ink.paper).lightness() < 128
        modes = QPainter.CompositionMode
        return modes.CompositionMode_Lighten if dark else modes.CompositionMode_Darken

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._never_moved:
            self.fit(keep=False)
        else:
            self._set_camera(self.camera, False)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._set_camera(self.camera, False)
        if event.type() == QEvent.Type.Show:
            self._keep_working()
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._work.stop()
        self._glide.stop()
        self._fade.stop()
