"""The exchange page: one button, who has what, and what was done, in plain words."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.editing.value_words import when_words
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.gui.sync.hub_panel import HubPanel
from geopark_app.gui.sync.mail_panel import MailPanel
from geopark_app.gui.sync.originals_dialog import OriginalsDialog
from geopark_app.gui.sync.receipt_words import receipt_lines, warning_lines
from geopark_app.gui.sync.team_panel import TeamPanel
from geopark_app.gui.tasks import Task
from geopark_app.i18n import gettext as _
from geopark_app.operations.exchanging import Receipt, exchange_folder
from geopark_app.operations.hub_exchange import exchange_hub
from geopark_app.operations.hubs import keep_password
from geopark_app.operations.originals import Choices, original_choices, wish_originals
from geopark_app.operations.sync_status import Status, lacked_by_place, sync_status

_LEFT_WIDTH = 340
_LEFT_SHARE = 0.42
_LARGEST_MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the page shows: the status, and what colleagues lack by person and place."""

    status: Status
    lacked: list[tuple[str, str, int]]


class ExchangePage(LanguageAware, QWidget):
    """Exchanges through a folder or single bundles, and shows who has what.

    Attributes
    ----------
    exchange, stop : QPushButton
        Exchange now; stop what runs.
    encrypt : QCheckBox
        Whether to begin encrypting what is written into the folder.
    folder : QLineEdit
        Where colleagues meet.
    colleagues, lacked : PlainTable
        Who was last heard of when; what they lack.
    receipt : QLabel
        What the last exchange did.
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
        self.hub = HubPanel(session)
        self.folder = QLineEdit(session.settings.exchange_folder)
        self.folder.textChanged.connect(lambda _text: self._show_state())
        self.choose, self.exchange, self.stop = QPushButton(), QPushButton(), QPushButton()
        self.exchange.setProperty("look", "primary")
        self.budget = QSpinBox()
        self.budget.setRange(0, _LARGEST_MB)
        self.budget.setSuffix(" MB")
        self.encrypt, self.originals = QCheckBox(), QPushButton()
        self.mail = MailPanel(session, self.read)
        self.colleagues, self.lacked = PlainTable("colleagues"), PlainTable("lacked")
        self.receipt, self.warnings, self.state = QLabel(), QLabel(), QLabel()
        self.folder_label, self.budget_label = QLabel(), QLabel()
        self.colleagues_label, self.lacked_label = QLabel(), QLabel()
        self.receipt_label = QLabel()
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
        folder = Path(self.folder.text().strip())
        self._session.change_settings(exchange_folder=str(folder))
        budget = self.budget.value() * 1024 * 1024 if self.budget.value() else None
        encrypt = self.encrypt.isChecked()
        context = self._session.context

        def work(progress: ReportProgress, cancel: CancelToken) -> Receipt:
            return exchange_folder(
                context, folder, budget=budget, encrypt=encrypt, progress=progress, cancel=cancel
            )

        self._begin(work)

    def exchange_with_hub(self) -> None:
        """Exchange through the office hub; what is being typed is saved first."""
        context, keep = self._session.context, self.hub.keep.isChecked()
        budget = self.budget.value() * 1024 * 1024 if self.budget.value() else None
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
        self.folder_label.setText(_("Folder where the laptops meet: stick, shared disk"))
        self.folder.setAccessibleName(_("Exchange folder"))
        self.choose.setText(_("Choose…"))
        self.originals.setText(_("Originals for this laptop…"))
        self.encrypt.setText(_("Encrypt for the team"))
        self.encrypt.setToolTip(
            _("What is written there from now on only the team's laptops can read.")
        )
        self.exchange.setText(_("Exchange now"))
        self.stop.setText(_("Stop"))
        self.budget_label.setText(_("At most so much for photos"))
        self.budget.setSpecialValueText(_("as much as fits"))
        self.budget.setAccessibleName(self.budget_label.text())
        self.colleagues_label.setText(_("Colleagues"))
        self.lacked_label.setText(_("Here, and not yet with every colleague"))
        self.receipt_label.setText(_("The last exchange"))
        self.colleagues.setAccessibleName(self.colleagues_label.text())
        self.lacked.setAccessibleName(self.lacked_label.text())
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    def _fit_width(self) -> None:
        widest = int(self.width() * _LEFT_SHARE)
        self._area.setFixedWidth(min(theme.scaled(_LEFT_WIDTH), widest))

    def _fit_text(self) -> None:
        """Follow another text size, once the new style is in force."""
        self._fit_width()
        self._fill()

    def _connect(self) -> None:
        session = self._session
        session.settings_changed.connect(
            lambda _settings: QTimer.singleShot(0, self, self._fit_text)
        )
        self.choose.clicked.connect(self._choose)
        self.exchange.clicked.connect(self.exchange_now)
        self.originals.clicked.connect(self._choose_originals)
        self.hub.asked.connect(self.exchange_with_hub)
        self.stop.clicked.connect(self._stop)

    def _show(self, known: Known) -> None:
        self._known = known
        self._fill()
        self._changed(known.status)

    def _read_done(self) -> None:
        self._is_reading = False

    def _fill(self) -> None:
        self.team.setVisible(self._known is not None)
        if self._known is None:
            self._show_state()
            return
        status = self._known.status
        self.team.show_team(status.team)
        self.colleagues.show_rows(
            (_("Person"), _("Laptop"), _("Last heard of"), _("Lacks saves"), _("Lacks files")),
            [
                (
                    at,
                    (
                        one.person,
                        one.device,
                        when_words(one.heard_at) if one.heard_at else _("never"),
                        QLocale().toString(one.lacks_saves),
                        QLocale().toString(one.lacks_files),
                    ),
                )
                for at, one in enumerate(status.colleagues)
            ],
        )
        self.lacked.show_rows(
            (_("Person"), _("Place"), _("Records")),
            [
                (at, (person, place or _("no place"), QLocale().toString(count)))
                for at, (person, place, count) in enumerate(self._known.lacked)
            ],
        )
        warnings = warning_lines(status)
        self.warnings.setText("\n".join(f"• {line}" for line in warnings))
        self._warning_frame.setVisible(bool(warnings))
        lines = receipt_lines(self._receipt, status) if self._receipt is not None else []
        self.receipt.setText("\n".join(f"• {line}" for line in lines))
        self._receipt_frame.setVisible(bool(lines))
        self._show_state()

    def _show_state(self) -> None:
        status = self._known.status if self._known else None
        is_member = bool(status and status.team and status.team.is_member)
        for part in (*self._panels, self._right):
            part.setVisible(is_member)
        can_work = is_member and self._task is None and not self._session.is_read_only
        self.exchange.setEnabled(can_work and bool(self.folder.text().strip()))
        self.hub.allow(can_work)
        self.mail.setEnabled(can_work)
        self.stop.setEnabled(self._task is not None)
        if self._task is not None:
            words = _("At work; the bar at the bottom shows how far it is. You can go on editing.")
        elif status is None:
            words = ""
        else:
            words = _("{count} saves are on this laptop only.").format(
                count=QLocale().toString(status.pending)
            )
        self.state.setText(words)

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
            self.stop.setEnabled(False)

    def _choose_originals(self) -> None:
        self._session.run(original_choices, while_alive(self, self._offer_originals))

    def _offer_originals(self, offered: Choices) -> None:
        dialog = OriginalsDialog(
            offered.wish,
            routes=offered.routes,
            years=offered.years,
            sites=offered.sites,
            parent=self,
        )
        if dialog.exec():
            wish = dialog.wish()
            self._session.run(
                lambda context: wish_originals(context, wish),
                while_alive(self, lambda _done: self.read()),
            )

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Folder where the laptops meet"), self.folder.text()
        )
        if chosen:
            self.folder.setText(chosen)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(12)
        left = QWidget()
        left.setProperty("look", "page")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.team)
        self._panels = (
            self._meeting_panel(),
            _framed("panel", self.hub),
            _framed("panel", self.mail),
        )
        for panel in self._panels:
            column.addWidget(panel)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(left)
        self._area = area
        layout.addWidget(area)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        self._receipt_frame = _framed("panel", self.receipt_label, self.receipt)
        self._warning_frame = _framed("banner", self.warnings)
        right.addWidget(self._receipt_frame)
        right.addWidget(self._warning_frame)
        for label in (self.colleagues_label, self.lacked_label, self.receipt_label):
            label.setProperty("look", "heading")
        right.addWidget(self.colleagues_label)
        right.addWidget(self.colleagues, 1)
        right.addWidget(self.lacked_label)
        right.addWidget(self.lacked, 1)
        layout.addWidget(self._right, 1)
        layout.addStretch(0)
        self._receipt_frame.hide()
        self._warning_frame.hide()

    def _meeting_panel(self) -> QFrame:
        panel = QFrame()
        panel.setProperty("look", "panel")
        grid = QGridLayout(panel)
        grid.setContentsMargins(14, 12, 14, 12)
        self.folder_label.setWordWrap(True)
        self.state.setWordWrap(True)
        self.state.setProperty("look", "muted")
        grid.addWidget(self.folder_label, 0, 0, 1, 2)
        grid.addWidget(self.folder, 1, 0)
        grid.addWidget(self.choose, 1, 1)
        grid.addWidget(self.budget_label, 2, 0, 1, 2)
        grid.addWidget(self.budget, 3, 0, 1, 2)
        grid.addWidget(self.originals, 4, 0, 1, 2)
        grid.addWidget(self.encrypt, 5, 0, 1, 2)
        grid.addWidget(self.exchange, 6, 0)
        grid.addWidget(self.stop, 6, 1)
        grid.addWidget(self.state, 7, 0, 1, 2)
        return panel


def _framed(look: str, *parts: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("look", look)
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, 10, 14, 10)
    for part in parts:
        if isinstance(part, QLabel):
            part.setWordWrap(True)
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(part)
    return frame
