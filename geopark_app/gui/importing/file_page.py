"""First page of the import: which file, and what it was recognised as."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import kind_of
from geopark_app.geo.crs import crs_name
from geopark_app.gui.importing.opening import dropped_list
from geopark_app.gui.importing.record_kinds import record_kinds
from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.import_targets import importable_kinds
from geopark_app.operations.importing import ImportOptions, RecognisedFile
from geopark_app.wording.importing import warning_words

_SYSTEMS = (4326, 9215, 3405, 32648, 5897, 5899)
_BIBLIOGRAPHIES = {".bib", ".ris"}
_ENCODINGS = ("utf-8", "utf-16", "cp1258", "cp1252", "TCVN3", "VNI")


class FilePage(LanguageAware, QWidget):
    """Choose or drop a file; layer, encoding and system can be said where they are told wrongly.

    Signals
    -------
    changed()
        The file has to be read again.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.path = QLineEdit()
        self.path.setReadOnly(True)
        self.browse = QPushButton()
        self.browse.clicked.connect(self._ask)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setProperty("look", "muted")
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.kind, self.updating = QComboBox(), QComboBox()
        self.layer, self.encoding, self.crs = QComboBox(), QComboBox(), QComboBox()
        self.crs.setEditable(True)
        self._labels = [QLabel() for _index in range(6)]
        self._found: RecognisedFile | None = None
        self._lay_out()
        # Another kind may stand in another layer of the file, which is told anew.
        self.kind.activated.connect(lambda _index: self.layer.clear())
        for combo in (self.kind, self.layer, self.encoding):
            combo.activated.connect(lambda _index: self.changed.emit())
        self.retranslate()

    def choose(self, path: Path) -> None:
        """Take this file."""
        self.path.setText(str(path))
        if path.suffix.lower() in _BIBLIOGRAPHIES:
            self.kind.setCurrentIndex(self.kind.findData("reference"))
        self.layer.clear()
        self.encoding.setCurrentIndex(0)
        self.crs.setCurrentIndex(0)
        self.changed.emit()

    def options(self) -> ImportOptions:
        """Give what is chosen on this page."""
        return ImportOptions(
            kind=str(self.kind.currentData()),
            epsg=self.epsg(),
            encoding=self.encoding.currentData() or None,
            layer=self.layer.currentData() or None,
            update_by=str(self.updating.currentData() or ""),
        )

    def epsg(self) -> int | None:
        """Give the system chosen or typed, or None for that of the file."""
        if self.crs.currentText() == self.crs.itemText(self.crs.currentIndex()):
            chosen = self.crs.currentData()
            return int(chosen) if chosen else None
        digits = self.crs.currentText().upper().removeprefix("EPSG:").strip()
        return int(digits) if digits.isdecimal() and len(digits) <= 6 else None

    def show_found(self, found: RecognisedFile | None, trouble: str = "") -> None:
        """Show what the file was recognised as, or why it is refused."""
        self._found = found
        self.facts.setProperty("look", "error" if trouble else "")
        self.facts.setText(trouble or self._facts())
        self.facts.style().polish(self.facts)
        if found is not None:
            chosen = self.layer.currentData() or found.table.layer
            self.layer.clear()
            for name in found.table.layers:
                self.layer.addItem(name, name)
            self.layer.setCurrentIndex(max(0, self.layer.findData(chosen)))
        self.layer.setEnabled(self.layer.count() > 1)

    def retranslate(self) -> None:
        words = (
            _("File"),
            _("The rows are"),
            _("Records that are there already"),
            _("Sheet or layer"),
            _("Encoding"),
            _("Coordinate system"),
        )
        for label, text in zip(self._labels, words, strict=True):
            label.setText(text)
        self.browse.setText(_("Choose…"))
        self.hint.setText(
            _(
                "Drop a file here: CSV, XLSX, GeoJSON, GeoPackage, Shapefile (.shp or zip), KML, "
                "KMZ, GPX, MapInfo, our JSON, BibTeX, RIS or CSL-JSON. Nothing is written before "
                "the last step."
            )
        )
        first = [("sites", _("sites")), ("stops", _("stops of the routes"))]
        _fill(self.kind, [*first, *record_kinds(importable_kinds())])
        _fill(
            self.updating,
            [
                ("", _("refuse the row")),
                ("code", _("update, found by the code")),
                ("uuid", _("update, found by the key (uuid)")),
            ],
        )
        _fill(self.encoding, [("", _("told from the content")), *((n, n) for n in _ENCODINGS)])
        systems = [(str(epsg), f"EPSG:{epsg} · {crs_name(epsg)}") for epsg in _SYSTEMS]
        _fill(self.crs, [("", _("as the file says")), *systems])
        if self._found is not None:
            self.facts.setText(self._facts())

    def _facts(self) -> str:
        if self._found is None:
            return ""
        table = self._found.table
        lines = [
            _("{format}, {rows} rows, {columns} columns").format(
                format=table.format.upper(), rows=len(table.rows), columns=len(table.header)
            )
        ]
        if table.encoding:
            lines.append(_("Encoding: {name}").format(name=table.encoding))
        if self._found.crs_name:
            lines.append(_("Coordinate system: {name}").format(name=self._found.crs_name))
        if self._found.needs_crs:
            lines.append(
                _("The file does not say its coordinate system: choose it above before going on.")
            )
        if self._found.further:
            names = ", ".join(
                f"{pick(one.label_vi, one.label_en)} ({len(further.table.rows)})"
                for further in self._found.further
                for one in [kind_of(further.kind.record_type)]
            )
            lines.append(_("With it come: {names}").format(names=names))
        lines += [warning_words(warning) for warning in table.warnings]
        return "\n".join(lines)

    def _ask(self) -> None:
        names = (
            "*.csv *.txt *.xlsx *.geojson *.json *.gpkg *.shp *.zip *.kml *.kmz *.gpx *.tab *.mif "
            "*.bib *.ris"
        )
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a list"), self.path.text(), f"{_('Lists')} ({names});;* (*)"
        )
        if chosen:
            self.choose(Path(chosen))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_list(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_list(event)
        if path is not None:
            event.acceptProposedAction()
            self.choose(path)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self.hint)
        form = QFormLayout()
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        fields: tuple[QWidget | QHBoxLayout, ...] = (
            row,
            self.kind,
            self.updating,
            self.layer,
            self.encoding,
            self.crs,
        )
        for label, widget in zip(self._labels, fields, strict=True):
            if isinstance(widget, QWidget):
                label.setBuddy(widget)
                form.addRow(label, widget)
            else:
                form.addRow(label, widget)
        column.addLayout(form)
        column.addWidget(self.facts)
        column.addStretch(1)


def _fill(combo: QComboBox, items: list[tuple[str, str]]) -> None:
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for code, label in items:
        combo.addItem(label, code)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    combo.blockSignals(False)
