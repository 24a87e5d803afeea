"""Writes the sites into one file: format, for whom, which sites, where."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import Audience
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.importing.record_kinds import record_kinds
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.import_targets import exportable_kinds
from geopark_app.operations.vocabularies import terms
from geopark_app.wording.exporting import loss_words

if TYPE_CHECKING:  # GDAL and the workbook are fetched by the export itself
    from geopark_app.operations.export_report import ExportReport

_FORMATS = (
    ("xlsx", "Excel (XLSX)"),
    ("csv", "CSV"),
    ("gpkg", "GeoPackage"),
    ("geojson", "GeoJSON"),
    ("json", "JSON"),
    ("shp", "Shapefile"),
    ("kml", "KML"),
    ("kmz", "KMZ"),
    ("gpx", "GPX"),
)


_SITES = "sites"


class ExportDialog(LanguageAware, QDialog):
    """One file of the sites, through the rule of who may see what."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.form, self.audience, self.sites = QComboBox(), QComboBox(), QComboBox()
        self.what = QComboBox()
        for code, name in _FORMATS:
            self.form.addItem(name, code)
        self.path, self.browse = QLineEdit(), QPushButton()
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setProperty("look", "muted")
        self.write, self.leave = QPushButton(), QPushButton()
        self.write.setProperty("look", "primary")
        self.write.setDefault(True)
        self._labels = [QLabel() for _index in range(5)]
        self._lay_out()
        self.form.currentIndexChanged.connect(self._name_file)
        self.what.activated.connect(lambda _index: self._choose_kind())
        self.browse.clicked.connect(self._ask)
        self.write.clicked.connect(self.export)
        self.leave.clicked.connect(self.reject)
        self.path.textChanged.connect(lambda text: self.write.setEnabled(bool(text.strip())))
        self.path.setText(str(session.context.catalogue.folder.exports_dir.resolve() / "sites"))
        self._name_file()
        self.resize(640, 310)
        self.retranslate()

    def export(self) -> None:
        """Write the file beside the window and close."""
        form, path = str(self.form.currentData()), Path(self.path.text().strip()).expanduser()
        audience = Audience(str(self.audience.currentData()))
        filters = {"kind": str(self.sites.currentData())}
        kind = str(self.what.currentData())
        context, session = self._session.context, self._session

        def work(_progress: ReportProgress, cancel: CancelToken) -> "ExportReport":
            from geopark_app.operations.exporting import export_sites
            from geopark_app.operations.record_exports import export_records

            if kind != _SITES:
                return export_records(context, kind, form, path, audience=audience, cancel=cancel)
            return export_sites(
                context, form, path, audience=audience, filters=filters, cancel=cancel
            )

        def done(report: "ExportReport") -> None:
            said = _("{count} sites written to {path}.")
            if kind != _SITES:
                said = _("{count} records written to {path}.")
            words = [said.format(count=report.sites or report.records, path=report.path)]
            if report.left_out:
                words.append(
                    _("{count} sites of unknown position are not in the file: {codes}").format(
                        count=len(report.left_out), codes=", ".join(report.left_out)
                    )
                )
            words += [loss_words(loss) for loss in report.losses]
            say = session.messages.warning if len(words) > 1 else session.messages.done
            say(" ".join(words))

        def begin() -> None:
            session.run_beside(work, done, label=_("Exporting"))

        session.after_saving(begin)
        self.accept()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Export"))
        words = (_("What"), _("Format"), _("For whom"), _("Sites"), _("File"))
        for label, text in zip(self._labels, words, strict=True):
            label.setText(text)
        _fill(self.what, [(_SITES, _("sites")), *record_kinds(exportable_kinds())])
        _fill(
            self.audience,
            [
                ("evaluators", _("evaluators")),
                ("internal", _("internal use")),
                ("public", _("the public")),
            ],
        )
        kinds = [
            (term.code or "", pick(term.label_vi, term.label_en))
            for term in terms(self._session.context, "site_kind")
        ]
        _fill(self.sites, [("all", _("all sites")), *kinds])
        self.browse.setText(_("Choose…"))
        self.write.setText(_("Export"))
        self.leave.setText(_("Cancel"))
        self.hint.setText(
            _(
                "Excel, CSV, GeoPackage, GeoJSON and JSON for internal use hold everything, with "
                "lists and own fields, and can be imported again without loss. Who reads it "
                "decides which fields and positions are written."
            )
        )

    def _choose_kind(self) -> None:
        """Name the file after what it holds; filters are for sites."""
        kind = str(self.what.currentData())
        self.sites.setEnabled(kind == _SITES)
        path = Path(self.path.text().strip() or _SITES)
        self.path.setText(str(path.with_name(kind)))
        self._name_file()

    def _name_file(self) -> None:
        text = self.path.text().strip()
        if text:
            self.path.setText(str(Path(text).with_suffix(f".{self.form.currentData()}")))

    def _ask(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export"), self.path.text())
        if chosen:
            self.path.setText(chosen)
            self._name_file()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.addWidget(self.hint)
        form = QFormLayout()
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        for label, widget in zip(
            self._labels, (self.what, self.form, self.audience, self.sites), strict=False
        ):
            label.setBuddy(widget)
            form.addRow(label, widget)
        form.addRow(self._labels[4], row)
        layout.addLayout(form)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.write)
        layout.addLayout(buttons)


def _fill(combo: QComboBox, items: list[tuple[str, str]]) -> None:
    chosen = combo.currentData()
    combo.clear()
    for code, label in items:
        combo.addItem(label, code)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
