"""A month of works, deadlines, steps of plans and days off."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.gui.formats import shown_date
from geopark_app.i18n import gettext as _
from geopark_app.operations.works_calendar import CalendarDay, weeks_of
from geopark_app.rules.works import WorkLine

_DayRole = KeyRole + 1
_WEEK = 7
_Index = QModelIndex | QPersistentModelIndex
# What an item of the list at the side stands for.
_WORK, _DEADLINE = "work", "deadline"


class _DayDelegate(QStyledItemDelegate):
    """Draws a day: its number, its name, and as many entries as there is room for."""

    def __init__(self, view: "MonthTable") -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        found = index.data(_DayRole)
        if not isinstance(found, CalendarDay):
            return
        colours = theme.colours()
        box: QRect = option.rect
        metrics = option.fontMetrics
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        ground = colours.panel if found.is_working else colours.stripe
        painter.fillRect(box, QColor(colours.selection if is_chosen else ground))
        if found.day == self._view.today:
            painter.setPen(QColor(colours.focus))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        is_other = found.day.month != self._view.month.month
        inside = box.adjusted(5, 3, -4, -2)
        faint = colours.faint if is_other else colours.text
        painter.setPen(QColor(faint if found.is_working else colours.error))
        number = str(found.day.day)
        top = inside.top() + metrics.ascent()
        painter.drawText(inside.left(), top, number)
        if found.holiday:
            left = inside.left() + metrics.horizontalAdvance(number) + 6
            room = inside.right() - left
            shown = metrics.elidedText(found.holiday, Qt.TextElideMode.ElideRight, room)
            painter.drawText(left, top, shown)
        entries = _entries(found, self._view.today)
        lines = max(1, (inside.height() - metrics.height()) // metrics.height())
        shown_entries = entries if len(entries) <= lines else entries[: lines - 1]
        for words, colour in shown_entries:
            top += metrics.height()
            painter.setPen(QColor(getattr(colours, colour)))
            text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside.left(), top, text)
        rest = len(entries) - len(shown_entries)
        if rest:
            painter.setPen(QColor(colours.muted))
            painter.drawText(inside.left(), top + metrics.height(), f"+{rest}")
        painter.restore()


def _entries(found: CalendarDay, today: date) -> list[tuple[str, str]]:
    entries = [(f"◆ {words}", "error") for _key, words in found.deadlines]
    entries += [(f"▸ {words}", "primary") for _key, words in found.steps]
    entries += [
        (line.title, "error" if line.is_late(today) else "text" if line.is_open else "faint")
        for line in found.works
    ]
    return entries


class MonthTable(QTableWidget):
    """Six weeks, Monday first; arrows walk over the days, PageUp and PageDown over months.

    Signals
    -------
    month_wanted(int)
        So many months further.
    """

    month_wanted = Signal(int)

    def __init__(self, today: date) -> None:
        super().__init__(6, _WEEK)
        self.today = today
        self.month = today.replace(day=1)
        self.setItemDelegate(_DayDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setHorizontalHeaderLabels(
            [QLocale().dayName(day, QLocale.FormatType.ShortFormat) for day in range(1, 8)]
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.month_wanted.emit(step)

    def show_days(self, month: date, days: Mapping[date, CalendarDay]) -> None:
        """Show a month."""
        self.month = month
        for at, day in enumerate(weeks_of(month)):
            item = QTableWidgetItem()
            found = days[day]
            item.setData(_DayRole, found)
            words = [shown_date(day), found.holiday]
            words += [text for text, _colour in _entries(found, self.today)]
            item.setToolTip("\n".join(word for word in words if word))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, words)))
            self.setItem(at // _WEEK, at % _WEEK, item)

    def choose(self, day: date) -> None:
        """Put the keyboard on a day."""
        days = weeks_of(self.month)
        at = days.index(day) if day in days else days.index(self.month)
        self.setCurrentCell(at // _WEEK, at % _WEEK)

    def chosen(self) -> CalendarDay | None:
        """Give the day chosen, or None."""
        found = self.currentIndex().data(_DayRole)
        return found if isinstance(found, CalendarDay) else None


class WorksCalendar(QWidget):
    """A month, and what falls on the day chosen.

    Signals
    -------
    month_changed()
        Another month wants its days.
    opened(str), deadline_opened(str)
        A work, or the plan of a deadline, should be opened.

    Attributes
    ----------
    table : MonthTable
        The month.
    entries : QListWidget
        What falls on the day chosen.
    """

    month_changed = Signal()
    opened = Signal(str)
    deadline_opened = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = MonthTable(today)
        self.month = today.replace(day=1)
        self._chosen = today
        self.title, self._day = QLabel(), QLabel()
        self.title.setProperty("look", "heading")
        self._day.setProperty("look", "strong")
        self._day.setWordWrap(True)
        self.entries = QListWidget()
        self.entries.setWordWrap(True)
        self.entries.setAccessibleName(_("What falls on this day"))
        self.entries.itemActivated.connect(self._open)
        self.table.currentCellChanged.connect(lambda *_cells: self._show_day())
        self.table.itemActivated.connect(lambda _item: self.entries.setFocus())
        self.table.month_wanted.connect(self.go)
        self.back, self.forth = QPushButton("‹"), QPushButton("›")
        self.back.setAccessibleName(_("Month before"))
        self.forth.setAccessibleName(_("Month after"))
        self.back.clicked.connect(lambda: self.go(-1))
        self.forth.clicked.connect(lambda: self.go(1))
        now = QPushButton(_("Today"))
        now.clicked.connect(lambda: self._go_to(today))
        head = QHBoxLayout()
        for widget in (self.back, self.title, self.forth, now):
            head.addWidget(widget)
        head.addStretch(1)
        side = QWidget()
        inside = QVBoxLayout(side)
        inside.setContentsMargins(8, 0, 0, 0)
        inside.addWidget(self._day)
        inside.addWidget(self.entries, 1)
        split = QSplitter()
        split.addWidget(self.table)
        split.addWidget(side)
        split.setStretchFactor(0, 1)
        split.setSizes([theme.scaled(920), theme.scaled(280)])
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(split, 1)

    def days(self) -> Sequence[date]:
        """Give the days shown."""
        return weeks_of(self.month)

    def show_days(self, days: Mapping[date, CalendarDay]) -> None:
        """Show what falls on the days of the month."""
        self.title.setText(_month_words(self.month))
        self.table.show_days(self.month, days)
        self.table.choose(self._chosen)
        self._show_day()

    def go(self, months: int) -> None:
        """Go some months further."""
        at = self.month.year * 12 + self.month.month - 1 + months
        self._go_to(date(at // 12, at % 12 + 1, 1))

    def _go_to(self, day: date) -> None:
        self.month, self._chosen = day.replace(day=1), day
        self.month_changed.emit()

    def _show_day(self) -> None:
        found = self.table.chosen()
        if found is None:
            return
        self._chosen = found.day
        words = shown_date(found.day)
        self._day.setText(f"{words}: {found.holiday}" if found.holiday else words)
        self.entries.clear()
        for key, text in found.deadlines:
            self._add(f"◆ {text}", _DEADLINE, key, theme.colours().error)
        for key, text in found.steps:
            self._add(f"▸ {text}", _DEADLINE, key, theme.colours().primary)
        for line in found.works:
            self._add(_work_words(line), _WORK, line.uuid, theme.colours().text)

    def _add(self, words: str, sort: str, key: str, colour: str) -> None:
        item = QListWidgetItem(words)
        item.setData(KeyRole, (sort, key))
        item.setForeground(QColor(colour))
        self.entries.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        sort, key = item.data(KeyRole)
        (self.opened if sort == _WORK else self.deadline_opened).emit(key)


def _work_words(line: WorkLine) -> str:
    parts = (
        line.place or line.commune,
        ", ".join(filter(None, (line.unit, line.person))),
        line.state,
    )
    return "\n".join((line.title, " · ".join(part for part in parts if part)))


def _month_words(month: date) -> str:
    words = QLocale().toString(QDate(month.year, month.month, 1), "MMMM yyyy")
    return words[:1].upper() + words[1:]
