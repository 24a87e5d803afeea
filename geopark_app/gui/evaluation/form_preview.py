"""What stands in the office's file: its sheets or tables as a grid; a click names a cell."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.exchange.office_forms import FORMULA, LOCKED, FormLook, FormPage
from geopark_app.exchange.sheet_cells import letters
from geopark_app.gui import theme
from geopark_app.i18n import gettext as _

_MOST_ROWS, _MOST_COLUMNS = 400, 40
_SPARE = 3
_MARK = "●"
PlaceRole = int(Qt.ItemDataRole.UserRole)


class FormPreview(QWidget):
    """Shows one sheet, table, or list of names of a file.

    Attributes
    ----------
    pages : QComboBox
        Sheets or tables, content controls, bookmarks.
    grid : QTableWidget
        The cells.

    Signals
    -------
    place_chosen(str)
        A cell, content control or bookmark was clicked or chosen with Enter.
    """

    place_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._look: FormLook | None = None
        self._places: Mapping[str, str] = {}
        self._shown = ""
        self.pages = QComboBox()
        self.pages.setAccessibleName(_("Sheet or table"))
        self.pages.currentIndexChanged.connect(lambda _at: self._show_page())
        self.grid = QTableWidget()
        self.grid.setAccessibleName(_("Cells of the file"))
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.grid.setTabKeyNavigation(False)
        self.grid.cellClicked.connect(self._choose)
        self.grid.activated.connect(lambda index: self._choose(index.row(), index.column()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        column.addWidget(self.grid, 1)

    def show_look(self, look: FormLook) -> None:
        """Show a file from its first sheet or table on."""
        self._look = look
        self.pages.blockSignals(True)
        self.pages.clear()
        for page in look.pages:
            number = page.name.removeprefix("T")
            words = _("Table {number}").format(number=number) if look.kind == "docx" else page.name
            self.pages.addItem(words, page.name)
        if look.controls:
            self.pages.addItem(_("Content controls"), "SDT:")
        if look.bookmarks:
            self.pages.addItem(_("Bookmarks"), "BM:")
        self.pages.blockSignals(False)
        self._show_page()

    def _show_page(self) -> None:
        look = self._look
        if look is None:
            return
        name = str(self.pages.currentData() or "")
        self.grid.clear()
        self.grid.clearSpans()
        if name in {"SDT:", "BM:"}:
            self._show_names(name, look.controls if name == "SDT:" else look.bookmarks)
        for page in look.pages:
            if page.name == name:
                self._show_cells(look, page)
        self._mark_cells()

    def _show_names(self, kind: str, names: tuple[tuple[str, str], ...]) -> None:
        self.grid.setColumnCount(2)
        self.grid.setRowCount(len(names))
        self.grid.setHorizontalHeaderLabels([_("Name"), _("Text")])
        for row, (name, text) in enumerate(names):
            for column, words in enumerate((name, text)):
                item = QTableWidgetItem(words)
                item.setData(PlaceRole, f"{kind}{name}")
                self.grid.setItem(row, column, item)
        self.grid.resizeColumnsToContents()

    def _show_cells(self, look: FormLook, page: FormPage) -> None:
        rows = max((one.row for one in page.cells), default=1)
        columns = max((one.column for one in page.cells), default=1)
        is_sheet = look.kind == "xlsx"
        self.grid.setRowCount(min(rows + _SPARE * is_sheet, _MOST_ROWS))
        self.grid.setColumnCount(min(columns + _SPARE * is_sheet, _MOST_COLUMNS))
        heads = range(1, self.grid.columnCount() + 1)
        self.grid.setHorizontalHeaderLabels([letters(n) if is_sheet else str(n) for n in heads])
        signs = {(one.row, one.column): one for one in page.cells}
        for row in range(1, self.grid.rowCount() + 1):
            for column in heads:
                one = signs.get((row, column))
                item = QTableWidgetItem(one.text if one else "")
                item.setData(PlaceRole, look.place_of(page, row, column))
                if one and (FORMULA in one.signs or LOCKED in one.signs):
                    item.setForeground(QColor(theme.colours().muted))
                    item.setData(PlaceRole, "")
                    is_formula = FORMULA in one.signs
                    item.setToolTip(_("A formula") if is_formula else _("Locked by the form"))
                self.grid.setItem(row - 1, column - 1, item)
        for top, left, bottom, right in page.merged:
            if top <= self.grid.rowCount() and left <= self.grid.columnCount():
                self.grid.setSpan(top - 1, left - 1, bottom - top + 1, right - left + 1)
        self.grid.resizeColumnsToContents()
        for at in range(self.grid.columnCount()):
            self.grid.setColumnWidth(at, min(self.grid.columnWidth(at), theme.scaled(260)))

    def _choose(self, row: int, column: int) -> None:
        item = self.grid.item(row, column)
        place = str(item.data(PlaceRole) or "") if item is not None else ""
        if place:
            self.place_chosen.emit(place)

    def mark(self, places: Mapping[str, str]) -> None:
        """Mark the cells that have a value; `places` by value."""
        self._places = {place: name for name, place in places.items()}
        self._mark_cells()

    def _mark_cells(self) -> None:
        colour = QBrush(QColor(theme.colours().warning_ground))
        for row in range(self.grid.rowCount()):
            for column in range(self.grid.columnCount()):
                item = self.grid.item(row, column)
                if item is None:
                    continue
                name = self._places.get(str(item.data(PlaceRole) or ""))
                item.setBackground(colour if name else QBrush())
                if name:
                    item.setToolTip(name)
                    item.setText(item.text() or _MARK)
                elif item.text() == _MARK:
                    item.setText("")
                    item.setToolTip("")

    def show_place(self, place: str) -> None:
        """Bring a cell into sight, on its own sheet."""
        look = self._look
        at = look.cell_at(place) if look and place else None
        name = at[0].name if at else place[: place.index(":") + 1] if ":" in place else ""
        if name and self.pages.findData(name) >= 0:
            self.pages.setCurrentIndex(self.pages.findData(name))
        for row in range(self.grid.rowCount()):
            for column in range(self.grid.columnCount()):
                item = self.grid.item(row, column)
                if place and item is not None and item.data(PlaceRole) == place:
                    self.grid.setCurrentItem(item)
                    self.grid.scrollToItem(item)
                    return
