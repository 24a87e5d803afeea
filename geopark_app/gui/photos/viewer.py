"""One photo large, with its captions and rights beside it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.kinds import Photo
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.keys import add_key
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.deeds import make_cover, remove_photo
from geopark_app.gui.photos.photo_model import photo_title
from geopark_app.gui.photos.photo_tile import paint_sample_mark
from geopark_app.gui.photos.pictures import read_picture
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.photos import list_photos


class _Picture(QWidget):
    """A picture as large as the room allows, never larger than itself."""

    def __init__(self) -> None:
        super().__init__()
        self.pixmap = QPixmap()
        self.words = ""
        self.is_sample = False
        self.setMinimumSize(320, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(760, 560)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#20262a"))
        if self.pixmap.isNull():
            painter.setPen(QColor("#e8e6df"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)
        else:
            most = self.size().boundedTo(self.pixmap.size())
            size = self.pixmap.size().scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(self.rect().center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, self.pixmap)
            if self.is_sample:
                paint_sample_mark(painter, place)
        painter.end()


class PhotoViewer(LanguageAware, QDialog):
    """Goes through the photos of a site; captions, credit and licence are edited here."""

    def __init__(
        self, session: Session, options: FormOptions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._photos: list[Photo] = []
        self.photo: Photo | None = None
        self.picture = _Picture()
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setProperty("look", "muted")
        self.form = RecordForm(session, kind_of(Photo), options, title="file_name")
        self.form.open_all()
        self.form.record_changed.connect(self._photo_read)
        self.before = QPushButton(icon("chevron-left"), "")
        self.after = QPushButton(icon("chevron-right"), "")
        self.place = QLabel()
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cover = QPushButton(icon("star-outline"), "")
        self.trash = QPushButton(icon("trash-can-outline"), "")
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.cover.clicked.connect(self._make_cover)
        self.trash.clicked.connect(self._remove)
        for button in (self.before, self.after, self.cover, self.trash):
            button.setAutoDefault(False)
        self._lay_out()
        add_key(self, "PgUp", self.before.click)
        add_key(self, "PgDown", self.after.click)
        session.changes.changes_stored.connect(self._take_changes)
        self.retranslate()

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        steps.addWidget(self.before)
        steps.addWidget(self.place, 1)
        steps.addWidget(self.after)
        left = QWidget()
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(0, 0, 0, 0)
        left_column.addWidget(self.picture, 1)
        left_column.addWidget(self.facts)
        left_column.addLayout(steps)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        deeds = QHBoxLayout()
        deeds.addWidget(self.cover)
        deeds.addWidget(self.trash)
        deeds.addStretch(1)
        right = QWidget()
        right_column = QVBoxLayout(right)
        right_column.setContentsMargins(0, 0, 0, 0)
        right_column.addWidget(scroll, 1)
        right_column.addLayout(deeds)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        QVBoxLayout(self).addWidget(splitter)
        room = self.screen().availableGeometry().size() * 0.92
        self.resize(QSize(theme.scaled(1160), theme.scaled(700)).boundedTo(room))

    # Showing --------------------------------------------------------------------------------

    def show_photo(self, uuid: str) -> None:
        """Show one photo; the others of its site can be gone through."""
        photo = self._session.context.catalogue.get(Photo, uuid)
        if photo is None:
            return
        self._photos = list_photos(self._session.context, site_uuid=photo.site_uuid)
        self._show(photo)
        caption = self.form.row_of("caption_vi")
        if caption is not None:
            caption.editor.setFocus()

    def _show(self, photo: Photo) -> None:
        self.photo = photo
        self.form.show_record(photo)
        self.picture.pixmap = QPixmap()
        self.picture.is_sample = bool(photo.sample)
        self.picture.words = _("Reading the picture…")
        self.picture.update()
        sha256 = photo.rendition_sha256 or photo.sha256
        if sha256:
            path = self._session.context.catalogue.files.path_of(sha256)

            def work(_: ReportProgress, __: CancelToken) -> QImage:
                return read_picture(path)

            self._session.run_beside(
                work, while_alive(self, lambda image: self._take(photo.uuid, image))
            )
        self._write_facts()

    def _take(self, uuid: str, image: QImage) -> None:
        if self.photo is not None and self.photo.uuid == uuid:
            self.picture.pixmap = QPixmap.fromImage(image)
            self.picture.words = _("The picture file is not on this laptop.")
            self.picture.update()

    def _photo_read(self, record: Record) -> None:
        if isinstance(record, Photo):
            self.photo = record
            self._write_facts()

    def _step(self, by: int) -> None:
        at = self._place() + by
        if self.photo is not None and 0 <= at < len(self._photos):
            self._show(self._photos[at])

    def _place(self) -> int:
        keys = [photo.uuid for photo in self._photos]
        return keys.index(self.photo.uuid) if self.photo and self.photo.uuid in keys else 0

    def _take_changes(self, changes: Changes) -> None:
        if self.photo is None or not any(kind == "photo" for kind, _uuid in changes.touched):
            return
        at = self._place()
        self._photos = list_photos(self._session.context, site_uuid=self.photo.site_uuid)
        if not self._photos:
            self.close()
        elif self.photo.uuid not in {photo.uuid for photo in self._photos}:
            self._show(self._photos[min(at, len(self._photos) - 1)])
        else:
            self._write_facts()

    # Deeds ----------------------------------------------------------------------------------

    def _make_cover(self) -> None:
        if self.photo is not None and self.photo.site_uuid:
            make_cover(self._session, self.photo.site_uuid, self.photo.uuid)

    def _remove(self) -> None:
        if self.photo is not None:
            self.form.flush()
            remove_photo(self._session, self.photo)

    def done(self, result: int) -> None:
        self.form.flush()
        super().done(result)

    # Words ----------------------------------------------------------------------------------

    def _write_facts(self) -> None:
        photo = self.photo
        if photo is None:
            return
        self.setWindowTitle(photo_title(photo))
        camera = " ".join(part for part in (photo.camera_make, photo.camera_model) if part)
        size = f"{photo.width} × {photo.height}" if photo.width and photo.height else ""
        facts = (photo.file_name, size, camera)
        self.facts.setText(" · ".join(fact for fact in facts if fact))
        at = self._place()
        self.place.setText(_("{number} of {total}").format(number=at + 1, total=len(self._photos)))
        self.before.setEnabled(at > 0)
        self.after.setEnabled(at + 1 < len(self._photos))
        may_write = not self._session.is_read_only
        self.cover.setEnabled(may_write and photo.site_uuid is not None)
        self.trash.setEnabled(may_write)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.before.setText(_("Before"))
        self.after.setText(_("Next"))
        self.cover.setText(_("Make this the cover photo"))
        self.trash.setText(_("Move to the trash"))
        self._write_facts()
