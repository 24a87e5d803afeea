"""Answers the map page's requests: the page, its files, the sites, photos; nothing else."""

import logging
import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QObject
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlSchemeHandler

from geopark_app.gui.map.tile_replies import TileReplies
from geopark_app.maps.assets import (
    CHANNEL_SCRIPT_URL,
    LAYER_SHAPES,
    LAYERS_URL,
    ORIGIN,
    PAGE_URL,
    SITES_URL,
    file_of,
)

_log = logging.getLogger(__name__)
_LAYER = re.compile(re.escape(LAYER_SHAPES) + r"([0-9a-f]{64})\.json")
_PHOTO = re.compile(re.escape(ORIGIN) + r"photos/([0-9a-f]{64})")
_MEDIA_TYPES = {
    ".css": b"text/css",
    ".js": b"text/javascript",
    ".png": b"image/png",
    ".ttf": b"font/ttf",
    ".woff2": b"font/woff2",
}
_PICTURES = ((b"\xff\xd8\xff", b"image/jpeg"), (b"\x89PNG", b"image/png"), (b"RIFF", b"image/webp"))


class GeoparkSchemeHandler(QWebEngineUrlSchemeHandler):
    """Serves `geopark://app/…`; its parent must be the profile, or it is collected too early.

    Attributes
    ----------
    page_html, sites_json, layers_json : Callable
        Give the page, the sites and the layers at the moment they are asked for.
    documents : dict of str to Callable
        Further JSON by its address.
    layer_path : Callable
        Gives the shapes of a layer by its SHA-256, or None.
    tiles : TileReplies
        Answers for the tiles of base maps.
    photo_path : Callable
        Gives the file of a photo by its SHA-256, or None.
    """

    def __init__(
        self,
        parent: QObject,
        *,
        page_html: Callable[[], str],
        sites_json: Callable[[], bytes],
        layers_json: Callable[[], str],
        layer_path: Callable[[str], Path | None],
        tiles: TileReplies,
        photo_path: Callable[[str], Path | None],
    ) -> None:
        super().__init__(parent)
        self.page_html = page_html
        self.sites_json = sites_json
        self.layers_json = layers_json
        self.layer_path = layer_path
        self.tiles = tiles
        self.photo_path = photo_path
        self.documents: dict[str, Callable[[], bytes]] = {}

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url = job.requestUrl().toString()
        if bytes(job.requestMethod().data()) != b"GET":
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
        elif url == PAGE_URL:
            _reply_text(job, b"text/html", self.page_html())
        elif url == SITES_URL:
            _reply_bytes(job, b"application/json", self.sites_json())
        elif url in self.documents:
            _reply_bytes(job, b"application/json", self.documents[url]())
        elif url == LAYERS_URL:
            _reply_text(job, b"application/json", self.layers_json())
        elif layer := _LAYER.fullmatch(url):
            self._reply_layer(job, layer[1])
        elif url == CHANNEL_SCRIPT_URL:
            _reply_file(job, b"text/javascript", Path(":/qtwebchannel/qwebchannel.js"))
        elif self.tiles.reply(job, url):
            pass
        elif photo := _PHOTO.fullmatch(url):
            self._reply_photo(job, photo[1])
        else:
            self._reply_asset(job, url)

    def _reply_asset(self, job: QWebEngineUrlRequestJob, url: str) -> None:
        path = file_of(url)
        media_type = _MEDIA_TYPES.get(path.suffix) if path is not None else None
        if path is None or media_type is None:
            _log.warning("The map page asked for %s, which is not there", url)
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        _reply_file(job, media_type, path)

    def _reply_layer(self, job: QWebEngineUrlRequestJob, sha256: str) -> None:
        path = self.layer_path(sha256)
        if path is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        _reply_file(job, b"application/json", path)

    def _reply_photo(self, job: QWebEngineUrlRequestJob, sha256: str) -> None:
        path = self.photo_path(sha256)
        media_type = _picture_type(path) if path is not None else None
        if path is None or media_type is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        _reply_file(job, media_type, path)


def _reply_text(job: QWebEngineUrlRequestJob, media_type: bytes, text: str) -> None:
    _reply_bytes(job, media_type, text.encode("utf-8"))


def _reply_bytes(job: QWebEngineUrlRequestJob, media_type: bytes, content: bytes) -> None:
    # The buffer belongs to the job and goes when the answer is read.
    buffer = QBuffer(job)
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    job.reply(QByteArray(media_type), buffer)


def _reply_file(job: QWebEngineUrlRequestJob, media_type: bytes, path: Path) -> None:
    file = QFile(path.as_posix(), job)
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
        return
    job.reply(QByteArray(media_type), file)


def _picture_type(path: Path) -> bytes | None:
    # By content, never by name: the catalogue's files have none, and a text must not become a page.
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError:
        return None
    return next((kind for magic, kind in _PICTURES if head.startswith(magic)), None)
