"""Answers the map page's requests for tiles of the office's base maps."""

import logging
import re
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob

from geopark_app.domain.errors import GeoparkError
from geopark_app.i18n import gettext as _
from geopark_app.maps.assets import DAMAGED_TILE_URL, TILES
from geopark_app.maps.basemap_layers import MapBasemap
from geopark_app.maps.tile_files import TileFile, TileState, open_tile_file
from geopark_app.maps.tile_signs import EMPTY_PICTURE, damaged_picture, damaged_vector_tile

_log = logging.getLogger(__name__)
_TILE = re.compile(re.escape(TILES) + r"([0-9a-f]{64})/(\d{1,2})/(\d{1,8})/(\d{1,8})")
_VECTOR = b"application/x-protobuf"


class TileReplies:
    """Holds the files of the base maps given to the page open, and nothing else."""

    def __init__(self) -> None:
        """Begin with none."""
        self._given: dict[str, MapBasemap] = {}
        self._open: dict[str, TileFile | None] = {}

    def set_basemaps(self, basemaps: Sequence[MapBasemap]) -> None:
        """Answer for these; files of the others are closed."""
        given = {one.sha256: one for one in basemaps}
        for sha256 in [one for one in self._open if given.get(one) != self._given.get(one)]:
            file = self._open.pop(sha256)
            if file is not None:
                file.close()
        self._given = given

    def close(self) -> None:
        """Close all files."""
        self.set_basemaps(())

    def reply(self, job: QWebEngineUrlRequestJob, url: str) -> bool:
        """Answer a request for a tile; False when it is for something else.

        What is missing is answered as empty: an error would keep a vector map waiting for ever,
        and would be told from damage by nobody.
        """
        if url == DAMAGED_TILE_URL:
            _send(job, b"image/svg+xml", damaged_picture(_("damaged tile")))
            return True
        asked = _TILE.fullmatch(url)
        if asked is None:
            return False
        one = self._given.get(asked[1])
        if one is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return True
        _send(job, *self._answer(one, int(asked[2]), int(asked[3]), int(asked[4])))
        return True

    def _answer(self, one: MapBasemap, zoom: int, column: int, row: int) -> tuple[bytes, bytes]:
        file = self._file(one)
        answer = None if file is None or zoom > 30 else file.answer(zoom, column, row)
        if answer is not None and answer.state is TileState.OK:
            return answer.media_type.encode("ascii"), answer.content
        is_missing = answer is not None and answer.state is TileState.MISSING
        if one.is_vector:
            return _VECTOR, b"" if is_missing else damaged_vector_tile()
        if is_missing:
            return b"image/png", EMPTY_PICTURE
        return b"image/svg+xml", damaged_picture(_("damaged tile"))

    def _file(self, one: MapBasemap) -> TileFile | None:
        if one.sha256 not in self._open:
            try:
                self._open[one.sha256] = open_tile_file(one.path, one.tile_format)
            except GeoparkError:
                _log.warning("The base map %s cannot be opened", one.path, exc_info=True)
                self._open[one.sha256] = None
        return self._open[one.sha256]


def _send(job: QWebEngineUrlRequestJob, media_type: bytes, content: bytes) -> None:
    # The buffer belongs to the job and goes when the answer is read.
    buffer = QBuffer(job)
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    job.reply(QByteArray(media_type), buffer)
