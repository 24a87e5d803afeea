"""The photos of the gallery as a list for views: all keys, and rows of what is on the screen."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from geopark_app.gui.photos.photo_model import PixmapRole
from geopark_app.gui.photos.pictures import Pictures, small_look
from geopark_app.gui.photos.plan_model import taken_words
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.photo_gallery import PhotoRow, read_rows

Index = QModelIndex | QPersistentModelIndex

KeyRole = int(Qt.ItemDataRole.UserRole) + 11
RowRole = int(Qt.ItemDataRole.UserRole) + 12

_PAGE = 128
_MOST_PAGES = 24
_MOST_ASKED = 2000


def row_title(row: PhotoRow) -> str:
    """Give the caption in the language of the window, else the name of the file."""
    return pick(row.caption_vi, row.caption_en) or row.file_name or ""


class GalleryModel(QAbstractListModel):
    """Knows the key of every photo; rows and thumbnails come when they are shown."""

    def __init__(self, session: Session, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.pictures = pictures
        self.keys: list[str] = []
        self._places: dict[str, int] | None = None
        self._pages: OrderedDict[int, dict[int, PhotoRow]] = OrderedDict()
        self._asked: dict[str, set[int]] = {}
        pictures.loaded.connect(self._loaded)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.keys)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        at = index.row()
        if role == KeyRole:
            return self.keys[at]
        if role == RowRole:
            return self.row(at)
        if role == PixmapRole:
            row = self.row(at)
            pixmap = None if row is None else self.picture(row)
            if row is not None and pixmap is None and row.thumb_sha256:
                self._note(row.thumb_sha256, at)
            return pixmap
        if role == Qt.ItemDataRole.DisplayRole:
            row = self.row(at)
            return "" if row is None else row_title(row)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.row(at)
            return "" if row is None else described(row)
        return None

    def _note(self, sha256: str, at: int) -> None:
        """Remember who waits for a picture, so that nobody is looked for when it comes."""
        self._asked.setdefault(sha256, set()).add(at)
        if len(self._asked) > _MOST_ASKED:
            del self._asked[next(iter(self._asked))]

    def picture(self, row: PhotoRow) -> Any:
        """Give the thumbnail of a row, or None and ask for it."""
        return self.pictures.thumbnail(row.thumb_sha256, small_look(row.turn_deg, row.crop))

    def row(self, at: int) -> PhotoRow | None:
        """Give a light row, read with its neighbours when it is not known; None when it is gone."""
        number = at // _PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._read_page(number)
        else:
            self._pages.move_to_end(number)
        return page.get(at)

    def _read_page(self, number: int) -> dict[int, PhotoRow]:
        keys = self.keys[number * _PAGE : (number + 1) * _PAGE]
        found = {row.uuid: row for row in read_rows(self._session.context, keys)}
        page = {number * _PAGE + at: found[key] for at, key in enumerate(keys) if key in found}
        self._pages[number] = page
        if len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)
        return page

    def place_of(self, uuid: str) -> int:
        """Give the place of a photo, or -1."""
        if self._places is None:
            self._places = {key: at for at, key in enumerate(self.keys)}
        return self._places.get(uuid, -1)

    def show_keys(self, keys: Sequence[str]) -> bool:
        """Show these photos; False when they are those shown already, and the selection stays."""
        if list(keys) == self.keys:
            return False
        self.beginResetModel()
        self.keys = list(keys)
        self._places = None
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()
        return True

    def forget_rows(self, uuids: Iterable[str]) -> None:
        """Read these photos again when they are shown."""
        places = [place for uuid in uuids if (place := self.place_of(uuid)) >= 0]
        for number in {place // _PAGE for place in places}:
            self._pages.pop(number, None)
        if places:
            self.dataChanged.emit(self.index(min(places)), self.index(max(places)))

    def forget_all(self) -> None:
        """Read everything again when it is shown, such as after the language changed."""
        self._pages.clear()
        if self.keys:
            self.dataChanged.emit(self.index(0), self.index(len(self.keys) - 1))

    def _loaded(self, sha256: str) -> None:
        for at in self._asked.pop(sha256, ()):
            if at < len(self.keys):
                self.dataChanged.emit(self.index(at), self.index(at), [PixmapRole])


def described(row: PhotoRow) -> str:
    """Say in words what a tile shows; for tips and screen readers."""
    lines = [row_title(row)]
    site = " ".join(part for part in (row.site_code, row.site_name) if part)
    lines.append(site or _("No site"))
    if row.taken_at:
        lines.append(taken_words(row.taken_at))
    if row.rating:
        lines.append(_("{count} of 5 stars").format(count=row.rating))
    if row.for_dossier:
        lines.append(_("For the dossier"))
    if row.chat_copy:
        lines.append(_("Recompressed copy from a chat"))
    if row.sample:
        lines.append("MẪU / SAMPLE")
    missing = missing_words(row)
    if missing:
        lines.append(_("Missing: {field}").format(field=", ".join(missing)))
    return "\n".join(lines)


def missing_words(row: PhotoRow) -> list[str]:
    """Name what the dossier still wants of a photo."""
    return [
        words
        for words, value in (
            (_("caption in Vietnamese"), row.caption_vi),
            (_("caption in English"), row.caption_en),
            (_("alternative text in Vietnamese"), row.alt_vi),
            (_("alternative text in English"), row.alt_en),
            (_("credit line"), row.credit),
            (_("licence"), row.licence),
        )
        if not value
    ]
