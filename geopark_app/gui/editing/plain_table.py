"""A table of texts for dialogs: headings, rows, and a key for each row."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

KeyRole = int(Qt.ItemDataRole.UserRole)


class PlainTable(QTableWidget):
    """Shows rows of texts that cannot be typed into; a row is chosen as a whole."""

    def __init__(self, name: str, *, several: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)

    def show_rows(
        self, headings: Sequence[str], rows: Sequence[tuple[object, Sequence[str]]]
    ) -> None:
        """Show rows, each a key and its texts."""
        self.setColumnCount(len(headings))
        self.setHorizontalHeaderLabels(list(headings))
        self.setRowCount(len(rows))
        for at, (key, texts) in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(text)
                item.setData(KeyRole, key)
                self.setItem(at, column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.resizeColumnsToContents()
        for column in range(len(headings)):
            self.setColumnWidth(column, min(self.columnWidth(column), 210))
        header.setStretchLastSection(True)

    def chosen_keys(self) -> list[object]:
        """Give the keys of the rows chosen, in their order."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [item.data(KeyRole) for row in rows if (item := self.item(row, 0)) is not None]
