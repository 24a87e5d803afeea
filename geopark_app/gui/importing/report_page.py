"""Last page of the import: what would happen to each row, and afterwards what happened."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui.importing.row_model import RowModel
from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import gettext as _
from geopark_app.operations.import_shapes import SELF_CROSSING
from geopark_app.operations.importing import ImportReport
from geopark_app.wording.importing import status_words, warning_words

_STATUSES = ("added", "updated", "unchanged", "refused")


class ReportPage(LanguageAware, QWidget):
    """Counts that add up, warnings, and the rows.

    Signals
    -------
    choice_changed()
        Whether good rows are taken alone.
    mending_changed()
        Whether areas that cross themselves are put right: the rows must be looked at again.
    """

    choice_changed = Signal()
    mending_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: ImportReport | None = None
        self.counts, self.warnings = QLabel(), QLabel()
        self.counts.setProperty("look", "heading")
        for label in (self.counts, self.warnings):
            label.setWordWrap(True)
        self.shown = QComboBox()
        self.shown.currentIndexChanged.connect(self._show_rows)
        self.take_good = QCheckBox()
        self.take_good.toggled.connect(self.choice_changed)
        self.mend = QCheckBox()
        self.mend.clicked.connect(lambda _checked: self.mending_changed.emit())
        self.model = RowModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.counts)
        layout.addWidget(self.warnings)
        row = QHBoxLayout()
        row.addWidget(self.shown)
        row.addStretch(1)
        row.addWidget(self.mend)
        row.addWidget(self.take_good)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        self.retranslate()

    @property
    def can_take(self) -> bool:
        """Say whether an import would write anything now."""
        report = self._report
        if report is None or report.is_taken:
            return False
        is_clean = report.count("refused") == 0 or self.take_good.isChecked()
        return is_clean and report.count("added") + report.count("updated") > 0

    def show_report(self, report: ImportReport) -> None:
        """Show a plan, or what was done."""
        self._report = report
        bad = report.count("refused")
        self.take_good.setVisible(bool(bad) and not report.is_taken)
        crossing = any(row.reason == SELF_CROSSING for row in report.rows)
        self.mend.setVisible((crossing or self.mend.isChecked()) and not report.is_taken)
        wanted = "refused" if bad else "updated" if report.count("updated") else ""
        self.shown.setCurrentIndex(max(0, self.shown.findData(wanted)))
        self.retranslate()
        for column, width in enumerate((60, 110, 260)):
            self.table.setColumnWidth(column, width)

    def forget_choices(self) -> None:
        """Begin a new file without what was chosen for the last one."""
        for box in (self.take_good, self.mend):
            box.setChecked(False)

    def retranslate(self) -> None:
        self.mend.setText(_("Mend self-crossing areas"))
        self.take_good.setText(_("Take the good rows although others are bad"))
        self.table.setAccessibleName(_("Rows"))
        chosen = self.shown.currentData()
        self.shown.blockSignals(True)
        self.shown.clear()
        self.shown.addItem(_("all rows"), "")
        for status in _STATUSES:
            self.shown.addItem(status_words(status), status)
        self.shown.setCurrentIndex(max(0, self.shown.findData(chosen)))
        self.shown.blockSignals(False)
        if self._report is not None:
            self._show_words(self._report)
        self._show_rows()

    def _show_words(self, report: ImportReport) -> None:
        counts = ", ".join(f"{status_words(name)} {report.count(name)}" for name in _STATUSES)
        words = _("Read {read}: {counts}").format(read=len(report.rows), counts=counts)
        if not report.is_taken:
            words = _("What would happen. {counts}").format(counts=words)
        self.counts.setText(words)
        self.warnings.setText("\n".join(warning_words(warning) for warning in report.warnings))
        self.warnings.setVisible(bool(report.warnings))

    def _show_rows(self) -> None:
        report = self._report
        wanted = self.shown.currentData()
        rows = report.rows if report is not None else ()
        self.model.show_rows([row for row in rows if not wanted or row.status == wanted])
