"""The exchange page: one button, who has what, and what was done, in plain words."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
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
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.editing.value_words import when_words
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.gui.sync.receipt_words import receipt_lines, warning_lines
from geopark_app.gui.sync.team_panel import TeamPanel
from geopark_app.gui.tasks import Task
from geopark_app.i18n import gettext as _
from geopark_app.operations.bundles import export_bundle, import_bundle
from geopark_app.operations.context import AppContext
from geopark_app.operations.exchanging import Receipt, exchange_folder
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
        self.folder = QLineEdit(session.settings.exchange_folder)
        self.folder.textChanged.connect(lambda _text: self._show_state())
        self.choose, self.exchange, self.stop = QPushButton(), QPushButton(), QPushButton()
        self.exchange.setProperty("look", "primary")
        self.budget = QSpinBox()
        self.budget.setRange(0, _LARGEST_MB)
        self.budget.setSuffix(" MB")
        self.export, self.take = QPushButton(), QPushButton()
        self.colleagues, self.lacked = PlainTable("colleagues"), PlainTable("lacked")
        self.receipt, self.warnings, self.state = QLabel(), QLabel(), QLabel()
        self.folder_label, self.budget_label, self.mail_label = QLabel(), QLabel(), QLabel()
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
        context = self._session.context

        def work(progress: ReportProgress, cancel: CancelToken) -> Receipt:
            return exchange_folder(context, folder, budget=budget, progress=progress, cancel=cancel)

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
        self.exchange.setText(_("Exchange now"))
        self.stop.setText(_("Stop"))
        self.budget_label.setText(_("At most so much for photos"))
        self.budget.setSpecialValueText(_("as much as fits"))
        self.budget.setAccessibleName(self.budget_label.text())
        self.mail_label.setText(_("By mail or chat (without photos)"))
        self.export.setText(_("Write a bundle…"))
        self.take.setText(_("Take in a bundle…"))
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
        self.stop.clicked.connect(self._stop)
        self.export.clicked.connect(self._export)
        self.take.clicked.connect(self._take)

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
        self.export.setEnabled(can_work)
        self.take.setEnabled(can_work)
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

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Folder where the laptops meet"), self.folder.text()
        )
        if chosen:
            self.folder.setText(chosen)

    def _export(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self,
            _("Bundle for colleagues"),
            self._session.export_path(f"{self._session.settings.device}.gsb"),
        )
        if path:
            self._work(
                lambda context: export_bundle(context, Path(path)),
                lambda packed: self._session.messages.done(
                    _("Written: {path}").format(path=path)
                    if packed
                    else _("There is nothing to hand on.")
                ),
            )

    def _take(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Bundle of a colleague"), "", "*.gsb;;*")
        if path:
            self._work(lambda context: import_bundle(context, Path(path)), self._taken)

    def _taken(self, result: object) -> None:
        assert isinstance(result, tuple)
        outcome, followed = result
        some = [*followed, *([outcome.taken] if outcome.taken else [])]
        touched = frozenset().union(*(one.touched for one in some))
        self._session.changes.publish(Changes(touched=touched))
        if outcome.needs:
            self._session.messages.info(
                _("The bundle is kept; it waits for saves it builds on, from other laptops.")
            )
        else:
            count = sum(one.saves for one in some)
            self._session.messages.done(_("{count} saves came.").format(count=count))

    def _work(self, work: Callable[[AppContext], object], done: Callable[[object], None]) -> None:
        def finished(result: object) -> None:
            done(result)
            self.read()

        def begin() -> None:
            self._session.run(work, while_alive(self, finished), label=_("Exchanging"))

        self._session.after_saving(begin)

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
        self._panels = (self._meeting_panel(), self._mail_panel())
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
        grid.addWidget(self.exchange, 4, 0)
        grid.addWidget(self.stop, 4, 1)
        grid.addWidget(self.state, 5, 0, 1, 2)
        return panel

    def _mail_panel(self) -> QFrame:
        panel = QFrame()
        panel.setProperty("look", "panel")
        grid = QGridLayout(panel)
        grid.setContentsMargins(14, 12, 14, 12)
        self.mail_label.setWordWrap(True)
        grid.addWidget(self.mail_label, 0, 0, 1, 2)
        grid.addWidget(self.export, 1, 0)
        grid.addWidget(self.take, 1, 1)
        return panel


def _framed(look: str, *labels: QLabel) -> QFrame:
    frame = QFrame()
    frame.setProperty("look", look)
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, 10, 14, 10)
    for label in labels:
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(label)
    return frame
