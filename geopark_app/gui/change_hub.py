"""One place that tells every screen what was stored, here or by another program."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.catalogue import Catalogue
from geopark_app.store.watching import ChangeWatcher

_POLL_MS = 400


class ChangeHub(QObject):
    """Emits what was touched; each screen refreshes only its rows.

    Signals
    -------
    changes_stored(Changes)
        After a save of this window, or of a command or worker beside it; each save once.
    catalogue_lost(GeoparkError)
        The catalogue can no longer be read (a stick pulled out); nothing is watched any more.
    """

    changes_stored = Signal(object)
    catalogue_lost = Signal(object)

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # A read-only catalogue is opened as immutable: nobody writes it.
        self._watcher = None if catalogue.is_read_only else ChangeWatcher(catalogue)
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self.look_for_foreign_changes)

    def start_watching(self) -> None:
        """Look for the saves of other programs twice a second from now on."""
        if self._watcher is not None:
            self._timer.start()

    def stop_watching(self) -> None:
        """Stop looking and let go of the database, before the catalogue is closed."""
        self._timer.stop()
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None

    def publish(self, changes: Changes) -> None:
        """Tell every screen what a save of this window touched."""
        # The poll consumes this save, so that it is not told a second time as a foreign one.
        touched = changes.touched | self._poll()
        if touched:
            self.changes_stored.emit(replace(changes, touched=touched))

    def look_for_foreign_changes(self) -> None:
        """Ask the database once whether somebody else has saved."""
        touched = self._poll()
        if touched:
            self.changes_stored.emit(Changes(touched=touched))

    def _poll(self) -> frozenset[tuple[str, str]]:
        if self._watcher is None:
            return frozenset()
        try:
            return self._watcher.poll()
        except GeoparkError as error:
            if error.code is not ErrorCode.LOCKED:
                self._timer.stop()
                self.catalogue_lost.emit(error)
            return frozenset()
