"""Who has not answered yet, with the days."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.dossier.plan_words import day_words
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.processes import today_of
from geopark_app.operations.unit_sendings import SentRequest, sent_requests, waiting_requests

_WIDTHS = (330, 70, 100, 80, 110, 110, 110)


class WaitingPage(QWidget):
    """Lists what was sent and is awaited.

    Attributes
    ----------
    table : PlainTable
        The longest waited for first.
    everything : QCheckBox
        Shows those that answered too.

    Signals
    -------
    counted(int)
        How many have not answered.
    """

    counted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.table = PlainTable("waiting")
        self.table.setAccessibleName(_("Units that have not answered"))
        self.everything = QCheckBox(_("Show those that answered too"))
        self.everything.clicked.connect(lambda _checked=False: self.read())
        self.words = QLabel()
        self.words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addWidget(self.everything)

    def read(self) -> None:
        """Read what was sent beside the window."""
        context = self._session.context
        everything = self.everything.isChecked()

        def work(_progress: ReportProgress, _cancel: CancelToken) -> tuple[list[SentRequest], int]:
            waiting = waiting_requests(context)
            return (sent_requests(context) if everything else waiting), len(waiting)

        self._session.run_beside(work, while_alive(self, self._take))

    def _take(self, found: tuple[list[SentRequest], int]) -> None:
        requests, waiting = found
        today = today_of(self._session.context)
        rows = []
        for one in requests:
            awaited = one.awaited
            late = awaited.days_late(today) if one.answered_on is None else 0
            texts = (
                one.unit.name,
                str(one.row_count),
                day_words(one.sent_on),
                str(awaited.days_waiting(today)),
                day_words(one.answer_by),
                _("{days} days late").format(days=late) if late else "",
                day_words(one.answered_on),
                one.file,
            )
            rows.append((one.key, texts))
        self.table.show_rows(
            (
                _("Unit"), _("Rows"), _("Sent on"), _("Days"), _("Answer by"), _("Late"),
                _("Answered on"), _("File"),
            ),
            rows,
        )  # fmt: skip
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, theme.scaled(width))
        self.words.setText(
            _("{count} units have not answered.").format(count=waiting)
            if waiting
            else _("Nobody is awaited.")
        )
        self.counted.emit(waiting)
