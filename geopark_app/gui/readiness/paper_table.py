"""The items of a paper form as rows: digits answer, Enter writes, letters go to the line above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from geopark_app.domain.kinds import Answer, ChecklistItem
from geopark_app.gui import theme
from geopark_app.gui.forms.texts import number_text
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.checklists import STATUSES
from geopark_app.rules.paper_entry import DIGITS, FormItem
from geopark_app.wording.readiness import status_words

_NUMBER, _CODE, _ITEM, _ANSWER, _VALUE, _NOTE = range(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """An item with the number printed before it."""

    number: int
    item: ChecklistItem

    @property
    def printed(self) -> FormItem:
        """Give it as a line typed from the form names it."""
        item = self.item
        is_measured = item.answer_type == "measure"
        return FormItem(number=self.number, code=item.code or "", is_measured=is_measured)


class PaperTable(QTableWidget):
    """Takes answers by key.

    Signals
    -------
    answered(ChecklistItem, str)
        A digit was pressed on an item.
    cell_written(ChecklistItem, str, str)
        Value (`measured`) or `note` was written.
    typed(str)
        A letter was pressed: it belongs to the line above.
    """

    answered = Signal(object, str)
    cell_written = Signal(object, str, str)
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__(0, 6)
        self.rows: list[PaperRow] = []
        self._is_filling = False
        self.setAccessibleName(_("Items of the form"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setHorizontalHeaderLabels(
            [_("No."), _("Code"), _("Item"), _("Answer"), _("Value"), _("Note")]
        )
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(_ITEM, QHeaderView.ResizeMode.Stretch)
        for column, width in (
            (_NUMBER, 46),
            (_CODE, 60),
            (_ANSWER, 140),
            (_VALUE, 90),
            (_NOTE, 230),
        ):
            self.setColumnWidth(column, theme.scaled(width))
        self.itemChanged.connect(self._changed)

    def show_rows(self, rows: Sequence[PaperRow]) -> None:
        """Show the items."""
        self._is_filling = True
        self.rows = list(rows)
        self.setRowCount(len(rows))
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        for at, row in enumerate(rows):
            item = row.item
            label = pick(item.label_vi, item.label_en)
            mark = "⚑ " if item.critical else ""
            texts = (str(row.number), item.code or "", f"{mark}{label}", "", "", "")
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                is_measured = column == _VALUE and item.answer_type == "measure"
                writable = column == _NOTE or is_measured
                cell.setFlags(plain | Qt.ItemFlag.ItemIsEditable if writable else plain)
                cell.setToolTip(label if column == _ITEM else self._unit(item, column))
                self.setItem(at, column, cell)
        self._is_filling = False
        if rows:
            self.setCurrentCell(0, _ANSWER)

    def _unit(self, item: ChecklistItem, column: int) -> str:
        return pick(item.measure_unit_vi, item.measure_unit_en) if column == _VALUE else ""

    def show_answers(self, answers: Mapping[str, Answer], asked: frozenset[str]) -> None:
        """Show what stands in the catalogue; items not asked are hidden."""
        self._is_filling = True
        for at, row in enumerate(self.rows):
            answer = answers.get(row.item.uuid)
            status = answer.status if answer else None
            value = answer.measured.value if answer and answer.measured else None
            texts = {
                _ANSWER: status_words(status) if status in STATUSES else "",
                _VALUE: number_text(value),
                _NOTE: (answer.note or "") if answer else "",
            }
            for column, text in texts.items():
                cell = self.item(at, column)
                if cell is not None and cell.text() != text:
                    cell.setText(text)
            self.setRowHidden(at, row.item.uuid not in asked)
        self._is_filling = False

    def go_to(self, item_uuid: str) -> None:
        """Choose the row of an item."""
        for at, row in enumerate(self.rows):
            if row.item.uuid == item_uuid:
                self.setCurrentCell(at, _ANSWER)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at, text = self.currentRow(), event.text()
        if text in DIGITS and 0 <= at < len(self.rows):
            self.answered.emit(self.rows[at].item, DIGITS[text])
            self._step(at)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2} and at >= 0:
            is_measured = self.rows[at].item.answer_type == "measure"
            column = self.currentColumn()
            column = column if column == _NOTE else _VALUE if is_measured else _NOTE
            self.setCurrentCell(at, column)
            self.edit(self.currentIndex())
        elif text.isalpha():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def _step(self, at: int) -> None:
        following = range(at + 1, self.rowCount())
        below = next((one for one in following if not self.isRowHidden(one)), at)
        self.setCurrentCell(below, _ANSWER)

    def _changed(self, cell: QTableWidgetItem) -> None:
        if not self._is_filling and cell.column() in {_VALUE, _NOTE}:
            field = "note" if cell.column() == _NOTE else "measured"
            if field == "note" or cell.text().strip():
                self.cell_written.emit(self.rows[cell.row()].item, field, cell.text().strip())
