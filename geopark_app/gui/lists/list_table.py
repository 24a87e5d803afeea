"""The look and the manners of every table that lists many records."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView

from geopark_app.gui.lists.keyed_model import KeyedModel, UuidRole


class ListTable(QTableView):
    """Shows a list of records and says which one is current; the choice outlives a new list.

    Signals
    -------
    key_selected(str)
        The person went to the record of this key.
    """

    key_selected = Signal(str)

    def __init__(self, model: KeyedModel) -> None:  # type: ignore[type-arg]
        super().__init__()
        self._list = model
        self._current = ""
        self._chosen: list[str] = []
        self.setModel(model)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # Widths come from what is seen: more would read rows nobody looks at.
        header.setResizeContentsPrecision(0)
        self.selectionModel().currentRowChanged.connect(self._moved)
        model.modelAboutToBeReset.connect(self._keep_choice)
        model.modelReset.connect(self._choose_again)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        key = str(current.data(UuidRole)) if current.isValid() else ""
        if key and key != self._current:
            self._current = key
            self.key_selected.emit(key)

    def current_uuid(self) -> str:
        """Give the record the cursor is on, or an empty text."""
        current = self.currentIndex()
        return str(current.data(UuidRole)) if current.isValid() else ""

    def chosen_uuids(self) -> list[str]:
        """Give the records chosen, in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._list.keys[row] for row in rows]

    def go_to(self, key: str) -> bool:
        """Put the cursor on a record, if it is shown."""
        row = self._list.row_of(key)
        if row < 0:
            return False
        index = self._list.index(row, max(0, self.currentIndex().column()))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def go_to_row(self, row: int) -> None:
        """Put the cursor on a row as shown; the last one when there are fewer."""
        row = min(row, self._list.rowCount() - 1)
        if row >= 0:
            self.selectRow(row)

    def forget_current(self) -> None:
        """Say the next choice even when it is the same: what shows it was emptied."""
        self._current = ""

    def _keep_choice(self) -> None:
        self._chosen = self.chosen_uuids() if self.selectionModel().hasSelection() else []

    def _choose_again(self) -> None:
        if not self.go_to(self._current):
            return
        self._select([self._list.row_of(key) for key in self._chosen])

    def _select(self, rows: Sequence[int]) -> None:
        chosen = QItemSelection()
        last = self._list.columnCount() - 1
        for row in rows:
            if row >= 0:
                chosen.select(self._list.index(row, 0), self._list.index(row, last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
