"""Tiles: only what changed is drawn again, nothing is missing after a while, memory is bounded."""

from __future__ import annotations

from time import perf_counter

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from studydesk.services.strokes import MARKER, BoardIndex, Points, Stroke
from studydesk.ui.board.camera import Camera
from studydesk.ui.board.colours import ink_colours
from studydesk.ui.board.picture import BoardPicture
from studydesk.ui.board.tiles import TILE, Key, Level, Tile, TileCache
from studydesk.ui.theme import load_theme
from tests.ui.board.handwriting import lesson
from tests.ui.board.recording import line

pytestmark = pytest.mark.usefixtures("qapp")
LIGHT = ink_colours(load_theme("light"))
DARK = ink_colours(load_theme("dark"))
WIDTH, HEIGHT = 640, 480


def picture_of(*strokes: Stroke, camera: Camera | None = None) -> BoardPicture:
    index = BoardIndex()
    for stroke in strokes:
        index.add(stroke)
    picture = BoardPicture(index, LIGHT)
    picture.start_over()
    picture.look(camera or Camera(), WIDTH, HEIGHT)
    return picture


def finish(picture: BoardPicture) -> int:
    """Make all that is wanted and return how many tiles that were."""
    before = picture.tiles_made
    while picture.work(perf_counter() + 1):
        pass
    return picture.tiles_made - before


def paint(picture: BoardPicture) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    picture.paint(painter)
    painter.end()
    return image


def colour(image: QImage, x: int, y: int) -> str:
    return QColor(image.pixel(x, y)).name().upper()


def test_ink_is_painted_where_it_lies() -> None:
    picture = picture_of(line("a", (50, 50), (250, 50)))
    finish(picture)
    image = paint(picture)
    assert colour(image, 100, 50) == LIGHT.pens[0]
    assert colour(image, 100, 60) == LIGHT.paper


def test_nothing_is_blank_or_coarse_when_idle() -> None:
    picture = picture_of(*lesson())
    finish(picture)
    paint(picture)
    assert picture.is_sharp()
    assert (picture.last_frame.coarse, picture.last_frame.blank) == (0, 0)


def test_a_new_stroke_is_drawn_onto_its_tiles_without_making_any_anew() -> None:
    picture = picture_of(*lesson())
    finish(picture)
    picture.added(picture.index.add(line("new", (400, 100), (500, 100), 3, at=10_000)))
    assert colour(paint(picture), 450, 100) == LIGHT.pens[3]
    assert picture.is_sharp()


def test_a_removed_stroke_vanishes_and_only_the_tiles_it_touched_are_made_anew() -> None:
    keep = line("keep", (20, 20), (600, 20))
    picture = picture_of(keep, line("gone", (300, 300), (400, 300)))
    finish(picture)
    gone = picture.index.remove("gone")
    assert gone is not None
    picture.changed([gone.bounds])
    touched = {key for key in picture.cache.touched(gone.bounds) if key.level == Level(1.0)}
    assert touched == {Key(Level(1.0), 1, 1)}
    stale = [key for key in picture.cache.touched((-9e9, -9e9, 9e9, 9e9)) if picture.cache.get(key).stale]
    assert finish(picture) == len(stale)
    image = paint(picture)
    assert colour(image, 350, 300) == LIGHT.paper
    assert colour(image, 350, 20) == LIGHT.pens[0]


def test_mending_a_part_of_a_tile_leaves_the_rest_as_it_was() -> None:
    strokes = lesson()
    picture = picture_of(*strokes)
    finish(picture)
    for stroke in strokes[::7]:
        gone = picture.index.remove(stroke.id)
        picture.changed([gone.bounds] if gone else [])
    finish(picture)
    mended = paint(picture)
    fresh = picture_of(*(stroke for number, stroke in enumerate(strokes) if number % 7))
    finish(fresh)
    assert mended == paint(fresh)


def test_a_stroke_that_comes_late_but_is_older_lies_beneath() -> None:
    picture = picture_of(line("new", (50, 50), (250, 50), 1, at=100))
    finish(picture)
    picture.added(picture.index.add(line("old", (150, 0), (150, 200), 2, at=50)))
    finish(picture)
    image = paint(picture)
    assert colour(image, 150, 50) == LIGHT.pens[1]
    assert colour(image, 150, 80) == LIGHT.pens[2]


def test_a_marker_lies_beneath_ink_that_was_there_before() -> None:
    picture = picture_of(line("ink", (50, 50), (250, 50), 0, 3.0, at=1))
    finish(picture)
    picture.added(picture.index.add(line("mark", (50, 50), (250, 50), MARKER, 20.0, at=2)))
    finish(picture)
    image = paint(picture)
    assert colour(image, 150, 50) == LIGHT.pens[0]
    assert colour(image, 150, 57) == LIGHT.marker


def test_the_same_stroke_takes_the_colour_of_the_theme_and_a_free_colour_stays() -> None:
    picture = picture_of(line("pen", (50, 50), (250, 50), 2), line("free", (50, 90), (250, 90), "#12ab34"))
    finish(picture)
    picture.set_colours(DARK)
    finish(picture)
    image = paint(picture)
    assert colour(image, 150, 50) == DARK.pens[2]
    assert colour(image, 150, 90) == "#12AB34"
    assert colour(image, 150, 200) == DARK.paper


def test_while_tiles_are_missing_those_of_another_zoom_stand_in() -> None:
    picture = picture_of(line("a", (50, 50), (550, 50), width=30))
    finish(picture)
    picture.look(Camera().zoomed(1.5, 0, 0), WIDTH, HEIGHT)
    image = paint(picture)
    assert picture.last_frame.sharp == 0
    assert picture.last_frame.blank == 0
    assert colour(image, 300, 75) == LIGHT.pens[0]


def test_a_job_under_way_sees_what_changes_meanwhile() -> None:
    picture = picture_of(*lesson())
    picture.work(perf_counter())  # begins one tile and stops at once
    picture.added(picture.index.add(line("new", (0, 0), (640, 480), 3, at=10_000)))
    finish(picture)
    image = paint(picture)
    assert all(colour(image, 64 * n, 48 * n) == LIGHT.pens[3] for n in range(1, 10))


def test_every_piece_of_a_very_long_stroke_is_painted() -> None:
    zigzag = Points.from_units([(20 + x / 10, 50 if x % 2 else 450) for x in range(6_000)])
    picture = picture_of(Stroke("long", 0, 2.0, zigzag))
    finish(picture)
    image = paint(picture)
    assert all(colour(image, x, y) == LIGHT.pens[0] for x in range(30, 600, 19) for y in (60, 250, 440))


@pytest.mark.parametrize("zoom", [0.02, 0.1, 0.4, 1.0, 2.5, 8.0])
def test_a_stroke_is_seen_at_every_zoom(zoom: float) -> None:
    camera = Camera().centred(150, 50, WIDTH, HEIGHT, zoom)
    picture = picture_of(line("a", (50, 50), (250, 50)), camera=camera)
    finish(picture)
    image = paint(picture)
    assert any(colour(image, 320, 240 + dy) != LIGHT.paper for dy in (-1, 0, 1))


def test_a_dot_is_painted() -> None:
    picture = picture_of(Stroke("dot", 0, 8.0, Points.from_units([(100.0, 100.0)])))
    finish(picture)
    assert colour(paint(picture), 100, 100) == LIGHT.pens[0]


def test_pressure_makes_ink_wider() -> None:
    way = [(50.0 + x, 100.0) for x in range(0, 400, 4)]
    picture = picture_of(Stroke("p", 0, 12.0, Points.from_units(way, [2 * x for x in range(100)])))
    finish(picture)
    image = paint(picture)
    heights = [sum(colour(image, x, 100 + y) == LIGHT.pens[0] for y in range(-12, 13)) for x in (80, 420)]
    assert 2 <= heights[0] < heights[1]


def test_the_cache_stays_within_its_budget_on_a_long_way() -> None:
    strokes = [line(f"s{n}", (n * 200, 0), (n * 200 + 150, 900)) for n in range(200)]
    picture = picture_of(*strokes)
    picture.cache.budget = 40 * TILE * TILE * 4
    for step in range(100):
        picture.look(Camera(left=step * 400), WIDTH, HEIGHT)
        picture.cache.budget = 40 * TILE * TILE * 4
        finish(picture)
        assert picture.cache.bytes <= picture.cache.budget
    assert picture.is_sharp()


def test_the_overview_outlives_everything_else() -> None:
    cache = TileCache(budget=4 * TILE * TILE * 4)
    cache.pinned = Level(0.5, True)
    kept = Key(Level(0.5, True), 0, 0)
    cache.put(kept, Tile(cache.new_picture()))
    for x in range(50):
        cache.put(Key(Level(1.0), x, 0), Tile(cache.new_picture()))
    assert cache.get(kept) is not None
    assert cache.bytes <= cache.budget


def test_dots_are_hidden_below_half_size() -> None:
    assert _dotted(0.5)
    assert not _dotted(0.49)


def _dotted(zoom: float) -> bool:
    picture = picture_of(camera=Camera().zoomed(zoom, 0, 0))
    finish(picture)
    image = paint(picture)
    return any(colour(image, x, y) != LIGHT.paper for x in range(40) for y in range(40))


def test_dots_of_tiles_and_of_empty_paper_fall_on_the_same_places() -> None:
    camera = Camera(left=-37, top=11).zoomed(1.3, 100, 100)
    empty = picture_of(camera=camera)
    dotted = paint(empty)
    tiled = picture_of(line("x", (0, 5000), (9, 5000)), camera=camera)
    tiled.cache.put(Key(Level(camera.scale), 0, 0), _empty_tile(tiled, camera))
    assert paint(tiled) == dotted


def _empty_tile(picture: BoardPicture, camera: Camera) -> Tile:
    corner = line("tiny", (1, 1), (2, 1))
    picture.index.add(corner)
    finish(picture)
    picture.index.remove("tiny")
    picture.changed([(0, 0, 4, 4)])
    finish(picture)
    tile = picture.cache.get(Key(Level(camera.scale), 0, 0))
    assert tile is not None
    return tile
