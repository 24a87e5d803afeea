"""The exchange page: one button, who has what, and what was done, in plain words."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.domain.travel import Trip
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.gui.sync.hub_panel import HubPanel
from geopark_app.gui.sync.mail_panel import MailPanel
from geopark_app.gui.sync.meeting_panel import MeetingPanel
from geopark_app.gui.sync.standing_panel import StandingPanel, framed
from geopark_app.gui.sync.team_panel import TeamPanel
from geopark_app.gui.sync.travel_dialog import TravelDialog
from geopark_app.gui.tasks import Task
from geopark_app.i18n import gettext as _
from geopark_app.operations.exchanging import Receipt, exchange_folder
from geopark_app.operations.hub_exchange import exchange_hub
from geopark_app.operations.hubs import keep_password
from geopark_app.operations.sync_status import Status, lacked_by_place, sync_status

_LEFT_WIDTH = 340
_LEFT_SHARE = 0.42


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the page shows: the status, and what colleagues lack by person and place."""

    status: Status
    lacked: list[tuple[str, str, int]]


class ExchangePage(LanguageAware, QWidget):
    """Exchanges through a folder, the hub or single bundles, and shows who has what.

    Attributes
    ----------
    meeting : MeetingPanel
        Exchange through a folder, and the button that stops whatever runs.
    hub, mail, team : HubPanel, MailPanel, TeamPanel
        The other ways, and who belongs together.
    standing : StandingPanel
        Who has what, and what the last exchange did.
    leaving, returned : QPushButton
        The lists for departure and return.
    """

    def __init__(
        self, session: Session, changed: Callable[[Status], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._changed = changed
        self._known: Known | None = None
        self._receipt: Receipt | None = None
        self._task: Task | None = None
        self._is_reading = False
        self.team = TeamPanel(session, self.read)
        self.meeting = MeetingPanel(session)
        self.hub = HubPanel(session)
        self.mail = MailPanel(session, self.read)
        self.standing = StandingPanel()
        self.leaving, self.returned = QPushButton(), QPushButton()
        self._connect()
        self._lay_out()
        self.retranslate()

    def read(self) -> None:
        """Look again at who has what, beside the window."""
        if self._is_reading:
            return
        self._is_reading = True
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> Known:
            status = sync_status(context)
            is_member = status.team is not None and status.team.is_member
            return Known(status=status, lacked=lacked_by_place(context) if is_member else [])

        task = self._session.run_beside(work, while_alive(self, self._show))
        task.ended.connect(self._read_done)

    def exchange_now(self) -> None:
        """Exchange through the folder; what is being typed is saved first."""
        folder, budget = self.meeting.path, self.meeting.budget
        self._session.change_settings(exchange_folder=str(folder))
        encrypt = self.meeting.encrypt.isChecked()
        context = self._session.context

        def work(progress: ReportProgress, cancel: CancelToken) -> Receipt:
            return exchange_folder(
                context, folder, budget=budget, encrypt=encrypt, progress=progress, cancel=cancel
            )

        self._begin(work)

    def exchange_with_hub(self) -> None:
        """Exchange through the office hub; what is being typed is saved first."""
        context, keep = self._session.context, self.hub.keep.isChecked()
        budget = self.meeting.budget
        try:
            place = self.hub.place()
        except GeoparkError as error:
            self._session.messages.error(error)
            return
        self._session.change_settings(
            hub_address=place.address.text, hub_photos=str(place.photos or "")
        )

        def work(progress: ReportProgress, cancel: CancelToken) -> Receipt:
            receipt = exchange_hub(context, place, budget=budget, progress=progress, cancel=cancel)
            if keep:
                keep_password(place)
            return receipt

        self._begin(work)

    def _begin(self, work: Callable[[ReportProgress, CancelToken], Receipt]) -> None:
        def begin() -> None:
            # Beside the lane of saves: edits go on during an exchange.
            self._task = self._session.run_beside(
                work, while_alive(self, self._exchanged), label=_("Exchanging")
            )
            self._task.cancelled.connect(self._stopped)
            self._task.ended.connect(self._task_ended)
            self._show_state()

        self._session.after_saving(begin)

    def retranslate(self) -> None:
        self.leaving.setText(_("Before leaving…"))
        self.returned.setText(_("After coming back…"))
        self._show_state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    def _fit_width(self) -> None:
        widest = int(self.width() * _LEFT_SHARE)
        self._area.setFixedWidth(min(theme.scaled(_LEFT_WIDTH), widest))

    def _fit_text(self) -> None:
        """Follow another text size, once the new style is in force."""
        self._fit_width()
        self.standing.fill()

    def _connect(self) -> None:
        session = self._session
        session.settings_changed.connect(
            lambda _settings: QTimer.singleShot(0, self, self._fit_text)
        )
        self.meeting.asked.connect(self.exchange_now)
        self.meeting.stopped.connect(self._stop)
        self.meeting.changed.connect(self.read)
        self.hub.asked.connect(self.exchange_with_hub)
        self.leaving.clicked.connect(lambda: self._show_list(Trip.DEPARTURE))
        self.returned.clicked.connect(lambda: self._show_list(Trip.RETURN))

    def _show(self, known: Known) -> None:
        self._known = known
        self.team.show_team(known.status.team)
        self.standing.show_standing(known.status, known.lacked, self._receipt)
        self._show_state()
        self._changed(known.status)

    def _read_done(self) -> None:
        self._is_reading = False

    def _show_state(self) -> None:
        status = self._known.status if self._known else None
        is_member = bool(status and status.team and status.team.is_member)
        self.team.setVisible(status is not None)
        for part in (*self._panels, self.standing):
            part.setVisible(is_member)
        can_work = is_member and self._task is None and not self._session.is_read_only
        self.hub.allow(can_work)
        self.mail.setEnabled(can_work)
        if self._task is not None:
            words = _("At work; the bar at the bottom shows how far it is. You can go on editing.")
        elif status is None:
            words = ""
        else:
            words = _("{count} saves are on this laptop only.").format(
                count=QLocale().toString(status.pending)
            )
        self.meeting.show_state(words, may_work=can_work, is_at_work=self._task is not None)

    def _exchanged(self, receipt: Receipt) -> None:
        self._receipt = receipt
        self._session.changes.publish(Changes(touched=receipt.touched))
        self._session.messages.done(
            _("Exchanged: {received} saves came, {sent} went.").format(
                received=receipt.received, sent=receipt.sent
            )
        )

    def _stopped(self) -> None:
        self._session.messages.info(
            _("Stopped; what was exchanged stays, the next exchange goes on from there.")
        )

    def _task_ended(self) -> None:
        self._task = None
        self._show_state()
        self.read()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.meeting.stop.setEnabled(False)

    def _show_list(self, trip: Trip) -> None:
        self._session.after_saving(lambda: TravelDialog(self._session, trip, self).open())

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(12)
        left = QWidget()
        left.setProperty("look", "page")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(10)
        column.addWidget(self.team)
        self._panels = (
            self.meeting,
            framed("panel", self.leaving, self.returned),
            framed("panel", self.hub),
            framed("panel", self.mail),
        )
        for panel in self._panels:
            column.addWidget(panel)
        column.addStretch(1)
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(left)
        layout.addWidget(area)
        layout.addWidget(self.standing, 1)
        layout.addStretch(0)
