"""The Dossier: choose, check what is missing, build, and open what was made."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import Audience
from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Site
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.dossier.choices import DossierChoice, DossierChoices
from geopark_app.gui.dossier.file_list import FileList
from geopark_app.gui.dossier.problem_model import ProblemModel
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.gui.tasks import Task, Work
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:  # Word, typst and GDAL are fetched by the first check or build
    from geopark_app.operations.dossier_options import DossierOptions, DossierReport

_CHOICES_WIDTH = 320
_CHOICES_SHARE = 0.42


class DossierRoom(LanguageAware, QWidget):
    """Checks and builds the dossier; a double click on a problem goes to its site."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task: Task | None = None
        self._report: DossierReport | None = None
        self.choices = DossierChoices(session)
        self.choices.changed.connect(self._show_state)
        self.check_button, self.build_button = QPushButton(), QPushButton()
        self.build_button.setProperty("look", "primary")
        self.check_button.clicked.connect(self.check)
        self.build_button.clicked.connect(self.build)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.model = ProblemModel(self)
        self.table = self._make_table()
        self.file_list = FileList()
        self._title = QLabel()
        self._title.setProperty("look", "title")
        self._lay_out()
        session.settings_changed.connect(lambda _settings: self._fit_width())
        self._fit_width()
        self.retranslate()

    def check(self) -> None:
        """List what is missing, without writing anything."""
        choice = self.choices.choice()
        context = self._session.context

        def work(progress: ReportProgress, cancel: CancelToken) -> "DossierReport":
            from geopark_app.operations.dossier import check_dossier

            return check_dossier(context, _options(choice), progress=progress, cancel=cancel)

        self._start(work, _("Checking the dossier"))

    def build(self) -> None:
        """Write the dossier into the folder chosen."""
        choice = self.choices.choice()
        context = self._session.context

        def work(progress: ReportProgress, cancel: CancelToken) -> "DossierReport":
            from geopark_app.operations.dossier import build_dossier

            return build_dossier(
                context, choice.folder, _options(choice), progress=progress, cancel=cancel
            )

        self._start(work, _("Building the dossier"))

    def retranslate(self) -> None:
        self._title.setText(_("Dossier"))
        self.check_button.setText(_("Check"))
        self.build_button.setText(_("Build the dossier"))
        self.table.setAccessibleName(_("What to put right"))
        self.model.retranslate()
        self._show_state()

    def _start(self, work: Work, label: str) -> None:
        self._report = None
        self.file_list.show_report(None)
        self.model.show_problems(())

        def begin() -> None:
            self._task = self._session.run_beside(
                work, self._show_report, label=label, on_failed=self._show_failure
            )
            self._task.cancelled.connect(self._show_cancelled)
            self._task.ended.connect(self._forget_task)
            self._show_state()

        self.choices.remember()
        # What is still being typed belongs into the dossier.
        self._session.after_saving(begin)

    def _show_report(self, report: "DossierReport") -> None:
        self._report = report
        self.model.show_problems(report.problems)
        self.file_list.show_report(report)
        if report.out is not None:
            self._session.messages.done(
                _("The dossier is finished: {folder}").format(folder=report.out)
            )
        if report.kept is not None:
            self._session.messages.warning(
                _("The older dossier had been changed by hand; it is kept in {path}.").format(
                    path=report.kept
                )
            )

    def _show_failure(self, error: BaseException) -> None:
        self._session.messages.error(error)

    def _show_cancelled(self) -> None:
        self._session.messages.info(_("Stopped; the dossier folder is as it was before."))

    def _forget_task(self) -> None:
        self._task = None
        self._show_state()

    def _show_state(self) -> None:
        is_idle = self._task is None
        self.check_button.setEnabled(is_idle and self.choices.is_complete)
        self.build_button.setEnabled(is_idle and self.choices.is_complete)
        self.summary.setText(self._summary())

    def _summary(self) -> str:
        if self._task is not None:
            return _("At work; the bar at the bottom shows how far it is.")
        if self._report is None:
            return _(
                "“Check” lists what is missing or forbidden. “Build” lists it too, and writes the "
                "dossier all the same."
            )
        counts = _("{sites} sites · {errors} errors, {warnings} warnings, {notes} notes").format(
            sites=self._report.sites,
            errors=self.model.count_of(Severity.ERROR),
            warnings=self.model.count_of(Severity.WARNING),
            notes=self.model.count_of(Severity.NOTE),
        )
        hint = _("A double click on a line goes to its site.")
        return f"{counts}. {hint}" if self._report.problems else counts

    def _go_to_site(self, index: QModelIndex) -> None:
        code = self.model.problem(index.row()).site
        catalogue = self._session.context.catalogue
        sites = catalogue.records(Site, where={"code": code}) if code else []
        if sites:
            self._session.site_requested.emit(sites[0].uuid)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.activated.connect(self._go_to_site)
        return table

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    def _fit_width(self) -> None:
        widest = int(self.width() * _CHOICES_SHARE)
        self._left.setFixedWidth(min(theme.scaled(_CHOICES_WIDTH), widest))

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        left = QWidget()
        left.setProperty("look", "page")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self.choices)
        column.addStretch(1)
        self._left = QWidget()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(left)
        side = QVBoxLayout(self._left)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(area, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.check_button)
        buttons.addWidget(self.build_button, 1)
        # Outside the scrolled part: always in sight.
        side.addLayout(buttons)
        layout.addWidget(self._left)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.summary)
        right.addWidget(self.table, 1)
        right.addWidget(self.file_list)
        layout.addLayout(right, 1)


def _options(choice: DossierChoice) -> "DossierOptions":
    from geopark_app.operations.dossier_options import DossierOptions

    return DossierOptions(
        kind=choice.kind,
        parts=choice.parts,
        formats=choice.formats,
        languages=choice.languages,
        audience=Audience(choice.audience),
        filters=choice.filters,
        is_final=choice.is_final,
    )
