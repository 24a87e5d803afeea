"""Records of one kind as a table: columns by the declaration, words for terms and references."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from geopark_app.domain.declaration import FieldSpec, FieldType, RecordKind
from geopark_app.domain.kinds import KINDS
from geopark_app.domain.listed import columns_of
from geopark_app.gui.forms.swatches import swatch
from geopark_app.gui.icons import icon
from geopark_app.gui.lists.keyed_model import Index, KeyedModel
from geopark_app.gui.session import Session
from geopark_app.i18n import pick
from geopark_app.operations.linked_records import Titles
from geopark_app.operations.record_lists import (
    RecordRow,
    column_order,
    record_keys,
    record_query,
    record_rows,
)
from geopark_app.wording.attached import file_state_words

_NUMBERS = {FieldType.INTEGER, FieldType.DECIMAL}
_Found = tuple[str, list[str], dict[str, RecordRow], list[str]]


class RecordsModel(KeyedModel[RecordRow]):
    """The records of a kind that fit; narrowed and sorted in the database."""

    def __init__(self, session: Session, kind: RecordKind, parent: QObject | None = None) -> None:
        super().__init__(self._read_rows, parent)
        self._session = session
        self._kind = kind
        self._columns: tuple[FieldSpec, ...] = columns_of(kind)
        self._titles: Titles | None = None
        self._filters: dict[str, str] = {}
        self._text = ""
        self._sorted_by = (0, False)

    def _read_rows(self, keys: Sequence[str]) -> dict[str, RecordRow]:
        if self._titles is None:
            self._titles = Titles(self._session.context)
        return record_rows(self._session.context, self._kind, keys, self._titles)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._columns)

    def cell(self, row: RecordRow, column: int, role: int) -> Any:
        """Give what a column shows of a record."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.words[column]
            case Qt.ItemDataRole.ToolTipRole if row.unread:
                words = (row.words[column], file_state_words(row.unread))
                return "\n".join(filter(None, words))
            case Qt.ItemDataRole.DecorationRole if row.unread and column == 0:
                return icon("file-alert-outline")
            case Qt.ItemDataRole.DecorationRole:
                return swatch(row.colours[column])
            case Qt.ItemDataRole.TextAlignmentRole if self._columns[column].type in _NUMBERS:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            spec = self._columns[section]
            return pick(spec.label_vi, spec.label_en)
        return None

    # Which rows, in which order -------------------------------------------------------------

    def show_kind(self, kind: RecordKind) -> None:
        """Show another kind, without words or conditions."""
        self.beginResetModel()
        self._kind, self._columns = kind, columns_of(kind)
        self._filters, self._text = {}, ""
        self._sorted_by = (min(self._sorted_by[0], len(self._columns) - 1), self._sorted_by[1])
        self.empty()
        self.endResetModel()
        self.read_keys()

    def apply(self, filters: Mapping[str, str], text: str) -> None:
        """Keep the records that fit and hold these words, with or without accents.

        Raises
        ------
        GeoparkError
            As `operations.record_lists.record_query`; the rows stay as they are.
        """
        record_query(self._session.context, self._kind, filters=filters)
        self._filters, self._text = dict(filters), text
        self.read_keys()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; empty cells come last, whichever way it goes."""
        if 0 <= column < len(self._columns):
            self._sorted_by = (column, order is Qt.SortOrder.DescendingOrder)
            self.read_keys()

    def read_keys(self) -> None:
        """Read now which records there are."""
        self.show_keys(self._asking()())

    def _asking(self) -> Callable[[], list[str]]:
        column, is_descending = self._sorted_by
        order = column_order(self._columns[column], is_descending=is_descending)
        context = self._session.context
        query = record_query(
            context, self._kind, filters=self._filters, text=self._text, orders=(order,)
        )
        return lambda: record_keys(context, query)

    def reading(self) -> Callable[[], _Found]:
        """Give what reads the list again beside the window; `take` takes its result."""
        context, known, name = self._session.context, self.known_keys(), self._kind.name
        ask = self._asking()

        def work() -> _Found:
            rows = record_rows(context, KINDS[name], known, Titles(context)) if known else {}
            return name, ask(), rows, known

        return work

    def take(self, found: _Found) -> None:
        """Take the list as it was read again, when it is still of the kind shown."""
        name, keys, rows, known = found
        if name == self._kind.name:
            self._titles = None
            self.take_rows(rows, known)
            self.show_keys(keys)

    def retranslate(self) -> None:
        """Say headings, labels and names in the language of the window."""
        self._titles = None
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        self.forget_rows()
        self.read_keys()
