"""The map for the window: interactive where QtWebEngine works, else a still drawing."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from geopark_app import i18n
from geopark_app.geo.tile_grid import Box
from geopark_app.gui.map.pencil import MapPencil
from geopark_app.gui.map.scheme import IS_AVAILABLE, MISSING_REASON
from geopark_app.gui.map.still_map import StillMap
from geopark_app.i18n import gettext as _
from geopark_app.maps.assets import web_files_are_complete
from geopark_app.maps.basemap_layers import MapBasemap
from geopark_app.maps.drawing import VN2000_LANG_SON
from geopark_app.maps.layers import MapSite
from geopark_app.maps.overlays import MapOverlay

_MOST_STILL = 400
"""The still map is drawn on the window's own time, and more names have no room on it."""
_STILL_AFTER_MS = 300

if IS_AVAILABLE:
    from geopark_app.gui.map.web_map import WebMap


class MapView(QWidget):
    """All sites on a map; the web engine starts when it is first shown.

    Attributes
    ----------
    pencil : MapPencil
        The tools of the page: drawing, moving, measuring.

    Signals
    -------
    site_selected(str)
        A person clicked the site with this uuid.
    ready()
        The map shows the sites, interactive or still.
    started()
        The interactive map begins to load.
    pointer_moved(float, float)
        Latitude and longitude under the pointer, or of the middle while it is elsewhere.
    look_chosen(str)
        The person chose other colours, names or layers; JSON for `set_look`.
    """

    site_selected = Signal(str)
    ready = Signal()
    started = Signal()
    pointer_moved = Signal(float, float)
    look_chosen = Signal(str)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        cache_folder: Path | None = None,
        epsg: int = VN2000_LANG_SON,
    ) -> None:
        super().__init__(parent)
        self.pencil = MapPencil(self)
        self._cache_folder = cache_folder
        self._epsg = epsg
        self._language = i18n.active()
        self._sites: dict[str, MapSite] = {}
        self._document: bytes | None = None
        self._photos = self._routes = b"{}"
        self._look = "{}"
        self._overlays: tuple[MapOverlay, ...] = ()
        self._basemaps: tuple[MapBasemap, ...] = ()
        self._selected = ""
        self._photo_path: Callable[[str], Path | None] = _no_photo
        self._places: Callable[[], Sequence[tuple[float, float]]] = tuple
        self._web: WebMap | None = None
        self._still: StillMap | None = None
        self._why_still = ""
        self._later = QTimer(self, singleShot=True, interval=_STILL_AFTER_MS)
        self._later.timeout.connect(self._draw_still)
        self._layout = QStackedLayout(self)
        self.setMinimumSize(320, 240)

    @property
    def web(self) -> "WebMap | None":
        """Give the interactive map, if it is the one shown."""
        return self._web

    @property
    def still(self) -> StillMap | None:
        """Give the still map, if it is the one shown."""
        return self._still

    def set_sites(self, sites: Sequence[MapSite], document: bytes | None = None) -> None:
        """Show these sites; they have passed the audience rule.

        `document` is what `rows_bytes` gives for them, where it was made beside the window.
        """
        self._sites = {site.uuid: site for site in sites}
        self._document = document
        if self._web is not None:
            self._web.set_sites(sites, document)
        self._draw_still()

    def update_sites(self, changed: Iterable[MapSite], gone: Iterable[str]) -> None:
        """Draw single sites again, and take others away; the rest stays as it is."""
        changed, gone = list(changed), list(gone)
        self._sites.update({site.uuid: site for site in changed})
        for uuid in gone:
            self._sites.pop(uuid, None)
        self._document = None
        if self._web is not None:
            self._web.update_sites(changed, gone)
        self._later.start()

    def set_photos(self, document: bytes) -> None:
        """Show photos and tracks, as `maps.photo_spots` writes them."""
        self._photos = document
        if self._web is not None:
            self._web.set_photos(document)

    def set_routes(self, document: bytes) -> None:
        """Show routes with their stops, as `maps.route_lines` writes them."""
        self._routes = document
        if self._web is not None:
            self._web.set_routes(document)

    def set_look(self, look: str) -> None:
        """Show the colours, names and layers a person chose before; see `look_chosen`."""
        self._look = look
        if self._web is not None:
            self._web.set_look(look)

    def go_to(self, lat: float, lon: float, words: str) -> None:
        """Bring a place into view and mark it."""
        if self._web is not None:
            self._web.go_to(lat, lon, words)

    def forget_place(self) -> None:
        """Take the mark of `go_to` away."""
        if self._web is not None:
            self._web.forget_place()

    def set_overlays(self, overlays: Sequence[MapOverlay]) -> None:
        """Show these layers of the office under the sites; the still map has none."""
        self._overlays = tuple(overlays)
        if self._web is not None:
            self._web.set_overlays(self._overlays)

    def set_basemaps(self, basemaps: Sequence[MapBasemap]) -> None:
        """Show these base maps below everything; the still map has none."""
        self._basemaps = tuple(basemaps)
        if self._web is not None:
            self._web.set_basemaps(self._basemaps)

    def redraw_basemaps(self) -> None:
        """Draw the base maps as the look of the window asks."""
        self.set_basemaps(self._basemaps)

    def ask_view(self, answer: Callable[[Box | None], None]) -> None:
        """Give the box that is shown to `answer`; None where there is only a still map."""
        if self._web is None:
            answer(None)
        else:
            self._web.ask_view(answer)

    def draw_box(self, answer: Callable[[Box | None], None]) -> None:
        """Let the person drag a box on the map; None when it was given up."""
        if self._web is None:
            answer(None)
        else:
            self._web.draw_box(answer)

    def fit_bounds(self, bounds: tuple[float, float, float, float]) -> None:
        """Bring west, south, east, north into view."""
        if self._web is not None:
            self._web.fit_bounds(bounds)

    def select(self, uuid: str) -> None:
        """Show the site as selected and bring it into view; an empty uuid selects none."""
        self._selected = uuid
        if self._web is not None:
            self._web.select(uuid)

    def set_language(self, language: str) -> None:
        """Change the words of the map to "vi" or "en"; the sites' labels come with `set_sites`."""
        self._language = language
        if self._web is not None:
            self._web.set_language(language)
        self._draw_still()

    def open_photo_source(self, photo_path: Callable[[str], Path | None]) -> None:
        """Say where the photos lie, by their SHA-256."""
        self._photo_path = photo_path

    def open_place_source(self, places: Callable[[], Sequence[tuple[float, float]]]) -> None:
        """Say where the sites lie (lon, lat), for a ground that is chosen before they are read."""
        self._places = places

    def shut_down(self) -> None:
        """End the web engine; for the main window before it closes."""
        if self._web is not None:
            self._web.shut_down()
            self._web = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._web is None and self._still is None:
            # After this event, so that the window appears before the engine starts.
            QTimer.singleShot(0, self, self._start)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.set_language(i18n.active())
        super().changeEvent(event)

    def _start(self) -> None:
        if self._web is not None or self._still is not None:
            return
        if not IS_AVAILABLE:
            self._stand_still("missing")
        elif not web_files_are_complete():
            self._stand_still("no-files")
        else:
            self._start_web()

    def _start_web(self) -> None:
        window = self.window()
        before = (window.geometry(), window.isActiveWindow())
        web = WebMap(
            self,
            language=self._language,
            cache_folder=self._cache_folder,
            epsg=self._epsg,
            photo_path=lambda sha256: self._photo_path(sha256),
            pencil=self.pencil,
        )
        web.site_selected.connect(self._pass_on)
        web.ready.connect(self.ready)
        web.failed.connect(lambda: self._stand_still("stopped"))
        web.places = self._places
        web.link.pointer_moved.connect(self.pointer_moved)
        web.link.look_chosen.connect(self._keep_look)
        web.set_sites(list(self._sites.values()), self._document)
        web.set_photos(self._photos)
        web.set_routes(self._routes)
        web.set_look(self._look)
        web.set_overlays(self._overlays)
        web.set_basemaps(self._basemaps)
        web.select(self._selected)
        self._web = web
        self._layout.addWidget(web)
        self._layout.setCurrentWidget(web)
        _put_back(self.window(), *before)
        web.load()
        self.started.emit()

    def _keep_look(self, look: str) -> None:
        self._look = look
        self.look_chosen.emit(look)

    def _pass_on(self, uuid: str) -> None:
        self._selected = uuid
        self.site_selected.emit(uuid)

    def _stand_still(self, why: str) -> None:
        self._why_still = why
        if self._web is not None:
            web, self._web = self._web, None
            web.hide()
            # Not here: we may stand inside a signal of the page that goes away.
            QTimer.singleShot(0, web, web.shut_down)
        if self._still is None:
            self._still = StillMap(self, epsg=self._epsg)
            self._layout.addWidget(self._still)
        self._layout.setCurrentWidget(self._still)
        self._draw_still()
        self.ready.emit()

    def _draw_still(self) -> None:
        if self._still is None:
            return
        drawn = list(self._sites.values())[:_MOST_STILL]
        self._still.show_sites(drawn, self._language)
        words = [self._reason()]
        if len(drawn) < len(self._sites):
            left_out = _("Only {shown} of {total} sites are drawn; filters choose which.")
            words.append(left_out.format(shown=len(drawn), total=len(self._sites)))
        self._still.explain(" ".join(words))

    def _reason(self) -> str:
        match self._why_still:
            case "missing":
                return _("This computer cannot show the interactive map ({reason}).").format(
                    reason=MISSING_REASON
                )
            case "no-files":
                return _("The interactive map's files are missing: run “make setup”.")
            case _unexpected:
                return _("The interactive map stopped working, so this is a still one.")


def _no_photo(_sha256: str) -> Path | None:
    return None


def _put_back(window: QWidget, place: QRect, was_active: bool) -> None:
    """Undo what the first web view does to its window: Qt makes that anew, to draw by OpenGL.

    An OpenGL window from the start would make every start a third slower.
    """
    if window.geometry() != place and not window.isMaximized() and not window.isFullScreen():
        window.setGeometry(place)
    if was_active:
        window.activateWindow()
