"""A dialog that does one long thing at a time: bar, sentence, a button that stops it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.progress import Progress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.gui.tasks import Task, Work
from geopark_app.i18n import gettext as _
from geopark_app.wording import error_sentence


class WorkingDialog(QDialog):
    """What the dialogs about base maps share.

    Attributes
    ----------
    words : QLabel
        What was found, what is being done, what went wrong.
    bar : QProgressBar
        Shown while something is going on.
    leave : QPushButton
        Stops what is going on, else closes.
    """

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._session = session
        self._task: Task | None = None
        self._turn = 0
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.bar.hide()
        self.leave = QPushButton(_("Close"))
        self.leave.clicked.connect(self.reject)

    @property
    def is_working(self) -> bool:
        """Say whether something is going on."""
        return self._task is not None

    def reject(self) -> None:
        """Stop what is going on; a second time, close."""
        if self._task is not None:
            self._task.cancel()
            return
        super().reject()

    def begin(
        self,
        work: Work,
        done: Callable[[Any], None],
        *,
        label: str,
        failed: Callable[[BaseException], None] | None = None,
        writes: bool = False,
    ) -> None:
        """Do one thing beside the window, or on the lane of the writes."""
        run = self._session.run_long if writes else self._session.run_beside
        self._turn += 1
        turn = self._turn

        def finish(result: Any) -> None:
            if turn == self._turn:
                done(result)

        task = run(
            work,
            while_alive(self, finish),
            label=label,
            on_failed=while_alive(self, failed or self.fail),
        )
        self._task = task
        self.bar.setRange(0, 0)
        task.progressed.connect(while_alive(self, self._advance))
        ended = while_alive(self, self._ended)
        task.ended.connect(lambda: ended(task))
        self._show_work()

    def fail(self, error: BaseException) -> None:
        """Say what went wrong, where it can be said in the dialog."""
        if not isinstance(error, GeoparkError):
            self._session.messages.error(error)
            return
        said = error_sentence(error)
        self.say(f"{said.message} {said.next}", is_trouble=True)

    def say(self, words: str, *, is_trouble: bool = False) -> None:
        """Show a sentence."""
        self.words.setProperty("look", "error" if is_trouble else "")
        self.words.setText(words)
        self.words.style().polish(self.words)

    def show_state(self) -> None:
        """Enable what can be done now; of each dialog."""

    def foot(self, *buttons: QPushButton) -> QHBoxLayout:
        """Give the last row: the bar, these buttons, and the one that leaves."""
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addStretch(1)
        row.addWidget(self.leave)
        for button in buttons:
            row.addWidget(button)
        return row

    def _advance(self, progress: Progress) -> None:
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * progress.done / max(1, progress.total)))

    def _ended(self, task: Task) -> None:
        if self._task is task:
            self._task = None
            self._show_work()

    def _show_work(self) -> None:
        self.bar.setVisible(self.is_working)
        self.leave.setText(_("Stop") if self.is_working else _("Close"))
        self.show_state()
