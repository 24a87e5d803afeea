"""How one photo of the strip is painted: picture, caption, cover star, sample mark."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from geopark_app.gui import theme
from geopark_app.gui.icons import icon
from geopark_app.gui.photos.photo_model import CoverRole, PhotoRole, PixmapRole

Index = QModelIndex | QPersistentModelIndex

SAMPLE_MARK = "MẪU / SAMPLE"
_PICTURE = QSize(124, 90)
_MARGIN = 4


class PhotoTile(QStyledItemDelegate):
    """Paints every picture in a frame of one size, so that captions stand in one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(
            theme.scaled(_PICTURE.width()) + 2 * _MARGIN,
            theme.scaled(_PICTURE.height()) + line + 3 * _MARGIN,
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect.adjusted(1, 1, -1, -1)
        state = option.state
        colours = theme.colours()
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.selection))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRect(rect)
        frame = QRect(
            rect.left() + _MARGIN,
            rect.top() + _MARGIN,
            rect.width() - 2 * _MARGIN,
            theme.scaled(_PICTURE.height()),
        )
        self._paint_picture(painter, frame, index)
        self._paint_marks(painter, frame, index)
        below = QRect(
            frame.left(), frame.bottom() + 2, frame.width(), rect.bottom() - frame.bottom() - 3
        )
        painter.setPen(QColor(colours.text))
        text = QFontMetrics(painter.font()).elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, below.width()
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _paint_picture(self, painter: QPainter, frame: QRect, index: Index) -> None:
        painter.fillRect(frame, QColor(theme.colours().stripe))
        pixmap = index.data(PixmapRole)
        if not isinstance(pixmap, QPixmap):
            icon("image-outline", theme.colours().faint).paint(painter, frame)
            return
        size = pixmap.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(frame.topLeft(), size)
        place.moveCenter(frame.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, pixmap)

    def _paint_marks(self, painter: QPainter, frame: QRect, index: Index) -> None:
        colours = theme.colours()
        if index.data(CoverRole):
            corner = QRect(frame.right() - 23, frame.top() + 3, 20, 20)
            painter.fillRect(corner, QColor(colours.primary))
            icon("star", colours.on_primary).paint(painter, corner.adjusted(2, 2, -2, -2))
        photo = index.data(PhotoRole)
        if photo is not None and photo.sample:
            paint_sample_mark(painter, frame)


def paint_sample_mark(painter: QPainter, frame: QRect) -> None:
    """Write over a picture that it is a sample, so that nobody takes it for a real one."""
    colours = theme.colours()
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * 0.78)
    font.setBold(True)
    metrics = QFontMetrics(font)
    width = metrics.horizontalAdvance(SAMPLE_MARK) + 10
    mark = QRect(frame.left() + 3, frame.top() + 3, width, metrics.height() + 2)
    painter.save()
    painter.setFont(font)
    painter.fillRect(mark, QColor(colours.warning_ground))
    painter.setPen(QColor(colours.warning))
    painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, SAMPLE_MARK)
    painter.restore()
