"""Submissions of ODK or Kobo: chosen, looked at row by row, taken as one step."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.texts import date_text
from geopark_app.gui.readiness.chart_tables import ChartCell, ChartRow, ChartTable
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.submissions import (
    SubmissionOptions,
    SubmissionReport,
    SubmissionRow,
    plan_submissions,
    take_submissions,
)
from geopark_app.wording import error_sentence
from geopark_app.wording.importing import status_words
from geopark_app.wording.submissions import submission_reason

_STATUSES = ("added", "updated", "unchanged", "refused")


class SubmissionDialog(QDialog):
    """Nothing is written before “Take”."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._path: Path | None = None
        self._options = SubmissionOptions()
        self.report: SubmissionReport | None = None
        self.setWindowTitle(_("Visits from ODK or Kobo"))
        self.file = QPushButton(_("Choose the file…"))
        self.file.clicked.connect(lambda _checked=False: self._ask_for_file())
        self.media = QPushButton(_("Folder of the pictures…"))
        self.media.clicked.connect(lambda _checked=False: self._ask_for_media())
        self.update_known = QCheckBox(_("Write known submissions again where they differ"))
        self.update_known.toggled.connect(lambda _on: self._read_again())
        self.good_only = QCheckBox(_("Take the good rows although others are bad"))
        self.good_only.toggled.connect(lambda _on: self._show_state())
        self.about = QLabel(
            _(
                "CSV, XLSX or zip as ODK Central and KoboToolbox write them, with names of "
                "questions (XML values) as headings; pictures in the same zip, in another one or "
                "in a folder. Each submission is known by its key and taken only once."
            )
        )
        self.about.setWordWrap(True)
        self.counts = QLabel()
        self.counts.setProperty("look", "heading")
        self.counts.setWordWrap(True)
        self.table = ChartTable("submissions")
        self.table.setAccessibleName(_("Rows"))
        self.take_button = QPushButton(_("Take"))
        self.take_button.setProperty("look", "primary")
        self.take_button.clicked.connect(lambda _checked=False: self.take())
        self.leave = QPushButton(_("Close"))
        self.leave.clicked.connect(self.reject)
        self._lay_out()
        self._show_state()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.file)
        top.addWidget(self.media)
        top.addWidget(self.update_known)
        top.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.good_only)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.addWidget(self.about)
        column.addLayout(top)
        column.addWidget(self.counts)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.resize(theme.scaled(980), theme.scaled(600))

    # Reading --------------------------------------------------------------------------------

    def _ask_for_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, self.windowTitle(), "", "CSV, XLSX, ZIP (*.csv *.xlsx *.zip)"
        )
        if name:
            self.read(Path(name))

    def _ask_for_media(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Folder of the pictures"))
        if name:
            self._options = replace(self._options, media=Path(name))
            self.media.setText(Path(name).name)
            self._read_again()

    def _read_again(self) -> None:
        if self._path is not None:
            self.read(self._path)

    def read(self, path: Path) -> None:
        """Say what would become of the rows of a file."""
        self._path, self.report = path, None
        self.file.setText(path.name)
        self._options = replace(self._options, update=self.update_known.isChecked())
        context, options = self._session.context, self._options
        self.counts.setText(_("The rows are being read…"))

        def work(progress: ReportProgress, cancel: CancelToken) -> SubmissionReport:
            return plan_submissions(context, path, options, progress=progress, cancel=cancel)

        self._session.run_beside(
            work,
            while_alive(self, self._planned),
            label=_("Importing"),
            on_failed=while_alive(self, self._failed),
        )
        self._show_state()

    def _planned(self, report: SubmissionReport) -> None:
        self.report = report
        counts = ", ".join(f"{status_words(one)} {report.count(one)}" for one in _STATUSES)
        words = [_("Read {read}: {counts}").format(read=len(report.rows), counts=counts)]
        if report.pictures_wanted:
            missing = _("{count} pictures did not come with the file: choose their folder.")
            words.append(missing.format(count=report.pictures_wanted))
        if report.unknown:
            words.append(_("Columns not taken: {first}.").format(first=", ".join(report.unknown)))
        self.counts.setText("\n".join(words))
        self.table.show_rows(
            (
                _("Row"), _("What happens"), _("Place"), _("Day"), _("Answers"), _("Photos"),
                _("Why or what changes"),
            ),
            [_row(row) for row in report.rows],
            widths=(60, 120, 90, 100, 80, 70, 320),
            stretched=6,
        )  # fmt: skip
        self._show_state()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, GeoparkError):
            self._session.messages.error(error)
            return
        words = error_sentence(error)
        self.counts.setText(f"{words.message} {words.next}")
        self._show_state()

    def _show_state(self) -> None:
        report = self.report
        bad = report.count("refused") if report else 0
        self.good_only.setVisible(bad > 0 and not (report and report.is_taken))
        good = report.count("added") + report.count("updated") if report else 0
        is_open = report is not None and not report.is_taken
        self.take_button.setEnabled(
            is_open and good > 0 and (not bad or self.good_only.isChecked())
        )

    # Taking ---------------------------------------------------------------------------------

    def take(self) -> None:
        """Write the visits as one step that can be undone."""
        report, options = self.report, self._options
        if report is None or report.is_taken:
            return
        context, good_only = self._session.context, self.good_only.isChecked()
        reason = _("Import of {file}").format(file=report.path.name)

        def work(progress: ReportProgress, cancel: CancelToken) -> SubmissionReport:
            return take_submissions(
                context,
                report,
                options,
                take_good_rows=good_only,
                reason=reason,
                progress=progress,
                cancel=cancel,
            )

        self.take_button.setEnabled(False)
        self._session.run_long(
            work,
            while_alive(self, self._taken),
            label=_("Importing"),
            on_failed=while_alive(self, self._failed),
        )

    def _taken(self, report: SubmissionReport) -> None:
        self._planned(report)
        self._session.messages.done(
            _("Imported: {added} new, {updated} changed.").format(
                added=report.count("added"), updated=report.count("updated")
            ),
            action=_("Undo"),
            on_action=self._session.undo_step,
        )


def _row(row: SubmissionRow) -> ChartRow:
    read = row.read
    why = submission_reason(row.reason, row.details) if row.reason else ""
    changes = "; ".join(
        f"{name}: {old or '∅'} → {new or '∅'}" for name, old, new in row.differences
    )
    band = {"refused": "red", "updated": "middle", "added": "high"}.get(row.status, "")
    return ChartRow(
        key=str(row.number),
        cells=(
            ChartCell(text=str(row.number), is_right=True),
            ChartCell(text=status_words(row.status), band=band),
            ChartCell(text=read.place if read else ""),
            ChartCell(text=date_text(read.visit.visited_on or "") if read else ""),
            ChartCell(text=str(len(read.answers)) if read else "", is_right=True),
            ChartCell(text=str(len(row.pictures) or "") if read else "", is_right=True),
            ChartCell(text=why or changes),
        ),
    )
