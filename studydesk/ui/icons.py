"""Icons by the names of the look ("ph.sun"), drawn from small icon fonts in the colour of a token."""

from __future__ import annotations

import json
from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QPainter,
    QPainterPath,
    QPixmap,
    QRawFont,
    QTransform,
)

from studydesk.foundation.paths import resources_directory
from studydesk.ui.theme import current

EM = 256.0
"""Side of the square in which outlines are kept, in px."""


@cache
def _names() -> dict[str, list[str | int]]:
    path = resources_directory() / "icons" / "icons.json"
    found: dict[str, list[str | int]] = json.loads(path.read_text("utf-8"))
    return found


@cache
def _face(name: str) -> QRawFont:
    return QRawFont(str(resources_directory() / "icons" / f"{name}.ttf"), EM)


@cache
def outline(name: str) -> QPainterPath:
    """Return the outline of an icon in a square of `EM`. Raises KeyError for a name that isn't shipped."""
    file, point = _names()[name]
    face = _face(str(file))
    glyphs = face.glyphIndexesForString(chr(int(point)))
    path = face.pathForGlyph(glyphs[0])
    path.translate(0, (EM + face.ascent() - face.descent()) / 2)
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def known(name: str) -> bool:
    """Tell whether there is an icon of this name."""
    return name in _names()


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: str | QColor) -> None:
    """Paint an icon into a rectangle, in a token or a colour."""
    side = min(rect.width(), rect.height())
    ratio = painter.device().devicePixelRatio() if painter.device() is not None else 1.0
    where = QPointF(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2)
    painter.drawPixmap(where, pixmap(name, colour, round(side), ratio))


def pixmap(name: str, colour: str | QColor = "textSecondary", size: int = 20, ratio: float = 0) -> QPixmap:
    """Return an icon as a picture of `size` logical px, made once for each colour and device ratio."""
    value = current().hex(colour) if isinstance(colour, str) else colour.name(QColor.NameFormat.HexArgb)
    app = QGuiApplication.instance()
    screen = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _render(name, value, size, ratio or screen)


@cache
def _render(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    scale = size / EM
    path = QTransform.fromScale(scale, scale).map(outline(name))
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, QColor(colour))
    painter.end()
    return picture


def icon(name: str, colour: str | QColor = "textSecondary", size: int = 20) -> QIcon:
    """Return a QIcon in the present look, for menus and stock buttons; greyed where disabled."""
    found = QIcon(pixmap(name, colour, size))
    found.addPixmap(pixmap(name, "textDisabled", size), QIcon.Mode.Disabled)
    return found
