"""Works as cards in columns by state: dragged, or moved with Ctrl and the arrow keys."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.dossier.works_words import money
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.i18n import gettext as _
from geopark_app.rules.works import WorkLine

_LineRole = KeyRole + 1
_TodayRole = KeyRole + 2
_PAD = 7
_GAP = 6
_LEAST_WIDTH = 200
_Index = QModelIndex | QPersistentModelIndex


class _CardDelegate(QStyledItemDelegate):
    """Draws a card: title, place, who, and until when; what is late or blocked stands out."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        metrics = option.fontMetrics
        lines = len(_lines(index)) + self._is_long(option, index)
        height = metrics.height() * lines + theme.scaled(2 * _PAD + _GAP)
        return QSize(theme.scaled(_LEAST_WIDTH - 30), height)

    def _is_long(self, option: QStyleOptionViewItem, index: _Index) -> bool:
        """Say whether the title needs a second line."""
        view = self.parent()
        assert isinstance(view, QListWidget)
        room = view.viewport().width() - 2 * theme.scaled(_PAD) - 6
        line: WorkLine = index.data(_LineRole)
        return QFontMetrics(_bold(option)).horizontalAdvance(line.title) > room

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        colours = theme.colours()
        state = option.state
        box: QRect = option.rect
        box = box.adjusted(2, 2, -3, -theme.scaled(_GAP) + 2)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        has_keys = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.focus if has_keys else colours.border))
        painter.setBrush(QColor(colours.selection if is_chosen else colours.panel))
        painter.drawRoundedRect(box, 4, 4)
        inside = box.adjusted(theme.scaled(_PAD), theme.scaled(_PAD) - 2, -theme.scaled(_PAD), -2)
        metrics = option.fontMetrics
        painter.setFont(_bold(option))
        painter.setPen(QColor(colours.text))
        lines = 1 + self._is_long(option, index)
        title = QRect(inside.left(), inside.top(), inside.width(), metrics.height() * lines)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
        line: WorkLine = index.data(_LineRole)
        words = painter.fontMetrics().elidedText(
            line.title, Qt.TextElideMode.ElideRight, int(inside.width() * (1.8 if lines > 1 else 1))
        )
        painter.drawText(title, flags, words)
        painter.setFont(option.font)
        top = title.bottom() + 1
        for words, colour in _lines(index)[1:]:
            painter.setPen(QColor(getattr(colours, colour)))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside.left(), top + metrics.ascent(), shown)
            top += metrics.height()
        painter.restore()


def _bold(option: QStyleOptionViewItem) -> QFont:
    font = QFont(option.font)
    font.setBold(True)
    return font


def _lines(index: _Index) -> list[tuple[str, str]]:
    """Give the lines of a card below one another with the names of their colours."""
    line: WorkLine = index.data(_LineRole)
    today: date = index.data(_TodayRole)
    lines = [(line.title, "text")]
    if line.place or line.commune:
        lines.append((line.place or line.commune, "muted"))
    who = ", ".join(part for part in (line.unit, line.person) if part)
    if who:
        lines.append((who, "muted"))
    when = []
    if line.due is not None:
        when.append(line.due.strftime("%d/%m/%Y"))
        if line.is_late(today):
            when.append(_("(late)"))
    if line.cost_vnd is not None:
        when.append(f"{money(line.cost_vnd)} ₫")
    if when:
        lines.append((" ".join(when), "error" if line.is_late(today) else "text"))
    if line.block:
        lines.append((_("Blocked by: {reason}").format(reason=line.block), "warning"))
    return lines


class StateColumn(QListWidget):
    """The cards of one state.

    Signals
    -------
    dropped(str)
        A card of another column was dropped here.
    step_wanted(int)
        Move the card chosen by so many columns.
    walk_wanted(int)
        Take the keyboard to a column beside.
    """

    dropped = Signal(str)
    step_wanted = Signal(int)
    walk_wanted = Signal(int)

    def __init__(self, state: str, label: str, *, may_write: bool) -> None:
        super().__init__()
        self.code = state
        self.setAccessibleName(label)
        self.setItemDelegate(_CardDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # One that comes and goes would change the width after the cards were measured.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setDragEnabled(may_write)
        self.setAcceptDrops(may_write)
        self.setDropIndicatorShown(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self._may_write = may_write

    def chosen(self) -> str:
        """Give the key of the card chosen, or an empty text."""
        index = self.currentIndex()
        return str(index.data(KeyRole)) if index.isValid() else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.walk_wanted.emit(step)
        elif self._may_write:
            self.step_wanted.emit(step)

    def dragEnterEvent(self, event: QDragMoveEvent) -> None:
        if isinstance(event.source(), StateColumn):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if isinstance(event.source(), StateColumn):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        source = event.source()
        if isinstance(source, StateColumn) and source is not self and source.chosen():
            # The card itself is moved by the save: what is stored is what is shown.
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()
            self.dropped.emit(source.chosen())


class WorksBoard(QWidget):
    """Columns by state.

    Signals
    -------
    moved(str, str)
        A work should get another state.
    opened(str)
        A work should be opened.

    Attributes
    ----------
    columns : list of StateColumn
        In the order of the states.
    """

    moved = Signal(str, str)
    opened = Signal(str)

    def __init__(
        self, states: Sequence[tuple[str, str]], *, may_write: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.columns: list[StateColumn] = []
        self._heads: list[QLabel] = []
        self._labels = [label for _code, label in states]
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for code, label in states:
            column = StateColumn(code, label, may_write=may_write)
            column.setMinimumWidth(theme.scaled(_LEAST_WIDTH))
            head = QLabel(label)
            head.setProperty("look", "strong")
            inside = QVBoxLayout()
            inside.addWidget(head)
            inside.addWidget(column, 1)
            row.addLayout(inside, 1)
            column.dropped.connect(lambda uuid, code=code: self.moved.emit(uuid, code))
            column.step_wanted.connect(lambda by, column=column: self._step(column, by))
            column.walk_wanted.connect(lambda by, column=column: self._walk(column, by))
            column.itemActivated.connect(lambda item: self.opened.emit(str(item.data(KeyRole))))
            self.columns.append(column)
            self._heads.append(head)
        page = QWidget()
        page.setProperty("look", "page")
        page.setLayout(row)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        hint = QLabel(
            _("Drag a card to another column, or press Ctrl+← or Ctrl+→. Enter opens it.")
        )
        hint.setProperty("look", "muted")
        whole = QVBoxLayout(self)
        whole.addWidget(area, 1)
        whole.addWidget(hint)

    def show_lines(self, lines: Iterable[WorkLine], today: date) -> None:
        """Show the cards; one whose state is not known stands in the first column."""
        chosen = self.chosen()
        had_keys = next((one for one in self.columns if one.hasFocus()), None)
        by_state: dict[str, list[WorkLine]] = {column.code: [] for column in self.columns}
        first = self.columns[0].code
        for line in lines:
            by_state.get(line.state_code, by_state[first]).append(line)
        for column, head, label in zip(self.columns, self._heads, self._labels, strict=True):
            found = by_state[column.code]
            column.clear()
            head.setText(f"{label} ({len(found)})")
            for line in found:
                item = QListWidgetItem()
                item.setData(KeyRole, line.uuid)
                item.setData(_LineRole, line)
                item.setData(_TodayRole, today)
                item.setText("")
                item.setToolTip("\n".join(part for part in (line.title, line.place) if part))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.title}, {line.state}")
                column.addItem(item)
                if line.uuid == chosen:
                    column.setCurrentItem(item)
                    if had_keys is not None:
                        column.setFocus()

    def chosen(self) -> str:
        """Give the key of the card that has the keyboard, else of any chosen one."""
        ordered = sorted(self.columns, key=lambda one: not one.hasFocus())
        return next((key for one in ordered if (key := one.chosen())), "")

    def _step(self, column: StateColumn, by: int) -> None:
        at = self.columns.index(column) + by
        if column.chosen() and 0 <= at < len(self.columns):
            self.moved.emit(column.chosen(), self.columns[at].code)

    def _walk(self, column: StateColumn, by: int) -> None:
        at = self.columns.index(column) + by
        if 0 <= at < len(self.columns):
            there = self.columns[at]
            column.setCurrentRow(-1)
            there.setFocus()
            if there.currentRow() < 0 and there.count():
                there.setCurrentRow(0)
