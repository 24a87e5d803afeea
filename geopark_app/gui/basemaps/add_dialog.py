"""The dialog that takes a base map in: look at the file first, then keep it as one step."""

from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.geo.crs import crs_name
from geopark_app.gui import theme
from geopark_app.gui.basemaps.help_dialog import BasemapHelpDialog
from geopark_app.gui.basemaps.working_dialog import WorkingDialog
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.basemap_adding import (
    GEOTIFF,
    BasemapFile,
    BasemapOptions,
    BasemapReport,
    add_basemap,
    look_at_basemap,
)
from geopark_app.wording.basemaps import basemap_warning, form_words, size_words

_SYSTEMS = (9215, 3405, 4326, 32648, 5897, 5899)
_LARGE_BYTES = 500_000_000


class BasemapAddDialog(WorkingDialog):
    """Nothing is written before the last button."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Add a base map"), parent)
        self.found: BasemapFile | None = None
        self.path = QLineEdit()
        self.path.setReadOnly(True)
        self.path.setAccessibleName(_("File"))
        self.browse = QPushButton(_("Choose…"))
        self.browse.clicked.connect(self._ask)
        self.name_vi, self.name_en = QLineEdit(), QLineEdit()
        self.source, self.licence, self.dated_on = QLineEdit(), QLineEdit(), QLineEdit()
        self.source.setPlaceholderText(_("stands on the map, such as © OpenStreetMap"))
        self.dated_on.setPlaceholderText(_("such as 2025-07-01 or 01/07/2025"))
        self.stays = QCheckBox(_("Leave the file where it is (large files, a disk of its own)"))
        self.crs = QComboBox()
        self.crs.addItem(_("as the file says"), "")
        for epsg in _SYSTEMS:
            self.crs.addItem(f"EPSG:{epsg} · {crs_name(epsg)}", f"EPSG:{epsg}")
        self.crs.activated.connect(lambda _index: self._look_again())
        self._lacks_crs = False
        self.max_zoom = QSpinBox()
        self.max_zoom.setRange(0, 22)
        self.add = QPushButton(_("Add"))
        self.add.setProperty("look", "primary")
        self.add.setDefault(True)
        self.add.clicked.connect(self.take)
        self.say(_("Choose an MBTiles or PMTiles file, or a GeoTIFF."))
        self._lay_out()
        self.resize(theme.scaled(680), theme.scaled(430))
        self.show_state()

    def choose(self, path: Path) -> None:
        """Look at this file beside the window."""
        self.path.setText(str(path))
        self.path.setToolTip(str(path))
        self.found = None
        self.say(_("Looking at the tiles…"))
        context, crs = self._session.context, str(self.crs.currentData())

        def work(_progress: ReportProgress, cancel: CancelToken) -> BasemapFile:
            return look_at_basemap(context, path, crs=crs, cancel=cancel)

        self.begin(work, self._looked, label=_("Looking at a base map"))

    def take(self) -> None:
        """Keep the file and its definition."""
        found, options, context = self.found, self.options(), self._session.context
        if found is None:
            return
        reason = _("Base map from {file}").format(file=found.path.name)

        def work(progress: ReportProgress, cancel: CancelToken) -> BasemapReport:
            return add_basemap(
                context, found, options, reason=reason, progress=progress, cancel=cancel
            )

        self.begin(work, self._taken, label=_("Adding a base map"), writes=True)

    def options(self) -> BasemapOptions:
        """Give what the person has said."""
        is_picture = self.found is not None and self.found.form == GEOTIFF
        return BasemapOptions(
            name_vi=self.name_vi.text().strip(),
            name_en=self.name_en.text().strip(),
            source=self.source.text().strip(),
            licence=self.licence.text().strip(),
            dated_on=self.dated_on.text().strip(),
            stays=self.stays.isChecked() and not is_picture,
            crs=str(self.crs.currentData()) if is_picture else "",
            max_zoom=self.max_zoom.value() if is_picture else None,
        )

    def show_state(self) -> None:
        """Enable what can be done now."""
        is_picture = self.found is not None and self.found.form == GEOTIFF
        self.add.setEnabled(self.found is not None and not self.is_working)
        self.browse.setEnabled(not self.is_working)
        self.stays.setEnabled(not is_picture)
        self._form.setRowVisible(self.max_zoom, is_picture)
        self._form.setRowVisible(self.crs, is_picture or self._lacks_crs)

    def _look_again(self) -> None:
        if self.path.text() and not self.is_working:
            self.choose(Path(self.path.text()))

    def _ask(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self,
            _("Base map"),
            "",
            _("Base maps (*.mbtiles *.pmtiles *.tif *.tiff)") + ";;" + _("All files (*)"),
        )
        if name:
            self.choose(Path(name))

    def _looked(self, found: BasemapFile) -> None:
        self.found, self._lacks_crs = found, False
        facts = found.facts
        if not self.name_vi.isModified():
            self.name_vi.setText(str(facts.get("name") or "") or found.path.stem)
        if not self.source.isModified():
            self.source.setText(str(facts.get("attribution") or ""))
        self.stays.setChecked(found.byte_count > _LARGE_BYTES and found.form != GEOTIFF)
        if found.form == GEOTIFF:
            self.max_zoom.setValue(int(facts["max_zoom"]))
            told = _(
                "GeoTIFF, {columns} × {rows} pixels, {crs}. It is turned into tiles once, to zoom "
                "{zoom}; this can take some minutes."
            ).format(
                columns=facts["width"], rows=facts["height"], crs=facts["crs"],
                zoom=facts["max_zoom"],
            )  # fmt: skip
        else:
            told = _("{form}, zooms {low} to {high}, {count} tiles, {size}").format(
                form=form_words(str(facts["tile_format"])),
                low=facts["min_zoom"],
                high=facts["max_zoom"],
                count=facts["tiles"],
                size=size_words(found.byte_count),
            )
        self.say("\n".join([told, *(basemap_warning(one) for one in found.warnings)]))
        self.show_state()

    def _taken(self, report: BasemapReport) -> None:
        name = report.layer.name_vi or ""
        if report.is_known:
            self._session.messages.done(
                _("Known already; its file is here now: {name}").format(name=name)
            )
            self._session.changes.publish(Changes(touched=_touched(report)))
        else:
            self._session.messages.done(
                _("Base map added: {name}").format(name=name),
                action=_("Undo"),
                on_action=self._session.undo_step,
            )
        self.accept()

    def fail(self, error: BaseException) -> None:
        """Say what is wrong; ask for the system where the picture does not say it."""
        reason = error.details.get("reason") if isinstance(error, GeoparkError) else ""
        self._lacks_crs = reason in {"no-crs", "unknown-crs"}
        super().fail(error)
        self.show_state()

    def _lay_out(self) -> None:
        file_row = QHBoxLayout()
        file_row.addWidget(self.path, 1)
        file_row.addWidget(self.browse)
        self._form = QFormLayout()
        self._form.addRow(_("File"), file_row)
        self._form.addRow(_("System of the picture"), self.crs)
        self._form.addRow(_("Last zoom"), self.max_zoom)
        self._form.addRow(_("Name (Vietnamese)"), self.name_vi)
        self._form.addRow(_("Name (English)"), self.name_en)
        self._form.addRow(_("Source"), self.source)
        self._form.addRow(_("Licence"), self.licence)
        self._form.addRow(_("Date of the map"), self.dated_on)
        self._form.addRow("", self.stays)
        how = QPushButton(_("How to make a base map…"))
        how.clicked.connect(lambda: BasemapHelpDialog(self).open())
        row = self.foot(self.add)
        row.insertWidget(0, how)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(self._form)
        column.addWidget(self.words)
        column.addStretch(1)
        column.addLayout(row)


def _touched(report: BasemapReport) -> frozenset[tuple[str, str]]:
    return frozenset({("map_layer", report.layer.uuid)})
