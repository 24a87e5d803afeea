"""A small map coloured by readiness: each site a mark with its sign; arrows go through them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from geopark_app.gui import theme
from geopark_app.i18n import gettext as _
from geopark_app.maps.drawing import LocatorMap
from geopark_app.wording.readiness import band_sign, band_words

_NEAR = 14.0
_ORDER = ("none", "high", "middle", "low", "red")


@dataclass(frozen=True, slots=True, kw_only=True)
class MapMark:
    """One site on the map: its key, what it is called with its figures, place and band."""

    key: str
    words: str
    x_mm: float
    y_mm: float
    band: str


def band_fill(band: str) -> QColor:
    """Give the colour of a mark; its sign tells the same."""
    colours = theme.colours()
    return QColor(
        {
            "red": colours.error,
            "high": colours.done,
            "middle": colours.warning,
            "low": colours.primary_dark,
        }.get(band, colours.faint)
    )


class MapChart(QWidget):
    """Shows the ground with marks.

    Signals
    -------
    place_wanted(str)
        Enter or a double click on a mark.
    """

    place_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = QSvgRenderer(self)
        self._size_mm = (1.0, 1.0)
        self.marks: tuple[MapMark, ...] = ()
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.describe()

    def show_map(self, ground: LocatorMap | None, marks: Sequence[MapMark]) -> None:
        """Show a ground with marks; those that matter most lie on top."""
        self.marks = tuple(sorted(marks, key=lambda mark: _ORDER.index(mark.band)))
        self._at = len(self.marks) - 1
        if ground is not None:
            self._size_mm = (ground.width_mm, ground.height_mm)
            self._ground.load(QByteArray(ground.svg.encode("utf-8")))
        self.describe()
        self.update()

    def describe(self) -> None:
        """Say the chosen mark to the screen reader."""
        self.setAccessibleName(_("Map of readiness"))
        self.setAccessibleDescription(self.words())

    def words(self) -> str:
        """Say the chosen mark."""
        if not 0 <= self._at < len(self.marks):
            return _("No site has a position.")
        mark = self.marks[self._at]
        return f"{mark.words} · {band_words(mark.band)}"

    def sizeHint(self) -> QSize:
        return QSize(640, 520)

    def _frame(self) -> QRectF:
        width, height = self._size_mm
        room = self.height() - 1.8 * self.fontMetrics().height()
        scale = min(self.width() / width, room / height)
        left = (self.width() - scale * width) / 2
        return QRectF(left, 0, scale * width, scale * height)

    def _spot(self, mark: MapMark) -> QPointF:
        frame, (width, height) = self._frame(), self._size_mm
        return QPointF(
            frame.left() + mark.x_mm / width * frame.width(),
            frame.top() + mark.y_mm / height * frame.height(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1,
        }  # fmt: skip
        if event.key() in steps and self.marks:
            self._choose((self._at + steps[Qt.Key(event.key())]) % len(self.marks))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.marks:
            self.place_wanted.emit(self.marks[self._at].key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._choose_near(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._choose_near(event.position()):
            self.place_wanted.emit(self.marks[self._at].key)

    def _choose_near(self, spot: QPointF) -> bool:
        apart = [
            (QPointF(self._spot(mark) - spot).manhattanLength(), at)
            for at, mark in enumerate(self.marks)
        ]
        nearest = min(apart, default=(_NEAR, -1))
        if nearest[0] < _NEAR:
            self._choose(nearest[1])
            return True
        return False

    def _choose(self, at: int) -> None:
        self._at = at
        self.describe()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, frame = theme.colours(), self._frame()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(frame, QColor("#ffffff"))
        if self._ground.isValid():
            self._ground.render(painter, frame)
        radius = theme.scaled(8)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        for at, mark in enumerate(self.marks):
            spot = self._spot(mark)
            size = radius if mark.band != "none" else radius * 0.6
            painter.setPen(QPen(QColor("#ffffff"), 1))
            painter.setBrush(band_fill(mark.band))
            painter.drawEllipse(spot, size, size)
            if mark.band != "none":
                box = QRectF(spot.x() - size, spot.y() - size, 2 * size, 2 * size)
                painter.setPen(QColor("#ffffff"))
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), band_sign(mark.band))
            if at == self._at:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colours.focus), 2.4))
                painter.drawEllipse(spot, size + 4, size + 4)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        foot = QRectF(6, frame.bottom() + 2, self.width() - 12, self.height() - frame.bottom() - 2)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignHCenter), self.words())
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
