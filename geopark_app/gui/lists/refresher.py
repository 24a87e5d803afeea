"""A list follows the saves: it is read again beside the window, a moment after the last save."""

from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtCore import QObject, QTimer

from geopark_app.domain.change import Changes
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session

_A_MOMENT_MS = 120


class Refresher(QObject):
    """Reads a list again when records of its kinds were stored.

    Parameters
    ----------
    session
        The open catalogue.
    kinds
        The kinds of record the list shows something of.
    begin
        Called on the window's thread; gives what is done beside the window.
    take
        Takes the result on the window's thread.
    parent
        The room that shows the list.
    """

    def __init__(
        self,
        session: Session,
        kinds: Collection[str],
        begin: Callable[[], Callable[[], Any]],
        take: Callable[[Any], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.kinds = frozenset(kinds)
        self._begin = begin
        self._take = take
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_A_MOMENT_MS)
        self._timer.timeout.connect(self.read_again)
        session.changes.changes_stored.connect(self._note)

    def _note(self, changes: Changes) -> None:
        if any(kind in self.kinds for kind, _uuid in changes.touched):
            self._timer.start()

    def stop(self) -> None:
        """Forget what was to be read: it was read by other means."""
        self._timer.stop()

    def read_again(self) -> None:
        """Read now, beside the window."""
        self._timer.stop()
        work = self._begin()

        def beside(_progress: ReportProgress, _cancel: CancelToken) -> Any:
            return work()

        self._session.run_beside(beside, while_alive(self, self._take))
