"""A share drawn as a bar with its figure; red says that a critical item is not met."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from geopark_app.gui import theme
from geopark_app.rules.readiness import HIGH, MIDDLE


def share_colour(share: float | None, *, is_red: bool = False) -> QColor:
    """Give the colour of a share: red only for a critical item, never for a low score alone."""
    colours = theme.colours()
    if is_red:
        return QColor(colours.error)
    if share is None:
        return QColor(colours.border)
    if share >= HIGH:
        return QColor(colours.done)
    return QColor(colours.warning if share >= MIDDLE else colours.rail_accent)


def paint_share(
    painter: QPainter,
    rect: QRect,
    share: float | None,
    *,
    is_red: bool = False,
    is_score: bool = True,
) -> None:
    """Paint track, fill and figure into a rectangle; coverage has a colour of its own."""
    colours = theme.colours()
    figure = "–" if share is None else f"{round(share * 100)} %"
    metrics = painter.fontMetrics()
    words = metrics.horizontalAdvance("100 %") + 8
    track = rect.adjusted(0, 0, -words, 0)
    track.setHeight(min(rect.height(), max(8, metrics.height() // 2)))
    track.moveTop(rect.center().y() - track.height() // 2)
    painter.fillRect(track, QColor(colours.panel))
    if share is not None:
        fill = QRect(track)
        fill.setWidth(round(track.width() * share))
        colour = share_colour(share, is_red=is_red) if is_score else QColor(colours.primary)
        painter.fillRect(fill, colour)
    painter.setPen(QColor(colours.border))
    painter.drawRect(track)
    painter.setPen(QColor(colours.error if is_red else colours.text))
    painter.drawText(
        QRect(track.right() + 2, rect.top(), words - 2, rect.height()),
        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
        figure,
    )


class ShareBar(QWidget):
    """One share as a widget."""

    def __init__(self, parent: QWidget | None = None, *, is_score: bool = True) -> None:
        super().__init__(parent)
        self._is_score = is_score
        self.share: float | None = None
        self._is_red = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float | None, *, is_red: bool = False) -> None:
        """Show a share between 0 and 1, or none."""
        self.share, self._is_red = share, is_red
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, self.fontMetrics().height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_share(painter, self.rect(), self.share, is_red=self._is_red, is_score=self._is_score)
        painter.end()
