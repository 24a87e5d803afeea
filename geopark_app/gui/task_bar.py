"""Long work in the status bar: what is being done, how far it is, and a way to stop it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from geopark_app.domain.progress import Progress
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.tasks import Task, TaskRunner
from geopark_app.i18n import gettext as _


class TaskBar(LanguageAware, QWidget):
    """Shows the newest labelled task of a runner; the others wait behind it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        self.label = QLabel()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(180)
        self.cancel = QPushButton()
        self.cancel.clicked.connect(self._cancel)
        for widget in (self.label, self.bar, self.cancel):
            layout.addWidget(widget, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._tasks: list[Task] = []
        self._runner: TaskRunner | None = None
        self.retranslate()
        self.hide()

    def follow(self, runner: TaskRunner) -> None:
        """Show the tasks of this runner from now on."""
        runner.started.connect(self._add)
        runner.ended.connect(self._remove)

    def retranslate(self) -> None:
        self.cancel.setText(_("Stop"))
        self.bar.setAccessibleName(_("Progress"))

    def _add(self, task: Task) -> None:
        if not task.label:
            return
        self._tasks.append(task)
        task.progressed.connect(self._show_progress)
        self._show_newest()

    def _remove(self, task: Task) -> None:
        if task in self._tasks:
            self._tasks.remove(task)
            self._show_newest()

    def _show_newest(self) -> None:
        self.setVisible(bool(self._tasks))
        if self._tasks:
            self.label.setText(self._tasks[-1].label)
            self.bar.setRange(0, 0)
            self.cancel.setEnabled(not self._tasks[-1].token.is_cancelled)

    def _show_progress(self, progress: Progress) -> None:
        if self._tasks and self.sender() is self._tasks[-1]:
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)
            task = self._tasks[-1]
            self.label.setText(
                f"{task.label}: {progress.current}" if progress.current else task.label
            )

    def _cancel(self) -> None:
        if self._tasks:
            self._tasks[-1].cancel()
            self.cancel.setEnabled(False)
