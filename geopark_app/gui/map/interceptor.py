"""Blocks every request that does not go to the program itself, and counts what it blocked."""

import logging

from PySide6.QtCore import QObject
from PySide6.QtWebEngineCore import QWebEngineUrlRequestInfo, QWebEngineUrlRequestInterceptor

from geopark_app.maps.assets import SCHEME

_log = logging.getLogger(__name__)
_ALLOWED = {SCHEME, "data", "blob", "qrc", "about"}


class OfflineInterceptor(QWebEngineUrlRequestInterceptor):
    """Lets only our own schemes through.

    Attributes
    ----------
    allowed : int
        Requests let through.
    blocked : list of str
        Addresses refused, in order.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.allowed = 0
        self.blocked: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        if info.requestUrl().scheme() in _ALLOWED:
            self.allowed += 1
            return
        url = info.requestUrl().toString()
        _log.warning("The map page was kept from asking %s", url)
        self.blocked.append(url)
        info.block(True)
