"""Records of one kind as a table: columns by the declaration, words for terms and references."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from geopark_app.domain.declaration import FieldSpec, FieldType, Record, RecordKind
from geopark_app.domain.text import fold, sort_key
from geopark_app.gui.forms.swatches import swatch
from geopark_app.gui.icons import icon
from geopark_app.i18n import pick
from geopark_app.operations.linked_records import Titles
from geopark_app.wording.attached import file_state_words

Index = QModelIndex | QPersistentModelIndex
SortRole = int(Qt.ItemDataRole.UserRole) + 1
UuidRole = int(Qt.ItemDataRole.UserRole) + 2
_MOST_COLUMNS = 7
_NUMBERS = {FieldType.INTEGER, FieldType.DECIMAL}


def columns_of(kind: RecordKind) -> tuple[FieldSpec, ...]:
    """Give the fields a table of the kind shows."""
    listed = [spec for spec in kind.fields if spec.in_list]
    return tuple((listed or list(kind.fields))[:_MOST_COLUMNS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record with the words of its columns."""

    record: Record
    words: tuple[str, ...]
    folded: str
    colours: tuple[str, ...] = ()
    unread: str = ""


def rows_of(records: Sequence[Record], kind: RecordKind, titles: Titles) -> list[Row]:
    """Give the rows of a table."""
    columns = columns_of(kind)
    rows = []
    for record in records:
        words = tuple(titles.cell(record, spec) for spec in columns)
        searched = [*words, *(str(getattr(record, s.name) or "") for s in _searched(kind))]
        colours = tuple(titles.colour(record, spec) for spec in columns)
        rows.append(
            Row(
                record=record,
                words=words,
                folded=fold("\n".join(searched)),
                colours=colours,
                unread=titles.unread_state(record),
            )
        )
    return rows


def _searched(kind: RecordKind) -> list[FieldSpec]:
    return [spec for spec in kind.fields if spec.searchable]


class RecordsModel(QAbstractTableModel):
    """Rows as they were read; sorting and filtering is the proxy's."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[FieldSpec, ...] = ()
        self.rows: list[Row] = []

    def show_rows(self, kind: RecordKind, rows: list[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._columns, self.rows = columns_of(kind), rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, spec = self.rows[index.row()], self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.ToolTipRole if row.unread:
                words = (row.words[index.column()], file_state_words(row.unread))
                return "\n".join(filter(None, words))
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.words[index.column()]
            case Qt.ItemDataRole.DecorationRole if row.unread and index.column() == 0:
                return icon("file-alert-outline")
            case Qt.ItemDataRole.TextAlignmentRole if spec.type in _NUMBERS:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.DecorationRole if row.colours:
                return swatch(row.colours[index.column()])
            case _ if role == SortRole:
                return self._sort_key(row, spec, index.column())
            case _ if role == UuidRole:
                return row.record.uuid
        return None

    def _sort_key(self, row: Row, spec: FieldSpec, column: int) -> tuple[object, ...]:
        value = getattr(row.record, spec.name)
        if spec.type in _NUMBERS:
            return (value is None, value or 0)
        if spec.type is FieldType.DATE:
            return (value is None, str(value or ""))
        return (not row.words[column], sort_key(row.words[column]))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            spec = self._columns[section]
            return pick(spec.label_vi, spec.label_en)
        return None


class RecordsFilter(QSortFilterProxyModel):
    """Rows that hold every typed word, in Vietnamese order; empty cells come last."""

    def __init__(self, model: RecordsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words: list[str] = []
        self.setSourceModel(model)

    def show_words(self, text: str) -> None:
        """Keep the rows that hold these words, with or without accents."""
        self.beginFilterChange()
        self._words = fold(text).split()
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        folded = self._model.rows[source_row].folded
        return all(word in folded for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        first, second = left.data(SortRole), right.data(SortRole)
        if first[0] != second[0]:
            # Empty cells stay last, whichever way it goes.
            is_up = self.sortOrder() is Qt.SortOrder.AscendingOrder
            return bool(second[0]) if is_up else bool(first[0])
        return bool(first < second)
