"""Reads the stored files again while nobody waits: a few a minute, all of them in some weeks."""

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer

from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.file_checking import FileCheckReport, check_files, files_due
from geopark_app.store.queries import FileOfRecord

EVERY_MS = 20_000
AGAIN_AFTER = timedelta(days=30)
_FILES_AT_ONCE = 3
_BYTES_AT_ONCE = 64 * 1024 * 1024
_TYPICAL_BYTES = 4 * 1024 * 1024


class FileReader(QObject):
    """Takes the files longest not read, when the lanes are idle; never a read-only catalogue.

    Attributes
    ----------
    queue : list of FileOfRecord or None
        What is due; None until it was asked for.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_working = False
        self.queue: list[FileOfRecord] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.work)
        # What came in since the list was made is due first.
        session.changes.changes_stored.connect(self._forget_queue)

    def start(self) -> None:
        """Begin; the first file is read after a while, when the start is over."""
        if not self._session.is_read_only:
            self._timer.start()

    def stop(self) -> None:
        """End with the file in hand."""
        self._timer.stop()

    def work(self) -> None:
        """Read the next few files, unless something else is going on."""
        if self._is_working or self._session.tasks.is_busy:
            return
        context = self._session.context
        self._is_working = True
        if self.queue is None:
            self._session.run_beside(
                lambda _progress, _cancel: files_due(context, older_than=AGAIN_AFTER),
                while_alive(self, self._take_queue),
                on_failed=self._give_up,
            )
            return
        files = self._next_files(self.queue)
        if not files:
            self._is_working = False
            return
        self._session.run_beside(
            lambda _progress, cancel: check_files(context, files, cancel=cancel),
            while_alive(self, self._take_report),
            on_failed=self._give_up,
        )

    def _next_files(self, queue: list[FileOfRecord]) -> list[FileOfRecord]:
        files: list[FileOfRecord] = []
        weight = 0
        while queue and len(files) < _FILES_AT_ONCE and weight < _BYTES_AT_ONCE:
            files.append(queue.pop(0))
            weight += files[-1].byte_count or _TYPICAL_BYTES
        return files

    def _take_queue(self, queue: list[FileOfRecord]) -> None:
        self._is_working = False
        self.queue = queue

    def _take_report(self, report: FileCheckReport) -> None:
        self._is_working = False
        if not report.damaged:
            return
        self._session.whereabouts_changed.emit()
        self._session.messages.warning(
            _(
                "{count} stored files were found damaged: {names}. A whole copy from a backup or "
                "another laptop can take their place."
            ).format(
                count=len(report.damaged), names=", ".join(file.name for file in report.damaged)
            ),
            action=_("Show them"),
            on_action=self._session.whereabouts_requested.emit,
        )

    def _give_up(self, _error: BaseException) -> None:
        # A stick pulled out is told by the change hub; the task runner has logged the rest.
        self._is_working = False
        self._timer.stop()

    def _forget_queue(self, _changes: object) -> None:
        self.queue = None
