"""Takes the text out of attached files beside the window, whenever a document has a new file."""

from PySide6.QtCore import QObject, QTimer

from geopark_app.domain.change import Changes
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.gui.tasks import Task
from geopark_app.i18n import gettext as _
from geopark_app.operations.attached_texts import read_waiting_files, waiting_files

_WAIT_MS = 800
_LOOK_AGAIN_MS = 60_000


class AttachedReader(QObject):
    """Looks for files to read at the start, after documents were saved, and every minute."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._task: Task | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.look)
        # The file of a document may come after its record, with the next exchange.
        self._again = QTimer(self)
        self._again.setInterval(_LOOK_AGAIN_MS)
        self._again.timeout.connect(self.look)
        self._again.start()
        session.changes.changes_stored.connect(self._take_changes)

    def _take_changes(self, changes: Changes) -> None:
        if any(kind == "document" for kind, _uuid in changes.touched):
            self._timer.start()

    def look(self) -> None:
        """Read what waits as a task that can be seen and stopped; nothing waits: no task."""
        self._timer.stop()
        if self._session.is_read_only or self._task is not None:
            return
        context = self._session.context

        def count(_progress: ReportProgress, _cancel: CancelToken) -> int:
            return len(waiting_files(context))

        self._session.run_beside(count, while_alive(self, self._read))

    def _read(self, waiting: int) -> None:
        if not waiting or self._task is not None:
            return
        context = self._session.context

        def work(progress: ReportProgress, cancel: CancelToken) -> int:
            return read_waiting_files(context, progress=progress, cancel=cancel)

        self._task = self._session.run_beside(
            work,
            while_alive(self, lambda _count: self._session.files_read.emit()),
            label=_("Reading attached files"),
        )
        self._task.is_droppable = True
        ended = while_alive(self, lambda _none: self._ended())
        self._task.ended.connect(lambda: ended(None))

    def stop(self) -> None:
        """Stop reading, when the catalogue is closed; the next opening goes on with it."""
        self._timer.stop()
        self._again.stop()
        if self._task is not None:
            self._task.cancel()

    def _ended(self) -> None:
        self._task = None
