"""Beside the map: the same filters and list of sites as in the Sites room, and where to go."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from geopark_app.gui import theme
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.map_room.day_box import DayBox
from geopark_app.gui.map_room.go_to import GoToBox
from geopark_app.gui.session import Session
from geopark_app.gui.sites.columns import SiteColumn
from geopark_app.gui.sites.filter_memory import remembered_filters
from geopark_app.gui.sites.list_pane import SiteListPane

_WIDTH = 330
_COLUMNS = (SiteColumn.CODE, SiteColumn.NAME_VI)


class MapSidePanel(QWidget):
    """Filters, list, a line for coordinates, and the days of photos and tracks.

    Signals
    -------
    site_wanted(str)
        The person went to this site in the list.
    """

    site_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.list = SiteListPane(
            session,
            FormOptions(session, self),
            remembered_as="map",
            columns=_COLUMNS,
            chooses_first=False,
        )
        self.filter_bar, self.table = self.list.filter_bar, self.list.table
        self.table.horizontalHeader().setStretchLastSection(True)
        self.go_to = GoToBox(session)
        self.days = DayBox(session)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 6, 8)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addWidget(self.go_to)
        column.addWidget(self.days)
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.filter_bar.show_filters(remembered_filters(session.context))
        self.table.key_selected.connect(self._tell)
        session.about_to_save.connect(self.table.remember)

    def show_site(self, uuid: str) -> None:
        """Put the cursor on a site; filters that hide it are taken away."""
        if uuid and not self._go_quietly(uuid):
            self.filter_bar.show_filters({})
            self._go_quietly(uuid)

    def _go_quietly(self, uuid: str) -> bool:
        with QSignalBlocker(self.table):
            return self.table.go_to(uuid)

    def _tell(self, uuid: str) -> None:
        self.list.sites.kept_uuid = uuid
        self.site_wanted.emit(uuid)
