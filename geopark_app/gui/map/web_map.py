"""The interactive map: one web view with its own profile, bridge and rules."""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from geopark_app.geo.tile_grid import Box
from geopark_app.gui import theme
from geopark_app.gui.map.bridge import MapBridge
from geopark_app.gui.map.handler import GeoparkSchemeHandler
from geopark_app.gui.map.interceptor import OfflineInterceptor
from geopark_app.gui.map.page import MapPage
from geopark_app.gui.map.pencil import MapPencil
from geopark_app.gui.map.tile_replies import TileReplies
from geopark_app.gui.map.view_link import ViewLink
from geopark_app.gui.theme_colours import HIGH_CONTRAST
from geopark_app.maps.assets import PAGE_URL, PHOTOS_URL, ROUTES_URL, SCHEME
from geopark_app.maps.basemap import basemap_for
from geopark_app.maps.basemap_layers import MapBasemap, basemaps_document
from geopark_app.maps.layers import MapSite, feature_of, rows_bytes, site_points
from geopark_app.maps.overlays import MapOverlay, overlays_document
from geopark_app.maps.page_cache import cached_window_page

_log = logging.getLogger(__name__)
_PATIENCE_MS = 30_000
_GROUND = "#eef1f0"


class WebMap(QWidget):
    """Shows the map page; commands given before it is ready are kept until then.

    Attributes
    ----------
    view : QWebEngineView
        Qt's own view of the page.
    link : ViewLink
        What the page hears and says besides the bridge.
    places : Callable
        Gives where sites lie (lon, lat) while they are not read yet.

    Signals
    -------
    site_selected(str)
        A person clicked a site; only ids that were given to the page.
    ready()
        The page shows the sites.
    failed()
        The page cannot be shown: its process died twice, or it never answered.
    """

    site_selected = Signal(str)
    ready = Signal()
    failed = Signal()

    def __init__(
        self,
        parent: QWidget,
        *,
        language: str,
        cache_folder: Path | None,
        epsg: int,
        photo_path: Callable[[str], Path | None],
        pencil: MapPencil,
    ) -> None:
        super().__init__(parent)
        self._pencil = pencil
        self._language = language
        self._cache_folder = cache_folder
        self._epsg = epsg
        self._sites: dict[str, MapSite] = {}
        self._document: bytes | None = None
        self._served: bytes | None = None
        self._photos = self._routes = b"{}"
        self._look = "{}"
        self.places: Callable[[], Sequence[tuple[float, float]]] = tuple
        self._overlays: tuple[MapOverlay, ...] = ()
        self._basemaps: tuple[MapBasemap, ...] = ()
        self._tiles = TileReplies()
        self._on_box: Callable[[Box | None], None] | None = None
        self._selected = ""
        self._is_ready = False
        self._deaths = 0
        self._build(photo_path)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.shut_down)

    def load(self) -> None:
        """Load the page; `ready` or `failed` follows."""
        self._is_ready = False
        self._patience.start()
        self.view.load(QUrl(PAGE_URL))

    def set_sites(self, sites: Sequence[MapSite], document: bytes | None = None) -> None:
        """Show these sites instead of the ones before; `document` is what `rows_bytes` gives."""
        self._sites = {site.uuid: site for site in sites}
        self._document = document
        if self._is_ready:
            self._bridge.reloadSites.emit()

    def update_sites(self, changed: Iterable[MapSite], gone: Iterable[str]) -> None:
        """Draw single sites again, and take others away; the rest stays as it is."""
        for site in changed:
            self._sites[site.uuid] = site
            if self._is_ready:
                self.link.siteChanged.emit(json.dumps(feature_of(site)))
        for uuid in gone:
            self._sites.pop(uuid, None)
            if self._is_ready:
                self.link.siteRemoved.emit(uuid)
        self._document = None

    def set_photos(self, document: bytes) -> None:
        """Show other photos and tracks; what `maps.photo_spots` gives."""
        self._photos = document
        if self._is_ready:
            self.link.reloadPhotos.emit()

    def set_routes(self, document: bytes) -> None:
        """Show other routes; what `maps.route_lines` gives."""
        self._routes = document
        if self._is_ready:
            self.link.reloadRoutes.emit()

    def set_look(self, look: str) -> None:
        """Show the colours, names and layers a person chose before."""
        self._look = look
        if self._is_ready:
            self.link.setLook.emit(look)

    def go_to(self, lat: float, lon: float, words: str) -> None:
        """Bring a place into view and mark it with some words."""
        if self._is_ready:
            self.link.goTo.emit(lat, lon, words)

    def forget_place(self) -> None:
        """Take the mark of `go_to` away."""
        if self._is_ready:
            self.link.forgetPlace.emit()

    def set_overlays(self, overlays: Sequence[MapOverlay]) -> None:
        """Show these layers of the office, the top one first."""
        self._overlays = tuple(overlays)
        if self._is_ready:
            self._bridge.reloadLayers.emit()

    def set_basemaps(self, basemaps: Sequence[MapBasemap]) -> None:
        """Show these base maps below everything, the top one first."""
        self._basemaps = tuple(basemaps)
        self._tiles.set_basemaps(self._basemaps)
        if self._is_ready:
            self._bridge.reloadLayers.emit()

    def ask_view(self, answer: Callable[[Box | None], None]) -> None:
        """Give west, south, east, north of what is shown to `answer`, a moment later."""
        # By the way a drawn box takes: what a script gives back is not the same on every Qt.
        self._on_box = answer
        self._bridge.askView.emit()

    def draw_box(self, answer: Callable[[Box | None], None]) -> None:
        """Let the person drag a box; `answer` gets it, or None when it was given up."""
        self._on_box = answer
        self.view.setFocus()
        self._bridge.drawBox.emit()

    def _take_box(self, edges: object) -> None:
        answer, self._on_box = self._on_box, None
        if answer is not None:
            answer(edges if isinstance(edges, tuple) else None)

    def _layers_json(self) -> str:
        look = "contrast" if theme.colours() is HIGH_CONTRAST else "light"
        basemaps = basemaps_document(self._basemaps, look)
        return json.dumps(overlays_document(self._overlays) | basemaps)

    def fit_bounds(self, bounds: tuple[float, float, float, float]) -> None:
        """Bring west, south, east, north into view."""
        if self._is_ready:
            self._bridge.fitBounds.emit(*bounds)

    def select(self, site_id: str) -> None:
        """Show one site as selected and bring it into view; an empty id selects none."""
        self._selected = site_id
        if self._is_ready:
            self._bridge.select.emit(site_id)

    def set_language(self, language: str) -> None:
        """Change the words on the map, "vi" or "en"."""
        self._language = language
        if self._is_ready:
            self._bridge.setLanguage.emit(language)

    def shut_down(self) -> None:
        """Take the view away before its profile, as QtWebEngine wants it."""
        self._patience.stop()
        self._tiles.close()
        for part in (self.view, self._profile):
            if shiboken6.isValid(part):
                shiboken6.delete(part)

    def _build(self, photo_path: Callable[[str], Path | None]) -> None:
        # The view comes first among the children: Qt then deletes it before the profile.
        self.view = QWebEngineView(self)
        self._profile = QWebEngineProfile(self)
        self.interceptor = OfflineInterceptor(self._profile)
        self._handler = GeoparkSchemeHandler(
            self._profile,
            page_html=self._page_html,
            sites_json=self._sites_json,
            photo_path=photo_path,
            layers_json=self._layers_json,
            layer_path=self._layer_path,
            tiles=self._tiles,
        )
        self._handler.documents = {
            PHOTOS_URL: lambda: self._photos,
            ROUTES_URL: lambda: self._routes,
        }
        self._profile.installUrlSchemeHandler(SCHEME.encode(), self._handler)
        self._profile.setUrlRequestInterceptor(self.interceptor)
        self._bridge = MapBridge(self)
        self.link = ViewLink(self)
        self._bridge.page_ready.connect(self._start)
        self._bridge.site_clicked.connect(self._pass_on)
        self._bridge.box_drawn.connect(self._take_box)
        self.view.setPage(self._make_page())
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.view.setAcceptDrops(False)
        self.view.loadFinished.connect(self._check_load)
        self.view.renderProcessTerminated.connect(self._revive)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.failed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)

    def _page_html(self) -> str:
        basemap = basemap_for(self._points(), self._epsg)
        return cached_window_page(self._cache_folder, self._language, basemap)

    def _points(self) -> Iterator[tuple[float, float]]:
        # Gone through only where the system alone does not say which ground fits.
        yield from site_points(self._sites.values()) or self.places()

    def _sites_json(self) -> bytes:
        if self._document is None:
            self._document = rows_bytes(list(self._sites.values()))
        self._served = self._document
        return self._document

    def _layer_path(self, sha256: str) -> Path | None:
        # Only layers that were given to the page, never a path made of its words.
        return next((one.path for one in self._overlays if one.sha256 == sha256), None)

    def _make_page(self) -> MapPage:
        page = MapPage(self._profile, self.view)
        page.setBackgroundColor(QColor(_GROUND))
        channel = QWebChannel(page)
        channel.registerObject("bridge", self._bridge)
        channel.registerObject("view", self.link)
        channel.registerObject("pencil", self._pencil)
        page.setWebChannel(channel)
        return page

    def _start(self) -> None:
        self._patience.stop()
        self._is_ready = True
        if self._served is not self._document:
            # The page asked before these sites were read.
            self._bridge.reloadSites.emit()
        self._bridge.setLanguage.emit(self._language)
        self.link.setLook.emit(self._look)
        if self._selected:
            self._bridge.select.emit(self._selected)
        self.ready.emit()

    def _pass_on(self, site_id: str) -> None:
        if site_id in self._sites:
            self._selected = site_id
            self.site_selected.emit(site_id)

    def _check_load(self, is_loaded: bool) -> None:
        # A refused link ends with False too, while the map stays as it is; so does what the page
        # was still loading when its process ended. After that, patience alone decides.
        if not is_loaded and not self._is_ready and not self._deaths:
            _log.error("The map page did not load")
            self.failed.emit()

    def _revive(self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        self._deaths += 1
        self._is_ready = False
        _log.error("The map's process ended (%s, %d)", status.name, code)
        if self._deaths == 1:
            QTimer.singleShot(0, self, self.load)
        else:
            self.failed.emit()
