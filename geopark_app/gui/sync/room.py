"""The Sync room: exchange with colleagues, and what they wrote side by side."""

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.gui.sync.conflict_page import ConflictPage
from geopark_app.gui.sync.exchange_page import ExchangePage
from geopark_app.gui.sync.proposals_page import ProposalsPage
from geopark_app.gui.sync.team_page import TeamPage
from geopark_app.i18n import gettext as _
from geopark_app.operations.sync_status import Status

_PAUSE_MS = 800


class SyncRoom(LanguageAware, QWidget):
    """The exchange, the conflicts and the proposals with their numbers, and the team.

    Attributes
    ----------
    pages : QTabWidget
        The pages.
    exchange : ExchangePage
        The first.
    conflicts : ConflictPage
        The second.
    proposals : ProposalsPage
        The third.
    team : TeamPage
        The fourth.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = self._proposed = 0
        self.exchange = ExchangePage(session, self._take_status)
        self.conflicts = ConflictPage(session)
        self.proposals = ProposalsPage(session, self._take_count)
        self.team = TeamPage(session)
        self._title = QLabel()
        self._title.setProperty("look", "title")
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.exchange, "")
        self.pages.addTab(self.conflicts, "")
        self.pages.addTab(self.proposals, "")
        self.pages.addTab(self.team, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(self._title)
        layout.addWidget(self.pages, 1)
        # Saves come in bursts; the numbers are counted once after each.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._read)
        session.changes.changes_stored.connect(lambda _changes: self._timer.start())
        self.retranslate()
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def retranslate(self) -> None:
        self._title.setText(_("Sync"))
        self.pages.setTabText(0, _("Exchange"))
        self.pages.setTabText(
            1,
            _("Conflicts ({count})").format(count=QLocale().toString(self._count))
            if self._count
            else _("Conflicts"),
        )
        self.pages.setTabText(
            2,
            _("Proposals ({count})").format(count=QLocale().toString(self._proposed))
            if self._proposed
            else _("Proposals"),
        )
        self.pages.setTabText(3, _("Team"))

    def _read(self) -> None:
        if self.isVisible():
            self.exchange.read()
            self.conflicts.read()
            self.proposals.read()
            self.team.read()

    def _take_count(self, count: int) -> None:
        self._proposed = count
        self.retranslate()

    def _take_status(self, status: Status) -> None:
        self._count = status.conflicts
        self.retranslate()
