"""The table of sites as a person arranges it: widths, order and hidden columns are remembered."""

from PySide6.QtCore import (
    QByteArray,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from geopark_app import paths
from geopark_app.gui import theme
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.sites.columns import COLUMNS, SiteColumn, title
from geopark_app.gui.sites.filtering import SiteFilter
from geopark_app.gui.sites.table_model import SiteTableModel, UuidRole
from geopark_app.i18n import gettext as _

_WIDTHS = {
    SiteColumn.CODE: 74,
    SiteColumn.NAME_VI: 210,
    SiteColumn.NAME_EN: 200,
    SiteColumn.KIND: 140,
    SiteColumn.ROUTE: 120,
    SiteColumn.COMMUNE: 120,
    SiteColumn.QUALITY: 130,
    SiteColumn.READINESS: 110,
    SiteColumn.WORKFLOW: 120,
    SiteColumn.COMPLETENESS: 110,
}
_REMEMBERED = "sites/table-header-2"


def window_settings() -> QSettings:
    """Give where sizes of the window are remembered: in the profile of this person."""
    return QSettings(str(paths.profile_dir() / "window.ini"), QSettings.Format.IniFormat)


class SiteTable(LanguageAware, QTableView):
    """Shows the filtered sites; says which one is current.

    Signals
    -------
    site_selected(str)
        The person went to this site.
    menu_requested(QPoint)
        A menu for the current site is wanted here (global position).
    """

    site_selected = Signal(str)
    menu_requested = Signal(QPoint)

    def __init__(self, model: SiteTableModel, sites: SiteFilter) -> None:
        super().__init__()
        self._model = model
        self._sites = sites
        self.setObjectName("sites-table")
        self.setModel(sites)
        self.setSortingEnabled(True)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.verticalHeader().hide()
        self._set_up_header(self.horizontalHeader())
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.retranslate()

    def _set_up_header(self, header: QHeaderView) -> None:
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(False)
        header.setSortIndicatorClearable(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        for index, column in enumerate(COLUMNS):
            header.resizeSection(index, theme.scaled(_WIDTHS[column]))
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        state = window_settings().value(_REMEMBERED)
        if isinstance(state, QByteArray):
            header.restoreState(state)
            self.sortByColumn(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def remember(self) -> None:
        """Keep widths, order, hidden columns and the sorting for the next start."""
        window_settings().setValue(_REMEMBERED, self.horizontalHeader().saveState())

    def _choose_columns(self, at: QPoint) -> None:
        menu = self.column_menu()
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def column_menu(self) -> QMenu:
        """Give the menu that shows and hides columns; the code always stays."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for index, column in enumerate(COLUMNS):
            action = QAction(title(column), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(index))
            action.setEnabled(column is not SiteColumn.CODE)
            action.toggled.connect(lambda shown, at=index: self.setColumnHidden(at, not shown))
            menu.addAction(action)
        return menu

    def _ask_menu(self, at: QPoint) -> None:
        self.menu_requested.emit(self.viewport().mapToGlobal(at))

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.site_selected.emit(current.data(UuidRole))

    def current_uuid(self) -> str:
        """Give the site the cursor is on, or an empty text."""
        current = self.currentIndex()
        return str(current.data(UuidRole)) if current.isValid() else ""

    def chosen_uuids(self) -> list[str]:
        """Give the sites chosen, in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [str(self._sites.index(row, 0).data(UuidRole)) for row in rows]

    def go_to(self, uuid: str) -> bool:
        """Put the cursor on a site, if it passes the filter."""
        row = self._model.row_of(uuid)
        index = self._sites.mapFromSource(self._model.index(row, 0))
        if row < 0 or not index.isValid():
            return False
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def go_to_row(self, row: int) -> None:
        """Put the cursor on a row as shown; the last one when there are fewer."""
        row = min(row, self._sites.rowCount() - 1)
        if row >= 0:
            self.selectRow(row)

    def retranslate(self) -> None:
        """Say what this is to a screen reader."""
        self.setAccessibleName(_("Sites"))
