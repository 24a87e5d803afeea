"""How one photo of the gallery is painted: picture, stars, marks, caption."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from geopark_app.gui import theme
from geopark_app.gui.icons import icon
from geopark_app.gui.photos.gallery_model import RowRole, row_title
from geopark_app.gui.photos.photo_model import PixmapRole
from geopark_app.gui.photos.photo_tile import paint_sample_mark
from geopark_app.operations.photo_gallery import PhotoRow

Index = QModelIndex | QPersistentModelIndex

SMALLEST_PX, NORMAL_PX, LARGEST_PX = 96, 168, 256
_MARGIN, _MARK_PX = 5, 18
_LEAST_FOR_WORDS = 120


class TileView(QListView):
    """A list of tiles of one size: when words or pictures change, it is painted anew only.

    Qt would place all tiles again after each change, which takes long for 50,000.
    """

    def dataChanged(self, first: Index, last: Index, _roles: Sequence[int] = ()) -> None:
        if first == last:
            self.update(first)
        else:
            self.viewport().update()


class GalleryTile(QStyledItemDelegate):
    """Paints every photo in a frame of one size; the frame grows with the slider.

    Attributes
    ----------
    side : int
        Width of a picture in pixels.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side = NORMAL_PX
        self._marks: dict[tuple[str, str], QPixmap] = {}
        self._words: dict[tuple[str, int], str] = {}
        self.has_words = True

    def picture_box(self, ratio: float) -> QSize:
        """Give the room of a picture in pixels of the screen."""
        return QSize(round(self.side * ratio), round(round(self.side * 0.75) * ratio))

    def tile_size(self, metrics: QFontMetrics) -> QSize:
        """Give the size of a tile; all are the same."""
        line = metrics.height() + 2 if self.has_words else 0
        return QSize(self.side + 2 * _MARGIN, round(self.side * 0.75) + line + 2 * _MARGIN)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.tile_size(option.fontMetrics)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(RowRole)
        if row is None:
            return
        rect: QRect = option.rect
        state, colours = option.state, theme.colours()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect.adjusted(1, 1, -1, -1), QColor(colours.selection))
        left = rect.left() + (rect.width() - self.side) // 2
        frame = QRect(left, rect.top() + _MARGIN, self.side, round(self.side * 0.75))
        pixmap = index.data(PixmapRole)
        if pixmap is None:
            painter.fillRect(frame, QColor(colours.stripe))
        else:
            self._paint_picture(painter, frame, pixmap)
        self._paint_marks(painter, frame, row)
        if self.has_words:
            self._paint_words(painter, frame, rect, row)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        elif state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(colours.primary), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _paint_picture(self, painter: QPainter, frame: QRect, pixmap: QPixmap) -> None:
        size = pixmap.deviceIndependentSize().toSize()
        if size.width() > frame.width() or size.height() > frame.height():
            size = size.scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = QRect(frame.topLeft(), size)
        place.moveCenter(frame.center())
        painter.drawPixmap(place, pixmap)

    def _paint_words(self, painter: QPainter, frame: QRect, rect: QRect, row: PhotoRow) -> None:
        below = QRect(
            frame.left(), frame.bottom() + 2, frame.width(), rect.bottom() - frame.bottom() - 3
        )
        title = f"{row.site_code or '–'} · {row_title(row)}"
        known = self._words.get((title, below.width()))
        if known is None:
            if len(self._words) > 4000:
                self._words.clear()
            known = painter.fontMetrics().elidedText(
                title, Qt.TextElideMode.ElideRight, below.width()
            )
            self._words[title, below.width()] = known
        painter.setPen(QColor(theme.colours().text))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, known)

    def _paint_marks(self, painter: QPainter, frame: QRect, row: PhotoRow) -> None:
        colours = theme.colours()
        left = frame.left() + 3
        bottom = frame.bottom() - _MARK_PX - 2
        if row.rating:
            for _star in range(row.rating):
                self._mark(painter, "star", colours.rail_accent, left, bottom)
                left += 13 if self.side < _LEAST_FOR_WORDS else 16
        right = frame.right() - _MARK_PX - 2
        for is_set, name, colour in (
            (row.for_dossier, "file-check", "#ffffff"),
            (row.chat_copy, "chat-alert", "#ffd27a"),
            (row.lacks_words, "alert-circle-outline", "#ffd27a"),
        ):
            if is_set:
                self._mark(painter, name, colour, right, frame.top() + 3)
                right -= _MARK_PX + 3
        if row.sample and self.side >= _LEAST_FOR_WORDS:
            paint_sample_mark(painter, frame)

    def _mark(self, painter: QPainter, name: str, colour: str, left: int, top: int) -> None:
        """Paint an icon on a dark ground; icons are drawn once, for drawing one takes long."""
        drawn = self._marks.get((name, colour))
        if drawn is None:
            drawn = QPixmap(_MARK_PX, _MARK_PX)
            drawn.fill(QColor(0, 0, 0, 0))
            inner = QPainter(drawn)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            inner.setPen(Qt.PenStyle.NoPen)
            inner.setBrush(QColor(23, 57, 58, 215))
            inner.drawRoundedRect(0, 0, _MARK_PX, _MARK_PX, 4, 4)
            icon(name, colour).paint(inner, QRect(2, 2, _MARK_PX - 4, _MARK_PX - 4))
            inner.end()
            self._marks[name, colour] = drawn
        painter.drawPixmap(left, top, drawn)

    def forget_words(self) -> None:
        """Cut titles anew, after another font or language."""
        self._words.clear()
