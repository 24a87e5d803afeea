"""The photo before and the photo after a work: seen, dropped, chosen from a file."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record
from geopark_app.domain.kinds import Photo, Work
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.photos.adding import report_sentence
from geopark_app.gui.photos.dropping import local_paths
from geopark_app.gui.photos.photo_model import photo_title
from geopark_app.gui.photos.pictures import Pictures, small_look
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.work_photos import FIELDS, WorkPhoto, photograph_work

_SIDE = QSize(260, 150)


class _Slot(QFrame):
    """One of the two photos.

    Signals
    -------
    file_given(object)
        A file was dropped or chosen.
    """

    file_given = Signal(object)

    def __init__(self, title: str, *, may_write: bool) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        self.setAcceptDrops(may_write)
        self.title, self.picture, self.name = QLabel(title), QLabel(), QLabel()
        self.title.setProperty("look", "strong")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setMinimumHeight(theme.scaled(_SIDE.height()))
        self.picture.setProperty("look", "muted")
        self.picture.setWordWrap(True)
        self.name.setProperty("look", "muted")
        self.name.setWordWrap(True)
        self.button = QPushButton(_("Photo file…"))
        self.button.setAutoDefault(False)
        self.button.setEnabled(may_write)
        self.button.setAccessibleName(f"{title}: {_('Photo file…')}")
        self.button.clicked.connect(self._ask)
        column = QVBoxLayout(self)
        for widget in (self.title, self.picture, self.name, self.button):
            column.addWidget(widget)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.file_given.emit(paths[0])

    def _ask(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, self.title.text(), "", _("Photos") + " (*.jpg *.jpeg *.png *.heic *.tif *.tiff)"
        )
        if name:
            self.file_given.emit(Path(name))


class WorkPhotos(QWidget):
    """The two photos of a work beside each other.

    Attributes
    ----------
    slots : dict of str to QFrame
        `before` and `after`.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._uuid = ""
        self._photos: dict[str, Photo] = {}
        self._pictures = Pictures(session, self)
        self._pictures.set_box(QSize(theme.scaled(_SIDE.width()), theme.scaled(_SIDE.height())))
        self._pictures.loaded.connect(lambda _sha256: self._show_pictures())
        may_write = not session.is_read_only
        self.slots = {
            "before": _Slot(_("Photo before"), may_write=may_write),
            "after": _Slot(_("Photo after"), may_write=may_write),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for when, slot in self.slots.items():
            slot.file_given.connect(partial(self.take, when))
            row.addWidget(slot, 1)
        session.changes.changes_stored.connect(self._take_changes)

    def show_record(self, record: Record | None) -> None:
        """Show the photos of a work."""
        if not isinstance(record, Work):
            return
        self._uuid = record.uuid
        catalogue = self._session.context.catalogue
        self._photos = {}
        for when, name in FIELDS.items():
            photo = catalogue.get(Photo, getattr(record, name) or "")
            if photo is not None:
                self._photos[when] = photo
        self._show_pictures()

    def take(self, when: str, path: Path) -> None:
        """Add a file as the photo before or after."""
        context, uuid = self._session.context, self._uuid
        reason = self.slots[when].title.text()

        def work(progress: ReportProgress, cancel: CancelToken) -> WorkPhoto:
            return photograph_work(
                context, uuid, when, path, reason=reason, progress=progress, cancel=cancel
            )

        def done(result: WorkPhoto) -> None:
            self._session.messages.done(report_sentence(result.report))

        self._session.run_long(work, while_alive(self, done), label=_("Adding photos"))

    def _take_changes(self, changes: Changes) -> None:
        if ("work", self._uuid) in changes.touched:
            self.show_record(self._session.context.catalogue.get(Work, self._uuid))

    def _show_pictures(self) -> None:
        for when, slot in self.slots.items():
            photo = self._photos.get(when)
            slot.name.setText(photo_title(photo) if photo is not None else "")
            if photo is None:
                slot.picture.setText(_("Drop a photo here"))
                continue
            look = small_look(photo.turn_deg, photo.crop)
            pixmap = self._pictures.thumbnail(photo.thumb_sha256, look)
            slot.picture.setPixmap(pixmap or QPixmap())
