"""One window per catalogue: a second one is refused kindly; commands may work beside it."""

import contextlib

from filelock import FileLock, Timeout

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.folder import CatalogueFolder

_NAME = "window.lock"


class SecondWindowError(GeoparkError):
    """The catalogue is open in another window, perhaps on another laptop over the network."""


class WindowLock:
    """Held as long as the window shows the catalogue; the system frees it after a crash."""

    def __init__(self, folder: CatalogueFolder) -> None:
        """Take the lock.

        Raises
        ------
        SecondWindowError
            When another window holds it.
        """
        self._lock: FileLock | None = None
        if not folder.is_writable:
            return
        with contextlib.suppress(OSError):
            folder.cache_dir.mkdir(exist_ok=True)
        # It is taken on a lane's thread and freed on the window's.
        lock = FileLock(folder.cache_dir / _NAME, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout as error:
            raise SecondWindowError(ErrorCode.LOCKED, path=folder.root) from error
        self._lock = lock

    def free(self) -> None:
        """Let another window open the catalogue."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
