"""Bars and heat as tables: keyboard and screen reader know tables, and each cell has its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from geopark_app.gui import theme
from geopark_app.gui.readiness.share_bar import paint_share

KeyRole = int(Qt.ItemDataRole.UserRole)
CellRole = KeyRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartCell:
    """One cell.

    Attributes
    ----------
    text : str
        What stands in it, signs included.
    band : str
        Its band, or empty for a cell without colour.
    share : float or None
        Length of the bar, where it is one.
    is_bar : bool
        Whether a bar is painted.
    tip : str
        What the cell says in full.
    is_right : bool
        Whether it is a figure.
    """

    text: str = ""
    band: str = ""
    share: float | None = None
    is_bar: bool = False
    tip: str = ""
    is_right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """One row with the key of what it shows."""

    key: str
    cells: tuple[ChartCell, ...]


def band_ground(band: str) -> QColor:
    """Give the ground of a cell of a band; the sign in it tells the same."""
    colours = theme.colours()
    grounds = {
        "red": colours.error_ground,
        "high": colours.done_ground,
        "middle": colours.warning_ground,
        "none": colours.panel,
    }
    if band == "low":
        return QColor(colours.rail_accent).lighter(140)
    return QColor(grounds.get(band, colours.panel))


class ChartModel(QAbstractTableModel):
    """Rows of cells as they were worked out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings: tuple[str, ...] = ()
        self._tips: tuple[str, ...] = ()
        self.rows: Sequence[ChartRow] = ()

    def show_rows(
        self, headings: Sequence[str], rows: Sequence[ChartRow], tips: Sequence[str] = ()
    ) -> None:
        """Take other rows."""
        self.beginResetModel()
        self._headings, self._tips, self.rows = tuple(headings), tuple(tips), tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return cell.tip or cell.text
            case Qt.ItemDataRole.BackgroundRole if cell.band and not cell.is_bar:
                return band_ground(cell.band)
            case Qt.ItemDataRole.ForegroundRole if cell.band == "red":
                return QColor(theme.colours().error)
            case Qt.ItemDataRole.FontRole if cell.band == "red":
                font = QFont()
                font.setBold(True)
                return font
            case Qt.ItemDataRole.TextAlignmentRole:
                across = (
                    Qt.AlignmentFlag.AlignRight
                    if cell.is_right
                    else Qt.AlignmentFlag.AlignCenter
                    if cell.band
                    else Qt.AlignmentFlag.AlignLeft
                )
                return int(across | Qt.AlignmentFlag.AlignVCenter)
            case _ if role == KeyRole:
                return row.key
            case _ if role == CellRole:
                return cell
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and section < len(self._headings):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._headings[section]
            if role == Qt.ItemDataRole.ToolTipRole and section < len(self._tips):
                return self._tips[section]
        return None


class BarDelegate(QStyledItemDelegate):
    """Paints the bar of a cell that is one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(CellRole)
        if not isinstance(cell, ChartCell) or not cell.is_bar:
            super().paint(painter, option, index)
            return
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        style = plain.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, plain, painter, plain.widget)
        painter.save()
        inside = plain.rect.adjusted(6, 2, -6, -2)
        paint_share(painter, inside, cell.share, is_red=cell.band == "red")
        painter.restore()


class ChartTable(QTableView):
    """A table of chart rows; Enter or a double click goes to the place of a row.

    Signals
    -------
    place_wanted(str)
        The key of the row chosen.
    """

    place_wanted = QtSignal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.chart = ChartModel(self)
        self.setModel(self.chart)
        self.setItemDelegate(BarDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.activated.connect(self._activated)

    def show_rows(
        self,
        headings: Sequence[str],
        rows: Sequence[ChartRow],
        *,
        widths: Sequence[int],
        stretched: int,
        tips: Sequence[str] = (),
    ) -> None:
        """Show rows; widths are of the columns, one of which takes the rest."""
        self.chart.show_rows(headings, rows, tips)
        header = self.horizontalHeader()
        for column, width in enumerate(widths):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(
                column, mode.Stretch if column == stretched else mode.Interactive
            )
            self.setColumnWidth(column, theme.scaled(width))

    def _activated(self, index: QModelIndex) -> None:
        key = str(index.data(KeyRole) or "")
        if key:
            self.place_wanted.emit(key)
