"""The two lists of the inbox: photos that can be dragged, and sites they can be dropped on."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QMimeData, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from geopark_app.domain.kinds import Photo
from geopark_app.domain.text import fold
from geopark_app.gui.photos.photo_model import PhotoListModel, PhotoRole, PixmapRole
from geopark_app.gui.photos.photo_tile import PhotoTile
from geopark_app.gui.photos.pictures import Pictures
from geopark_app.gui.session import Session

PHOTOS_MIME = "application/x-geopark-photos"

_SITE = int(Qt.ItemDataRole.UserRole)


class PhotoDragView(QListView):
    """The photos of a day as tiles; several can be chosen and dragged onto a site."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo_model = PhotoListModel(Pictures(session, self), self)
        self.setModel(self.photo_model)
        self.setItemDelegate(PhotoTile(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setSpacing(3)
        self.setDragEnabled(True)

    def show_photos(self, photos: list[Photo]) -> None:
        """Show these photos."""
        self.photo_model.show_photos(photos, None)

    def chosen_photos(self) -> list[Photo]:
        """Give the photos chosen, in their order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        photos = self.photo_model.photos()
        return [photos[row] for row in rows if row < len(photos)]

    def chosen(self) -> list[str]:
        """Give the keys of the photos chosen."""
        return [photo.uuid for photo in self.chosen_photos()]

    def select_row(self, row: int) -> None:
        """Choose one photo."""
        index = self.photo_model.index(row)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)

    def select_photo(self, uuid: str) -> None:
        """Choose the photo with this key."""
        self.select_row(self.photo_model.row_of(uuid))

    def startDrag(self, _actions: Qt.DropAction) -> None:
        index = self.currentIndex()
        photo = index.data(PhotoRole)
        if photo is None:
            return
        drag = QDrag(self)
        drag.setMimeData(photos_data(self.chosen()))
        pixmap = index.data(PixmapRole)
        if isinstance(pixmap, QPixmap):
            drag.setPixmap(pixmap.scaledToWidth(96))
        drag.exec(Qt.DropAction.MoveAction)


class SiteDropList(QListWidget):
    """The sites; photos dropped on one go to it.

    Signals
    -------
    photos_dropped(list, str)
        Keys of the photos, and of the site.
    """

    photos_dropped = Signal(list, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setUniformItemSizes(True)
        self._typed = ""

    def show_sites(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show sites by key and words; the chosen one stays chosen."""
        chosen = self.site_uuid()
        self.clear()
        for uuid, words in lines:
            item = QListWidgetItem(words)
            item.setData(_SITE, uuid)
            self.addItem(item)
        self.keep_only(self._typed)
        if chosen is not None:
            self.select_site(chosen)

    def keep_only(self, typed: str) -> None:
        """Show only sites whose code or name holds what was typed, and choose the first."""
        self._typed, wanted = typed, fold(typed)
        first = -1
        for row in reversed(range(self.count())):
            is_meant = wanted in fold(self.item(row).text())
            self.item(row).setHidden(not is_meant)
            first = row if is_meant else first
        if wanted:
            self.setCurrentRow(first)

    def site_uuid(self) -> str | None:
        """Give the key of the site chosen."""
        chosen = self.currentRow()
        return None if chosen < 0 else str(self.item(chosen).data(_SITE))

    def select_site(self, uuid: str) -> None:
        """Choose a site."""
        for row in range(self.count()):
            if self.item(row).data(_SITE) == uuid:
                self.setCurrentRow(row)
                return

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(PHOTOS_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is None:
            event.ignore()
            return
        self.setCurrentItem(item)
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        uuids = dropped_photos(event.mimeData())
        if item is not None and uuids:
            event.acceptProposedAction()
            self.photos_dropped.emit(uuids, str(item.data(_SITE)))


def photos_data(uuids: Sequence[str]) -> QMimeData:
    """Give photos as a drag carries them."""
    data = QMimeData()
    data.setData(PHOTOS_MIME, "\n".join(uuids).encode("ascii"))
    return data


def dropped_photos(data: QMimeData) -> list[str]:
    """Give the keys of the photos a drag carries."""
    if not data.hasFormat(PHOTOS_MIME):
        return []
    return bytes(data.data(PHOTOS_MIME).data()).decode("ascii", "replace").split()
