"""The picture of the board in a view: which tiles it needs, in what order they are made, what stands in for them.

Everything happens on the UI thread: Qt's painting holds Python's global lock (measured: another thread got 0.5 % of
its usual share while one painted), so a worker would stop the window just the same. Instead each frame and each idle
moment makes tiles for a few milliseconds. Where a sharp tile is missing, tiles of other zooms stand in: drafts at a
half to a quarter of the size, which cost a fifteenth, and at last the overview of the whole board, which is pinned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from math import floor, log2
from time import perf_counter

from PySide6.QtCore import QPoint, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from studydesk.services.strokes import BoardIndex, Bounds, Placed, overlap
from studydesk.ui.board.camera import Camera
from studydesk.ui.board.grid import GridDots
from studydesk.ui.board.ink import InkColours, InkPainter
from studydesk.ui.board.renderer import TileJob, add_on_top, empty_picture
from studydesk.ui.board.tiles import TILE, Key, Level, Range, Tile, TileCache, tiles_over

OVERVIEW_SIDE = 4 * TILE
"""The overview of the whole board is at most this many device pixels wide and high."""

_STAND_IN_RATIO = 8.0
_SMOOTH_UP_TO = 2_500_000
"""Views of more pixels are scaled without smoothing while a zoom moves: it costs 1.4 ms for each million."""

_AT_ONCE = 24
"""Up to this many changed tiles are drawn on at once; after more, tiles are made anew in their turn."""


@dataclass(frozen=True)
class Frame:
    """How many tiles of the last frame were sharp, stood in for by another zoom, or only by the overview."""

    sharp: int = 0
    coarse: int = 0
    blank: int = 0


class BoardPicture:
    """Paints what a camera sees of an index of strokes."""

    def __init__(self, index: BoardIndex, colours: InkColours) -> None:
        self.index = index
        self.cache = TileCache()
        self.ink = InkPainter(colours)
        self.last_frame = Frame()
        self.tiles_made = 0
        self._dots = GridDots(colours.grid)
        self._camera = Camera()
        self._size = (1, 1)
        self._level = Level(1.0)
        self._job: TileJob | None = None
        self._plan: Iterator[Key] | None = None
        self._drift = (0, 0)

    def set_colours(self, colours: InkColours) -> None:
        """Draw everything anew in another theme."""
        self.ink.set_colours(colours)
        self._dots = GridDots(colours.grid, self._camera.ratio)
        self.start_over()

    def start_over(self) -> None:
        """Forget all tiles: the board is another one now."""
        self.cache.clear()
        self._drop_job()
        self.choose_overview()

    def look(self, camera: Camera, width: int, height: int, moving: bool = False) -> None:
        """See the board through `camera` in a view of `width` by `height` device pixels.

        While a zoom is `moving`, the tiles of before stay in use, scaled, until the ratio passes two.
        """
        if camera.ratio != self._camera.ratio:
            self._dots = GridDots(self.ink.colours.grid, camera.ratio)
            self.cache.clear()
        self._drift = _sign(camera.left - self._camera.left), _sign(camera.top - self._camera.top)
        self._camera, self._size = camera, (width, height)
        self.cache.budget = max(32 << 20, 16 * width * height)
        if not moving or not 0.5 <= camera.scale / self._level.scale <= 2.0:
            self._level = Level(camera.scale)
        self._plan = None

    def choose_overview(self) -> None:
        """Pin the overview that holds the whole board; call it when the board has grown."""
        extent = self.index.extent() or (0.0, 0.0, 1.0, 1.0)
        side = max(extent[2] - extent[0], extent[3] - extent[1], 1.0)
        pinned = Level(2.0 ** min(-1, floor(log2(OVERVIEW_SIDE / side))), True)
        if pinned != self.cache.pinned:
            self.cache.pinned = pinned
        self._plan = None

    @property
    def overview(self) -> Level:
        """The level of the pinned overview, for the mini map."""
        return self.cache.pinned or Level(0.5, True)

    # What changes

    def added(self, placed: Placed) -> None:
        """Show one new stroke: at once on the tiles it touches if it lies on top, else in their turn."""
        self._drop_job_over(placed.bounds)
        keys = self.cache.touched(placed.bounds)
        on_top = self._is_on_top(placed)
        at_once = 0
        for key in keys:
            if on_top and at_once < _AT_ONCE and self._shown(key) and self._draw_on(key, placed):
                at_once += 1
            else:
                self.cache.mark_stale(key, placed.bounds)
        self._plan = None

    def changed(self, areas: Iterable[Bounds]) -> None:
        """Make anew what shows these areas, in its turn."""
        for area in areas:
            self._drop_job_over(area)
            for key in self.cache.touched(area):
                self.cache.mark_stale(key, area)
        self._plan = None

    def _draw_on(self, key: Key, placed: Placed) -> bool:
        """Draw onto a finished tile; False if it is stale itself or still being made."""
        tile = self.cache.get(key)
        if tile is None or tile.stale is not None:
            return False
        if tile.image is None:
            tile = Tile(empty_picture(key, self.ink, self._dots, self.cache.new_picture()))
            self.cache.put(key, tile)
        add_on_top(tile, key, placed, self.ink)
        return True

    def _drop_job_over(self, area: Bounds) -> None:
        """Begin the tile in hand again when what it shows has changed meanwhile."""
        if self._job is not None and overlap(self._job.key.area(), area):
            self._drop_job()

    def _drop_job(self) -> None:
        if self._job is not None and self._job.picture is not None:
            self.cache.give_back(self._job.picture)
        self._job = None

    def _is_on_top(self, placed: Placed) -> bool:
        if placed.stroke.is_marker:
            return False
        return all(other.order <= placed.order for other in self.index.inside(placed.bounds))

    def _shown(self, key: Key) -> bool:
        return key.level in (self._level, self.cache.pinned, self._draft())

    # Making tiles

    def work(self, deadline: float) -> bool:
        """Make tiles until `deadline` (of `perf_counter`); tell whether there is more to do."""
        while perf_counter() < deadline:
            if self._job is None and not self._next_job():
                return False
            if self._job is not None:
                self._finish(self._job, deadline)
        return True

    def work_on_view(self, deadline: float) -> bool:
        """Make only what the view shows until `deadline`; tell whether it is all sharp."""
        while not self.is_sharp():
            if perf_counter() >= deadline:
                return False
            if not self.work(deadline):
                break
        return self.is_sharp()

    def is_sharp(self) -> bool:
        """Tell whether all that the view shows is finished and true."""
        return all(self._is_good(key) for key in self._visible().keys(self._level))

    def _finish(self, job: TileJob, deadline: float) -> None:
        tile = job.run(deadline)
        if tile is not None:
            self.cache.put(job.key, tile)
            self.tiles_made += 1
            self._job = None

    def _next_job(self) -> bool:
        if self._plan is None:
            self._plan = self._wanted()
        for key in self._plan:
            if not self._is_good(key):
                self._job = TileJob(key, self.index, self.ink, self._dots, self.cache)
                return True
        return False

    def _is_good(self, key: Key) -> bool:
        tile = self.cache.get(key)
        return tile is not None and tile.stale is None

    def _wanted(self) -> Iterator[Key]:
        """Yield tiles in the order they are wanted: what is seen first, then what may be seen next."""
        seen = self._visible()
        middle = (seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2
        near = sorted(seen.keys(self._level), key=lambda key: _distance(key, middle))
        missing = [key for key in near if self.cache.get(key) is None]
        draft = self._draft()
        return chain(
            tiles_over(self._area(), draft).keys(draft) if len(missing) > 3 else (),
            near,
            self._overview_keys(),
            self._ahead(draft, 2),
            self._ahead(self._level, 2),
            tiles_over(self._area(), draft).grown(1).keys(draft),
            seen.grown(1).keys(self._level),
        )

    def _overview_keys(self) -> Iterable[Key]:
        extent, level = self.index.extent(), self.cache.pinned
        return tiles_over(extent, level).keys(level) if extent and level else ()

    def _ahead(self, level: Level, by: int) -> Iterable[Key]:
        """Yield tiles beside the view on the side that it moves to."""
        if self._drift == (0, 0):
            return ()
        seen = tiles_over(self._area(), level)
        dx, dy = self._drift[0] * by, self._drift[1] * by
        moved = Range(
            seen.left + min(0, dx), seen.top + min(0, dy), seen.right + max(0, dx), seen.bottom + max(0, dy)
        )
        return (
            key
            for key in moved.keys(level)
            if not (seen.left <= key.x <= seen.right and seen.top <= key.y <= seen.bottom)
        )

    def _draft(self) -> Level:
        """Return the level of drafts for this zoom: a half to a quarter of its size."""
        return Level(2.0 ** (floor(log2(self._level.scale)) - 1), True)

    def _area(self) -> Bounds:
        scale = self._camera.scale
        left, top = self._camera.left / scale, self._camera.top / scale
        return left, top, left + (self._size[0] - 1) / scale, top + (self._size[1] - 1) / scale

    def _visible(self) -> Range:
        return tiles_over(self._area(), self._level)

    # Painting

    def paint(self, painter: QPainter) -> None:
        """Paint the view; the painter counts in device pixels."""
        view = QRect(0, 0, *self._size)
        painter.fillRect(view, QColor(self.ink.colours.paper))
        self._dots.paint(painter, view, QPoint(self._camera.left, self._camera.top), self._camera.scale)
        keys = list(self._visible().keys(self._level))
        missing = [key for key in keys if self.cache.get(key) is None]
        if missing:
            self._paint_stand_ins(painter, missing)
        blank = sum(1 for key in missing if not self._stood_in(key))
        self.last_frame = Frame(len(keys) - len(missing), len(missing) - blank, blank)
        for key in keys:
            self._paint_tile(painter, key)

    def _paint_tile(self, painter: QPainter, key: Key) -> None:
        tile = self.cache.use(key)
        if tile is None or tile.image is None:
            return
        if key.level.scale == self._camera.scale:
            place = QPoint(key.x * TILE - self._camera.left, key.y * TILE - self._camera.top)
            painter.drawImage(place, tile.image)
        else:
            smooth = key.level == self._level and self._size[0] * self._size[1] <= _SMOOTH_UP_TO
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(self._target(key), tile.image)

    def _target(self, key: Key) -> QRect:
        """Return where a tile of another zoom lies in the view; neighbours share their edges exactly."""
        side = TILE * self._camera.scale / key.level.scale
        left, top = floor(key.x * side) - self._camera.left, floor(key.y * side) - self._camera.top
        right, bottom = (
            floor((key.x + 1) * side) - self._camera.left,
            floor((key.y + 1) * side) - self._camera.top,
        )
        return QRect(left, top, right - left, bottom - top)

    def _paint_stand_ins(self, painter: QPainter, missing: list[Key]) -> None:
        hole = QRect()
        for key in missing:
            hole = hole.united(self._target(key))
        painter.save()
        painter.setClipRect(hole)
        area = self._area()
        for level in self._stand_in_levels():
            block = tiles_over(area, level)
            if block.number <= 4 * _AT_ONCE:
                for key in block.keys(level):
                    self._paint_tile(painter, key)
        painter.restore()

    def _stand_in_levels(self) -> list[Level]:
        """Return the levels to paint where tiles are missing, the least like this one first."""
        others = [level for level in self.cache.levels() if level != self._level]
        others.sort(key=lambda level: abs(log2(level.scale / self._level.scale)), reverse=True)
        overview = [self.cache.pinned] if self.cache.pinned in others and self.cache.pinned else []
        return overview + [level for level in others[-4:] if level != self.cache.pinned]

    def _stood_in(self, key: Key) -> bool:
        """Tell whether tiles of a near zoom, or the certainty that nothing is there, cover a missing tile."""
        area = _inside(key.area())
        for level in self.cache.levels():
            if level != self._level and level.scale * _STAND_IN_RATIO >= self._level.scale:
                block = tiles_over(area, level)
                if block.number <= _AT_ONCE and all(map(self._has, block.keys(level))):
                    return True
        return self.index.is_empty(area)

    def _has(self, key: Key) -> bool:
        """Tell whether a tile is there, or would show nothing."""
        return self.cache.get(key) is not None or self.index.is_empty(_inside(key.area()))

    def overview_of(self, area: Bounds, width: int, height: int) -> QImage:
        """Return a picture of `area` made from the overview, averaged so that thin ink stays visible."""
        level = self.overview
        large = max(1.0, min((area[2] - area[0]) * level.scale / width, OVERVIEW_SIDE / width))
        picture = QImage(round(width * large), round(height * large), QImage.Format.Format_RGB32)
        picture.fill(QColor(self.ink.colours.paper))
        across = picture.width() / (area[2] - area[0])
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for key in self._overview_keys():
            tile = self.cache.use(key)
            if tile is not None and tile.image is not None:
                left, top, right, bottom = key.area()
                place = QRectF((left - area[0]) * across, (top - area[1]) * across, 0, 0)
                place.setSize(QSizeF((right - left) * across, (bottom - top) * across))
                painter.drawImage(place, tile.image)
        painter.end()
        return picture.scaled(
            width, height, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )


def _inside(area: Bounds) -> Bounds:
    """Return a rectangle a hair smaller, so that it doesn't count the neighbours that only share an edge."""
    hair = (area[2] - area[0]) * 1e-3
    return area[0] + hair, area[1] + hair, area[2] - hair, area[3] - hair


def _distance(key: Key, middle: tuple[float, float]) -> float:
    return abs(key.x - middle[0]) + abs(key.y - middle[1])


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)
