"""The map of a day: where each photo was taken and which way the camera looked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from geopark_app import i18n
from geopark_app.i18n import gettext as _
from geopark_app.maps.day_map import Place, day_ground
from geopark_app.maps.drawing import LocatorMap
from geopark_app.maps.layers import MapSite
from geopark_app.maps.wording import MapLanguage

_MM_PER_PIXEL = 25.4 / 96
_STEP = 1.6
_CLOSEST = 64.0
_REACH_PX = 14.0
_WEDGE_PX, _WEDGE_DEG = 34.0, 44.0
_PHOTO, _CHOSEN = QColor("#1f5fa8"), QColor("#c2410c")
_DRAW_AFTER_MS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoSpot:
    """A photo on the map."""

    uuid: str
    lon: float
    lat: float
    direction_deg: float | None = None


class DayMap(QWidget):
    """Draws the photos of a day over the ground and the sites; the wheel comes closer.

    Signals
    -------
    photo_clicked(str)
        The person clicked this photo.
    """

    photo_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, epsg: int) -> None:
        super().__init__(parent)
        self._epsg = epsg
        self._spots: tuple[PhotoSpot, ...] = ()
        self._sites: tuple[MapSite, ...] = ()
        self._chosen: frozenset[str] = frozenset()
        self._without_place = 0
        self._zoom = 1.0
        self._centre: Place | None = None
        self._ground: LocatorMap | None = None
        self._dragged_from: QPointF | None = None
        self._shift = QPointF()
        self._renderer = QSvgRenderer(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_DRAW_AFTER_MS)
        self._later.timeout.connect(self._draw_anew)
        self.setMinimumSize(260, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.smaller, self.larger, self.whole = (QToolButton(self) for _ in range(3))
        self._set_up_buttons()
        self.retranslate()

    def _set_up_buttons(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 6, 6, 6)
        row.addStretch(1)
        for button, factor in ((self.smaller, 1 / _STEP), (self.larger, _STEP), (self.whole, 0.0)):
            button.clicked.connect(lambda _checked=False, by=factor: self.zoom_by(by))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.smaller.setText("−")
        self.larger.setText("+")

    def sizeHint(self) -> QSize:
        return QSize(420, 320)

    @property
    def spots(self) -> tuple[PhotoSpot, ...]:
        """Give the photos drawn."""
        return self._spots

    def show_day(
        self, spots: Sequence[PhotoSpot], sites: Sequence[MapSite], *, without_place: int
    ) -> None:
        """Show these photos; `without_place` is how many more have no place to draw."""
        self._spots, self._sites = tuple(spots), tuple(sites)
        self._without_place = without_place
        self._zoom, self._centre = 1.0, None
        self._describe()
        self._draw_anew()

    def choose(self, uuids: Sequence[str]) -> None:
        """Show these photos as chosen."""
        self._chosen = frozenset(uuids)
        self.update()

    def zoom_by(self, factor: float) -> None:
        """Come closer by the factor; 0 shows all photos again."""
        if factor == 0:
            self._centre = None
        self._zoom = min(max(self._zoom * factor, 1.0), _CLOSEST) if factor else 1.0
        if self._zoom == 1.0:
            self._centre = None
        self._later.start()

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.smaller.setToolTip(_("Smaller"))
        self.larger.setToolTip(_("Larger"))
        self.whole.setText(_("Whole map"))
        for button in (self.smaller, self.larger):
            button.setAccessibleName(button.toolTip())
        self._describe()
        self._later.start()

    def _describe(self) -> None:
        self.setAccessibleName(
            _("Map: {count} photos with a place, {without} without").format(
                count=len(self._spots), without=self._without_place
            )
        )

    # Drawing --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start()

    def _draw_anew(self) -> None:
        points = [(spot.lon, spot.lat) for spot in self._spots]
        self._ground = day_ground(
            points,
            self._sites,
            size_mm=(self.width() * _MM_PER_PIXEL, self.height() * _MM_PER_PIXEL),
            epsg=self._epsg,
            language=MapLanguage(i18n.active()),
            zoom=self._zoom,
            centre=self._centre,
        )
        self._shift = QPointF()
        self._renderer.load(QByteArray(self._ground.svg.encode("utf-8")))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.translate(self._shift)
        self._renderer.render(painter, QRectF(self.rect()))
        # The chosen ones lie on top.
        for spot in sorted(self._spots, key=lambda spot: spot.uuid in self._chosen):
            at = self._pixel_of(spot)
            if at is not None:
                self._paint_spot(painter, at, spot)
        painter.resetTransform()
        if not self._spots:
            self._paint_hint(painter)
        painter.end()

    def _paint_hint(self, painter: QPainter) -> None:
        words = _("None of these photos has a place yet.")
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        room = self.rect().adjusted(12, 44, -12, -12)
        box = painter.boundingRect(room, flags, words).adjusted(-8, -5, 8, 5)
        painter.fillRect(box, QColor(255, 255, 255, 230))
        painter.setPen(QColor("#1d2730"))
        painter.drawText(room, flags, words)

    def _paint_spot(self, painter: QPainter, at: QPointF, spot: PhotoSpot) -> None:
        colour = _CHOSEN if spot.uuid in self._chosen else _PHOTO
        if spot.direction_deg is not None:
            pale = QColor(colour)
            pale.setAlpha(90)
            painter.setPen(QPen(colour, 1))
            painter.setBrush(pale)
            painter.drawPath(_wedge(at, spot.direction_deg))
        painter.setPen(QPen(Qt.GlobalColor.white, 2))
        painter.setBrush(colour)
        painter.drawEllipse(at, 6, 6)

    def _pixel_of(self, spot: PhotoSpot) -> QPointF | None:
        place = self._ground.marker_position_mm(spot.lon, spot.lat) if self._ground else None
        return QPointF(place[0] / _MM_PER_PIXEL, place[1] / _MM_PER_PIXEL) if place else None

    # Mouse ----------------------------------------------------------------------------------

    def spot_at(self, at: QPointF) -> PhotoSpot | None:
        """Give the photo under a point of the widget."""
        near = [
            (math.hypot(pixel.x() - at.x(), pixel.y() - at.y()), spot)
            for spot in self._spots
            if (pixel := self._pixel_of(spot)) is not None
        ]
        best = min(near, key=lambda item: item[0], default=None)
        return best[1] if best is not None and best[0] <= _REACH_PX else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None and self._zoom > 1:
            self._shift = event.position() - self._dragged_from
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, self._dragged_from = self._dragged_from, None
        if start is None:
            return
        if self._shift.manhattanLength() < 4:
            self._shift = QPointF()
            spot = self.spot_at(event.position())
            if spot is not None:
                self.photo_clicked.emit(spot.uuid)
            return
        middle = QPointF(self.width() / 2, self.height() / 2) - self._shift
        self._centre = self._place_of(middle)
        self._draw_anew()

    def wheelEvent(self, event: QWheelEvent) -> None:
        up = event.angleDelta().y() > 0
        if up and self._centre is None and not self._later.isActive():
            self._centre = self._place_of(event.position())
        self.zoom_by(_STEP if up else 1 / _STEP)
        event.accept()

    def _place_of(self, pixel: QPointF) -> Place | None:
        if self._ground is None:
            return None
        return self._ground.projection.lon_lat(pixel.x() * _MM_PER_PIXEL, pixel.y() * _MM_PER_PIXEL)


def _wedge(tip: QPointF, direction_deg: float) -> QPainterPath:
    """Give the sector a camera saw; 0 is north, clockwise, as compasses count."""
    path = QPainterPath(tip)
    box = QRectF(tip.x() - _WEDGE_PX, tip.y() - _WEDGE_PX, 2 * _WEDGE_PX, 2 * _WEDGE_PX)
    # Qt counts from east, anticlockwise.
    path.arcTo(box, 90 - direction_deg - _WEDGE_DEG / 2, _WEDGE_DEG)
    path.closeSubpath()
    return path
