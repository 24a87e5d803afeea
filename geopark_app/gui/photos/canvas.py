"""A picture that can be zoomed, moved, cropped and drawn on; it knows no photo and no file."""

from enum import Enum

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from geopark_app.gui import theme
from geopark_app.gui.photos.mark_painting import paint_marks
from geopark_app.gui.photos.photo_tile import paint_sample_mark
from geopark_app.photos.instructions import LEAST_CROP, Crop, Instructions, Mark, MarkShape, Point

MOST_SCALE = 8.0
_GROUND, _GROUND_TEXT = "#20262a", "#e8e6df"
_STEP = 1.25
_PAN_SHARE = 0.12
_LINE_STEP, _MOST_POINTS = 0.004, 200


class Tool(Enum):
    """What dragging the mouse does."""

    HAND = "hand"
    CROP = "crop"
    ARROW = "arrow"
    LINE = "line"
    TEXT = "text"


class PhotoCanvas(QWidget):
    """Shows one picture with its marks.

    Attributes
    ----------
    pixmap : QPixmap
        The picture, turned and cropped already, without its marks.
    full_size : QSize
        Pixels of the original so turned and cropped: at 100 % one of them is one on the screen.
    instructions : Instructions
        Where its marks are.

    Signals
    -------
    view_changed()
        The person zoomed or moved the picture.
    detail_wanted()
        It is shown larger than the pixmap has pixels.
    crop_made(Crop), mark_made(Mark), text_wanted(tuple)
        Dragged or clicked with a tool; places are those of the upright picture.
    """

    view_changed = Signal()
    detail_wanted = Signal()
    crop_made = Signal(object)
    mark_made = Signal(object)
    text_wanted = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pixmap = QPixmap()
        self.full_size = QSize()
        self.instructions = Instructions()
        self.words = ""
        self.is_sample = False
        self.tool = Tool.HAND
        self.colour = "red"
        self._zoom = 0.0  # 0: as large as the room allows
        self._centre = QPointF(0.5, 0.5)
        self._pressed: QPointF | None = None
        self._dragged: list[Point] = []
        self.setMinimumSize(220, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    # Showing --------------------------------------------------------------------------------

    def show_picture(self, pixmap: QPixmap, full_size: QSize, instructions: Instructions) -> None:
        """Show a picture as large as the room allows."""
        self.pixmap, self.full_size, self.instructions = pixmap, full_size, instructions
        self._zoom, self._centre = 0.0, QPointF(0.5, 0.5)
        self._dragged = []
        self.update()

    def show_detail(self, pixmap: QPixmap) -> None:
        """Show the same picture with more pixels; zoom and place stay."""
        self.pixmap = pixmap
        self.update()

    def clear(self, words: str) -> None:
        """Show words instead of a picture."""
        self.pixmap, self.words = QPixmap(), words
        self.update()

    @property
    def natural(self) -> QSize:
        """Give the size at 100 %."""
        return self.full_size if self.full_size.isValid() else self.pixmap.size()

    @property
    def fit_scale(self) -> float:
        """Give the scale at which the whole picture is seen; never larger than 100 %."""
        size = self.natural
        if size.isEmpty():
            return 1.0
        return min(1.0, self.width() / size.width(), self.height() / size.height())

    @property
    def scale(self) -> float:
        """Give pixels on the screen for one of the original."""
        return self._zoom or self.fit_scale

    @property
    def is_fit(self) -> bool:
        """Say whether the whole picture is shown."""
        return self._zoom == 0.0

    def fit(self) -> None:
        """Show the whole picture."""
        self._zoom, self._centre = 0.0, QPointF(0.5, 0.5)
        self._moved()

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """Show it at a scale; the place below `at` (the middle, unless told) stays there."""
        at = at or QPointF(self.width() / 2, self.height() / 2)
        share = self.share_at(at)
        least = self.fit_scale
        scale = min(MOST_SCALE, scale)
        if scale <= least:
            self.fit()
            return
        self._zoom = scale
        size = QSizeF(self.natural) * scale
        self._centre = QPointF(
            share.x() + (self.width() / 2 - at.x()) / size.width(),
            share.y() + (self.height() / 2 - at.y()) / size.height(),
        )
        self._moved()

    def zoom_by(self, steps: int) -> None:
        """Zoom in, or out with a negative number of steps."""
        self.zoom_to(self.scale * _STEP**steps)

    def relative_view(self) -> tuple[float, QPointF]:
        """Give the zoom as times of the fitting one, and what is in the middle."""
        return (self._zoom / self.fit_scale if self._zoom else 0.0), QPointF(self._centre)

    def take_view(self, zoom: float, centre: QPointF) -> None:
        """Show what another canvas shows; tells nobody."""
        self._zoom, self._centre = zoom * self.fit_scale, QPointF(centre)
        self._keep_inside()
        self._ask_for_detail()
        self.update()

    def _moved(self) -> None:
        self._keep_inside()
        self._ask_for_detail()
        self.update()
        self.view_changed.emit()

    def _ask_for_detail(self) -> None:
        size = self.natural
        if not self.pixmap.isNull() and self.scale * size.width() > self.pixmap.width() * 1.05:
            self.detail_wanted.emit()

    def _keep_inside(self) -> None:
        size = QSizeF(self.natural) * self.scale
        if size.isEmpty():
            return
        parts = []
        for part, room, whole in (
            (self._centre.x(), self.width(), size.width()),
            (self._centre.y(), self.height(), size.height()),
        ):
            half = room / whole / 2
            parts.append(0.5 if half >= 0.5 else min(1 - half, max(half, part)))
        self._centre = QPointF(*parts)

    def place(self) -> QRectF:
        """Give where the whole picture lies, in pixels of the widget; parts may be outside."""
        size = QSizeF(self.natural) * self.scale
        left = self.width() / 2 - self._centre.x() * size.width()
        top = self.height() / 2 - self._centre.y() * size.height()
        return QRectF(QPointF(left, top), size)

    def share_at(self, point: QPointF) -> QPointF:
        """Give the place of the finished picture at a pixel of the widget, in its shares."""
        place = self.place()
        if place.isEmpty():
            return QPointF(0.5, 0.5)
        return QPointF(
            (point.x() - place.left()) / place.width(), (point.y() - place.top()) / place.height()
        )

    # Painting -------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(_GROUND))
        if self.pixmap.isNull():
            painter.setPen(QColor(_GROUND_TEXT))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(20, 20, -20, -20), flags, self.words)
        else:
            self.paint_picture(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.colours().focus), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def paint_picture(self, painter: QPainter) -> None:
        """Paint what is in sight, then the marks and the tool in hand."""
        place = self.place()
        paint_part(painter, self.pixmap, place, QRectF(self.rect()))
        paint_marks(painter, self.instructions, place)
        if self.is_sample:
            paint_sample_mark(painter, place.toRect().intersected(self.rect()))
        if self._dragged:
            self._paint_tool(painter, place)

    def _paint_tool(self, painter: QPainter, place: QRectF) -> None:
        if self.tool is Tool.CROP:
            box = self._dragged_box(place)
            shade = QColor(0, 0, 0, 140)
            for part in (
                QRectF(place.topLeft(), QPointF(place.right(), box.top())),
                QRectF(QPointF(place.left(), box.bottom()), place.bottomRight()),
                QRectF(QPointF(place.left(), box.top()), box.bottomLeft()),
                QRectF(box.topRight(), QPointF(place.right(), box.bottom())),
            ):
                painter.fillRect(part, shade)
            painter.setPen(QPen(QColor("white"), 1.5))
            painter.drawRect(box)
        elif self.tool in {Tool.ARROW, Tool.LINE} and len(self._dragged) > 1:
            mark = self._mark()
            turned = Instructions(
                turn=self.instructions.turn, crop=self.instructions.crop, marks=(mark,)
            )
            paint_marks(painter, turned, place)

    def _dragged_box(self, place: QRectF) -> QRectF:
        (x0, y0), (x1, y1) = self._dragged[0], self._dragged[-1]
        corners = [
            QPointF(place.left() + x * place.width(), place.top() + y * place.height())
            for x, y in ((min(x0, x1), min(y0, y1)), (max(x0, x1), max(y0, y1)))
        ]
        return QRectF(corners[0], corners[1])

    # Mouse and keys -------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom_to(self.scale * _STEP**steps, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self.pixmap.isNull():
            return
        self._pressed = event.position()
        if self.tool is Tool.TEXT:
            share = self._inside(event.position())
            self.text_wanted.emit(self.instructions.unplaced(share))
            self._pressed = None
        elif self.tool is not Tool.HAND:
            self._dragged = [self._inside(event.position())]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        if self.tool is Tool.HAND:
            delta = event.position() - self._pressed
            self._pressed = event.position()
            self._pan(-delta.x(), -delta.y())
            return
        point = self._inside(event.position())
        if self.tool is Tool.LINE:
            last = self._dragged[-1]
            far = abs(point[0] - last[0]) + abs(point[1] - last[1]) > _LINE_STEP
            if far and len(self._dragged) < _MOST_POINTS:
                self._dragged.append(point)
        else:
            self._dragged = [self._dragged[0], point]
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        self._pressed = None
        dragged = self._dragged
        if self.tool is Tool.CROP and len(dragged) > 1:
            self._finish_crop(dragged)
        elif self.tool in {Tool.ARROW, Tool.LINE} and len(dragged) > 1:
            self.mark_made.emit(self._mark())
        self._dragged = []
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.tool is Tool.HAND:
            if self.is_fit:
                self.zoom_to(1.0, event.position())
            else:
                self.fit()

    def _finish_crop(self, dragged: list[Point]) -> None:
        corners = [self.instructions.unplaced(point) for point in (dragged[0], dragged[-1])]
        left, right = sorted(x for x, _y in corners)
        top, bottom = sorted(y for _x, y in corners)
        if min(right - left, bottom - top) >= LEAST_CROP:
            self.crop_made.emit(Crop(left=left, top=top, width=right - left, height=bottom - top))

    def _mark(self) -> Mark:
        points = tuple(self.instructions.unplaced(point) for point in self._dragged)
        shape = MarkShape.ARROW if self.tool is Tool.ARROW else MarkShape.LINE
        return Mark(shape=shape, points=points, colour=self.colour)

    def _inside(self, point: QPointF) -> Point:
        share = self.share_at(point)
        return min(1.0, max(0.0, share.x())), min(1.0, max(0.0, share.y()))

    def _pan(self, x: float, y: float) -> None:
        size = QSizeF(self.natural) * self.scale
        if self.is_fit or size.isEmpty():
            return
        self._centre += QPointF(x / size.width(), y / size.height())
        self._moved()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, room = Qt.Key(event.key()), self.size() * _PAN_SHARE
        steps = {
            Qt.Key.Key_Left: QPoint(-room.width(), 0),
            Qt.Key.Key_Right: QPoint(room.width(), 0),
            Qt.Key.Key_Up: QPoint(0, -room.height()),
            Qt.Key.Key_Down: QPoint(0, room.height()),
        }
        if key in steps and not self.is_fit:
            self._pan(steps[key].x(), steps[key].y())
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_by(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif key == Qt.Key.Key_F:
            self.fit()
        elif key == Qt.Key.Key_Z:
            self.zoom_to(1.0)
        elif key == Qt.Key.Key_Escape and self._dragged:
            self._dragged, self._pressed = [], None
            self.update()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_inside()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def paint_part(painter: QPainter, pixmap: QPixmap, place: QRectF, room: QRectF) -> None:
    """Paint the part of a picture that is in sight: far zoomed in, the rest would cost much."""
    seen = place.intersected(room)
    if seen.isEmpty() or pixmap.isNull():
        return
    across, down = pixmap.width() / place.width(), pixmap.height() / place.height()
    source = QRectF(
        (seen.left() - place.left()) * across,
        (seen.top() - place.top()) * down,
        seen.width() * across,
        seen.height() * down,
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, across > 0.4)
    painter.drawPixmap(seen, pixmap, source)
