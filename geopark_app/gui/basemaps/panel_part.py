"""What the panel of the layers can do with base maps: the button with its menu, and their deeds."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import MapLayer
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.basemaps.opening import open_basemap_adding, open_basemap_help
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.icons import icon
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.basemap_reading import BasemapState, check_basemaps
from geopark_app.operations.basemaps import basemaps, relink_basemap
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_layers import BASEMAP
from geopark_app.store.layer_places import LayerPlace

BASEMAP_DEEDS = frozenset({"check", "find"})


class BasemapMenu(QPushButton):
    """The button “Base maps”.

    Signals
    -------
    cutting_wanted(), cover_wanted()
        The two that need the map.
    """

    cutting_wanted = Signal()
    cover_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(icon("map-legend"))
        menu = QMenu(self)
        self.add = menu.addAction("", lambda: open_basemap_adding(session, self.window()))
        self.add.setEnabled(not session.is_read_only)
        self.cut = menu.addAction("", self.cutting_wanted.emit)
        self.cover = menu.addAction("", self.cover_wanted.emit)
        menu.addSeparator()
        self.how = menu.addAction("", lambda: open_basemap_help(self.window()))
        self.setMenu(menu)
        self.retranslate()

    def retranslate(self) -> None:
        """Show the words in the language spoken."""
        self.setText(_("Base maps"))
        self.add.setText(_("Add a base map…"))
        self.cut.setText(_("Cut map for area…"))
        self.cover.setText(_("Cover for tomorrow…"))
        self.how.setText(_("How to make a base map…"))


def layers_here(context: AppContext, layers: Sequence[MapLayer]) -> set[str]:
    """Give the keys of the layers whose files can be used on this laptop."""
    files = context.catalogue.layer_files
    here = {one.layer.uuid for one in basemaps(context) if one.is_usable}
    return here | {
        layer.uuid
        for layer in layers
        if layer.layer_kind != BASEMAP and layer.sha256 and files.has(layer.sha256)
    }


def do_with_basemap(session: Session, layer: MapLayer, deed: str, parent: QWidget) -> None:
    """Check the tiles of a base map, or find its file again."""
    if deed == "check":
        _check(session, layer, parent)
    else:
        _find(session, layer, parent)


def _check(session: Session, layer: MapLayer, parent: QWidget) -> None:
    context = session.context

    def work(progress: ReportProgress, cancel: CancelToken) -> list[BasemapState]:
        return check_basemaps(context, only=layer.uuid, progress=progress, cancel=cancel)

    def tell(states: list[BasemapState]) -> None:
        problems = [problem for one in states for problem in one.problems]
        name = layer.name_vi or ""
        if problems:
            session.messages.warning(f"{name}: {' '.join(problems)}")
        else:
            session.messages.done(_("{name}: every tile can be read.").format(name=name))

    session.run_beside(work, while_alive(parent, tell), label=_("Checking the tiles"))


def _find(session: Session, layer: MapLayer, parent: QWidget) -> None:
    title = _("Find the file {name}").format(name=layer.file_name or layer.name_vi or "")
    name, _kind = QFileDialog.getOpenFileName(
        parent,
        title,
        QDir.homePath(),
        _("Base maps (*.mbtiles *.pmtiles *.tif *.tiff)") + ";;" + _("All files (*)"),
    )
    if name:
        take_found(session, layer, Path(name), parent)


def take_found(session: Session, layer: MapLayer, path: Path, parent: QWidget) -> None:
    """Use this file for a base map, when it is the one."""
    context = session.context

    def work(progress: ReportProgress, cancel: CancelToken) -> LayerPlace:
        return relink_basemap(context, layer, path, progress=progress, cancel=cancel)

    def tell(_place: LayerPlace) -> None:
        words = _("The base map {name} is on this laptop now.")
        session.messages.done(words.format(name=layer.name_vi or ""))
        session.changes.publish(Changes(touched=frozenset({("map_layer", layer.uuid)})))

    session.run_beside(work, while_alive(parent, tell), label=_("Finding a base map"))
