"""The plan: deadlines with the days left, and the steps before the one chosen."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.dossier.plan_words import left_words, plan_summary, span_words
from geopark_app.dossier.works_words import written_words
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.plan.days_dialog import DaysOffDialog
from geopark_app.gui.plan.step_table import StepTable
from geopark_app.gui.session import Operation, Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.plan_export import followed_plans, write_plans
from geopark_app.operations.processes import (
    ProcessPlan,
    add_step,
    all_plans,
    follow_process,
    plan_status,
    remove_step,
    set_deadline,
    set_step_days,
    set_step_done,
    today_of,
)

_OWN = "own-"


class PlanDialog(QDialog):
    """Plans backwards from the deadlines; each change is a save of its own and can be undone.

    Attributes
    ----------
    list : QListWidget
        The deadlines of both processes.
    steps : StepTable
        The steps before the one chosen.
    follow : QCheckBox
        Whether the office works towards this process.
    """

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, deadline: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._plans: list[ProcessPlan] = []
        self._wanted = deadline
        self.setWindowTitle(_("Plan before the deadlines"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Deadlines"))
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.scaled(4))
        self.list.currentRowChanged.connect(lambda _row: self._show_plan())
        self.title, self.summary, self.source = QLabel(), QLabel(), QLabel()
        self.title.setProperty("look", "heading")
        self.source.setProperty("look", "muted")
        for label in (self.title, self.summary, self.source):
            label.setWordWrap(True)
        self.follow = QCheckBox(_("We work towards this process now"))
        self.follow.clicked.connect(self._follow)
        self.steps = StepTable()
        self.steps.days_typed.connect(self._set_days)
        self.steps.done_ticked.connect(self._set_done)
        self.steps.itemSelectionChanged.connect(self._allow)
        self._lay_out()
        session.changes.changes_stored.connect(self._take_changes)
        self.read()

    def _lay_out(self) -> None:
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(8, 0, 0, 0)
        for widget in (self.title, self.summary, self.source, self.follow):
            inside.addWidget(widget)
        inside.addWidget(self.steps, 1)
        deeds = QHBoxLayout()
        self.date_button = self._button(_("Date of the deadline…"), self._ask_date)
        self.add_button = self._button(_("Add a step…"), self._ask_step)
        self.remove_button = self._button(_("Remove the step"), self._remove)
        self.reset_button = self._button(_("Days as proposed"), self._reset)
        for button in (self.date_button, self.add_button, self.remove_button, self.reset_button):
            deeds.addWidget(button)
        deeds.addStretch(1)
        inside.addLayout(deeds)
        split = QSplitter()
        split.addWidget(self.list)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        note = QLabel(plan_status())
        note.setProperty("look", "muted")
        note.setWordWrap(True)
        foot = QHBoxLayout()
        self.days_button = self._button(_("Days off…"), self._show_days)
        self.write_button = self._button(_("Write the plan…"), self._ask_file)
        foot.addWidget(self.days_button)
        foot.addWidget(self.write_button)
        foot.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(note)
        column.addWidget(split, 1)
        column.addLayout(foot)
        self.resize(theme.scaled(1330), theme.scaled(620))
        split.setSizes([theme.scaled(250), theme.scaled(1080)])

    def _button(self, words: str, deed: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: deed())
        return button

    # Showing ----------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the plans beside the window."""
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> list[ProcessPlan]:
            return all_plans(context)

        self._session.run_beside(work, while_alive(self, self._take))

    def _take(self, plans: list[ProcessPlan]) -> None:
        chosen = self._wanted or (self.plan.deadline.id if self.plan else "")
        self._wanted = ""
        self._plans = plans
        self.list.blockSignals(True)
        self.list.clear()
        for plan in plans:
            self.list.addItem(_list_item(plan))
        self.list.blockSignals(False)
        keys = [plan.deadline.id for plan in plans]
        self.list.setCurrentRow(keys.index(chosen) if chosen in keys else 0)
        self._show_plan()

    @property
    def plan(self) -> ProcessPlan | None:
        """The plan chosen, or None before they were read."""
        row = self.list.currentRow()
        return self._plans[row] if 0 <= row < len(self._plans) else None

    def _show_plan(self) -> None:
        plan = self.plan
        if plan is None:
            return
        one = plan.deadline
        when = span_words(one.opens or one.day, one.closes or one.day)
        left = left_words(one.days_left(plan.today))
        self.title.setText(f"{one.label}: {when} ({left})" if when else f"{one.label} ({left})")
        self.summary.setText(plan_summary(plan.plan) if plan.plan else "")
        is_short = bool(plan.plan and plan.plan.missing_days and one.is_followed)
        self.summary.setProperty("look", "error" if is_short else "")
        self.summary.style().polish(self.summary)
        said = _("date entered by the office") if one.is_set else one.source
        self.source.setText(_("Source: {source}").format(source=said) if said else "")
        self.follow.setText(
            _("We work towards this process now: {process}").format(process=one.process_label)
        )
        self.follow.setChecked(one.is_followed)
        self.steps.setEnabled(plan.plan is not None)
        if plan.plan is not None:
            self.steps.show_plan(plan, may_write=not self._session.is_read_only)
        else:
            self.steps.setRowCount(0)
        self._allow()

    def _allow(self) -> None:
        may_write = not self._session.is_read_only
        step, plan = self.steps.chosen_step(), self.plan
        line = next((one for one in plan.lines if one.key == step), None) if plan else None
        for widget in (self.date_button, self.follow):
            widget.setEnabled(may_write and plan is not None)
        self.add_button.setEnabled(may_write and plan is not None and plan.plan is not None)
        self.remove_button.setEnabled(may_write and step.startswith(_OWN))
        self.reset_button.setEnabled(
            may_write
            and line is not None
            and line.proposed_days is not None
            and not line.is_proposal
        )

    def _take_changes(self, changes: Changes) -> None:
        if any(kind == "catalogue_setting" for kind, _uuid in changes.touched):
            self.read()

    # Writing ----------------------------------------------------------------------------------

    def _do(self, operation: Operation) -> None:
        """Write; whatever becomes of it, what is stored is shown again."""

        def failed(error: BaseException) -> None:
            self._session.messages.error(error)
            self.read()

        self._session.run(operation, on_failed=while_alive(self, failed))

    def _follow(self, is_followed: bool) -> None:
        if self.plan is not None:
            process = self.plan.deadline.process
            self._do(
                lambda context: follow_process(
                    context, process, is_followed=is_followed, reason=_("Change the plan")
                )
            )

    def _set_days(self, step: str, days: int) -> None:
        if self.plan is not None:
            key = self.plan.deadline.id
            self._do(
                lambda context: set_step_days(context, key, step, days, reason=_("Change the plan"))
            )

    def _set_done(self, step: str, is_done: bool) -> None:
        if self.plan is not None:
            key = self.plan.deadline.id
            self._do(
                lambda context: set_step_done(
                    context,
                    key,
                    step,
                    today_of(context) if is_done else None,
                    reason=_("Change the plan"),
                )
            )

    def _reset(self) -> None:
        if self.plan is not None:
            key, step = self.plan.deadline.id, self.steps.chosen_step()
            self._do(
                lambda context: set_step_days(context, key, step, None, reason=_("Change the plan"))
            )

    def _ask_step(self) -> None:
        label, ok = QInputDialog.getText(
            self, _("Add a step"), _("What is done before the step chosen?")
        )
        if not ok or not label.strip():
            return
        days, ok = QInputDialog.getInt(self, _("Add a step"), _("Working days"), 5, 1, 250)
        if ok:
            self.add_step(label, days)

    def add_step(self, label: str, days: int) -> None:
        """Add a step of the office before the one chosen."""
        if self.plan is None:
            return
        key, before = self.plan.deadline.id, self.steps.chosen_step() or None

        def add(context: object) -> Changes:
            return add_step(
                self._session.context, key, label, days, before=before, reason=_("Change the plan")
            )[1]

        self._do(add)

    def _remove(self) -> None:
        if self.plan is not None:
            key, step = self.plan.deadline.id, self.steps.chosen_step()
            self._do(lambda context: remove_step(context, key, step, reason=_("Change the plan")))

    def _ask_date(self) -> None:
        plan = self.plan
        if plan is None:
            return
        dialog = _DateDialog(plan, self)
        if dialog.exec():
            day = dialog.chosen()
            self._do(
                lambda context: set_deadline(
                    context, plan.deadline.id, day, reason=_("Change the plan")
                )
            )

    def _show_days(self) -> None:
        known = [plan.deadline.day for plan in self._plans if plan.deadline.day is not None]
        today = today_of(self._session.context)
        DaysOffDialog(self._session, today, max([today, *known]), self).open()

    def _ask_file(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Write the plan"),
            self._session.export_path("plan.pdf"),
            "PDF (*.pdf);;Excel (*.xlsx);;iCalendar (*.ics)",
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the plans the office follows, by the suffix."""
        context = self._session.context

        def work(_progress: ReportProgress, cancel: CancelToken) -> int:
            return write_plans(context, followed_plans(context), path, cancel)

        def done(pages: int) -> None:
            self._session.messages.done(written_words(path, pages))

        label = _("Plan before the deadlines")
        self._session.run_beside(work, while_alive(self, done), label=label)


class _DateDialog(QDialog):
    """Asks for the date of a deadline, or for the one that ships."""

    def __init__(self, plan: ProcessPlan, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Date of the deadline"))
        self._is_default = False
        day = plan.deadline.day or plan.today
        self._day = QDateEdit(QDate(day.year, day.month, day.day))
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("dd/MM/yyyy")
        self._day.setAccessibleName(_("Date of the deadline"))
        label = QLabel(plan.deadline.label)
        label.setWordWrap(True)
        box = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        back = box.addButton(_("Date as shipped"), QDialogButtonBox.ButtonRole.ResetRole)
        back.setEnabled(plan.deadline.is_set)
        back.clicked.connect(self._take_default)
        column = QVBoxLayout(self)
        for widget in (label, self._day, box):
            column.addWidget(widget)
        self.resize(theme.scaled(420), self.sizeHint().height())

    def _take_default(self) -> None:
        self._is_default = True
        self.accept()

    def chosen(self) -> date | None:
        """Give the date, or None for the one that ships."""
        day = self._day.date()
        return None if self._is_default else date(day.year(), day.month(), day.day())


def _list_item(plan: ProcessPlan) -> QListWidgetItem:
    one = plan.deadline
    when = span_words(one.opens or one.day, one.closes or one.day)
    words = [one.label, when, left_words(one.days_left(plan.today))]
    late = len(plan.plan.late(plan.today)) if plan.plan and one.is_followed else 0
    if late:
        words.append(_("{count} steps late").format(count=late))
    item = QListWidgetItem("\n".join(words) if one.is_followed else "\n".join(words[:3]))
    item.setData(KeyRole, one.id)
    if not one.is_followed:
        item.setForeground(QColor(theme.colours().muted))
    elif late:
        item.setForeground(QColor(theme.colours().error))
    return item
