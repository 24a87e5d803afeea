"""The scheme `geopark:` and the environment of QtWebEngine; both before the application starts."""

import os

from geopark_app.maps.assets import SCHEME

try:
    from PySide6.QtWebEngineCore import QWebEngineUrlScheme
except ImportError as error:
    # Some Linux machines lack libraries of QtWebEngine; the program shows a still map then.
    MISSING_REASON: str = str(error)
    IS_AVAILABLE = False
else:
    MISSING_REASON = ""
    IS_AVAILABLE = True

_FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"
_NO_NAMES = '--host-resolver-rules="MAP * ~NOTFOUND"'


def prepare_environment() -> None:
    """Set what QtWebEngine reads from the environment: no name is ever looked up.

    The sandbox stays on for everybody but root, whom Chromium refuses with it.
    """
    flags = os.environ.get(_FLAGS, "")
    if _NO_NAMES not in flags:
        os.environ[_FLAGS] = f"{flags} {_NO_NAMES}".strip()
    if _is_root():
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")


def register_scheme() -> bool:
    """Make `geopark:` known to QtWebEngine; must run before the QApplication is made.

    Gives False where QtWebEngine is missing. Pages of the scheme may fetch from it, and cannot
    read local files: the flags LocalScheme and LocalAccessAllowed would open the disk.
    """
    if not IS_AVAILABLE:
        return False
    if QWebEngineUrlScheme.schemeByName(SCHEME.encode()).name().isEmpty():
        scheme = QWebEngineUrlScheme(SCHEME.encode())
        scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
        scheme.setFlags(
            QWebEngineUrlScheme.Flag.SecureScheme | QWebEngineUrlScheme.Flag.FetchApiAllowed
        )
        QWebEngineUrlScheme.registerScheme(scheme)
    return True


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
