"""A new picture laid over an old one: see-through, swiped across, or blinking."""

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from geopark_app.gui.photos.canvas import PhotoCanvas, paint_part

_BLINK_MS = 600
_STEP = 0.05
_GRIP_PX = 12


class OverlayWay(Enum):
    """How the new picture lies over the old one."""

    SEE_THROUGH = "see-through"
    SWIPE = "swipe"
    BLINK = "blink"


class OverlayCanvas(PhotoCanvas):
    """The old picture below, the new one above; both zoom and move as one.

    Attributes
    ----------
    share : float
        How much of the new one is seen: its strength, or how far it reaches from the left.
    way : OverlayWay
        How it lies there.

    Signals
    -------
    share_changed(float)
        By key or by dragging the edge.
    """

    share_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.over = QPixmap()
        self.share = 0.5
        self.way = OverlayWay.SEE_THROUGH
        self._is_blinked = False
        self._drags_edge = False
        self._timer = QTimer(self)
        self._timer.setInterval(_BLINK_MS)
        self._timer.timeout.connect(self._blink)

    def show_over(self, pixmap: QPixmap) -> None:
        """Lay another picture over."""
        self.over = pixmap
        self.update()

    def set_way(self, way: OverlayWay) -> None:
        """Lay it over in another way."""
        self.way = way
        if way is OverlayWay.BLINK:
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def set_share(self, share: float) -> None:
        """Show more or less of the new picture."""
        share = min(1.0, max(0.0, share))
        if share != self.share:
            self.share = share
            self.update()
            self.share_changed.emit(share)

    def _blink(self) -> None:
        self._is_blinked = not self._is_blinked
        self.update()

    def paint_picture(self, painter: QPainter) -> None:
        super().paint_picture(painter)
        if self.over.isNull():
            return
        place, room = self._place_over(), QRectF(self.rect())
        edge = self._edge()
        painter.save()
        match self.way:
            case OverlayWay.SEE_THROUGH:
                painter.setOpacity(self.share)
            case OverlayWay.SWIPE:
                painter.setClipRect(QRectF(room.left(), room.top(), edge, room.height()))
            case OverlayWay.BLINK:
                painter.setOpacity(1.0 if self._is_blinked else 0.0)
        paint_part(painter, self.over, place, room)
        painter.restore()
        if self.way is OverlayWay.SWIPE:
            painter.setPen(QPen(QColor("white"), 2))
            painter.drawLine(QPointF(edge, room.top()), QPointF(edge, room.bottom()))

    def _edge(self) -> float:
        """Give how far the new picture reaches, in pixels from the left."""
        return self.place().left() + self.share * self.place().width()

    def _place_over(self) -> QRectF:
        """Give where the new picture lies: its middle on the old one's, as high as that."""
        below = self.place()
        if self.over.height() == 0:
            return below
        width = below.height() * self.over.width() / self.over.height()
        made = QRectF(0, 0, width, below.height())
        made.moveCenter(below.center())
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}
        key = Qt.Key(event.key())
        if key in steps and (self.is_fit or event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            self.set_share(self.share + steps[key])
        elif key == Qt.Key.Key_Space:
            self.set_share(0.0 if self.share > 0.5 else 1.0)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_near = abs(event.position().x() - self._edge()) < _GRIP_PX
        self._drags_edge = self.way is OverlayWay.SWIPE and is_near
        if not self._drags_edge:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drags_edge and self.place().width():
            self.set_share((event.position().x() - self.place().left()) / self.place().width())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drags_edge:
            self._drags_edge = False
        else:
            super().mouseReleaseEvent(event)
