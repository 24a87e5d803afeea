"""Keeps the markers as the list says: all are read beside the window, single ones at once."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from geopark_app.domain.change import Changes
from geopark_app.domain.condition import ListQuery
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.map.widget import MapView
from geopark_app.gui.session import Session
from geopark_app.gui.sites.list_pane import SiteListPane
from geopark_app.i18n import active
from geopark_app.maps.layers import MapSite, rows_bytes
from geopark_app.operations.map_rows import (
    ALL_SITES,
    SITE_BY_SITE,
    map_rows,
    map_rows_of,
    sites_touched,
)

_FEW = 20
_LATER_MS = 200

Read = tuple[list[MapSite], bytes]


class MarkerFeed(QObject):
    """Hears what is saved and listed, and tells the map what is different.

    Signals
    -------
    fed()
        The map has the sites of the list.
    """

    fed = Signal()

    def __init__(
        self, session: Session, view: MapView, listed: SiteListPane, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._list = listed
        self._shown: frozenset[str] = frozenset()
        self._is_fed = self._is_reading = self._is_awake = False
        self._is_stale = True
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self.read)
        session.changes.changes_stored.connect(self._take_changes)
        listed.listed.connect(self._follow)

    @property
    def narrowed_to(self) -> frozenset[str] | None:
        """The sites shown, or None while the list is not narrowed."""
        return None if self._query() is None else self._shown

    def wake(self) -> None:
        """Begin, or go on after the map was hidden."""
        self._is_awake = True
        if self._is_stale:
            self.read()

    def rest(self) -> None:
        """Read nothing while nobody looks."""
        self._is_awake = False
        self._later.stop()

    def read(self) -> None:
        """Read every marker again, beside the window."""
        self._later.stop()
        self._is_stale = True
        if self._is_reading or not self._is_awake:
            return
        self._is_reading, self._is_stale = True, False
        context, language, query = self._session.context, active(), self._query()

        def work(_progress: ReportProgress, _cancel: CancelToken) -> Read:
            sites = map_rows(context, language=language, query=query)
            return sites, rows_bytes(sites)

        self._session.run_beside(
            work, while_alive(self, self._take), on_failed=while_alive(self, self._fail)
        )

    def _query(self) -> ListQuery | None:
        """Give the sites to show: those of the list, or all without a word while it shows all."""
        keys = self._list.sites.keys
        if len(keys) == self._list.sites.total:
            return None
        return ListQuery(kind="site", among=frozenset(keys))

    def _take(self, read: Read) -> None:
        self._is_reading = False
        sites, document = read
        self._shown = frozenset(site.uuid for site in sites)
        self._is_fed = True
        self._view.set_sites(sites, document)
        self.fed.emit()
        if self._is_stale:
            # Something was saved meanwhile: what was read may be older than that.
            self.read()
        else:
            self._follow()

    def _fail(self, error: BaseException) -> None:
        self._is_reading = False
        self._session.messages.error(error)

    # News -----------------------------------------------------------------------------------

    def _take_changes(self, changes: Changes) -> None:
        kinds = {kind for kind, _uuid in changes.touched}
        if not kinds & (SITE_BY_SITE | ALL_SITES):
            return
        if not self._is_awake or not self._is_fed or self._is_reading:
            self._is_stale = True
            return
        touched = sites_touched(self._session.context, changes.touched)
        if touched is None or len(touched & self._shown) > _FEW:
            self._later.start()
        else:
            self._update(sorted(touched & self._shown))

    def _follow(self) -> None:
        """Show what the list shows."""
        if not self._is_awake or not self._is_fed or self._is_reading:
            self._is_stale = self._is_stale or self._is_fed
            return
        wanted = frozenset(self._list.sites.keys)
        added, gone = wanted - self._shown, self._shown - wanted
        if len(added) + len(gone) > _FEW:
            self.read()
        elif added or gone:
            self._update(sorted(added | gone), without=gone)

    def _update(self, uuids: Sequence[str], without: frozenset[str] = frozenset()) -> None:
        wanted = [uuid for uuid in uuids if uuid not in without]
        found = map_rows_of(self._session.context, wanted, language=active()) if wanted else []
        here = {site.uuid for site in found}
        gone = [uuid for uuid in uuids if uuid not in here]
        self._shown = (self._shown | here) - frozenset(gone)
        if found or gone:
            self._view.update_sites(found, gone)
            self.fed.emit()
