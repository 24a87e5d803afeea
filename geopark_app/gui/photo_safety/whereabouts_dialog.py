"""Where each original is, on this laptop and elsewhere, and what can be done about it."""

from enum import Enum

from PySide6.QtCore import QLocale, QModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import Site
from geopark_app.gui import theme
from geopark_app.gui.editing.value_words import when_words
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photo_safety.deeds import ask_and_back_up, ask_and_heal, read_all
from geopark_app.gui.photo_safety.originals_model import HOLDERS, OriginalRole, OriginalsModel
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.whereabouts import (
    Original,
    WhereaboutsReport,
    forget_backup,
    whereabouts,
)
from geopark_app.store.whereabouts import Holding

_SCREEN_SHARE = 0.92
_COLUMN_WIDTHS = (70, 140, 90, 98, 60, 132)


class Shown(Enum):
    """Which originals the list shows."""

    IN_DANGER = "in-danger"
    TROUBLED = "troubled"
    ALL = "all"


class WhereaboutsDialog(LanguageAware, QDialog):
    """The list of originals, the backups and laptops known, and the three deeds.

    Attributes
    ----------
    table : QTableView
        The originals.
    filter : QComboBox
        Which of them.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._report = WhereaboutsReport(originals=(), holdings=())
        self._sites: dict[str, str] = {}
        self._is_loaded = False
        self.summary, self._holders_title, self.empty = QLabel(), QLabel(), QLabel()
        self.summary.setWordWrap(True)
        self.empty.setProperty("look", "muted")
        self.empty.setWordWrap(True)
        self.filter, self._filter_label = QComboBox(), QLabel()
        self._filter_label.setBuddy(self.filter)
        self.model = OriginalsModel(self)
        self.table = QTableView()
        self._set_up_table()
        self._holders = QVBoxLayout()
        self._holders.setSpacing(2)
        self.back_up, self.search, self.read, self.leave = (QPushButton() for _index in range(4))
        self.back_up.setProperty("look", "primary")
        self._lay_out()
        self.filter.currentIndexChanged.connect(self._fill)
        self.back_up.clicked.connect(lambda: ask_and_back_up(session, self))
        self.search.clicked.connect(lambda: ask_and_heal(session, self))
        self.read.clicked.connect(lambda: read_all(session))
        self.leave.clicked.connect(self.reject)
        self.table.activated.connect(self._open)
        for signal in (session.whereabouts_changed, session.changes.changes_stored):
            signal.connect(self.reload)
        for button in (self.search, self.read):
            button.setEnabled(not session.is_read_only)
        wanted = QSize(theme.scaled(940), theme.scaled(560))
        self.resize(wanted.boundedTo(self.screen().availableSize() * _SCREEN_SHARE))
        self.retranslate()
        self.reload()

    def reload(self) -> None:
        """Ask again where the originals are."""
        context = self._session.context

        def found(report: WhereaboutsReport) -> None:
            sites = context.catalogue.records(Site)
            self._sites = {site.uuid: site.code or site.name_vi or "" for site in sites}
            self._report, self._is_loaded = report, True
            self._show_summary()
            self._show_holders()
            self._fill()

        self._session.run_beside(
            lambda _progress, _cancel: whereabouts(context), while_alive(self, found)
        )

    def retranslate(self) -> None:
        self.setWindowTitle(_("Where the originals are"))
        self._filter_label.setText(_("Show"))
        chosen = self.filter.currentData() or Shown.IN_DANGER.value
        self.filter.blockSignals(True)
        self.filter.clear()
        for shown, words in (
            (Shown.IN_DANGER, _("only copies, missing and damaged")),
            (Shown.TROUBLED, _("missing and damaged")),
            (Shown.ALL, _("all originals")),
        ):
            self.filter.addItem(words, shown.value)
        self.filter.setCurrentIndex(self.filter.findData(chosen))
        self.filter.blockSignals(False)
        self._holders_title.setText(_("Backups and laptops that are known"))
        self.table.setAccessibleName(_("Originals of the photos"))
        self.back_up.setText(_("Back up with photos…"))
        self.search.setText(_("Find missing photos in a folder…"))
        self.read.setText(_("Read all files now"))
        self.read.setToolTip(
            _("Every file is read from end to end; damage is found while copies still exist.")
        )
        self.leave.setText(_("Close"))
        self._show_summary()
        self._show_holders()
        self._fill()

    def _show_summary(self) -> None:
        total, only = len(self._report.originals), len(self._report.only_copies)
        numbers = QLocale()
        if not self._is_loaded:
            self.summary.setText(_("Looking…"))
        elif not total:
            self.summary.setText(_("There are no photos yet."))
        elif not only:
            self.summary.setText(
                _("Every one of {total} originals has a second copy.").format(
                    total=numbers.toString(total)
                )
            )
        else:
            self.summary.setText(
                _("{count} of {total} originals have no second copy that is known.").format(
                    count=numbers.toString(only), total=numbers.toString(total)
                )
            )
        self.summary.setProperty("look", "error" if only else "strong")
        self.summary.style().polish(self.summary)

    def _show_holders(self) -> None:
        while (item := self._holders.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for holding in self._report.holdings:
            self._holders.addWidget(self._holder_row(holding))
        if not self._report.holdings:
            words = QLabel(_("None yet: a backup on another disk is the quickest second copy."))
            words.setProperty("look", "muted")
            words.setWordWrap(True)
            self._holders.addWidget(words)

    def _holder_row(self, holding: Holding) -> QWidget:
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        template = (
            _("Laptop {name}: {count} of these originals, heard of on {when}")
            if holding.is_laptop
            else _("Backup {name}: {count} of these originals, made on {when} in {place}")
        )
        label = QLabel(
            template.format(
                name=holding.name,
                count=QLocale().toString(self._report.held_by(holding)),
                when=when_words(holding.seen_at),
                place=holding.place,
            )
        )
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        inside.addWidget(label, 1)
        if not holding.is_laptop and not self._session.is_read_only:
            forget = QPushButton(_("Lost…"))
            forget.setProperty("look", "link")
            forget.setToolTip(_("Count this backup no more"))
            forget.setAccessibleName(_("Count this backup no more") + f": {holding.name}")
            forget.clicked.connect(lambda: self._forget(holding))
            inside.addWidget(forget)
        return row

    def _forget(self, holding: Holding) -> None:
        is_sure = self._session.messages.ask(
            self,
            _("Is the backup “{name}” lost?").format(name=holding.name),
            detail=_(
                "Its copies are then counted no more. Nothing is deleted; backing up into the same "
                "folder counts it again."
            ),
            yes=_("It is lost"),
        )
        if is_sure:
            forget_backup(self._session.context, holding.holder_id)
            self._session.whereabouts_changed.emit()

    def _fill(self) -> None:
        shown = self.filter.currentData()
        rows: tuple[Original, ...] = {
            Shown.IN_DANGER.value: self._report.only_copies + _doubled_trouble(self._report),
            Shown.TROUBLED.value: self._report.troubled,
            Shown.ALL.value: self._report.originals,
        }.get(shown, self._report.originals)
        self.model.show_originals(rows, self._sites)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows and self._is_loaded)
        self.empty.setText(_("Nothing to show here."))

    def _open(self, index: QModelIndex) -> None:
        original = index.data(OriginalRole)
        if isinstance(original, Original) and original.site_uuid:
            self._session.site_requested.emit(original.site_uuid)
            self.accept()

    def _set_up_table(self) -> None:
        table = self.table
        table.setObjectName("originals")
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setHighlightSections(False)
        for column, width in enumerate(_COLUMN_WIDTHS):
            table.setColumnWidth(column, theme.scaled(width))
        table.horizontalHeader().setSectionResizeMode(HOLDERS, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(8)
        layout.addWidget(self.summary)
        self._holders_title.setProperty("look", "heading")
        layout.addWidget(self._holders_title)
        layout.addLayout(self._holders)
        choice = QHBoxLayout()
        choice.addWidget(self._filter_label)
        choice.addWidget(self.filter)
        choice.addStretch(1)
        layout.addLayout(choice)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        for button in (self.back_up, self.search, self.read):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        layout.addLayout(buttons)


def _doubled_trouble(report: WhereaboutsReport) -> tuple[Original, ...]:
    """Give what is missing or damaged here though copies enough are elsewhere."""
    return tuple(original for original in report.troubled if not original.is_only_copy)
