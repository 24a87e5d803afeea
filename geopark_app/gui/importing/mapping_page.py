"""Second page of the import: which column is which field, beside the first values."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.importing import RecognisedFile

_SAMPLES, _SAMPLE_LETTERS = 3, 40


class MappingPage(LanguageAware, QWidget):
    """A row for each column of the file, with a choice of fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: RecognisedFile | None = None
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.table = QTableWidget(0, 3)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        self.retranslate()

    def show_file(self, found: RecognisedFile) -> None:
        """Show the columns of a file with what they are taken for."""
        self._found = found
        mapping = found.mapping
        self._fill(mapping)

    def mapping(self) -> dict[str, str]:
        """Give column → field as chosen; a column left out has an empty field."""
        if self._found is None:
            return {}
        return {
            column: str(self.combo(row).currentData() or "")
            for row, column in enumerate(self._found.table.header)
        }

    def combo(self, row: int) -> QComboBox:
        """Give the choice of a row."""
        widget = self.table.cellWidget(row, 2)
        assert isinstance(widget, QComboBox)
        return widget

    def doubles(self) -> list[str]:
        """Give the labels of fields chosen for more than one column."""
        seen: set[str] = set()
        double = []
        for row in range(self.table.rowCount()):
            combo = self.combo(row)
            name = str(combo.currentData() or "")
            if name and name in seen:
                double.append(combo.currentText())
            seen.add(name)
        return double

    def retranslate(self) -> None:
        self.table.setHorizontalHeaderLabels([_("Column"), _("First values"), _("Field")])
        self.table.setAccessibleName(_("Columns"))
        if self._found is not None:
            self._fill(self.mapping())

    def _fill(self, mapping: dict[str, str]) -> None:
        assert self._found is not None
        table = self._found.table
        self.words.setText(
            _("The columns are mapped as last time for a list with this header.")
            if self._found.is_remembered
            else _("Look at what each column was taken for, and change it where it is wrong.")
        )
        targets = [
            (target.name, pick(target.label_vi, target.label_en)) for target in self._found.targets
        ]
        self.table.setRowCount(len(table.header))
        for row, column in enumerate(table.header):
            samples = [line.cells[row][:_SAMPLE_LETTERS] for line in table.rows[:_SAMPLES]]
            self.table.setItem(row, 0, QTableWidgetItem(column))
            self.table.setItem(
                row, 1, QTableWidgetItem(" | ".join(s.replace("\n", " ") for s in samples if s))
            )
            combo = QComboBox()
            combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            combo.addItem(_("— not taken —"), "")
            for name, label in targets:
                combo.addItem(label, name)
            combo.setCurrentIndex(max(0, combo.findData(mapping.get(column, ""))))
            combo.setAccessibleName(column)
            self.table.setCellWidget(row, 2, combo)
        self.table.setColumnWidth(0, 170)
        self.table.setColumnWidth(1, 330)
        self.table.resizeRowsToContents()
