"""The readiness room: places with their results, and beside them one place with its visit."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui.forms.keys import add_key
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.lists.refresher import Refresher
from geopark_app.gui.readiness.charts_page import ChartsPage
from geopark_app.gui.readiness.place_panel import PlacePanel
from geopark_app.gui.readiness.room_deeds import RoomDeeds
from geopark_app.gui.readiness.subject_table import SubjectModel, SubjectTable
from geopark_app.gui.readiness.subjects import Subject, read_subjects
from geopark_app.gui.session import Session
from geopark_app.gui.window_layout import keep_splitter, restore_splitter
from geopark_app.i18n import gettext as _
from geopark_app.operations.checklists import SCOPES


class ReadinessRoom(LanguageAware, QWidget):
    """Answers checklists on visits and shows what is ready.

    Signals
    -------
    refreshed()
        The list shows the results of now.
    """

    refreshed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.subjects = SubjectModel(self)
        self.subjects.show_rows(read_subjects(session.context))
        self.scopes = QTabBar()
        self.scopes.setExpanding(False)
        self.scopes.setDrawBase(False)
        self.scopes.setUsesScrollButtons(False)
        self.scopes.setElideMode(Qt.TextElideMode.ElideRight)
        for _tab in (*SCOPES, "charts"):
            self.scopes.addTab("")
        self.more = QPushButton(icon("dots-horizontal"), "")
        self.deeds = RoomDeeds(session, self, self.subject_in_hand)
        self.more.setMenu(self.deeds.menu)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.red_only = QCheckBox()
        self.table = SubjectTable(self.subjects)
        self.place = PlacePanel(session)
        self.charts = ChartsPage(session)
        self.splitter = QSplitter()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.charts)
        self._refresher = Refresher(
            session,
            {"site", "route", "visit", "answer", "checklist", "catalogue_setting"},
            lambda: partial(read_subjects, session.context),
            self._take_rows,
            self,
        )
        self._lay_out()
        self._connect()
        self.retranslate()
        self._filter()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        narrowing = QHBoxLayout()
        narrowing.addWidget(self.search, 1)
        narrowing.addWidget(self.red_only)
        column.addLayout(narrowing)
        column.addWidget(self.table, 1)
        self.place.setMinimumWidth(430)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.place)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        if not restore_splitter(self.splitter, "readiness"):
            self.splitter.setSizes([372, 760])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 4, 8)
        layout.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(self.scopes)
        top.addStretch(1)
        top.addWidget(self.more)
        layout.addLayout(top)
        layout.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.scopes.currentChanged.connect(self._show_tab)
        self.charts.place_wanted.connect(self._go_to)
        self.deeds.visit_made.connect(self._show_made)
        self.search.textChanged.connect(self._filter)
        self.red_only.toggled.connect(self._filter)
        self.table.subject_selected.connect(self.place.show_subject)
        self.table.activated.connect(lambda _index: self.place.take_keyboard())
        self.table.letters_typed.connect(self._search_for)
        self.search.returnPressed.connect(self._take_list)
        add_key(self.search, "Down", self._take_list)
        for widget in (self.search, self.table):
            add_key(widget, "Escape", self._clear_search)
        self.place.list_wanted.connect(self._take_list)
        add_key(self.splitter, QKeySequence.StandardKey.New, self.place.start_visit)
        self._session.about_to_save.connect(lambda: keep_splitter(self.splitter, "readiness"))

    # What the window asks -------------------------------------------------------------------

    def show_site(self, uuid: str) -> None:
        """Go to a site."""
        self.show_subject(f"site:{uuid}")

    def show_subject(self, key: str) -> None:
        """Go to a place by its key: `site:…`, `route:…` or `park:`."""
        self.scopes.setCurrentIndex(SCOPES.index(key.partition(":")[0]))
        if not self.table.go_to(key):
            self.search.clear()
            self.red_only.setChecked(False)
            self.table.go_to(key)

    def show_charts(self, name: str = "bars") -> None:
        """Show a chart: `bars`, `trend`, `heat`, `map` or `stale`."""
        self.scopes.setCurrentIndex(len(SCOPES))
        self.charts.show_kind(name)

    def _go_to(self, key: str) -> None:
        self.show_subject(key)
        self.table.setFocus()

    def _show_made(self, key: str, visit: str) -> None:
        """Show a visit typed in from paper."""
        self.show_subject(key)
        self.place.show_visit(visit)

    def _search_for(self, letters: str) -> None:
        self.search.setFocus()
        # What was looked for before is done with.
        self.search.setText(letters)

    def _clear_search(self) -> None:
        self.search.clear()
        self._take_list()

    def _take_list(self) -> None:
        self.table.setFocus()

    def subject_in_hand(self) -> Subject | None:
        """Give the place chosen in the list."""
        return self.place.subject

    def flush(self) -> None:
        """Make the saves of everything typed."""
        self.place.form.flush()

    # Showing --------------------------------------------------------------------------------

    def _show_tab(self) -> None:
        is_charts = self.scopes.currentIndex() == len(SCOPES)
        self.stack.setCurrentIndex(1 if is_charts else 0)
        if is_charts:
            self.charts.read()
        else:
            self._filter()

    def _filter(self) -> None:
        if self.scopes.currentIndex() == len(SCOPES):
            return
        self.subjects.apply(
            scope=SCOPES[self.scopes.currentIndex()],
            text=self.search.text(),
            red_only=self.red_only.isChecked(),
        )
        if not self.table.currentIndex().isValid() and self.subjects.rowCount():
            self.table.selectRow(0)

    def _take_rows(self, subjects: list[Subject]) -> None:
        shown = self.place.subject
        self.subjects.show_rows(subjects)
        if shown is not None:
            self.table.go_to(shown.key)
        self.refreshed.emit()

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        for index, words in enumerate((_("Sites"), _("Routes"), _("The park"), _("Charts"))):
            self.scopes.setTabText(index, words)
        self.more.setText(_("More"))
        self.deeds.retranslate()
        self.search.setPlaceholderText(_("Search, with or without accents"))
        self.search.setAccessibleName(_("Search places"))
        self.red_only.setText(_("Only red"))
