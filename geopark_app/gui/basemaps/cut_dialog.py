"""Cut map for area: a piece of a larger base map as an MBTiles, ready for a stick."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.geo.tile_grid import Box
from geopark_app.gui import theme
from geopark_app.gui.basemaps.outing_part import DAY, ROUTE, OutingPart, outing_of
from geopark_app.gui.basemaps.working_dialog import WorkingDialog
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.basemap_cutting import (
    CutEstimate,
    CutOrder,
    CutReport,
    CutSource,
    cut_map,
    estimate_cut,
    source_of_basemap,
    source_of_file,
)
from geopark_app.operations.basemaps import basemaps
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_areas import box_area, outing_area, park_area
from geopark_app.store.folder import ascii_name
from geopark_app.wording.basemaps import size_words

PARK, BOX = "park", "box"
_ESTIMATE_AFTER_MS = 400


class CutDialog(WorkingDialog):
    """Asks what, where and how deep; says the size before anything is written.

    Signals
    -------
    view_wanted(), drawing_wanted()
        The box is to be what the map shows, or what is drawn on it; `set_box` takes it.
    """

    view_wanted = Signal()
    drawing_wanted = Signal()

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        has_map: bool = False,
        basemap: str = "",
    ) -> None:
        super().__init__(session, _("Cut map for area"), parent)
        self._sources: list[CutSource] = []
        self.estimate: CutEstimate | None = None
        self.source, self.area = QComboBox(), QComboBox()
        self.other = QPushButton(_("Another file…"))
        self.other.clicked.connect(self._ask_source)
        for code, words in (
            (ROUTE, _("Route")), (DAY, _("Agenda of a day")), (PARK, _("The whole park")),
            (BOX, _("Box")),
        ):  # fmt: skip
            self.area.addItem(words, code)
        self.outing = OutingPart(session)
        self.km = QDoubleSpinBox()
        self.km.setRange(0.2, 50)
        self.km.setValue(3)
        self.km.setDecimals(1)
        self.km.setSuffix(" km")
        self.box = QLineEdit()
        self.box.setPlaceholderText("106.4, 21.7, 106.8, 22.0")
        self.box.setAccessibleName(_("West, south, east, north in degrees"))
        self.view, self.draw = QPushButton(_("As on the map")), QPushButton(_("Draw…"))
        self.view.setVisible(has_map)
        self.draw.setVisible(has_map)
        self.view.clicked.connect(self.view_wanted)
        self.draw.clicked.connect(self.drawing_wanted)
        self.min_zoom, self.max_zoom = QSpinBox(), QSpinBox()
        for spin, zoom in ((self.min_zoom, 7), (self.max_zoom, 15)):
            spin.setRange(0, 22)
            spin.setValue(zoom)
        self.name = QLineEdit()
        self.cut = QPushButton(_("Cut…"))
        self.cut.setProperty("look", "primary")
        self.cut.setDefault(True)
        self.cut.clicked.connect(self._ask_target)
        self._pause = QTimer(self, singleShot=True, interval=_ESTIMATE_AFTER_MS)
        self._pause.timeout.connect(self.measure)
        self._lay_out()
        self._fill_sources(basemap)
        self._connect()
        self.resize(theme.scaled(640), theme.scaled(420))
        self._choose_area()

    def set_box(self, edges: Box) -> None:
        """Take a box from the map."""
        self.area.setCurrentIndex(self.area.findData(BOX))
        self.box.setText(", ".join(f"{edge:.4f}" for edge in edges))
        self._choose_area()

    def measure(self) -> None:
        """Say how large the map will be, from a sample of its tiles."""
        self.estimate = None
        order = self._order()
        if order is None:
            self.show_state()
            return
        wish, context = order, self._session.context

        def work(_progress: ReportProgress, cancel: CancelToken) -> CutEstimate:
            return estimate_cut(wish(context), cancel=cancel)

        self.begin(work, self._measured, label="")

    def write(self, out: Path) -> None:
        """Cut the map into this file."""
        order = self._order()
        if order is None:
            return
        wish, context = order, self._session.context

        def work(progress: ReportProgress, cancel: CancelToken) -> CutReport:
            return cut_map(context, wish(context), out, progress=progress, cancel=cancel)

        self.begin(work, self._written, label=_("Cutting a map"))

    def show_state(self) -> None:
        """Enable what can be done now."""
        is_free = not self.is_working
        self.cut.setEnabled(is_free and self.estimate is not None and self.estimate.tiles > 0)
        self.other.setEnabled(is_free)

    def _fill_sources(self, chosen: str) -> None:
        for one in basemaps(self._session.context):
            if one.is_usable:
                self._add_source(source_of_basemap(one))
                if one.layer.uuid == chosen:
                    self.source.setCurrentIndex(self.source.count() - 1)

    def _add_source(self, source: CutSource) -> None:
        self._sources.append(source)
        words = _("{name} (zooms {low} to {high})").format(
            name=source.name, low=source.min_zoom, high=source.max_zoom
        )
        self.source.addItem(words)

    def _connect(self) -> None:
        self.source.activated.connect(lambda _index: self._wait())
        self.area.activated.connect(lambda _index: self._choose_area())
        self.outing.changed.connect(self._wait)
        self.box.editingFinished.connect(self._wait)
        for spin in (self.min_zoom, self.max_zoom, self.km):
            spin.valueChanged.connect(lambda _value: self._wait())

    def _wait(self) -> None:
        self.estimate = None
        self.show_state()
        self._pause.start()

    def _choose_area(self) -> None:
        what = str(self.area.currentData())
        if what in {ROUTE, DAY}:
            self.outing.ask_for(what)
        self._form.setRowVisible(self.outing, what in {ROUTE, DAY})
        self._form.setRowVisible(self.km, what in {ROUTE, DAY})
        self._form.setRowVisible(self._box_row, what == BOX)
        self._wait()

    def _order(self) -> "_Wish | None":
        at = self.source.currentIndex()
        if not 0 <= at < len(self._sources):
            self.say(_("Add a base map first, or choose another file."))
            return None
        what, value = str(self.area.currentData()), None
        edges: Box | None = None
        if what in {ROUTE, DAY}:
            what, value = self.outing.chosen()
            if value is None:
                self.say(_("There is no route with a number yet."))
                return None
        elif what == BOX:
            edges = _edges(self.box.text())
            if edges is None:
                self.say(_("Type west, south, east, north in degrees, or take them from the map."))
                return None
        return _Wish(
            source=self._sources[at],
            what=what,
            value=value,
            edges=edges,
            km=self.km.value(),
            zooms=(self.min_zoom.value(), max(self.min_zoom.value(), self.max_zoom.value())),
            name=self.name.text().strip(),
        )

    def _measured(self, estimate: CutEstimate) -> None:
        self.estimate = estimate
        lines = [
            _("Estimate: at most {count} tiles, about {size}").format(
                count=estimate.tiles, size=size_words(estimate.byte_count)
            )
        ]
        if estimate.is_too_large_for_sticks:
            lines.append(_("A stick formatted FAT32 holds no file over 4 GB; use exFAT."))
        self.say("\n".join(lines))
        self.show_state()

    def _written(self, report: CutReport) -> None:
        words = _("Written: {path} ({count} tiles, {size})").format(
            path=report.path, count=report.tiles, size=size_words(report.byte_count)
        )
        if report.damaged:
            words += " " + _("{count} damaged tiles were left out.").format(count=report.damaged)
        self._session.messages.done(words)
        self.accept()

    def _ask_source(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self,
            _("Base map"),
            "",
            _("Base maps (*.mbtiles *.pmtiles *.tif *.tiff)") + ";;" + _("All files (*)"),
        )
        if name:
            self.look_at(Path(name))

    def look_at(self, path: Path) -> None:
        """Take any file of tiles or GeoTIFF as the source, after a look at it."""
        context = self._session.context
        self.say(_("Looking at the tiles…"))

        def work(_progress: ReportProgress, cancel: CancelToken) -> CutSource:
            return source_of_file(context, path, cancel=cancel)

        def take(source: CutSource) -> None:
            self._add_source(replace(source, name=source.name or path.stem))
            self.source.setCurrentIndex(self.source.count() - 1)
            self._wait()

        self.begin(work, take, label=_("Looking at a base map"))

    def _ask_target(self) -> None:
        name = self.name.text().strip() or str(self.area.currentText())
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Cut map for area"),
            self._session.export_path(f"{ascii_name(name)}.mbtiles"),
            _("MBTiles (*.mbtiles)"),
        )
        if name:
            self.write(Path(name))

    def _lay_out(self) -> None:
        source = QHBoxLayout()
        source.addWidget(self.source, 1)
        source.addWidget(self.other)
        self._box_row = QWidget()
        box = QHBoxLayout(self._box_row)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.box, 1)
        box.addWidget(self.view)
        box.addWidget(self.draw)
        zooms = QHBoxLayout()
        zooms.addWidget(self.min_zoom)
        zooms.addWidget(QLabel(_("to")))
        zooms.addWidget(self.max_zoom)
        zooms.addStretch(1)
        self._form = QFormLayout()
        self._form.addRow(_("Out of"), source)
        self._form.addRow(_("Which area"), self.area)
        self._form.addRow(_("Which"), self.outing)
        self._form.addRow(_("So far around"), self.km)
        self._form.addRow(_("Box"), self._box_row)
        self._form.addRow(_("Zooms"), zooms)
        self._form.addRow(_("Name of the new map"), self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(self._form)
        column.addWidget(self.words)
        column.addStretch(1)
        column.addLayout(self.foot(self.cut))


class _Wish:
    """What was chosen, made into an order beside the window: shapes are read there."""

    def __init__(
        self,
        *,
        source: CutSource,
        what: str,
        value: int | date | None,
        edges: Box | None,
        km: float,
        zooms: tuple[int, int],
        name: str,
    ) -> None:
        self._source, self._what, self._value = source, what, value
        self._edges, self._km, self._zooms, self._name = edges, km, zooms, name

    def __call__(self, context: AppContext) -> CutOrder:
        """Give the order."""
        if self._edges is not None:
            area = box_area(self._edges)
        elif self._value is None:
            area = park_area(context)
        else:
            outing = outing_of(context, self._what, self._value)
            if not outing.sites:
                raise GeoparkError(ErrorCode.REFUSED_FILE, reason="outing-empty")
            area = outing_area(outing, self._km)
        lowest, highest = self._zooms
        return CutOrder(
            source=self._source,
            area=area,
            min_zoom=lowest,
            max_zoom=highest,
            name=self._name or self._source.name,
        )


def _edges(typed: str) -> Box | None:
    try:
        west, south, east, north = (float(part) for part in typed.split(","))
    except ValueError:
        return None
    is_box = -180 <= west < east <= 180 and -85 <= south < north <= 85
    return (west, south, east, north) if is_box else None
