"""The list of sites, routes and the park with score, coverage and red mark."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from geopark_app.domain.text import fold, sort_key
from geopark_app.gui import theme
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.lists.keyed_model import Index, KeyedModel
from geopark_app.gui.lists.list_table import ListTable
from geopark_app.gui.readiness.share_bar import paint_share
from geopark_app.gui.readiness.subjects import Subject
from geopark_app.i18n import gettext as _

SubjectRole = int(Qt.ItemDataRole.UserRole) + 3
_NAME, _SCORE, _COVERAGE = range(3)
_BAR_MOST = 100
_NARROWEST, _NARROWEST_AT_MOST = 300, 420


class SubjectModel(KeyedModel[Subject]):
    """The subjects of one scope, found by name without accents, or only red ones.

    Columns are name, score and coverage. All results are known: a score is worked out from all
    answers of a place, whether its row is looked at or not.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(self._known, parent)
        self._subjects: dict[str, Subject] = {}
        self._scope, self._words, self._red_only = "site", [""], False
        self._column, self._is_descending = _NAME, False

    def _known(self, keys: Sequence[str]) -> dict[str, Subject]:
        return {key: self._subjects[key] for key in keys if key in self._subjects}

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else 3

    def cell(self, row: Subject, column: int, role: int) -> Any:
        """Give what a column shows of a subject."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column)
            case Qt.ItemDataRole.TextAlignmentRole if column == _COVERAGE:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.ForegroundRole if row.readiness and row.readiness.is_red:
                return QColor(theme.colours().error)
            case Qt.ItemDataRole.ForegroundRole if row.readiness and row.readiness.stale:
                return QColor(theme.colours().muted)
            case Qt.ItemDataRole.ToolTipRole if row.readiness and row.readiness.stale:
                words = _("{count} answers are too old: visit again")
                return words.format(count=row.readiness.stale)
            case _ if role == SubjectRole:
                return row
        return None

    def _text(self, subject: Subject, column: int) -> str:
        if column == _NAME:
            mark = " · MẪU / SAMPLE" if subject.is_sample else ""
            red = "⚑ " if subject.readiness and subject.readiness.is_red else ""
            old = "* " if subject.readiness and subject.readiness.stale else ""
            return f"{red}{old}{subject.code}  {subject.name()}{mark}".strip()
        share = _share(subject, column)
        return "–" if share is None else f"{round(share * 100)} %"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Place"), _("Score"), _("Coverage"))[section]
        return None

    def show_rows(self, subjects: Sequence[Subject]) -> None:
        """Take the subjects as they are now; when only results differ, the selection stays."""
        self._subjects = {subject.key: subject for subject in subjects}
        self.take_rows(self._subjects, self.known_keys())
        self._list_again()

    def apply(self, *, scope: str, text: str, red_only: bool) -> None:
        """Show only these."""
        self._scope, self._words, self._red_only = scope, fold(text).split(), red_only
        self._list_again()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; places without a result come last, whichever way it goes."""
        self._column, self._is_descending = column, order is Qt.SortOrder.DescendingOrder
        self._list_again()

    def _list_again(self) -> None:
        fitting = [subject for subject in self._subjects.values() if self._fits(subject)]
        fitting.sort(key=lambda subject: sort_key(subject.code))
        if self._column == _NAME:
            fitting.sort(key=_by_name, reverse=self._is_descending)
        else:
            shares = {subject.key: _share(subject, self._column) for subject in fitting}
            sign = -1 if self._is_descending else 1
            fitting.sort(
                key=lambda subject: (
                    shares[subject.key] is None,
                    sign * (shares[subject.key] or 0.0),
                )
            )
        self.show_keys([subject.key for subject in fitting])

    def _fits(self, subject: Subject) -> bool:
        if subject.scope != self._scope:
            return False
        is_red = subject.readiness is not None and subject.readiness.is_red
        if self._red_only and not is_red:
            return False
        text = fold(f"{subject.code} {subject.name_vi} {subject.name_en}") if self._words else ""
        return all(word in text for word in self._words)

    def retranslate(self) -> None:
        """Say headings and names in the language of the window."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 2)
        self.forget_rows()
        self._list_again()


def _by_name(subject: Subject) -> tuple[object, ...]:
    return (sort_key(subject.code), sort_key(subject.name()))


def _share(subject: Subject, column: int) -> float | None:
    result = subject.readiness
    if result is None:
        return None
    return result.score if column == _SCORE else result.coverage


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


class SubjectTable(LanguageAware, ListTable):
    """Shows the list and says where the cursor is.

    Signals
    -------
    subject_selected(Subject)
        The person went to this place.
    letters_typed(str)
        The person types the name or the code of a place.
    """

    subject_selected = Signal(object)
    letters_typed = Signal(str)

    def __init__(self, model: SubjectModel) -> None:
        super().__init__(model)
        self._model = model
        self.setObjectName("readiness-table")
        self._bars = _ShareDelegate(self)
        self.setItemDelegateForColumn(_SCORE, self._bars)
        self.setSortingEnabled(True)
        self.sortByColumn(_NAME, Qt.SortOrder.AscendingOrder)
        header = self.horizontalHeader()
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        # As wide as their headings, in whatever language and size these are.
        for column in (_SCORE, _COVERAGE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.key_selected.connect(self._say_subject)
        self._keep_room_for_names()
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._keep_room_for_names()

    def _keep_room_for_names(self) -> None:
        # The two columns of figures are never narrower than their headings.
        self.setMinimumWidth(min(theme.scaled(_NARROWEST), _NARROWEST_AT_MOST))

    def keyboardSearch(self, search: str) -> None:
        # Names begin with marks and codes: what is typed goes to the search box instead.
        self.letters_typed.emit(search)

    def _say_subject(self, _key: str) -> None:
        subject = self.currentIndex().data(SubjectRole)
        if isinstance(subject, Subject):
            self.subject_selected.emit(subject)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setAccessibleName(_("Readiness of places"))
        self._model.retranslate()
