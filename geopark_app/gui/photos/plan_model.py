"""The pictures of a preview as a table: chosen or not, when, where, and what is to be known."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPixmap, QPixmapCache

from geopark_app.gui import theme
from geopark_app.gui.forms.texts import date_text
from geopark_app.i18n import gettext as _
from geopark_app.operations.photo_preview import PhotoPlan, PlannedPhoto, remarks_on
from geopark_app.photos.importing import FileStatus
from geopark_app.photos.reasons import reason_text

Index = QModelIndex | QPersistentModelIndex

FILE, TAKEN, SITE, REMARKS = range(4)


@dataclass(slots=True, kw_only=True)
class Choice:
    """What the person wants of one picture."""

    photo: PlannedPhoto
    is_wanted: bool
    site_uuid: str | None
    chat_copy: bool

    @property
    def can_be_added(self) -> bool:
        """Say whether the picture is new."""
        return self.photo.status is FileStatus.NEW


class PlanModel(QAbstractTableModel):
    """Holds the choices of a preview.

    Signals
    -------
    choices_changed()
        Another picture is wanted, or for another site.
    """

    choices_changed = Signal()

    def __init__(self, site_words: dict[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._site_words = site_words
        self.choices: list[Choice] = []

    def show_plan(self, plan: PhotoPlan, site_uuid: str | None) -> None:
        """Show a plan; a site given stands for all pictures, else each gets its nearest."""
        self.beginResetModel()
        self.choices = [
            Choice(
                photo=photo,
                is_wanted=photo.status is FileStatus.NEW,
                site_uuid=site_uuid or (photo.nearest.site_uuid if photo.nearest else None),
                chat_copy=photo.chat is not None,
            )
            for photo in plan.photos
        ]
        self.endResetModel()
        self.choices_changed.emit()

    def wanted(self) -> list[Choice]:
        """Give the pictures to add."""
        return [choice for choice in self.choices if choice.is_wanted]

    def set_wanted(self, rows: list[int], is_wanted: bool) -> None:
        """Take these pictures or leave them out."""
        for row in rows:
            if self.choices[row].can_be_added:
                self.choices[row].is_wanted = is_wanted
        self._tell(rows)

    def set_site(self, rows: list[int], site_uuid: str | None) -> None:
        """Give these pictures a site, or leave them in the inbox."""
        for row in rows:
            self.choices[row].site_uuid = site_uuid
        self._tell(rows)

    def set_nearest(self, rows: list[int]) -> None:
        """Give each of these pictures the site proposed."""
        for row in rows:
            nearest = self.choices[row].photo.nearest
            self.choices[row].site_uuid = nearest.site_uuid if nearest else None
        self._tell(rows)

    def set_chat_copy(self, rows: list[int], is_copy: bool) -> None:
        """Say whether these pictures came through a chat."""
        for row in rows:
            self.choices[row].chat_copy = is_copy
        self._tell(rows)

    def _tell(self, rows: list[int]) -> None:
        for row in rows:
            self.dataChanged.emit(self.index(row, FILE), self.index(row, REMARKS))
        self.choices_changed.emit()

    # What views ask -------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.choices)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else REMARKS + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Picture"), _("Taken"), _("Site"), _("Remarks"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and index.column() == FILE and self.choices[index.row()].can_be_added:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        choice = self.choices[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(choice, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                tip = str(choice.photo.path) if index.column() == FILE else ""
                return tip or self._text(choice, index.column())
            case Qt.ItemDataRole.DecorationRole if index.column() == FILE:
                return _pixmap(choice.photo)
            case Qt.ItemDataRole.CheckStateRole if index.column() == FILE and choice.can_be_added:
                return Qt.CheckState.Checked if choice.is_wanted else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ForegroundRole if not choice.is_wanted:
                return QColor(theme.colours().muted)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.set_wanted([index.row()], Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def _text(self, choice: Choice, column: int) -> str:
        match column:
            case 0:
                return choice.photo.path.name
            case 1:
                return taken_words(choice.photo.exif.taken_at if choice.photo.exif else None)
            case 2:
                return self._site_text(choice)
            case _:
                return "; ".join(self._remarks(choice))

    def _site_text(self, choice: Choice) -> str:
        if not choice.can_be_added:
            return ""
        if choice.site_uuid is None:
            return _("without a site")
        words = self._site_words.get(choice.site_uuid, "")
        nearest = choice.photo.nearest
        if nearest is not None and nearest.site_uuid == choice.site_uuid:
            away = _("{metres} m away").format(metres=round(nearest.distance_m))
            return f"{words} ({away})"
        if nearest is not None:
            other = self._site_words.get(nearest.site_uuid, "")
            near = _("nearer: {site}, {metres} m").format(
                site=other, metres=round(nearest.distance_m)
            )
            return f"{words} ({near})"
        return words

    def _remarks(self, choice: Choice) -> list[str]:
        photo = choice.photo
        if photo.reason is not None:
            return [reason_text(photo.reason)]
        remarks = remarks_on(photo)
        if choice.chat_copy and photo.chat is None:
            remarks.insert(0, _("marked as come through a chat"))
        return remarks


def taken_words(taken_at: str | None) -> str:
    """Give when a photo was taken, as the camera's own clock said."""
    if "T" not in (taken_at or ""):
        # Typed for a picture without a date: a day, or no more than a year.
        return date_text(taken_at or "")
    try:
        moment = datetime.fromisoformat(taken_at or "")
    except ValueError:
        return ""
    return moment.strftime("%d/%m/%Y %H:%M")


def _pixmap(photo: PlannedPhoto) -> QPixmap | None:
    """Give the thumbnail, made when it is looked at; the cache bounds the memory of thousands."""
    if not photo.thumbnail:
        return None
    key = f"plan-{photo.sha256}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap.loadFromData(photo.thumbnail, "JPEG")
        size = theme.scaled(64)
        pixmap = pixmap.scaled(
            size,
            size,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        QPixmapCache.insert(key, pixmap)
    return pixmap
