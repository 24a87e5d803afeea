"""The map for the window: interactive where QtWebEngine works, else a still drawing."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from geopark_app import i18n
from geopark_app.geo.tile_grid import Box
from geopark_app.gui.map.scheme import IS_AVAILABLE, MISSING_REASON
from geopark_app.gui.map.still_map import StillMap
from geopark_app.i18n import gettext as _
from geopark_app.maps.assets import web_files_are_complete
from geopark_app.maps.basemap_layers import MapBasemap
from geopark_app.maps.drawing import VN2000_LANG_SON
from geopark_app.maps.layers import MapSite
from geopark_app.maps.overlays import MapOverlay

if IS_AVAILABLE:
    from geopark_app.gui.map.web_map import WebMap


class MapView(QWidget):
    """All sites on a map; the web engine starts when it is first shown.

    Signals
    -------
    site_selected(str)
        A person clicked the site with this uuid.
    ready()
        The map shows the sites, interactive or still.
    """

    site_selected = Signal(str)
    ready = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        cache_folder: Path | None = None,
        epsg: int = VN2000_LANG_SON,
    ) -> None:
        super().__init__(parent)
        self._cache_folder = cache_folder
        self._epsg = epsg
        self._language = i18n.active()
        self._sites: tuple[MapSite, ...] = ()
        self._overlays: tuple[MapOverlay, ...] = ()
        self._basemaps: tuple[MapBasemap, ...] = ()
        self._selected = ""
        self._photo_path: Callable[[str], Path | None] = _no_photo
        self._web: WebMap | None = None
        self._still: StillMap | None = None
        self._why_still = ""
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

    def set_sites(self, sites: Sequence[MapSite]) -> None:
        """Show these sites; they have passed the audience rule."""
        self._sites = tuple(sites)
        if self._web is not None:
            self._web.set_sites(self._sites)
        self._draw_still()

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
        )
        web.site_selected.connect(self._pass_on)
        web.ready.connect(self.ready)
        web.failed.connect(lambda: self._stand_still("stopped"))
        web.set_sites(self._sites)
        web.set_overlays(self._overlays)
        web.set_basemaps(self._basemaps)
        web.select(self._selected)
        self._web = web
        self._layout.addWidget(web)
        self._layout.setCurrentWidget(web)
        _put_back(self.window(), *before)
        web.load()

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
        self._still.show_sites(self._sites, self._language)
        self._still.explain(self._reason())

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
