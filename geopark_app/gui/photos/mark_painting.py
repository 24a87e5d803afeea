"""Paints the marks on a picture as `photos.finished` does for paper: crisp at every zoom."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from geopark_app.photos.instructions import (
    COLOURS,
    DrawnMark,
    Instructions,
    drawn,
    halo_of,
    text_left,
)


def paint_marks(painter: QPainter, instructions: Instructions, place: QRectF) -> None:
    """Paint every mark on a picture that lies at `place`."""
    if not instructions.marks or place.isEmpty():
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(place)
    painter.translate(place.topLeft())
    for mark in drawn(instructions, round(place.width()), round(place.height())):
        _paint(painter, mark, round(place.width()))
    painter.restore()


def _paint(painter: QPainter, mark: DrawnMark, picture_width: int) -> None:
    colour, halo = QColor(*COLOURS[mark.colour]), QColor(*COLOURS[halo_of(mark.colour)])
    if mark.text:
        _paint_text(painter, mark, colour, halo, picture_width)
        return
    for ink, more in ((halo, mark.width * 0.8), (colour, 0.0)):
        pen = QPen(ink, mark.width + more)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        if len(mark.line) > 1:
            painter.drawPolyline(_polygon(mark.line))
        if mark.head:
            painter.setPen(QPen(ink, max(0.5, more)))
            painter.setBrush(ink)
            painter.drawPolygon(_polygon(mark.head))
            painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_text(
    painter: QPainter, mark: DrawnMark, colour: QColor, halo: QColor, picture_width: int
) -> None:
    font = QFont(painter.font())
    font.setPixelSize(max(1, round(mark.font_px)))
    font.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    path = QPainterPath()
    x = text_left(mark, metrics.horizontalAdvance(mark.text), picture_width)
    path.addText(
        QPointF(x, mark.at[1] + (metrics.ascent() - metrics.descent()) / 2), font, mark.text
    )
    pen = QPen(halo, mark.font_px * 0.18)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.fillPath(path, colour)


def _polygon(points: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])
