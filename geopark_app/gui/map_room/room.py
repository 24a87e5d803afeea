"""The Map: all sites and the office's layers; what is selected here is so in the table too."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
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
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.map.widget import MapView
from geopark_app.gui.map_room.layer_panel import LayerPanel
from geopark_app.gui.session import Session
from geopark_app.gui.window_layout import keep_splitter, restore_splitter
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.maps.overlays import MapOverlay
from geopark_app.operations.map_overlays import map_overlays
from geopark_app.operations.map_sites import map_sites
from geopark_app.operations.records import display_epsg
from geopark_app.operations.sites import site_summary, summaries_of

_REFRESH_AFTER_MS = 200


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
        self._is_stale = True
        self._only: frozenset[str] | None = None
        catalogue = session.context.catalogue
        self.view = MapView(
            cache_folder=None if catalogue.is_read_only else catalogue.folder.cache_dir,
            epsg=display_epsg(session.context),
        )
        self.view.open_photo_source(catalogue.files.path_of)
        self.view.site_selected.connect(self._choose)
        self._line = QLabel()
        self._open = QPushButton()
        self._open.clicked.connect(lambda: self._session.site_requested.emit(self.selected))
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        self.everything = QPushButton()
        self.everything.hide()
        self.everything.clicked.connect(lambda: self.show_only(None))
        foot.addWidget(self._line, 1)
        foot.addWidget(self.everything)
        foot.addWidget(self._open)
        self._print = QPushButton()
        self._print.clicked.connect(self.print_map)
        foot.addWidget(self._print)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.layers = LayerPanel(session)
        self.layers.bounds_wanted.connect(self.view.fit_bounds)
        self.splitter = QSplitter()
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.layers)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setSizes([900, self.layers.minimumWidth()])
        restore_splitter(self.splitter, "map")
        self.splitter.splitterMoved.connect(lambda *_moved: self._remember())
        self._switch = QToolButton()
        self._switch.setIcon(icon("layers-outline"))
        self._switch.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._switch.setProperty("look", "button")
        self._switch.setCheckable(True)
        self._switch.setChecked(self.splitter.sizes()[1] > 0)
        self._switch.toggled.connect(self._show_panel)
        foot.addWidget(self._switch)
        layout.addWidget(self.splitter, 1)
        layout.addLayout(foot)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REFRESH_AFTER_MS)
        self._timer.timeout.connect(self.reload)
        session.changes.changes_stored.connect(self._note_changes)
        self.retranslate()

    def show_site(self, uuid: str) -> None:
        """Show the site as selected and bring it into view."""
        self.selected = uuid
        self.view.select(uuid)
        self._show_line()

    def show_only(self, uuids: frozenset[str] | None) -> None:
        """Show only the sites the list was narrowed to; None shows all."""
        if uuids != self._only:
            self._only = uuids
            self._is_stale = True
            if self.isVisible():
                self.reload()

    def reload(self) -> None:
        """Show the sites as they are now."""
        self._is_stale = False
        context = self._session.context
        chosen = None if self._only is None else summaries_of(context, self._only)
        self.view.set_sites(
            map_sites(context, language=active(), summaries=chosen, stays_here=True)
        )
        self.everything.setVisible(chosen is not None)
        self.everything.setText(
            _("Only the {count} sites of the list · show all").format(count=len(chosen or ()))
        )
        self._show_line()
        self._read_layers()

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

        self._session.run_beside(work, while_alive(self, self.view.set_overlays))

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
        self._timer.stop()
        self.view.shut_down()

    def retranslate(self) -> None:
        self._open.setText(_("Open in Sites"))
        self._print.setText(_("Print map…"))
        self._switch.setText(_("Layers"))
        self._switch.setToolTip(_("Show or hide the layers"))
        # The labels of kinds come with the sites.
        self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def _choose(self, uuid: str) -> None:
        self.selected = uuid
        self._show_line()
        self.site_selected.emit(uuid)

    def _note_changes(self, changes: Changes) -> None:
        if any(kind == "map_layer" for kind, _uuid in changes.touched):
            self.layers.reload()
        self._is_stale = True
        if self.isVisible():
            self._timer.start()

    def _show_line(self) -> None:
        summary = site_summary(self._session.context, self.selected) if self.selected else None
        self._open.setEnabled(summary is not None)
        if summary is None:
            self._line.setText(_("Click a site on the map to select it."))
            return
        site = summary.site
        parts = [site.code or "", site.name_vi or site.name_en or "", summary.commune_name]
        self._line.setText(" · ".join(part for part in parts if part))
