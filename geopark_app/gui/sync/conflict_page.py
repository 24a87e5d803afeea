"""The conflict page: the sites at the left, what differs at the right, one site at a time."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.editing.history_dialog import HistoryDialog
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.pictures import Pictures
from geopark_app.gui.session import Session
from geopark_app.gui.sync.conflict_card import ConflictCard
from geopark_app.i18n import gettext as _
from geopark_app.operations.conflicts import Conflict, keep_text, keep_value, list_conflicts

_LIST_WIDTH = 320
_LIST_SHARE = 0.34


class ConflictPage(LanguageAware, QWidget):
    """Settles conflicts site by site; every decision is a save and can be undone.

    Attributes
    ----------
    table : PlainTable
        Sites with the number of their conflicts.
    cards : list of ConflictCard
        Those of the site chosen.
    decided : QPushButton
        Shows the values of the decision made last, to change one's mind.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._options = FormOptions(session, self)
        self._pictures = Pictures(session, self)
        self._by_site: dict[str, list[Conflict]] = {}
        self._is_reading = self._is_stale = False
        self.cards: list[ConflictCard] = []
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.table = PlainTable("conflicts")
        self.table.itemSelectionChanged.connect(self._show_site)
        self.title = QLabel()
        self.title.setProperty("look", "heading")
        self.title.setWordWrap(True)
        self.go, self.later = QPushButton(), QPushButton()
        self.decided = QPushButton()
        self.decided.setProperty("look", "link")
        self.decided.clicked.connect(self._show_decided)
        self.decided.hide()
        self._last: Conflict | None = None
        self.go.clicked.connect(self._go_to_site)
        self.later.clicked.connect(self._next_site)
        self._lay_out()
        session.settings_changed.connect(
            lambda _settings: QTimer.singleShot(0, self, self._fit_text)
        )
        self.retranslate()

    def read(self) -> None:
        """Read the conflicts again, beside the window."""
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> list[Conflict]:
            return list_conflicts(context)

        task = self._session.run_beside(work, while_alive(self, self.show_conflicts))
        task.ended.connect(self._read_done)

    def show_conflicts(self, found: Sequence[Conflict]) -> None:
        """Show these, with the site that was chosen before, or the first one."""
        chosen = self._chosen_site()
        self._by_site = {}
        for conflict in found:
            self._by_site.setdefault(conflict.site_uuid, []).append(conflict)
        self.table.blockSignals(True)
        self._fill_table()
        keys = list(self._by_site)
        if keys:
            self.table.selectRow(keys.index(chosen) if chosen in keys else 0)
        self.table.blockSignals(False)
        self._show_site()

    def retranslate(self) -> None:
        self.table.setAccessibleName(_("Sites with conflicts"))
        self.go.setText(_("Open the site"))
        self.later.setText(_("Later: next site"))
        self.decided.setText(_("Other values of the last decision…"))
        self._fill_table()
        self._show_site()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    def _fit_width(self) -> None:
        widest = int(self.width() * _LIST_SHARE)
        self.table.setFixedWidth(min(theme.scaled(_LIST_WIDTH), widest))

    def _fit_text(self) -> None:
        """Follow another text size, once the new style is in force."""
        self._fit_width()
        self._fill_table()

    def _read_done(self) -> None:
        self._is_reading = False
        if self._is_stale:
            self.read()

    def _fill_table(self) -> None:
        chosen = self.table.currentRow()
        self.table.show_rows(
            (_("Record"), _("Count")),
            [
                (uuid, (some[0].site_title, QLocale().toString(len(some))))
                for uuid, some in self._by_site.items()
            ],
        )
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        if 0 <= chosen < len(self._by_site):
            self.table.selectRow(chosen)
        count = sum(len(some) for some in self._by_site.values())
        self.words.setText(
            _(
                "{count} values were written side by side. Nothing is lost whatever you choose: "
                "the others stay in the history."
            ).format(count=QLocale().toString(count))
            if count
            else _(
                "There are no conflicts. When two people write different values, both come here."
            )
        )

    def _chosen_site(self) -> str:
        keys = self.table.chosen_keys()
        return str(keys[0]) if keys else ""

    def _show_site(self) -> None:
        for card in self.cards:
            card.deleteLater()
        some = self._by_site.get(self._chosen_site(), [])
        self.title.setText(some[0].site_title if some else "")
        self.cards = [
            ConflictCard(
                self._session,
                self._options,
                self._pictures,
                conflict,
                keep=self._keep,
                keep_text=self._keep_text,
                show_history=self._show_history,
            )
            for conflict in some
        ]
        for at, card in enumerate(self.cards):
            self._card_column.insertWidget(at, card)
        self.table.setVisible(bool(self._by_site))
        self.go.setVisible(bool(some))
        self.later.setVisible(len(self._by_site) > 1)

    def _keep(self, conflict: Conflict, number: int) -> None:
        reason = self._reason(conflict)
        self._session.run(
            lambda context: keep_value(context, conflict, number, reason=reason),
            while_alive(self, lambda _changes: self._settled(conflict)),
        )

    def _keep_text(self, conflict: Conflict, text: str) -> None:
        reason = self._reason(conflict)
        self._session.run(
            lambda context: keep_text(context, conflict, text, reason=reason),
            while_alive(self, lambda _changes: self._settled(conflict)),
        )

    def _reason(self, conflict: Conflict) -> str:
        return _("Settle: {record}").format(record=conflict.title)

    def _settled(self, conflict: Conflict) -> None:
        self._last = conflict
        self.decided.setVisible(bool(conflict.field))
        self.read()

    def _show_decided(self) -> None:
        if self._last is not None:
            self._show_history(self._last)

    def _show_history(self, conflict: Conflict) -> None:
        dialog = HistoryDialog(
            self._session, self._options, conflict.record, conflict.field, parent=self
        )
        dialog.open()

    def _go_to_site(self) -> None:
        some = self._by_site.get(self._chosen_site(), [])
        if some:
            self._session.site_requested.emit(some[0].site_uuid)

    def _next_site(self) -> None:
        following = (self.table.currentRow() + 1) % max(1, len(self._by_site))
        self.table.selectRow(following)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.decided)
        layout.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._fit_width()
        row.addWidget(self.table)
        page = QWidget()
        page.setProperty("look", "page")
        self._card_column = QVBoxLayout(page)
        self._card_column.setContentsMargins(0, 0, 8, 0)
        self._card_column.setSpacing(10)
        self._card_column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        right = QVBoxLayout()
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.go)
        top.addWidget(self.later)
        right.addLayout(top)
        right.addWidget(area, 1)
        row.addLayout(right, 1)
        layout.addLayout(row, 1)
