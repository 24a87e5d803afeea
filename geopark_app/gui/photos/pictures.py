"""Pictures from the content store, decoded beside the window and cached."""

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap, QPixmapCache

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session

_CACHE_KB = 96 * 1024
_MOST_WANTED = 160


class Pictures(QObject):
    """Gives thumbnails at once when they are cached, else as soon as they are read.

    Signals
    -------
    loaded(str)
        The picture with this SHA-256 can be had now.
    """

    loaded = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._missing: set[str] = set()
        QPixmapCache.setCacheLimit(_CACHE_KB)

    def thumbnail(self, sha256: str | None) -> QPixmap | None:
        """Give the picture, or None and ask for it."""
        if not sha256 or sha256 in self._missing:
            return None
        pixmap = QPixmap()
        if QPixmapCache.find(sha256, pixmap):
            return pixmap
        self._ask(sha256)
        return None

    def _ask(self, sha256: str) -> None:
        if sha256 in self._wanted:
            self._wanted.move_to_end(sha256)
            return
        self._wanted[sha256] = None
        if len(self._wanted) > _MOST_WANTED:
            # Scrolled past long ago: its job finds that nobody waits and does nothing.
            self._wanted.popitem(last=False)
        path = self._session.context.catalogue.files.path_of(sha256)

        def work(_: ReportProgress, __: CancelToken) -> QImage | None:
            return read_picture(path) if sha256 in self._wanted else None

        self._session.run_beside(work, while_alive(self, lambda image: self._take(sha256, image)))

    def _take(self, sha256: str, image: QImage | None) -> None:
        self._wanted.pop(sha256, None)
        if image is None:
            return
        if image.isNull():
            self._missing.add(sha256)
        else:
            QPixmapCache.insert(sha256, QPixmap.fromImage(image))
        self.loaded.emit(sha256)


def read_picture(path: Path) -> QImage:
    """Give the picture of a file, upright; a null image when it cannot be read."""
    reader = QImageReader(str(path))
    # Files in the content store have no ending: the content says what they are.
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return reader.read()
