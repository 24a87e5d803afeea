"""The originals as a table: what is in danger stands first and in red."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from geopark_app.gui import theme
from geopark_app.gui.forms.texts import date_text
from geopark_app.i18n import gettext as _
from geopark_app.operations.whereabouts import Here, Original

Index = QModelIndex | QPersistentModelIndex
OriginalRole = int(Qt.ItemDataRole.UserRole) + 1
SITE, FILE, HERE, COPIES, HOLDERS, READ = range(6)


class OriginalsModel(QAbstractTableModel):
    """Rows of a whereabouts report."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Original] = ()
        self._sites: Mapping[str, str] = {}

    def show_originals(self, rows: Sequence[Original], sites: Mapping[str, str]) -> None:
        """Show these rows; `sites` names the sites by their keys."""
        self.beginResetModel()
        self._rows, self._sites = rows, sites
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else READ + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            SITE: _("Site"),
            FILE: _("File"),
            HERE: _("Here"),
            COPIES: _("Copies"),
            HOLDERS: _("Also on"),
            READ: _("Last read"),
        }[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        original, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(original, column)
            case Qt.ItemDataRole.TextAlignmentRole if column == COPIES:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.ForegroundRole if _is_alarming(original, column):
                return QColor(theme.colours().error)
            case _ if role == OriginalRole:
                return original
        return None

    def _text(self, original: Original, column: int) -> str:
        match column:
            case 0:
                return self._sites.get(original.site_uuid or "", _("in the inbox"))
            case 1:
                return original.name
            case 2:
                return {
                    Here.WHOLE: _("whole"),
                    Here.MISSING: _("missing"),
                    Here.DAMAGED: _("damaged"),
                }[original.here]
            case 3:
                return _("only copy") if original.copies == 1 else str(original.copies)
            case 4:
                return ", ".join(holder.name for holder in original.holders) or "–"
            case _:
                day = original.checked_at[:10]
                return date_text(day) if day else _("not read yet")


def _is_alarming(original: Original, column: int) -> bool:
    if column == COPIES:
        return original.is_only_copy
    return column == HERE and original.here is not Here.WHOLE
