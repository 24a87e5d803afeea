"""A table of many records: it holds their keys, and reads a row when it is looked at."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
RowT = TypeVar("RowT")
UuidRole = int(Qt.ItemDataRole.UserRole) + 2

_BLOCK = 50
_MOST_KEPT = 1_000
_MOST_STEPS = 60


class KeyedModel(QAbstractTableModel, Generic[RowT]):
    """Rows in the order of their keys; what is shown is read in blocks around what is asked for.

    Parameters
    ----------
    read
        Gives the rows of keys; a key that is gone meanwhile has none.
    parent
        Qt's owner.
    """

    def __init__(
        self, read: Callable[[Sequence[str]], Mapping[str, RowT]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._keys: list[str] = []
        self._places: dict[str, int] | None = None
        self._rows: dict[str, RowT] = {}

    # What Qt asks ---------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._keys)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == UuidRole:
            return self._keys[index.row()]
        row = self.row_at(index.row())
        if row is None:
            return None
        found = self.cell(row, index.column(), role)
        if found is None and role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(row, index.column(), Qt.ItemDataRole.DisplayRole)
        return found

    def cell(self, row: RowT, column: int, role: int) -> Any:
        """Give what a column shows of a row; for the models that inherit.

        Without a tip of its own, a cell is its tip.
        """
        raise NotImplementedError

    # Rows -----------------------------------------------------------------------------------

    @property
    def keys(self) -> Sequence[str]:
        """Give the keys of all rows, in their order."""
        return self._keys

    def known_keys(self) -> list[str]:
        """Give the keys of the rows that are read."""
        return list(self._rows)

    def row_at(self, place: int) -> RowT | None:
        """Give the row at a place, or None when it is gone from the catalogue."""
        key = self._keys[place]
        if key not in self._rows:
            self._read_around(place)
        return self._rows.get(key)

    def row_of(self, key: str) -> int:
        """Give the place of a key, or -1."""
        if self._places is None:
            self._places = {key: place for place, key in enumerate(self._keys)}
        return self._places.get(key, -1)

    def _read_around(self, place: int) -> None:
        if len(self._rows) > _MOST_KEPT:
            self._rows.clear()
        first = max(0, place - _BLOCK // 4)
        self._rows.update(self._read(self._keys[first : first + _BLOCK]))

    # News -----------------------------------------------------------------------------------

    def empty(self) -> None:
        """Hold no rows any more; between `beginResetModel` and `endResetModel`."""
        self._keys, self._places = [], None
        self._rows.clear()

    def forget_rows(self) -> None:
        """Read every row anew when it is looked at; another language, or another kind."""
        self._rows.clear()
        if self._keys:
            last = self.index(len(self._keys) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def take_rows(self, rows: Mapping[str, RowT], asked: Collection[str]) -> None:
        """Take rows that were read again; only those that differ are told to the view."""
        for key in asked:
            new, old = rows.get(key), self._rows.get(key)
            if new is None:
                self._rows.pop(key, None)
                continue
            self._rows[key] = new
            place = self.row_of(key)
            if old is not None and old != new and place >= 0:
                last = self.index(place, self.columnCount() - 1)
                self.dataChanged.emit(self.index(place, 0), last)

    def show_keys(self, keys: list[str]) -> None:
        """Show these rows; the view is told no more than what differs."""
        if keys == self._keys:
            return
        before, now = set(self._keys), set(keys)
        if before == now:
            self._reorder(keys)
            return
        stay = [key for key in self._keys if key in now]
        steps = len(self._keys) + len(keys) - 2 * len(stay)
        if steps <= _MOST_STEPS and stay == [key for key in keys if key in before]:
            self._step_to(keys, before, now)
        else:
            self.beginResetModel()
            self._keys, self._places = keys, None
            self.endResetModel()

    def _reorder(self, keys: list[str]) -> None:
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        named = [self._keys[index.row()] for index in held]
        self._keys, self._places = keys, None
        moved = [
            self.index(self.row_of(key), index.column())
            for key, index in zip(named, held, strict=True)
        ]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _step_to(self, keys: list[str], before: set[str], now: set[str]) -> None:
        for place in range(len(self._keys) - 1, -1, -1):
            if self._keys[place] not in now:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._keys[place]
                self._places = None
                self.endRemoveRows()
        for place, key in enumerate(keys):
            if key not in before:
                self.beginInsertRows(QModelIndex(), place, place)
                self._keys.insert(place, key)
                self._places = None
                self.endInsertRows()
