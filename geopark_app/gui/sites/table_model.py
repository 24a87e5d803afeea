"""The sites as a table: a list of summaries and no rules."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from geopark_app.gui import theme
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.sites.columns import COLUMNS, Cell, SiteColumn, cells, title
from geopark_app.operations.sites import SiteSummary

Index = QModelIndex | QPersistentModelIndex

SortRole = int(Qt.ItemDataRole.UserRole) + 1
UuidRole = int(Qt.ItemDataRole.UserRole) + 2
SummaryRole = int(Qt.ItemDataRole.UserRole) + 3

_NUMBERS = {SiteColumn.READINESS, SiteColumn.COMPLETENESS}


class SiteTableModel(QAbstractTableModel):
    """Rows in the order of the catalogue; sorting and filtering is the proxy's."""

    def __init__(self, options: FormOptions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cells: dict[SiteColumn, Cell] = cells(options)
        self._rows: list[SiteSummary] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        summary, column = self._rows[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._cells[column].text(summary)
            case Qt.ItemDataRole.TextAlignmentRole if column in _NUMBERS:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.ForegroundRole:
                return self._colour(summary, column)
            case _ if role == SortRole:
                return self._cells[column].sort(summary)
            case _ if role == UuidRole:
                return summary.site.uuid
            case _ if role == SummaryRole:
                return summary
        return None

    def _colour(self, summary: SiteSummary, column: SiteColumn) -> QColor | None:
        result = summary.readiness
        if column is SiteColumn.READINESS and result is not None and result.is_red:
            return QColor(theme.colours().error)
        if column is SiteColumn.QUALITY and summary.coord_quality != "exact":
            return QColor(theme.colours().muted)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        is_title = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
        if orientation is Qt.Orientation.Horizontal and is_title:
            return title(COLUMNS[section])
        return None

    def summary_at(self, row: int) -> SiteSummary:
        """Give the site of a row."""
        return self._rows[row]

    def row_of(self, uuid: str) -> int:
        """Give the row of a site, or -1."""
        return next((at for at, row in enumerate(self._rows) if row.site.uuid == uuid), -1)

    def summaries(self) -> list[SiteSummary]:
        """Give all rows."""
        return list(self._rows)

    def show_rows(self, summaries: list[SiteSummary]) -> None:
        """Take the rows as they are now; only what differs is told to the view."""
        now = {summary.site.uuid: summary for summary in summaries}
        for row in range(len(self._rows) - 1, -1, -1):
            if self._rows[row].site.uuid not in now:
                self._remove(row)
        known = set()
        for row, old in enumerate(self._rows):
            new = now[old.site.uuid]
            known.add(old.site.uuid)
            if new != old:
                self._rows[row] = new
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
        self._append([item for item in summaries if item.site.uuid not in known])

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[row]
        self.endRemoveRows()

    def _append(self, new: list[SiteSummary]) -> None:
        if new:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._rows.extend(new)
            self.endInsertRows()

    def retranslate(self) -> None:
        """Say headings and labels in the language of the window."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self._rows:
            last = self.index(len(self._rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
