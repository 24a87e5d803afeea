"""Lists to communes and departments in one window: send, take back, who has not answered."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QVBoxLayout, QWidget

from geopark_app.domain.change import Changes
from geopark_app.gui import theme
from geopark_app.gui.session import Session
from geopark_app.gui.units.answers_page import AnswersPage
from geopark_app.gui.units.send_page import SendPage
from geopark_app.gui.units.waiting_page import WaitingPage
from geopark_app.i18n import gettext as _

_OURS = {"catalogue_setting", "work", "facility", "partner", "activity", "organisation"}
_SUFFIX = ".xlsx"


class UnitsDialog(QDialog):
    """Three pages; files dropped anywhere on them are read as answers.

    Attributes
    ----------
    pages : QTabWidget
        The pages.
    send, answers, waiting : SendPage, AnswersPage, WaitingPage
        Each of them.
    """

    def __init__(self, session: Session, parent: QWidget | None = None, *, page: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.setWindowTitle(_("Lists for communes and departments"))
        self.send = SendPage(session)
        self.answers = AnswersPage(session)
        self.waiting = WaitingPage(session)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.send, _("Send"))
        self.pages.addTab(self.answers, _("Answers"))
        self.pages.addTab(self.waiting, "")
        self.waiting.counted.connect(self._show_count)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.pages, 1)
        column.addWidget(buttons)
        self.resize(theme.scaled(1240), theme.scaled(640))
        session.changes.changes_stored.connect(self._take_changes)
        self._show_count(0)
        if page == "waiting":
            self.pages.setCurrentWidget(self.waiting)
        self.send.read()
        self.waiting.read()

    def read_files(self, paths: Sequence[Path]) -> None:
        """Show what files that came back would change."""
        self.pages.setCurrentWidget(self.answers)
        self.answers.read_files(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _workbooks(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _workbooks(event)
        if paths:
            event.acceptProposedAction()
            self.read_files(paths)

    def _show_count(self, count: int) -> None:
        words = _("Not answered ({count})").format(count=count)
        self.pages.setTabText(self.pages.indexOf(self.waiting), words)

    def _take_changes(self, changes: Changes) -> None:
        if any(kind in _OURS for kind, _uuid in changes.touched):
            self.send.read()
            self.waiting.read()


def _workbooks(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() == _SUFFIX]
