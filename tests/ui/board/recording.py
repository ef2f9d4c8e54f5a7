"""A port that writes down what a board asked for, and small helpers to look at what it painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from studydesk.services.strokes import LiveStroke, Points, Stroke
from studydesk.ui.board.view import BoardView


class RecordingPort:
    """Remembers calls; `board` answers undo and redo like nothing was there."""

    def __init__(self) -> None:
        self.added: list[Stroke] = []
        self.erased: list[list[str]] = []
        self.steps: list[str] = []
        self.cursors: list[tuple[float, float] | None] = []
        self.lives: list[LiveStroke | None] = []
        self.pages: list[str] = []

    def add_stroke(self, stroke: Stroke) -> None:
        self.added.append(stroke)

    def erase(self, ids: Sequence[str]) -> None:
        self.erased.append(list(ids))

    def undo(self) -> None:
        self.steps.append("undo")

    def redo(self) -> None:
        self.steps.append("redo")

    def set_cursor(self, at: tuple[float, float] | None) -> None:
        self.cursors.append(at)

    def set_live(self, live: LiveStroke | None) -> None:
        self.lives.append(live)

    def open_page(self, page_id: str) -> None:
        self.pages.append(page_id)

    def new_page(self) -> None:
        self.pages.append("new")


def line(
    stroke_id: str,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: int | str = 0,
    width: float = 6.0,
    at: int = 0,
) -> Stroke:
    """Return a straight stroke."""
    points = [
        (start[0] + (end[0] - start[0]) * t / 10, start[1] + (end[1] - start[1]) * t / 10) for t in range(11)
    ]
    return Stroke(stroke_id, colour, width, Points.from_units(points), "somebody", at)


def painted(view: BoardView) -> QImage:
    """Return the sheet as it is shown, without the tools."""
    return view.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def colour_at(view: BoardView, x: float, y: float) -> str:
    """Return the colour that is painted at a point of the board, as #rrggbb."""
    at = view.canvas.camera.to_view(x, y)
    return QColor(painted(view).pixel(QPointF(*at).toPoint())).name()


def drag(view: BoardView, *points: tuple[int, int], release: bool = True) -> None:
    """Press, move and release the left mouse button on the sheet."""
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(view.canvas, left, none, QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(view.canvas, QPoint(*point))
    if release:
        QTest.mouseRelease(view.canvas, left, none, QPoint(*points[-1]))


def finish(view: BoardView) -> None:
    """Make all tiles that the view wants."""
    picture = view.canvas.content.picture
    while picture.work(perf_counter() + 1.0):
        pass


Maker = Callable[[], BoardView]
