"""The strip of small pictures below a large one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListView, QWidget

from geopark_app.gui import theme
from geopark_app.gui.photos.gallery_model import GalleryModel, KeyRole
from geopark_app.gui.photos.gallery_tile import GalleryTile, TileView
from geopark_app.gui.photos.pictures import Pictures
from geopark_app.gui.session import Session

_SIDE = 84


class FilmStrip(TileView):
    """One row of tiles; the one shown large has the cursor.

    Signals
    -------
    photo_chosen(str)
        Another photo shall be shown large.
    """

    photo_chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gallery = GalleryModel(session, Pictures(session, self), self)
        tile = GalleryTile(self)
        tile.side, tile.has_words = theme.scaled(_SIDE), False
        self.gallery.pictures.set_box(tile.picture_box(self.devicePixelRatioF()))
        size = tile.tile_size(self.fontMetrics())
        self.setViewMode(QListView.ViewMode.ListMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setGridSize(size)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(tile)
        self.setModel(self.gallery)
        self.setFixedHeight(size.height() + self.horizontalScrollBar().sizeHint().height() + 6)
        self.selectionModel().currentChanged.connect(
            lambda now, _old: self.photo_chosen.emit(str(now.data(KeyRole) or ""))
        )

    def show_keys(self, keys: Sequence[str], current: str) -> None:
        """Show these photos with the cursor on one; nothing is told."""
        was_blocked = self.selectionModel().blockSignals(True)
        self.gallery.show_keys(keys)
        index = self.gallery.index(self.gallery.place_of(current))
        self.setCurrentIndex(index)
        self.selectionModel().blockSignals(was_blocked)
        self.viewport().update()
        if index.isValid():
            self.scrollTo(index, QListView.ScrollHint.PositionAtCenter)
