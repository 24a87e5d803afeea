"""The list of sites, routes and the park with score, coverage and red mark."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from geopark_app.domain.text import fold, sort_key
from geopark_app.gui import theme
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.readiness.share_bar import paint_share
from geopark_app.gui.readiness.subjects import Subject
from geopark_app.i18n import gettext as _

Index = QModelIndex | QPersistentModelIndex

SortRole = int(Qt.ItemDataRole.UserRole) + 1
SubjectRole = int(Qt.ItemDataRole.UserRole) + 2
_NAME, _SCORE, _COVERAGE = range(3)
_BAR_MOST = 100
_NARROWEST, _NARROWEST_AT_MOST = 300, 420


class SubjectModel(QAbstractTableModel):
    """Rows are subjects; columns are name, score and coverage."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Subject] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        subject, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(subject, column)
            case Qt.ItemDataRole.TextAlignmentRole if column == _COVERAGE:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.ForegroundRole if subject.readiness and subject.readiness.is_red:
                return QColor(theme.colours().error)
            case _ if role == SortRole:
                return self._order(subject, column)
            case _ if role == SubjectRole:
                return subject
        return None

    def _text(self, subject: Subject, column: int) -> str:
        result = subject.readiness
        if column == _NAME:
            mark = " · MẪU / SAMPLE" if subject.is_sample else ""
            red = "⚑ " if result and result.is_red else ""
            return f"{red}{subject.code}  {subject.name()}{mark}".strip()
        if result is None:
            return "–"
        share = result.score if column == _SCORE else result.coverage
        return "–" if share is None else f"{round(share * 100)} %"

    def _order(self, subject: Subject, column: int) -> tuple[object, ...]:
        if column == _NAME:
            return (sort_key(subject.code), sort_key(subject.name()))
        result = subject.readiness
        share = None
        if result is not None:
            share = result.score if column == _SCORE else result.coverage
        return (share is None, share or 0.0, sort_key(subject.code))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Place"), _("Score"), _("Coverage"))[section]
        return None

    def show_rows(self, subjects: list[Subject]) -> None:
        """Take the rows as they are now; when only results differ, the selection stays."""
        same = [s.key for s in subjects] == [s.key for s in self._rows]
        if not same:
            self.beginResetModel()
        old, self._rows = self._rows, subjects
        if not same:
            self.endResetModel()
            return
        for row, (before, now) in enumerate(zip(old, subjects, strict=True)):
            if before != now:
                self.dataChanged.emit(self.index(row, 0), self.index(row, 2))

    def subject_at(self, row: int) -> Subject:
        """Give the subject of a row."""
        return self._rows[row]

    def row_of(self, key: str) -> int:
        """Give the row of a subject, or -1."""
        return next((row for row, subject in enumerate(self._rows) if subject.key == key), -1)

    def retranslate(self) -> None:
        """Say headings and names in the language of the window."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 2)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 2))


class SubjectFilter(QSortFilterProxyModel):
    """Passes the subjects of one scope, found by name without accents, or only red ones."""

    def __init__(self, model: SubjectModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._scope, self._words, self._red_only = "site", [""], False
        self.setSourceModel(model)

    def apply(self, *, scope: str, text: str, red_only: bool) -> None:
        """Show only these."""
        self._scope, self._words, self._red_only = scope, fold(text).split(), red_only
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        subject = self._model.subject_at(source_row)
        is_red = subject.readiness is not None and subject.readiness.is_red
        text = fold(f"{subject.code} {subject.name_vi} {subject.name_en}")
        return (
            subject.scope == self._scope
            and (is_red or not self._red_only)
            and all(word in text for word in self._words)
        )

    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        return bool(source_left.data(SortRole) < source_right.data(SortRole))


class _ShareDelegate(QStyledItemDelegate):
    """Paints the score as a bar; the coverage beside it is a figure."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # Large letters need room for the names more than for the bars.
        height = super().sizeHint(option, index).height()
        return QSize(min(theme.scaled(96), _BAR_MOST), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        style = plain.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, plain, painter, plain.widget)
        subject = index.data(SubjectRole)
        result = subject.readiness if isinstance(subject, Subject) else None
        share = None if result is None else result.score
        is_red = result is not None and result.is_red
        painter.save()
        painter.setPen(plain.palette.color(QPalette.ColorRole.Text))
        place = plain.rect.adjusted(6, 2, -4, -2)
        paint_share(painter, place, share, is_red=is_red)
        painter.restore()


class SubjectTable(LanguageAware, QTableView):
    """Shows the list and says where the cursor is.

    Signals
    -------
    subject_selected(Subject)
        The person went to this place.
    """

    subject_selected = Signal(object)

    def __init__(self, model: SubjectModel, subjects: SubjectFilter) -> None:
        super().__init__()
        self._model = model
        self._subjects = subjects
        self.setObjectName("readiness-table")
        self.setModel(subjects)
        self._bars = _ShareDelegate(self)
        self.setItemDelegateForColumn(_SCORE, self._bars)
        self.setSortingEnabled(True)
        self.sortByColumn(_NAME, Qt.SortOrder.AscendingOrder)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        # As wide as their headings, in whatever language and size these are.
        for column in (_SCORE, _COVERAGE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self._keep_room_for_names()
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._keep_room_for_names()

    def _keep_room_for_names(self) -> None:
        # The two columns of figures are never narrower than their headings.
        self.setMinimumWidth(min(theme.scaled(_NARROWEST), _NARROWEST_AT_MOST))

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        subject = current.data(SubjectRole)
        if isinstance(subject, Subject):
            self.subject_selected.emit(subject)

    def go_to(self, key: str) -> bool:
        """Put the cursor on a subject, if it is shown."""
        row = self._model.row_of(key)
        index = self._subjects.mapFromSource(self._model.index(row, 0))
        if row < 0 or not index.isValid():
            return False
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setAccessibleName(_("Readiness of places"))
        self._model.retranslate()
