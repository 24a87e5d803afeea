"""What a bug looks like: a window with words to copy, and the work goes on."""

import logging
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app import logs
from geopark_app.i18n import gettext as _

_log = logging.getLogger(__name__)


class BugDialog(QDialog):
    """Says that something unforeseen happened, with details to copy and the place of the log."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something unforeseen happened"))
        self.resize(640, 420)
        layout = QVBoxLayout(self)
        sentence = QLabel(
            _(
                "This is a fault of the program, not yours. What was saved is safe; you can go on. "
                "Please copy the details and send them to whoever looks after the program."
            )
        )
        sentence.setWordWrap(True)
        layout.addWidget(sentence)
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("Details"))
        layout.addWidget(self.details)
        place = QLabel(_("Log file: {path}").format(path=logs.log_path()))
        place.setWordWrap(True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(place)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton(_("Copy details"))
        copy.clicked.connect(self.copy_details)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details.toPlainText())


class _Reporter(QObject):
    """Shows one bug at a time, on the window's thread."""

    raised = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._dialog: BugDialog | None = None
        self.raised.connect(self._show)

    def _show(self, details: str) -> None:
        if self._dialog is not None:
            return
        # Held here: without an active window nothing else keeps the dialog.
        self._dialog = BugDialog(details, QApplication.activeWindow())
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def _closed(self, _: int) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


_reporters: list[_Reporter] = []


def report_bug(error: BaseException) -> None:
    """Log an unforeseen error and show it; may be called from any thread."""
    _log.critical("unforeseen error", exc_info=error)
    details = "".join(traceback.format_exception(error))
    if _reporters:
        _reporters[0].raised.emit(details)


def install_error_dialog() -> None:
    """Show uncaught errors from now on instead of losing them; called once, after QApplication."""
    reporter = _Reporter()
    application = QApplication.instance()
    assert application is not None
    assert reporter.thread() is QThread.currentThread()
    _reporters[:] = [reporter]
    sys.excepthook = _on_uncaught


def _on_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        QApplication.quit()
        return
    report_bug(error.with_traceback(trace))
