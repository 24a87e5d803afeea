"""Work beside the window: one lane for the catalogue, one for files; results come back here."""

import logging
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from geopark_app.domain.errors import Cancelled
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.geo.thread_contexts import keep_context_of_thread

_log = logging.getLogger(__name__)
_FILE_THREADS = 2
_REPORT_EVERY_S = 0.05

Work = Callable[[ReportProgress, CancelToken], Any]


class Task(QObject):
    """One piece of work. Its signals arrive on the window's thread, exactly one of the last three.

    Attributes
    ----------
    label : str
        What is being done, for the status bar; empty work is not shown.
    is_droppable : bool
        Whether it may be stopped without a question, because it begins again by itself.

    Signals
    -------
    progressed(Progress), finished(object), failed(object), cancelled()
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    _reported = Signal(object)
    _returned = Signal(object)
    _raised = Signal(object)

    def __init__(self, work: Work, *, label: str, parent: QObject) -> None:
        super().__init__(parent)
        self.label = label
        self.is_droppable = False
        self.token = CancelToken()
        self._work = work
        self._reported_at = 0.0
        self._reported.connect(self.progressed)
        self._returned.connect(self._finish)
        self._raised.connect(self._fail)

    def cancel(self) -> None:
        """Ask the work to stop at its next item; what is finished stays."""
        self.token.cancel()

    def run_here(self) -> None:
        """Do the work on the calling thread; called by the lane."""
        try:
            self.token.check()
            result = self._work(self._report, self.token)
        except BaseException as error:  # noqa: BLE001 - the task runner hands every error over
            self._raised.emit(error)
        else:
            self._returned.emit(result)
        finally:
            keep_context_of_thread()

    def _report(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._reported_at >= _REPORT_EVERY_S or progress.done >= progress.total:
            self._reported_at = now
            self._reported.emit(progress)

    def _finish(self, result: object) -> None:
        self.finished.emit(result)
        self.ended.emit()

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self.cancelled.emit()
        else:
            _log.warning("task %r failed", self.label, exc_info=error)
            self.failed.emit(error)
        self.ended.emit()


class _Run(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task.run_here()


class TaskRunner(QObject):
    """The two lanes.

    The catalogue lane has one thread, so that writes follow each other in the order they were
    asked for; the file lane reads and converts beside it.

    Signals
    -------
    started(Task), ended(Task)
    """

    started = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue_lane = QThreadPool(self)
        self._catalogue_lane.setMaxThreadCount(1)
        self._file_lane = QThreadPool(self)
        self._file_lane.setMaxThreadCount(_FILE_THREADS)
        for lane in (self._catalogue_lane, self._file_lane):
            # Threads stay: each keeps a projection context for good (geo.crs.hold_context).
            lane.setExpiryTimeout(-1)
        self._running: list[Task] = []

    def on_catalogue(
        self,
        work: Work,
        *,
        label: str = "",
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Task:
        """Queue work that writes the catalogue."""
        return self._start(self._catalogue_lane, work, label, done, failed)

    def on_files(
        self,
        work: Work,
        *,
        label: str = "",
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Task:
        """Start work that reads or makes files and does not write the catalogue."""
        return self._start(self._file_lane, work, label, done, failed)

    @property
    def has_labelled_work(self) -> bool:
        """Say whether work a person has asked for and sees is still going on."""
        return any(task.label and not task.is_droppable for task in self._running)

    @property
    def is_busy(self) -> bool:
        """Say whether anything runs or waits."""
        return bool(self._running)

    def cancel_all(self) -> None:
        """Ask everything that can be cancelled to stop."""
        for task in self._running:
            task.cancel()

    def wait_for_all(self) -> None:
        """Wait for both lanes; used when the window closes, after `cancel_all` or a last save."""
        self._file_lane.waitForDone()
        self._catalogue_lane.waitForDone()

    def _start(
        self,
        lane: QThreadPool,
        work: Work,
        label: str,
        done: Callable[[Any], None] | None,
        failed: Callable[[BaseException], None] | None,
    ) -> Task:
        task = Task(work, label=label, parent=self)
        if done is not None:
            task.finished.connect(done)
        if failed is not None:
            task.failed.connect(failed)
        task.ended.connect(self._forget)
        self._running.append(task)
        self.started.emit(task)
        lane.start(_Run(task))
        return task

    def _forget(self) -> None:
        task = self.sender()
        assert isinstance(task, Task)
        self._running.remove(task)
        self.ended.emit(task)
        task.deleteLater()
