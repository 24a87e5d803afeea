"""The photos of a site as a list for views."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from geopark_app.domain.kinds import Photo
from geopark_app.gui.photos.pictures import Pictures, small_look
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

Index = QModelIndex | QPersistentModelIndex

PhotoRole = int(Qt.ItemDataRole.UserRole) + 1
PixmapRole = int(Qt.ItemDataRole.UserRole) + 2
CoverRole = int(Qt.ItemDataRole.UserRole) + 3


def photo_title(photo: Photo) -> str:
    """Give the caption in the language of the window, else the name of the file."""
    return pick(photo.caption_vi, photo.caption_en) or photo.file_name or ""


class PhotoListModel(QAbstractListModel):
    """A list of photos; thumbnails come when they are read."""

    def __init__(self, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._photos: list[Photo] = []
        self._cover: str | None = None
        pictures.loaded.connect(self._loaded)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._photos)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        photo = self._photos[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return photo_title(photo)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._description(photo)
            case _ if role == PhotoRole:
                return photo
            case _ if role == PixmapRole:
                return self._pictures.thumbnail(
                    photo.thumb_sha256, small_look(photo.turn_deg, photo.crop)
                )
            case _ if role == CoverRole:
                return photo.uuid == self._cover
        return None

    def _description(self, photo: Photo) -> str:
        words = [photo_title(photo)]
        if photo.uuid == self._cover:
            words.append(_("Cover photo"))
        if photo.sample:
            words.append("MẪU / SAMPLE")
        words.append(photo.credit or photo.photographer or _("No credit yet"))
        return "\n".join(words)

    def photos(self) -> list[Photo]:
        """Give all photos."""
        return list(self._photos)

    def row_of(self, uuid: str) -> int:
        """Give the row of a photo, or -1."""
        return next((row for row, photo in enumerate(self._photos) if photo.uuid == uuid), -1)

    def show_photos(self, photos: list[Photo], cover: str | None) -> None:
        """Show these photos; when only their words differ, the selection stays."""
        same = [photo.uuid for photo in photos] == [photo.uuid for photo in self._photos]
        if not same:
            self.beginResetModel()
        self._photos, self._cover = photos, cover
        if not same:
            self.endResetModel()
        elif photos:
            self.dataChanged.emit(self.index(0), self.index(len(photos) - 1))

    def _loaded(self, sha256: str) -> None:
        for row, photo in enumerate(self._photos):
            if photo.thumb_sha256 == sha256:
                self.dataChanged.emit(self.index(row), self.index(row), [PixmapRole])

    def retranslate(self) -> None:
        """Say captions in the language of the window."""
        if self._photos:
            self.dataChanged.emit(self.index(0), self.index(len(self._photos) - 1))
