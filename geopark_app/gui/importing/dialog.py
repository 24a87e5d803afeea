"""The import wizard: file, columns, what would happen, and the import as one step to undo."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.importing.file_page import FilePage
from geopark_app.gui.importing.mapping_page import MappingPage
from geopark_app.gui.importing.opening import dropped_list
from geopark_app.gui.importing.report_page import ReportPage
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.gui.tasks import Task
from geopark_app.i18n import gettext as _
from geopark_app.operations.importing import (
    ImportOptions,
    ImportReport,
    RecognisedFile,
    plan_import,
    recognise_file,
    take_import,
)
from geopark_app.wording import error_sentence


class ImportDialog(LanguageAware, QDialog):
    """Three pages; nothing is written before the button of the last one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self._session = session
        self._task: Task | None = None
        self._found: RecognisedFile | None = None
        self._plan: ImportReport | None = None
        self.file_page, self.mapping_page = FilePage(), MappingPage()
        self.report_page = ReportPage()
        self.pages = QStackedWidget()
        for page in (self.file_page, self.mapping_page, self.report_page):
            self.pages.addWidget(page)
        self.title, self.trouble = QLabel(), QLabel()
        self.title.setProperty("look", "title")
        self.trouble.setWordWrap(True)
        self.bar = QProgressBar()
        self.back, self.forward, self.leave = QPushButton(), QPushButton(), QPushButton()
        self.forward.setProperty("look", "primary")
        self.forward.setDefault(True)
        self._lay_out()
        self.file_page.changed.connect(self.recognise)
        self.file_page.crs.currentTextChanged.connect(lambda _text: self._show_state())
        self.report_page.choice_changed.connect(self._show_state)
        self.report_page.mending_changed.connect(self.check)
        self.back.clicked.connect(self._go_back)
        self.forward.clicked.connect(self.go_on)
        self.leave.clicked.connect(self.reject)
        self.resize(920, 620)
        self.retranslate()

    def recognise(self) -> None:
        """Read the file beside the window and show what it is."""
        self._found = self._plan = None
        self.report_page.forget_choices()
        path = Path(self.file_page.path.text())
        options = self.file_page.options()
        context = self._session.context

        def work(_progress: ReportProgress, cancel: CancelToken) -> RecognisedFile:
            return recognise_file(context, path, options, cancel=cancel)

        self.file_page.show_found(None)
        self._begin(work, self._recognised, beside=True)

    def go_on(self) -> None:
        """Go to the next page, or import on the last."""
        page = self.pages.currentWidget()
        if page is self.file_page and self._found is not None:
            self.mapping_page.show_file(self._found)
            self._show(self.mapping_page)
        elif page is self.mapping_page:
            self.check()
        elif self._plan is not None and self._plan.is_taken:
            self.accept()
        elif self.report_page.can_take:
            self.take()

    def check(self) -> None:
        """Say what would become of every row."""
        doubles = self.mapping_page.doubles()
        if doubles:
            self._say(_("One field is chosen for several columns: {names}.").format(
                names=", ".join(doubles)))  # fmt: skip
            return
        found, options, context = self._found, self._options(), self._session.context
        assert found is not None

        def work(progress: ReportProgress, cancel: CancelToken) -> ImportReport:
            return plan_import(context, found, options, progress=progress, cancel=cancel)

        # What is still being typed is in the catalogue before rows are compared with it.
        self._session.after_saving(lambda: self._begin(work, self._planned, beside=True))

    def take(self) -> None:
        """Write the plan as one save."""
        plan = self._plan
        assert plan is not None
        options = replace(self._options(), take_good_rows=self.report_page.take_good.isChecked())
        context = self._session.context
        reason = _("Import of {file}").format(file=plan.recognised.path.name)

        def work(progress: ReportProgress, cancel: CancelToken) -> ImportReport:
            return take_import(
                context, plan, options, reason=reason, progress=progress, cancel=cancel
            )

        self._begin(work, self._taken, beside=False)

    def reject(self) -> None:
        """Stop what is going on; a second time, close."""
        if self._task is not None:
            self._task.cancel()
            return
        super().reject()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Import a list"))
        self.back.setText(_("Back"))
        self.report_page.retranslate()
        self._show_state()

    def _options(self) -> ImportOptions:
        return replace(
            self.file_page.options(),
            mapping=self.mapping_page.mapping(),
            mend_shapes=self.report_page.mend.isChecked(),
        )

    def _begin(
        self,
        work: Callable[[ReportProgress, CancelToken], Any],
        done: Callable[[Any], None],
        *,
        beside: bool,
    ) -> None:
        self._say("")
        run = self._session.run_beside if beside else self._session.run_long
        task = run(
            work,
            while_alive(self, done),
            label=_("Importing"),
            on_failed=while_alive(self, self._failed),
        )
        self._task = task
        task.progressed.connect(self._progressed)
        ended = while_alive(self, lambda _none: self._ended())
        task.ended.connect(lambda: ended(None))
        self.bar.setRange(0, 0)
        self._show_state()

    def _progressed(self, progress: Progress) -> None:
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.done)

    def _ended(self) -> None:
        self._task = None
        self._show_state()

    def _recognised(self, found: RecognisedFile) -> None:
        self._found = found
        self.file_page.show_found(found)
        self._show_state()

    def _planned(self, plan: ImportReport) -> None:
        self._plan = plan
        self.report_page.show_report(plan)
        self._show(self.report_page)

    def _taken(self, report: ImportReport) -> None:
        self._plan = report
        self.report_page.show_report(report)
        self._session.messages.done(
            _("Imported: {added} new, {updated} changed.").format(
                added=report.count("added"), updated=report.count("updated")
            ),
            action=_("Undo"),
            on_action=self._session.undo_step,
        )
        self._show_state()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, GeoparkError):
            self._session.messages.error(error)
            return
        words = error_sentence(error)
        sentence = f"{words.message} {words.safe} {words.next}"
        if self.pages.currentWidget() is self.file_page:
            self.file_page.show_found(None, sentence)
        else:
            self._say(sentence)

    def _say(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def _go_back(self) -> None:
        self._plan = None
        self._say("")
        self._show(self.file_page if self.pages.currentIndex() == 1 else self.mapping_page)

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self._show_state()

    def _show_state(self) -> None:
        page, is_idle = self.pages.currentWidget(), self._task is None
        is_done = self._plan is not None and self._plan.is_taken
        titles = (
            _("1. The file"),
            _("2. The columns"),
            _("3. Finished") if is_done else _("3. What would happen"),
        )
        self.title.setText(titles[self.pages.currentIndex()])
        words = (_("Go on"), _("Check the rows"), _("Close") if is_done else _("Import"))
        self.forward.setText(words[self.pages.currentIndex()])
        self.leave.setText(_("Stop") if not is_idle else _("Cancel"))
        self.leave.setVisible(not is_done)
        self.back.setEnabled(is_idle and page is not self.file_page and not is_done)
        self.bar.setVisible(not is_idle)
        if page is self.file_page:
            is_placed = self._found is not None and (
                not self._found.needs_crs or self.file_page.epsg() is not None
            )
            self.forward.setEnabled(is_idle and is_placed)
        elif page is self.mapping_page:
            self.forward.setEnabled(is_idle)
        else:
            self.forward.setEnabled(is_idle and (is_done or self.report_page.can_take))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_list(event) is not None and self.pages.currentWidget() is self.file_page:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_list(event)
        if path is not None:
            event.acceptProposedAction()
            self.file_page.choose(path)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(self.title)
        layout.addWidget(self.pages, 1)
        self.trouble.hide()
        layout.addWidget(self.trouble)
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addStretch(1)
        for button in (self.leave, self.back, self.forward):
            row.addWidget(button)
        layout.addLayout(row)
