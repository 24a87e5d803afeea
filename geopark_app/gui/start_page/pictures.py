"""The small picture of a catalogue on the start page: its cover photo, or its geopark's outline."""

import json
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImageReader, QPainter, QPainterPath, QPixmap

from geopark_app import paths
from geopark_app.gui import theme

_MARGIN = 0.12
_LAYERS = 4


def catalogue_picture(picture: str, size: QSize, *, has_outline: bool) -> QPixmap:
    """Give the cover photo cut to `size`, or a drawn sign when there is none."""
    reader = QImageReader(picture)
    if picture and Path(picture).is_file() and reader.canRead():
        reader.setAutoTransform(True)
        image = reader.read().scaled(
            size,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
        left, top = (image.width() - size.width()) // 2, (image.height() - size.height()) // 2
        return QPixmap.fromImage(image.copy(left, top, size.width(), size.height()))
    outline = _outline() if has_outline else ()
    return _drawn(size, [_fitted(outline, size)] if outline else _strata(size))


def _drawn(size: QSize, shapes: list[QPainterPath]) -> QPixmap:
    colours = theme.colours()
    pixmap = QPixmap(size)
    pixmap.fill(QColor(colours.selection))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(colours.primary))
    painter.setBrush(QColor(colours.panel))
    for shape in shapes:
        painter.drawPath(shape)
    painter.end()
    return pixmap


def _strata(size: QSize) -> list[QPainterPath]:
    """Give folded layers of rock, for a catalogue of which nothing is known."""
    shapes = []
    width, height = float(size.width()), float(size.height())
    for layer in range(_LAYERS):
        top = height * (0.35 + layer * 0.6 / _LAYERS)
        path = QPainterPath(QPointF(-1, top))
        path.cubicTo(
            QPointF(width * 0.35, top - height * 0.35),
            QPointF(width * 0.6, top + height * 0.3),
            QPointF(width + 1, top - height * 0.12),
        )
        path.lineTo(width + 1, height + 1)
        path.lineTo(-1, height + 1)
        path.closeSubpath()
        shapes.append(path)
    return shapes


def _fitted(rings: tuple[tuple[tuple[float, float], ...], ...], size: QSize) -> QPainterPath:
    points = [point for ring in rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    frame = QRectF(0, 0, size.width(), size.height())
    scale = (1 - 2 * _MARGIN) * min(frame.width() / (east - west), frame.height() / (north - south))
    centre_x, centre_y = (west + east) / 2, (south + north) / 2
    path = QPainterPath()
    for ring in rings:
        for number, (lon, lat) in enumerate(ring):
            point = frame.center() + QPointF((lon - centre_x) * scale, (centre_y - lat) * scale)
            if number == 0:
                path.moveTo(point)
            else:
                path.lineTo(point)
        path.closeSubpath()
    return path


@cache
def _outline() -> tuple[tuple[tuple[float, float], ...], ...]:
    """Give the rings of the bundled outline, lon and lat; a sign, not a map."""
    path = paths.bundled("resources", "map", "outline.json")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    rings: list[tuple[tuple[float, float], ...]] = []
    for feature in content.get("features", ()):
        if feature.get("properties", {}).get("kind") == "province":
            _collect_rings(feature.get("geometry"), rings)
    return tuple(rings)


def _collect_rings(node: object, rings: list[tuple[tuple[float, float], ...]]) -> None:
    if isinstance(node, dict):
        for child in node.values():
            _collect_rings(child, rings)
    elif isinstance(node, list):
        if len(node) > 3 and all(_is_point(child) for child in node):
            rings.append(tuple((float(p[0]), float(p[1])) for p in node))
        else:
            for child in node:
                _collect_rings(child, rings)


def _is_point(node: object) -> bool:
    return (
        isinstance(node, list)
        and len(node) >= 2
        and all(isinstance(number, int | float) for number in node)
    )
