"""The steps before one deadline as a table: tick what is done, type the working days."""

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSpinBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from geopark_app.dossier.plan_words import source_words, state_words, step_headings
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.gui.formats import shown_date
from geopark_app.gui.plan.timeline import Span, SpanRole, TimelineDelegate
from geopark_app.i18n import gettext as _
from geopark_app.operations.processes import ProcessPlan, StepLine
from geopark_app.rules.planning import MOST_DAYS, StepState

_STEP, _DAYS, _STATE, _TIMELINE = 0, 1, 4, 6
_WIDTHS = (250, 106, 84, 84, 88, 236)


class _DaysDelegate(QStyledItemDelegate):
    """Lets working days be typed as a number between 1 and 250."""

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        box = QSpinBox(parent)
        box.setRange(1, MOST_DAYS)
        return box


class StepTable(QTableWidget):
    """Shows the steps of one plan.

    Signals
    -------
    days_typed(str, int)
        Another number of working days for a step.
    done_ticked(str, bool)
        A step was done, or was not.
    """

    days_typed = Signal(str, int)
    done_ticked = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._is_filling = False
        self._timeline = TimelineDelegate(self)
        self._days = _DaysDelegate(self)
        self.setAccessibleName(_("Steps before the deadline"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setItemDelegateForColumn(_DAYS, self._days)
        self.setItemDelegateForColumn(_TIMELINE, self._timeline)
        self.itemChanged.connect(self._take)

    def show_plan(self, plan: ProcessPlan, *, may_write: bool) -> None:
        """Show the steps; the row chosen stays chosen."""
        chosen = self.chosen_step()
        self._is_filling = True
        headings = (*step_headings(), _("Timeline"))
        self.setColumnCount(len(headings))
        self.setHorizontalHeaderLabels(list(headings))
        self.setRowCount(len(plan.lines))
        first, last = _span_of(plan)
        for row, line in enumerate(plan.lines):
            self._show_line(row, line, plan, first, last, may_write=may_write)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, theme.scaled(width))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self.resizeRowsToContents()
        self._is_filling = False
        keys = [line.key for line in plan.lines]
        if keys:
            self.setCurrentCell(keys.index(chosen) if chosen in keys else 0, _STEP)

    def chosen_step(self) -> str:
        """Give the name of the step chosen, or an empty text."""
        item = self.item(self.currentRow(), _STEP)
        return str(item.data(KeyRole)) if item is not None else ""

    def _show_line(
        self,
        row: int,
        line: StepLine,
        plan: ProcessPlan,
        first: date,
        last: date,
        *,
        may_write: bool,
    ) -> None:
        planned = line.planned
        state = planned.state(plan.today)
        followed = plan.deadline.is_followed
        texts = (
            line.label,
            str(planned.step.days),
            shown_date(planned.starts),
            shown_date(planned.ends),
            state_words(planned, plan.today) if followed else "",
            source_words(line.source, line.proposed_days, planned.step.days),
            "",
        )
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            item.setData(KeyRole, line.key)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if column == _DAYS:
                item.setData(Qt.ItemDataRole.EditRole, planned.step.days)
                if may_write:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            if column == _STEP:
                is_done = state is StepState.DONE
                item.setCheckState(Qt.CheckState.Checked if is_done else Qt.CheckState.Unchecked)
                if may_write:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            if column == _STATE and state is StepState.LATE:
                item.setForeground(QColor(theme.colours().error))
            if column == _TIMELINE:
                span = Span(
                    first=first,
                    last=last,
                    starts=planned.starts,
                    ends=planned.ends,
                    today=plan.today,
                    state=state if followed else StepState.COMING,
                )
                item.setData(SpanRole, span)
                item.setToolTip(f"{texts[2]} – {texts[3]}")
            self.setItem(row, column, item)

    def _take(self, item: QTableWidgetItem) -> None:
        if self._is_filling:
            return
        key = str(item.data(KeyRole))
        if item.column() == _DAYS:
            self.days_typed.emit(key, int(item.data(Qt.ItemDataRole.EditRole)))
        elif item.column() == _STEP:
            self.done_ticked.emit(key, item.checkState() is Qt.CheckState.Checked)


def _span_of(plan: ProcessPlan) -> tuple[date, date]:
    assert plan.plan is not None
    first = min((line.planned.starts for line in plan.lines), default=plan.plan.hand_in)
    return min(first, plan.today) if plan.deadline.is_followed else first, plan.plan.deadline
