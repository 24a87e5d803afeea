"""The rows of an import as a table: what becomes of each, and why."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from geopark_app.domain.kinds import KINDS
from geopark_app.domain.position import Position
from geopark_app.gui import theme
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.import_planning import PlannedRow
from geopark_app.wording.field_names import field_label
from geopark_app.wording.importing import row_reason, status_words, warning_words

_COLUMNS = 4
_LONGEST = 60
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractTableModel):
    """Row number, what becomes of it, its code and name, and why or what changes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PlannedRow, ...] = ()

    def show_rows(self, rows: Sequence[PlannedRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else _COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                name = _table(row) + " ".join(part for part in (row.code, row.name) if part)
                return (str(row.number), status_words(row.status), name, _what(row))[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return _what(row)
            case Qt.ItemDataRole.ForegroundRole if index.column() == 1:
                colours = theme.colours()
                colour = {"refused": colours.error, "added": colours.done}.get(row.status)
                return QColor(colour) if colour else None
            case _other:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Row"), _("Becomes"), _("Record"), _("Why, or what changes"))[section]
        return None


def _table(row: PlannedRow) -> str:
    kind = KINDS.get(row.table)
    return "" if kind is None else f"{pick(kind.label_vi, kind.label_en)}: "


def _what(row: PlannedRow) -> str:
    if row.reason:
        return row_reason(row.reason, row.details)
    if row.differences:
        return "; ".join(
            f"{field_label(one.field)}: {_short(one.old)} → {_short(one.new)}"
            for one in row.differences
        )
    return warning_words((row.note,)) if row.note else ""


def _short(value: object) -> str:
    if isinstance(value, Position):
        return f"{value.lon}, {value.lat}"
    text = "—" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
