"""Filters above a table of sites: beside the form in the Sites room, beside the map in the Map."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from geopark_app.domain.errors import GeoparkError
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.lists.refresher import Refresher
from geopark_app.gui.session import Session
from geopark_app.gui.sites.columns import COLUMNS, SiteColumn
from geopark_app.gui.sites.filter_bar import FilterBar
from geopark_app.gui.sites.table import SiteTable
from geopark_app.gui.sites.table_model import SiteTableModel

_SHOWN_KINDS = {"site", "stop", "route", "commune", "former_commune", "visit", "answer", "term"}


class SiteListPane(QWidget):
    """The sites that fit the filters set.

    Parameters
    ----------
    session, options
        The open catalogue and its choices.
    remembered_as, columns
        Name under which the table's columns are remembered, and those it shows at first.
    chooses_first
        Whether the first site becomes the current one where the former is no longer listed.

    Attributes
    ----------
    sites : SiteTableModel
        Which sites are listed, in which order.
    filter_bar : FilterBar
        The filters.
    table : SiteTable
        The list.
    refresher : Refresher
        Reads the list again after saves.

    Signals
    -------
    emptied()
        No site fits any more.
    listed()
        Other sites are listed, or the same ones were read again.
    """

    emptied = Signal()
    listed = Signal()

    def __init__(
        self,
        session: Session,
        options: FormOptions,
        *,
        remembered_as: str = "sites",
        columns: Collection[SiteColumn] = COLUMNS,
        chooses_first: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._chooses_first = chooses_first
        self.sites = SiteTableModel(session, options, self)
        self.filter_bar = FilterBar(session, options)
        self.table = SiteTable(self.sites, remembered_as=remembered_as, columns=columns)
        self.refresher = Refresher(session, _SHOWN_KINDS, self.sites.reading, self._take, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filter_bar)
        column.addWidget(self.table, 1)
        self.filter_bar.changed.connect(self.filter)

    def filter(self) -> None:
        """List the sites that fit the filters set; the site chosen stays so where it is listed."""
        chosen = self.table.current_uuid()
        try:
            self.sites.apply(self.filter_bar.filters(), self.filter_bar.among)
        except GeoparkError as error:
            # A search kept long ago: its field or term may be gone.
            self._session.messages.error(error)
            self.filter_bar.show_filters({})
            return
        self.count()
        if not self.table.go_to(chosen) and self._chooses_first:
            self.table.go_to_row(0)
        self.sites.kept_uuid = self.table.current_uuid()
        self._tell()

    def count(self) -> None:
        """Say how many sites are listed."""
        self.filter_bar.show_count(self.sites.rowCount(), self.sites.total)

    def _take(self, found: Any) -> None:
        self.sites.take(found)
        self.count()
        self._tell()

    def _tell(self) -> None:
        if self.sites.rowCount() == 0:
            self.table.forget_current()
            self.emptied.emit()
        self.listed.emit()
