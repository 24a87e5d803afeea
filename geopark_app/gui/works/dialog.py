"""Works by commune with their sums; made of gaps, opened, and written for the meeting."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import Work, kind_named
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.domain.text import fold
from geopark_app.dossier.works_words import (
    cells,
    commune_words,
    headings,
    sums_words,
    written_words,
)
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.plan.dialog import PlanDialog
from geopark_app.gui.records_room.deeds import add_linked
from geopark_app.gui.records_room.record_dialog import RecordDialog
from geopark_app.gui.session import Session
from geopark_app.gui.works.board import WorksBoard
from geopark_app.gui.works.calendar import WorksCalendar
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.context import AppContext
from geopark_app.operations.processes import today_of
from geopark_app.operations.vocabularies import terms
from geopark_app.operations.works import (
    MadeWorks,
    WorksByCommune,
    make_works,
    move_work,
    open_gaps,
    works_by_commune,
)
from geopark_app.operations.works_calendar import CalendarDay, calendar_days
from geopark_app.operations.works_export import write_works
from geopark_app.rules.works import WorkLine

_DUE = 5
_OURS = {"work", "site", "organisation", "commune"}


class WorksDialog(QDialog):
    """The list the steering committee goes through.

    Attributes
    ----------
    which : QComboBox
        All works, or only open, late or blocked ones.
    tree : QTreeWidget
        Communes with their works.
    make_button : QPushButton
        Make works of the gaps that have none.
    due : QDateEdit
        Until when works made of gaps are due.
    """

    def __init__(self, session: Session, parent: QWidget | None = None, *, which: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._options = FormOptions(session, self)
        self._works: WorksByCommune | None = None
        self._shown: list[WorkLine] = []
        self.setWindowTitle(_("Works to be done"))
        self.which = QComboBox()
        self.which.setAccessibleName(_("Which works"))
        for key, words in (
            ("open", _("Only open works")),
            ("late", _("Only late works")),
            ("blocked", _("Only blocked works")),
            ("all", _("All works")),
        ):
            self.which.addItem(words, key)
        self.which.setCurrentIndex(max(0, self.which.findData(which)))
        self.which.currentIndexChanged.connect(lambda _at: self._fill())
        self.sums = QLabel()
        self.sums.setProperty("look", "heading")
        self.sums.setWordWrap(True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("Works to be done"))
        self.tree.setHeaderLabels(list(headings()))
        self.tree.setAlternatingRowColors(True)
        self.tree.itemActivated.connect(lambda _item, _column: self.open_work())
        states = [(one.code or "", pick(one.label_vi, one.label_en)) for one in
                  terms(session.context, "work_state")]  # fmt: skip
        self.board = WorksBoard(states, may_write=not session.is_read_only)
        self.board.moved.connect(self._move)
        self.board.opened.connect(self._open)
        self.calendar = WorksCalendar(today_of(session.context))
        self.calendar.month_changed.connect(self._read_month)
        self.calendar.opened.connect(self._open)
        self.calendar.deadline_opened.connect(self._open_plan)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Site, work, commune, unit or person"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(_("Search the works"))
        self.search.textChanged.connect(lambda _text: self._fill())
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        for page, words in (
            (self.tree, _("By commune")),
            (self.board, _("Board")),
            (self.calendar, _("Calendar")),
        ):
            self.pages.addTab(page, words)
        self.pages.currentChanged.connect(lambda _at: self._allow())
        self.due = QDateEdit(QDate.currentDate().addMonths(6))
        self.due.setCalendarPopup(True)
        self.due.setDisplayFormat("dd/MM/yyyy")
        self.due.setAccessibleName(_("Due on"))
        self._lay_out()
        session.changes.changes_stored.connect(self._take_changes)
        self.read()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.which)
        top.addWidget(self.search, 1)
        self.make_button = self._button(_("Make works of the gaps"), self.make_of_gaps)
        self.add_button = self._button(_("Add a work…"), self.add_work)
        top.addWidget(QLabel(_("Due on")))
        top.addWidget(self.due)
        top.addWidget(self.make_button)
        top.addWidget(self.add_button)
        foot = QHBoxLayout()
        self.open_button = self._button(_("Open"), self.open_work)
        foot.addWidget(self.open_button)
        foot.addWidget(self._button(_("Write for the meeting…"), self._export))
        foot.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.sums)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        self.resize(theme.scaled(1300), theme.scaled(660))
        for at, width in enumerate((210, 300, 140, 170, 95, 110, 90)):
            self.tree.setColumnWidth(at, theme.scaled(width))
        may_write = not self._session.is_read_only
        for button in (self.make_button, self.add_button):
            button.setEnabled(may_write)

    def _button(self, words: str, deed: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(lambda _checked=False: deed())
        return button

    # Showing ----------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the works beside the window."""
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> WorksByCommune:
            return works_by_commune(context)

        self._session.run_beside(work, while_alive(self, self._take))

    def _take(self, works: WorksByCommune) -> None:
        self._works = works
        self.sums.setText(sums_words(works.sums))
        self._fill()

    def _fill(self) -> None:
        works = self._works
        if works is None:
            return
        chosen = self.chosen()
        self.tree.clear()
        shown: list[WorkLine] = []
        for group in works.groups:
            lines = [line for line in group.lines if self._is_wanted(line)]
            if not lines:
                continue
            shown += lines
            words = f"{commune_words(group.commune)}  –  {sums_words(group.sums)}"
            top = QTreeWidgetItem([words])
            self.tree.addTopLevelItem(top)
            top.setFirstColumnSpanned(True)
            for line in lines:
                top.addChild(self._line(line, late=line.is_late(works.today)))
            top.setExpanded(True)
        self._choose(chosen)
        self.board.show_lines(shown, works.today)
        self._shown = shown
        self._read_month()
        self._allow()

    def _allow(self) -> None:
        is_list = self.pages.currentWidget() is self.tree
        self.open_button.setVisible(is_list)
        self.open_button.setEnabled(self.tree.topLevelItemCount() > 0)

    def _read_month(self) -> None:
        """Read the days of the month shown beside the window."""
        context, days, shown = self._session.context, self.calendar.days(), self._shown

        def work(_progress: ReportProgress, _cancel: CancelToken) -> dict[date, CalendarDay]:
            return calendar_days(context, days, shown)

        def done(found: dict[date, CalendarDay]) -> None:
            if self.calendar.days() == days:
                self.calendar.show_days(found)

        self._session.run_beside(work, while_alive(self, done))

    def _line(self, line: WorkLine, *, late: bool) -> QTreeWidgetItem:
        texts = cells(line)
        item = QTreeWidgetItem(list(texts))
        item.setData(0, KeyRole, line.uuid)
        for column, text in enumerate(texts):
            item.setToolTip(column, text)
        if late:
            item.setText(_DUE, f"{texts[_DUE]} {_('(late)')}")
            item.setForeground(_DUE, QColor(theme.colours().error))
        return item

    def _is_wanted(self, line: WorkLine) -> bool:
        assert self._works is not None
        wanted = fold(self.search.text())
        texts = (line.place, line.title, line.commune, line.unit, line.person, line.kind)
        if wanted and not any(wanted in fold(text) for text in texts):
            return False
        return {
            "all": True,
            "open": line.is_open,
            "late": line.is_late(self._works.today),
            "blocked": line.is_open and bool(line.block_code),
        }[str(self.which.currentData())]

    def chosen(self) -> str:
        """Give the key of the work chosen, or an empty text."""
        item = self.tree.currentItem()
        return str(item.data(0, KeyRole) or "") if item is not None else ""

    def _choose(self, uuid: str) -> None:
        for at in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(at)
            assert top is not None
            for below in range(top.childCount()):
                item = top.child(below)
                if item is not None and uuid in {"", item.data(0, KeyRole)}:
                    self.tree.setCurrentItem(item)
                    return

    def _take_changes(self, changes: Changes) -> None:
        if any(kind in _OURS for kind, _uuid in changes.touched):
            self.read()

    # Writing ----------------------------------------------------------------------------------

    def _move(self, uuid: str, state: str) -> None:
        """Give a work another state: one save that can be undone."""
        line = next((one for one in self._shown if one.uuid == uuid), None)
        reason = _("Move the work: {title}").format(title=line.title if line else "")

        self._session.run(lambda context: move_work(context, uuid, state, reason=reason))

    def _open_plan(self, deadline: str) -> None:
        PlanDialog(self._session, self, deadline=deadline).open()

    def make_of_gaps(self) -> None:
        """Make a planned work of every gap that has none, as one save that can be undone."""
        day = self.due.date().toString("yyyy-MM-dd")

        def make(context: AppContext) -> MadeWorks | None:
            gaps = open_gaps(context)
            reason = _("Make {count} works of gaps").format(count=len(gaps))
            return make_works(context, gaps, due_on=day, reason=reason) if gaps else None

        def made(result: MadeWorks | None) -> None:
            count = len(result.works) if result else 0
            self._session.messages.done(_("{count} works made.").format(count=count))

        self._session.run(make, while_alive(self, made))

    def add_work(self) -> None:
        """Make an empty work and open it."""
        typed = {"title_vi": _("New work"), "work_state": "planned"}

        self._session.run(
            lambda context: add_linked(context, "work", typed),
            while_alive(self, lambda made: self._open(made.uuid)),
        )

    def open_work(self) -> None:
        """Open the work chosen in its form."""
        if uuid := self.chosen():
            self._open(uuid)

    def _open(self, uuid: str) -> None:
        if self._session.context.catalogue.get(Work, uuid) is not None:
            RecordDialog(self._session, self._options, kind_named("work"), uuid, self).open()

    def _export(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Write for the meeting"),
            self._session.export_path("works.pdf"),
            "PDF (*.pdf);;Excel (*.xlsx)",
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the open works as PDF or XLSX, by the suffix."""
        context = self._session.context

        def work(_progress: ReportProgress, cancel: CancelToken) -> int:
            return write_works(context, works_by_commune(context, only_open=True), path, cancel)

        def done(pages: int) -> None:
            self._session.messages.done(written_words(path, pages))

        self._session.run_beside(work, while_alive(self, done), label=_("Works to be done"))
