"""A small position map beside the form: where in the province this site lies."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from geopark_app import i18n
from geopark_app.domain.position import Position
from geopark_app.geo.position import describe_position
from geopark_app.maps.drawing import VN2000_LANG_SON, LocatorMap, locator_background
from geopark_app.maps.wording import MapLanguage
from geopark_app.operations.locating import Place

_MM_PER_PIXEL = 25.4 / 96
_TEXT_MM = 2.7
_PIN = QColor("#b3362b")
_COMMUNE = QColor("#33404d")
_READING = QColor("#1f5fa8")


class MiniMap(QWidget):
    """The outline with one marker: a pin for a known place, a ring for a commune, else a word."""

    def __init__(self, parent: QWidget | None = None, *, epsg: int = VN2000_LANG_SON) -> None:
        super().__init__(parent)
        self._epsg = epsg
        self._position: Position | None = None
        self._commune_point: tuple[float, float] | None = None
        self._commune_name = ""
        self._readings: tuple[tuple[float, float], ...] = ()
        self._ground: LocatorMap | None = None
        self._renderer = QSvgRenderer(self)
        self.setMinimumSize(180, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._describe()

    def show_position(
        self,
        position: Position | None,
        commune_point: tuple[float, float] | None = None,
        commune_name: str = "",
    ) -> None:
        """Show where it is: a pin if its own place is known, else a ring at the commune.

        `commune_point` is lon, lat in WGS 84 degrees.
        """
        self._position = position
        self._commune_point = commune_point
        self._commune_name = commune_name
        self._readings = ()
        self._ground = None
        self._describe()
        self.update()

    def show_readings(self, places: Sequence[Place]) -> None:
        """Show what coordinates being typed can mean, numbered as in the list below the field."""
        self._readings = tuple((place.candidate.lon, place.candidate.lat) for place in places)
        self._ground = None
        self.update()

    def set_language(self, _language: str) -> None:
        """Draw again with the words of the language now spoken."""
        self._ground = None
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, 250)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._ground = None
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.set_language(i18n.active())
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground = self._ground_for_size()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        self._renderer.render(painter, QRectF(self.rect()))
        pin, ring = self._pin_point(), self._ring_point()
        point = pin or ring
        place = ground.marker_position_mm(*point) if point is not None else None
        if place is not None:
            draw = _draw_pin if pin is not None else _draw_ring
            draw(painter, QPointF(place[0] / _MM_PER_PIXEL, place[1] / _MM_PER_PIXEL))
        # The first, the most believable, lies on top where they overlap.
        for number, reading in reversed(list(enumerate(self._readings, start=1))):
            x_mm, y_mm = ground.marker_position_mm(*reading) or (None, None)
            if x_mm is not None and y_mm is not None:
                _draw_number(painter, QPointF(x_mm / _MM_PER_PIXEL, y_mm / _MM_PER_PIXEL), number)
        painter.end()

    def _pin_point(self) -> tuple[float, float] | None:
        position = self._position
        if position is None or not position.is_pin:
            return None
        if position.lon is None or position.lat is None:
            return None
        return (position.lon, position.lat)

    def _ring_point(self) -> tuple[float, float] | None:
        position = self._position
        if position is not None and position.lon is not None and position.lat is not None:
            return (position.lon, position.lat)
        return self._commune_point

    def _ground_for_size(self) -> LocatorMap:
        if self._ground is None:
            point = self._pin_point() or self._ring_point()
            self._ground = locator_background(
                (self.width() * _MM_PER_PIXEL, self.height() * _MM_PER_PIXEL),
                epsg=self._epsg,
                points=[*([point] if point is not None else []), *self._readings],
                language=MapLanguage(i18n.active()),
                text_mm=_TEXT_MM,
                for_screen=True,
            )
            self._renderer.load(QByteArray(self._ground.svg.encode("utf-8")))
        return self._ground

    def _describe(self) -> None:
        words = describe_position(
            self._position, commune_name=self._commune_name, language=i18n.active()
        )
        self.setAccessibleName(words)
        self.setToolTip(words)


def _draw_number(painter: QPainter, middle: QPointF, number: int) -> None:
    painter.setPen(QPen(Qt.GlobalColor.white, 1.5))
    painter.setBrush(_READING)
    painter.drawEllipse(middle, 8, 8)
    field = QRectF(middle.x() - 8, middle.y() - 8, 16, 16)
    painter.drawText(field, Qt.AlignmentFlag.AlignCenter, str(number))


def _draw_pin(painter: QPainter, tip: QPointF) -> None:
    x, y = tip.x(), tip.y()
    point = QPainterPath(tip)
    point.lineTo(x - 7, y - 12)
    point.lineTo(x + 7, y - 12)
    point.closeSubpath()
    head = QPainterPath()
    head.addEllipse(QPointF(x, y - 15), 8, 8)
    painter.setPen(QPen(Qt.GlobalColor.white, 1.5))
    painter.setBrush(_PIN)
    painter.drawPath(head.united(point))
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawEllipse(QPointF(x, y - 15), 2.5, 2.5)


def _draw_ring(painter: QPainter, middle: QPointF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(Qt.GlobalColor.white, 6))
    painter.drawEllipse(middle, 10, 10)
    painter.setPen(QPen(_COMMUNE, 3))
    painter.drawEllipse(middle, 10, 10)
