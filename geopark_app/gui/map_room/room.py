"""The Map: all sites and the office's layers; what is selected here is so in the table too."""

import json

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.basemaps.on_map import connect_basemaps
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.keys import add_key
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.map.widget import MapView
from geopark_app.gui.map_room.layer_panel import LayerPanel
from geopark_app.gui.map_room.marker_feed import MarkerFeed
from geopark_app.gui.map_room.pointer_line import PointerLine
from geopark_app.gui.map_room.side_panel import MapSidePanel
from geopark_app.gui.map_room.tools import MapTools
from geopark_app.gui.session import Session
from geopark_app.gui.window_layout import (
    keep_look,
    keep_splitter,
    remembered_look,
    restore_splitter,
)
from geopark_app.i18n import gettext as _
from geopark_app.maps.basemap_layers import MapBasemap
from geopark_app.maps.layers import short_text
from geopark_app.maps.moving import routes_document
from geopark_app.maps.overlays import MapOverlay
from geopark_app.operations.basemaps import map_basemaps
from geopark_app.operations.map_moving import route_lines
from geopark_app.operations.map_overlays import map_overlays
from geopark_app.operations.map_rows import placed_points
from geopark_app.operations.records import display_epsg
from geopark_app.operations.site_lists import site_rows_of
from geopark_app.operations.sites import site_summary

_LAYERS_FROM_WIDTH = 1500
_LONGEST_LINE = 90
_ROUTE_KINDS = {"route", "stop", "site"}
_SHAPE_KINDS = {"route", "site_extent"}


class MapRoom(LanguageAware, QWidget):
    """The map with a line that names the site selected.

    Attributes
    ----------
    selected : str
        Key of the site selected, or empty.

    Signals
    -------
    site_selected(str)
        A person clicked the site with this uuid.
    """

    site_selected = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.selected = ""
        catalogue = session.context.catalogue
        self.view = MapView(
            cache_folder=None if catalogue.is_read_only else catalogue.folder.cache_dir,
            epsg=display_epsg(session.context),
        )
        self.view.open_photo_source(catalogue.files.path_of)
        self.view.open_place_source(lambda: placed_points(session.context))
        self.view.site_selected.connect(self._choose)
        self.view.look_chosen.connect(keep_look)
        self.side = MapSidePanel(session)
        self.filter_bar, self.table = self.side.filter_bar, self.side.table
        self.feed = MarkerFeed(session, self.view, self.side.list, self)
        self.pointer = PointerLine(session, epsg=display_epsg(session.context), room=self)
        self._line = QLabel()
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setMinimumWidth(60)
        self._open = QPushButton()
        self._open.clicked.connect(lambda: self._session.site_requested.emit(self.selected))
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        foot.setSpacing(12)
        self._list_switch = _switch("format-list-bulleted")
        self._list_switch.toggled.connect(self.side.setVisible)
        foot.addWidget(self._list_switch)
        foot.addWidget(self._line, 1)
        foot.addWidget(self.pointer)
        foot.addWidget(self._open)
        self._print = QPushButton()
        self._print.clicked.connect(self.print_map)
        foot.addWidget(self._print)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.tools = MapTools(session, self.view)
        layout.addWidget(self.tools)
        self.layers = LayerPanel(session)
        self.layers.bounds_wanted.connect(self.view.fit_bounds)
        connect_basemaps(session, self.layers, self.view)
        self.splitter = QSplitter()
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.layers)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setSizes([900, self.layers.minimumWidth()])
        self._is_arranged = restore_splitter(self.splitter, "map")
        self.splitter.splitterMoved.connect(lambda *_moved: self._remember())
        self._switch = _switch("layers-outline")
        self._switch.setChecked(self.splitter.sizes()[1] > 0)
        self._switch.toggled.connect(self._show_panel)
        foot.addWidget(self._switch)
        self.sides = QSplitter()
        self.sides.setChildrenCollapsible(False)
        self.sides.addWidget(self.side)
        self.sides.addWidget(self.splitter)
        self.sides.setStretchFactor(1, 1)
        restore_splitter(self.sides, "map-sides")
        self.sides.splitterMoved.connect(lambda *_moved: keep_splitter(self.sides, "map-sides"))
        layout.addWidget(self.sides, 1)
        layout.addLayout(foot)
        session.changes.changes_stored.connect(self._note_changes)
        self._connect_side()
        self.retranslate()

    def _connect_side(self) -> None:
        self.side.site_wanted.connect(self._go_from_list)
        self.table.activated.connect(lambda _index: self._open.click())
        self.side.go_to.place_wanted.connect(self.view.go_to)
        self.side.go_to.forgotten.connect(self.view.forget_place)
        self.side.days.document_made.connect(self.view.set_photos)
        self.view.pointer_moved.connect(self.pointer.show_place)
        self.feed.fed.connect(self._show_line)
        self.feed.fed.connect(self._show_shapes)
        self._session.settings_changed.connect(lambda _settings: self._show_look())
        self._show_look()
        add_key(self, "Ctrl+G", self._go_to)

    def show_site(self, uuid: str) -> None:
        """Show the site as selected and bring it into view; filters that hide it go."""
        self.selected = uuid
        self.side.show_site(uuid)
        self.view.select(uuid)
        self._show_line()

    def _show_look(self) -> None:
        try:
            look = json.loads(remembered_look())
        except ValueError:
            look = {}
        kept = look if isinstance(look, dict) else {}
        is_strong = self._session.settings.high_contrast
        self.view.set_look(json.dumps(kept | {"contrast": is_strong}))

    def _go_to(self) -> None:
        self._list_switch.setChecked(True)
        self.side.go_to.line.setFocus()
        self.side.go_to.line.selectAll()

    def _read_routes(self) -> None:
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> bytes:
            return routes_document(route_lines(context))

        self._session.run_beside(work, while_alive(self, self.view.set_routes))

    def _show_shapes(self) -> None:
        self.tools.show_shapes(self.feed.narrowed_to)

    def print_map(self) -> None:
        """Print a map: of the site selected, or of the geopark."""
        from geopark_app.gui.printing.dialog import PrintMapDialog

        selected = site_summary(self._session.context, self.selected) if self.selected else None
        position = selected.site.position if selected is not None else None
        site = self.selected if position is not None and position.is_known else ""
        dialog = PrintMapDialog(self._session, self, site_uuid=site)
        self._session.after_saving(dialog.open)

    def _read_layers(self) -> None:
        """Read the layers beside the window: large ones take a while the first time."""
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> list[MapOverlay]:
            return map_overlays(context, stays_here=True)

        def work_below(_progress: ReportProgress, _cancel: CancelToken) -> list[MapBasemap]:
            return map_basemaps(context)

        self._session.run_beside(work, while_alive(self, self.view.set_overlays))
        self._session.run_beside(work_below, while_alive(self, self.view.set_basemaps))

    def _show_panel(self, is_shown: bool) -> None:
        width = self.layers.minimumWidth()
        whole = sum(self.splitter.sizes())
        self.splitter.setSizes([whole - width, width] if is_shown else [whole, 0])
        self._remember()

    def _remember(self) -> None:
        self._switch.blockSignals(True)
        self._switch.setChecked(self.splitter.sizes()[1] > 0)
        self._switch.blockSignals(False)
        keep_splitter(self.splitter, "map")

    def shut_down(self) -> None:
        """End the web engine, before the catalogue is closed."""
        self.feed.rest()
        self.view.shut_down()

    def retranslate(self) -> None:
        self._open.setText(_("Open in Sites"))
        self._print.setText(_("Print map…"))
        self._switch.setText(_("Layers"))
        self._switch.setToolTip(_("Show or hide the layers"))
        self._list_switch.setText(_("List"))
        self._list_switch.setToolTip(_("Show or hide the filters and the list of sites"))
        # The labels of kinds come with the sites.
        self.feed.read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_arranged:
            self._is_arranged = True
            self._show_panel(self.width() >= _LAYERS_FROM_WIDTH)
        self.feed.wake()
        self._read_layers()
        self._read_routes()
        self.side.days.read()

    def hideEvent(self, event: QHideEvent) -> None:
        self.feed.rest()
        super().hideEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(1180, 680)

    def _go_from_list(self, uuid: str) -> None:
        self.view.select(uuid)
        self.selected = uuid
        self._show_line()
        self.site_selected.emit(uuid)

    def _choose(self, uuid: str) -> None:
        self.selected = uuid
        self.side.show_site(uuid)
        self._show_line()
        self.site_selected.emit(uuid)

    def _note_changes(self, changes: Changes) -> None:
        kinds = {kind for kind, _uuid in changes.touched}
        if "map_layer" in kinds:
            self.layers.reload()
        if self.isVisible() and "map_layer" in kinds:
            self._read_layers()
        if self.isVisible() and kinds & _ROUTE_KINDS:
            self._read_routes()
        if self.isVisible() and kinds & _SHAPE_KINDS:
            self._show_shapes()

    def _show_line(self) -> None:
        rows = site_rows_of(self._session.context, [self.selected]) if self.selected else {}
        row = rows.get(self.selected)
        self._open.setEnabled(row is not None)
        self.tools.select(self.selected if row is not None else "")
        if row is None:
            self._line.setText(_("Click a site on the map to select it."))
            return
        parts = [row.code or "", row.name_vi or row.name_en or "", row.commune_name]
        words = short_text(" · ".join(part for part in parts if part))
        self._line.setToolTip(words)
        self._line.setText(
            words if len(words) <= _LONGEST_LINE else f"{words[: _LONGEST_LINE - 1]}…"
        )


def _switch(sign: str) -> QToolButton:
    """Give a button that shows and hides a panel."""
    made = QToolButton()
    made.setIcon(icon(sign))
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setProperty("look", "button")
    made.setCheckable(True)
    made.setChecked(True)
    return made
