"""Thumbnails from the content store, decoded beside the window and cached within bounds."""

from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from threading import Lock

from PIL import Image
from PySide6.QtCore import QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap, QPixmapCache, QTransform

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.photos.instructions import AS_TAKEN, Instructions, lenient_instructions

_CACHE_KB = 96 * 1024
_MOST_WANTED = 320
_READERS = 2
_IN_ONE_TURN = 12
_GATHER_MS = 8

Read = list[tuple[str, str, QImage]]


class Pictures(QObject):
    """Gives thumbnails at once when they are cached, else as soon as they are read.

    What was asked for last is read first: it is what is on the screen now. What was scrolled past
    is forgotten. Pictures are read some at a time, so that a long scroll makes few tasks.

    Attributes
    ----------
    box : QSize
        Largest size of a picture; it is scaled once, beside the window, and not at every paint.
        An empty one leaves thumbnails as they are.

    Signals
    -------
    loaded(str)
        The picture with this SHA-256 can be had now.
    """

    loaded = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.box = QSize()
        self._box_before = QSize()
        self._session = session
        self._lock = Lock()
        self._wanted: OrderedDict[str, tuple[str, Path, Instructions]] = OrderedDict()
        self._missing: set[str] = set()
        self._reading: set[str] = set()
        self._readers = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_GATHER_MS)
        self._timer.timeout.connect(self._start_readers)
        QPixmapCache.setCacheLimit(_CACHE_KB)

    def thumbnail(
        self, sha256: str | None, instructions: Instructions = AS_TAKEN
    ) -> QPixmap | None:
        """Give the picture as turned and cropped, or None and ask for it."""
        if not sha256 or sha256 in self._missing:
            return None
        pixmap = QPixmap()
        key = _key(sha256, instructions, self.box)
        if QPixmapCache.find(key, pixmap):
            return pixmap
        self._ask(key, sha256, instructions)
        # Until it comes in the new size, the one of the size before is better than nothing.
        before = _key(sha256, instructions, self._box_before)
        return pixmap if QPixmapCache.find(before, pixmap) else None

    def set_box(self, box: QSize) -> None:
        """Give pictures of another size from now on."""
        if box != self.box:
            self._box_before, self.box = self.box, box
            with self._lock:
                self._wanted.clear()

    def _ask(self, key: str, sha256: str, instructions: Instructions) -> None:
        if key in self._reading:
            return
        with self._lock:
            if key in self._wanted:
                self._wanted.move_to_end(key)
                return
            path = self._session.context.catalogue.files.path_of(sha256)
            self._wanted[key] = (sha256, path, instructions)
            if len(self._wanted) > _MOST_WANTED:
                self._wanted.popitem(last=False)
        if not self._timer.isActive():
            self._timer.start()

    def _start_readers(self) -> None:
        while self._readers < _READERS and len(self._wanted) > self._readers * _IN_ONE_TURN:
            self._readers += 1
            self._session.run_beside(
                self._read_some,
                while_alive(self, self._take),
                on_failed=while_alive(self, self._failed),
            )

    def _read_some(self, _: ReportProgress, __: CancelToken) -> Read:
        """Read what was asked for last; runs beside the window."""
        read: Read = []
        while len(read) < _IN_ONE_TURN:
            with self._lock:
                if not self._wanted:
                    break
                key, (sha256, path, instructions) = self._wanted.popitem(last=True)
                self._reading.add(key)
            image = shown_as(read_picture(path), instructions)
            read.append((key, sha256, fitted(image, self.box)))
        return read

    def _take(self, read: Read) -> None:
        self._readers -= 1
        for key, sha256, image in read:
            self._reading.discard(key)
            if image.isNull():
                self._missing.add(sha256)
            else:
                QPixmapCache.insert(key, QPixmap.fromImage(image))
        for sha256 in {sha256 for _key, sha256, _image in read}:
            self.loaded.emit(sha256)
        self._start_readers()

    def _failed(self, error: BaseException) -> None:
        self._readers -= 1
        self._reading.clear()
        self._session.messages.error(error)


@lru_cache(maxsize=4096)
def small_look(turn_deg: int | None, crop: str | None) -> Instructions:
    """Give turn and crop of a photo; thumbnails are too small for marks."""
    if not (turn_deg or crop):
        return AS_TAKEN
    return lenient_instructions(turn_deg, crop)


def _key(sha256: str, instructions: Instructions, box: QSize) -> str:
    return f"{sha256}{instructions.key}{box.width()}x{box.height()}"


def fitted(image: QImage, box: QSize) -> QImage:
    """Give a picture no larger than a box; with an empty box as it is."""
    size = image.size()
    if box.isEmpty() or (size.width() <= box.width() and size.height() <= box.height()):
        return image
    return image.scaled(
        box, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def read_picture(path: Path) -> QImage:
    """Give the picture of a file, upright; a null image when it cannot be read."""
    reader = QImageReader(str(path))
    # Files in the content store have no ending: the content says what they are.
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    image = reader.read()
    # In the form of the screen: what is left to do on the window's thread is a copy.
    return image if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)


def shown_as(image: QImage, instructions: Instructions) -> QImage:
    """Give an upright picture cropped and turned; marks are painted by who shows it large."""
    if image.isNull() or instructions.is_empty:
        return image
    crop = instructions.crop
    if crop is not None:
        left, top = round(crop.left * image.width()), round(crop.top * image.height())
        width = max(1, round(crop.width * image.width()))
        height = max(1, round(crop.height * image.height()))
        image = image.copy(QRect(left, top, width, height))
    if instructions.turn:
        image = image.transformed(QTransform().rotate(instructions.turn))
    return image


def image_of(picture: Image.Image) -> QImage:
    """Give a picture of Pillow as one of Qt."""
    plain = picture.convert("RGB")
    stride = plain.width * 3
    image = QImage(plain.tobytes(), plain.width, plain.height, stride, QImage.Format.Format_RGB888)
    # The bytes belong to Python and go away; the other format is a copy of Qt's own.
    return image.convertToFormat(QImage.Format.Format_RGB32)
