"""The sites as a table: their keys by one query, and the rows that are looked at."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from geopark_app.domain.condition import ListQuery
from geopark_app.domain.text import fold
from geopark_app.gui import theme
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.lists.keyed_model import Index, KeyedModel
from geopark_app.gui.session import Session
from geopark_app.gui.sites.columns import COLUMNS, Cell, SiteColumn, cells, orders, title
from geopark_app.i18n import active
from geopark_app.operations.site_lists import (
    SiteRow,
    count_records,
    site_keys,
    site_query,
    site_rows_of,
)

_NUMBERS = {SiteColumn.READINESS, SiteColumn.COMPLETENESS}
_FOUND = 500
_FEW = 3
_LISTS_KEPT = 8


class SiteTableModel(KeyedModel[SiteRow]):
    """The sites that fit every filter set, sorted by a column; both happen in the database.

    Attributes
    ----------
    kept_uuid : str
        The site being edited stays in the list until the filters are set again: somebody who
        fills in what was missing must not lose the form under the hands.
    total : int
        How many sites there are, whatever the filters.
    """

    def __init__(
        self, session: Session, options: FormOptions, parent: QObject | None = None
    ) -> None:
        super().__init__(lambda keys: site_rows_of(session.context, keys), parent)
        self._session = session
        self._cells: dict[SiteColumn, Cell] = cells(options)
        self._query: ListQuery | None = None
        self._sorted_by = (SiteColumn.CODE, False)
        self._known_lists: dict[ListQuery, list[str]] = {}
        self.kept_uuid = ""
        self.total = 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(COLUMNS)

    def cell(self, row: SiteRow, column: int, role: int) -> Any:
        """Give what a column shows of a site."""
        name = COLUMNS[column]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cells[name].text(row)
            case Qt.ItemDataRole.TextAlignmentRole if name in _NUMBERS:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.ForegroundRole:
                return self._colour(row, name)
        return None

    def _colour(self, row: SiteRow, column: SiteColumn) -> QColor | None:
        result = row.readiness
        if column is SiteColumn.READINESS and result is not None and result.is_red:
            return QColor(theme.colours().error)
        if column is SiteColumn.QUALITY and row.coord_quality != "exact":
            return QColor(theme.colours().muted)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        is_title = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
        if orientation is Qt.Orientation.Horizontal and is_title:
            return title(COLUMNS[section])
        return None

    # Which rows, in which order -------------------------------------------------------------

    def apply(self, filters: Mapping[str, str], among: frozenset[str] | None = None) -> None:
        """Show the sites that fit, and of those only some; an empty mapping shows all.

        Every word of `text` must be found in what the list knows of a site, or in any of its
        texts; where few sites have them, the search says what else may be meant.

        Raises
        ------
        GeoparkError
            As `operations.site_lists.site_query`; the rows stay as they are.
        """
        self.kept_uuid = ""
        text = filters.get("text", "")
        others = {name: wanted for name, wanted in filters.items() if name != "text" and wanted}
        query = site_query(self._session.context, filters=others)
        self._query = replace(query, words=tuple(fold(text).split()), in_texts=True, among=among)
        if not self.total:
            self.total = count_records(self._session.context, "site")
        self._list_again()
        if text and len(self.keys) < _FEW:
            hits = self._session.context.catalogue.search(text, limit=_FOUND)
            found = frozenset(hit.uuid for hit in hits if hit.kind == "site")
            self._query = replace(self._query, found=found)
            self._list_again()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; empty cells come last, whichever way it goes."""
        self._sorted_by = (COLUMNS[column], order is Qt.SortOrder.DescendingOrder)
        if self._query is not None:
            self._list_again()

    def forget_lists(self) -> None:
        """Ask for every list anew: something was saved."""
        self._known_lists.clear()

    def _list_again(self) -> None:
        """Show the list of now; one that was shown since the last save need not be asked for."""
        asked = self._asked()
        if asked not in self._known_lists:
            if len(self._known_lists) >= _LISTS_KEPT:
                self._known_lists.clear()
            self._known_lists[asked] = site_keys(self._session.context, asked)
        self.show_keys(list(self._known_lists[asked]))

    def _asked(self) -> ListQuery:
        query = self._query or ListQuery(kind="site")
        column, is_descending = self._sorted_by
        return replace(
            query,
            kept=self.kept_uuid,
            orders=orders(column, is_descending=is_descending),
            language=active(),
        )

    def read_keys(self) -> None:
        """Read now which sites there are."""
        self.forget_lists()
        self.total = count_records(self._session.context, "site")
        self._list_again()

    def reading(self) -> Callable[[], Any]:
        """Give what reads the list again beside the window; `take` takes its result."""
        context, query, known = self._session.context, self._asked(), self.known_keys()

        def work() -> tuple[int, list[str], dict[str, SiteRow], list[str]]:
            rows = site_rows_of(context, known) if known else {}
            return count_records(context, "site"), site_keys(context, query), rows, known

        return work

    def take(self, found: tuple[int, list[str], dict[str, SiteRow], list[str]]) -> None:
        """Take the list as it was read again."""
        self.forget_lists()
        self.total, keys, rows, known = found
        self.take_rows(rows, known)
        self.show_keys(keys)

    def retranslate(self) -> None:
        """Say headings and labels in the language of the window."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self.forget_rows()
        if self._query is not None:
            self.read_keys()
