"""The problems of a dossier as rows of a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from geopark_app.domain.finding import Severity
from geopark_app.dossier.problems import Problem
from geopark_app.gui import theme
from geopark_app.i18n import active, pick
from geopark_app.i18n import gettext as _
from geopark_app.operations.dossier_chapters import parts

_COLUMNS = 3
_PARTS = {part.code: part for part in parts()}
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class ProblemModel(QAbstractTableModel):
    """Severity, site and sentence of each problem, the gravest first as they come."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._problems: tuple[Problem, ...] = ()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these problems."""
        self.beginResetModel()
        self._problems = tuple(problems)
        self.endResetModel()

    def problem(self, row: int) -> Problem:
        """Give the problem of a row."""
        return self._problems[row]

    def count_of(self, severity: Severity) -> int:
        """Give how many problems weigh that much."""
        return sum(problem.severity is severity for problem in self._problems)

    def retranslate(self) -> None:
        """Show the words in the language now spoken."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)
        if self._problems:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._problems) - 1, _COLUMNS - 1)
            )

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._problems)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else _COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        problem = self._problems[index.row()]
        message = problem.message.of(active())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (_severity(problem.severity), _place(problem), message)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return message
            case Qt.ItemDataRole.ForegroundRole if index.column() == 0:
                return QColor(_colour(problem.severity))
            case _other:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Weight"), _("Site or part"), _("What to put right"))[section]
        return None


def _place(problem: Problem) -> str:
    """Name the site, or the part of the dossier, a problem lies in."""
    if problem.site or problem.field not in _PARTS:
        return problem.site
    part = _PARTS[problem.field]
    return pick(part.title_vi, part.title_en)


def _severity(severity: Severity) -> str:
    match severity:
        case Severity.ERROR:
            return _("Error")
        case Severity.WARNING:
            return _("Warning")
        case Severity.NOTE:
            return _("Note")


def _colour(severity: Severity) -> str:
    colours = theme.colours()
    return {
        Severity.ERROR: colours.error,
        Severity.WARNING: colours.warning,
        Severity.NOTE: colours.muted,
    }[severity]
