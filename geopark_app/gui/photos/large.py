"""Reads photos large for canvases, beside the window: the rendition first, the original by need."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage, QPixmap

from geopark_app.domain.kinds import Photo
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.photos.canvas import PhotoCanvas
from geopark_app.gui.photos.pictures import image_of, read_picture, shown_as
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.photos.finished import finished_picture
from geopark_app.photos.instructions import Instructions, instructions_of
from geopark_app.photos.reasons import PhotoRefusedError


class LargePicture(QObject):
    """Keeps one canvas showing one photo."""

    def __init__(self, session: Session, canvas: PhotoCanvas) -> None:
        super().__init__(canvas)
        self._session = session
        self.canvas = canvas
        self.photo: Photo | None = None
        self._shown = ""
        self._has_detail = False
        canvas.detail_wanted.connect(self._read_detail)

    def show_photo(
        self, photo: Photo | None, *, on_shown: Callable[[], None] | None = None
    ) -> None:
        """Show a photo; the same one again is only read again when its instructions changed."""
        self.photo = photo
        if photo is None:
            self._shown = ""
            self.canvas.clear("")
            return
        instructions = instructions_of(photo)
        geometry = Instructions(turn=instructions.turn, crop=instructions.crop)
        sha256 = photo.rendition_sha256 or photo.sha256 or ""
        shown = f"{photo.uuid}{sha256}{geometry.key}"
        self.canvas.is_sample = bool(photo.sample)
        if shown == self._shown:
            self.canvas.instructions = instructions
            self.canvas.update()
            return
        self._shown, self._has_detail = shown, False
        self.canvas.clear(_("Reading the picture…"))
        if not sha256:
            self.canvas.clear(_("The picture file is not on this laptop."))
            return
        path = self._session.context.catalogue.files.path_of(sha256)

        def work(_: ReportProgress, __: CancelToken) -> QImage:
            return shown_as(read_picture(path), geometry)

        def take(image: QImage) -> None:
            self._take(shown, image, instructions, geometry)
            if on_shown is not None:
                on_shown()

        self._session.run_beside(work, while_alive(self, take))

    def _take(
        self, shown: str, image: QImage, instructions: Instructions, geometry: Instructions
    ) -> None:
        if shown != self._shown or self.photo is None:
            return
        if image.isNull():
            self.canvas.clear(_("The picture file is not on this laptop."))
            return
        full_size = _full_size(self.photo, geometry, image.size())
        self.canvas.show_picture(QPixmap.fromImage(image), full_size, instructions_of(self.photo))

    def _read_detail(self) -> None:
        """Read the original once somebody looks closer than the rendition can show."""
        photo = self.photo
        if photo is None or self._has_detail:
            return
        sha256 = photo.jpeg_sha256 or photo.sha256
        files = self._session.context.catalogue.files
        if not sha256 or sha256 == photo.rendition_sha256 or not files.has(sha256):
            return
        self._has_detail = True
        shown, path = self._shown, files.path_of(sha256)
        asked = instructions_of(photo)
        geometry = Instructions(turn=asked.turn, crop=asked.crop)

        def work(_: ReportProgress, __: CancelToken) -> QImage:
            try:
                return image_of(finished_picture(path, geometry))
            except PhotoRefusedError:
                return QImage()

        def take(image: QImage) -> None:
            if shown == self._shown and not image.isNull():
                self.canvas.show_detail(QPixmap.fromImage(image))

        self._session.run_beside(work, while_alive(self, take))


def _full_size(photo: Photo, geometry: Instructions, shown: QSize) -> QSize:
    """Give the size of the original, upright, cropped and turned; that shown where unknown."""
    if not (photo.width and photo.height):
        return shown
    width, height = photo.width, photo.height
    if (photo.orientation or 1) > 4:
        width, height = height, width
    if geometry.crop is not None:
        width = max(1, round(width * geometry.crop.width))
        height = max(1, round(height * geometry.crop.height))
    if geometry.turn in (90, 270):
        width, height = height, width
    return QSize(width, height)
