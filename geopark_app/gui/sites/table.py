"""The table of sites as a person arranges it: widths, order and hidden columns are remembered."""

from collections.abc import Collection

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from geopark_app import paths
from geopark_app.gui import theme
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.lists.list_table import ListTable
from geopark_app.gui.sites.columns import COLUMNS, SiteColumn, title
from geopark_app.gui.sites.table_model import SiteTableModel
from geopark_app.i18n import gettext as _

_WIDTHS = {
    SiteColumn.CODE: 74,
    SiteColumn.NAME_VI: 210,
    SiteColumn.NAME_EN: 200,
    SiteColumn.KIND: 140,
    SiteColumn.ROUTE: 150,
    SiteColumn.COMMUNE: 120,
    SiteColumn.QUALITY: 130,
    SiteColumn.READINESS: 110,
    SiteColumn.WORKFLOW: 120,
    SiteColumn.COMPLETENESS: 110,
}
_REMEMBERED = "{name}/table-header-2"


def window_settings() -> QSettings:
    """Give where sizes of the window are remembered: in the profile of this person."""
    return QSettings(str(paths.profile_dir() / "window.ini"), QSettings.Format.IniFormat)


class SiteTable(LanguageAware, ListTable):
    """Shows the filtered sites; `key_selected` says which one is current.

    Signals
    -------
    menu_requested(QPoint)
        A menu for the current site is wanted here (global position).
    """

    menu_requested = Signal(QPoint)

    def __init__(
        self,
        model: SiteTableModel,
        *,
        remembered_as: str = "sites",
        columns: Collection[SiteColumn] = COLUMNS,
    ) -> None:
        super().__init__(model)
        self._at_first = frozenset(columns)
        self._place = _REMEMBERED.format(name=remembered_as)
        self.setObjectName("sites-table")
        self.setSortingEnabled(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self._hundred = theme.scaled(100)
        self._set_up_header(self.horizontalHeader())
        self.retranslate()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt's own would put the cursor on the first row: nobody has chosen that site, and beside
        # the map it would be shown with its card.
        if self.currentIndex().isValid():
            super().focusInEvent(event)
        else:
            QWidget.focusInEvent(self, event)
            self.viewport().update()

    def _set_up_header(self, header: QHeaderView) -> None:
        header.setSectionsMovable(True)
        header.setStretchLastSection(False)
        header.setSortIndicatorClearable(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        for index, column in enumerate(COLUMNS):
            header.resizeSection(index, theme.scaled(_WIDTHS[column]))
            header.setSectionHidden(index, column not in self._at_first)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        state = window_settings().value(self._place)
        if isinstance(state, QByteArray):
            header.restoreState(state)
            self.sortByColumn(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        now = theme.scaled(100)
        # Events come while the table is still being made, before it knows its size.
        before = getattr(self, "_hundred", now)
        if event.type() == QEvent.Type.StyleChange and now != before:
            self._hundred = now
            self._widen(now / before)

    def _widen(self, factor: float) -> None:
        """Let the columns grow with the letters: a code cut off names no site."""
        header = self.horizontalHeader()
        for index in range(header.count()):
            if not header.isSectionHidden(index):
                header.resizeSection(index, round(header.sectionSize(index) * factor))

    def remember(self) -> None:
        """Keep widths, order, hidden columns and the sorting for the next start."""
        window_settings().setValue(self._place, self.horizontalHeader().saveState())

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

    def retranslate(self) -> None:
        """Say what this is to a screen reader."""
        self.setAccessibleName(_("Sites"))
