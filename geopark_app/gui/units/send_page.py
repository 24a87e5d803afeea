"""Chooses communes and bodies, and writes a workbook and a letter for each."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import KINDS
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.unit_requests import SendReport, send_requests
from geopark_app.operations.unit_rows import ASKED, Unit, UnitRows

_DAYS_TO_ANSWER = 21


class SendPage(QWidget):
    """Who is asked what, until when.

    Attributes
    ----------
    tree : QTreeWidget
        Units with how many rows of each kind they would get.
    kinds : dict of str to QCheckBox
        What is asked.
    write_button : QPushButton
        Asks for the folder.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._units: list[tuple[Unit, dict[str, int]]] = []
        note = QLabel(
            _(
                "Each unit gets one Excel file with its rows: keys are locked, yellow cells can "
                "be filled. A letter (Word) in the administrative layout goes with it; number, "
                "date and signature are left blank. The sending is recorded."
            )
        )
        note.setWordWrap(True)
        note.setProperty("look", "muted")
        self.tree = QTreeWidget()
        self.tree.setRootIsDecorated(False)
        self.tree.setAlternatingRowColors(True)
        self.tree.setAccessibleName(_("Communes and bodies"))
        self.tree.itemChanged.connect(lambda _item, _column: self._allow())
        self.kinds = {}
        kinds = QHBoxLayout()
        kinds.addWidget(QLabel(_("Ask about:")))
        for name in ASKED:
            box = QCheckBox(pick(KINDS[name].label_vi, KINDS[name].label_en))
            box.setChecked(True)
            box.clicked.connect(lambda _checked=False: self._allow())
            self.kinds[name] = box
            kinds.addWidget(box)
        kinds.addStretch(1)
        self.has_day = QCheckBox(_("Answer by"))
        self.has_day.setChecked(True)
        self.day = QDateEdit(QDate.currentDate().addDays(_DAYS_TO_ANSWER))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("dd/MM/yyyy")
        self.day.setAccessibleName(_("Answer by"))
        self.has_day.toggled.connect(self.day.setEnabled)
        self.letters = QCheckBox(_("With a letter"))
        self.letters.setChecked(True)
        self.all_button, self.none_button = (
            QPushButton(_("Choose all")),
            QPushButton(_("Choose none")),
        )
        self.all_button.clicked.connect(lambda: self._tick(is_on=True))
        self.none_button.clicked.connect(lambda: self._tick(is_on=False))
        self.write_button = QPushButton(_("Write the lists into a folder…"))
        self.write_button.setProperty("look", "primary")
        self.write_button.clicked.connect(self._ask_folder)
        foot = QHBoxLayout()
        foot.addWidget(self.all_button)
        foot.addWidget(self.none_button)
        foot.addStretch(1)
        for widget in (self.has_day, self.day, self.letters, self.write_button):
            foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.addWidget(note)
        column.addLayout(kinds)
        column.addWidget(self.tree, 1)
        column.addLayout(foot)

    def read(self) -> None:
        """Read the units beside the window."""
        context = self._session.context

        def work(
            _progress: ReportProgress, _cancel: CancelToken
        ) -> list[tuple[Unit, dict[str, int]]]:
            finder = UnitRows(context)
            return [(unit, finder.counts(unit)) for unit in finder.units()]

        self._session.run_beside(work, while_alive(self, self._take))

    def _take(self, units: list[tuple[Unit, dict[str, int]]]) -> None:
        ticked = {unit.id for unit in self.chosen()}
        self._units = units
        self.tree.blockSignals(True)
        self.tree.clear()
        labels = [pick(KINDS[kind].label_vi, KINDS[kind].label_en) for kind in ASKED]
        self.tree.setHeaderLabels([_("Unit"), *labels])
        for unit, counts in units:
            item = QTreeWidgetItem([unit.name, *(str(counts.get(kind, "")) for kind in ASKED)])
            item.setData(0, KeyRole, unit.id)
            is_on = unit.id in ticked
            item.setCheckState(0, Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
            for at in range(1, len(labels) + 1):
                item.setTextAlignment(at, Qt.AlignmentFlag.AlignRight)
            self.tree.addTopLevelItem(item)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in range(1, len(labels) + 1):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
            header.setMinimumSectionSize(theme.scaled(90))
        self.tree.blockSignals(False)
        self._allow()

    def chosen(self) -> list[Unit]:
        """Give the units ticked."""
        found = []
        for at, (unit, _counts) in enumerate(self._units):
            item = self.tree.topLevelItem(at)
            if item is not None and item.checkState(0) is Qt.CheckState.Checked:
                found.append(unit)
        return found

    def _tick(self, *, is_on: bool) -> None:
        self.tree.blockSignals(True)
        for at in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(at)
            if item is not None:
                item.setCheckState(0, Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
        self.tree.blockSignals(False)
        self._allow()

    def _asked(self) -> list[str]:
        return [name for name, box in self.kinds.items() if box.isChecked()]

    def _allow(self) -> None:
        is_possible = bool(self.chosen()) and bool(self._asked())
        self.write_button.setEnabled(is_possible and not self._session.is_read_only)

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, _("Folder for the lists and letters"), self._session.export_path("")
        )
        if folder:
            self.write_to(Path(folder))

    def write_to(self, folder: Path) -> None:
        """Write the lists and letters of the units ticked, and record the sending."""
        context, kinds = self._session.context, self._asked()
        chosen = self.chosen()
        units = [
            unit
            for unit, counts in self._units
            if unit in chosen and any(counts.get(kind) for kind in kinds)
        ]
        day = self.day.date()
        by = date(day.year(), day.month(), day.day()) if self.has_day.isChecked() else None
        letters = self.letters.isChecked()
        reason = _("Send lists to {count} units").format(count=len(units))

        def work(progress: ReportProgress, cancel: CancelToken) -> SendReport:
            return send_requests(
                context,
                units,
                folder,
                kinds=kinds,
                answer_by=by,
                letters=letters,
                reason=reason,
                progress=progress,
                cancel=cancel,
            )

        def done(report: SendReport) -> None:
            self._session.messages.done(
                _("{count} lists written: {path}").format(count=len(report.made), path=folder)
            )

        self._session.run_long(work, while_alive(self, done), label=_("Writing the lists"))
