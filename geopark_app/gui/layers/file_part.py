"""Left half of the layer dialog: which file, which of its features, which columns."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from geopark_app.geo.crs import crs_name
from geopark_app.gui import theme
from geopark_app.i18n import gettext as _
from geopark_app.operations.layer_columns import filter_columns
from geopark_app.operations.layer_import import LayerFile

_SYSTEMS = (4326, 9215, 3405, 32648, 5897, 5899)
_PARTS = ("code", "name_vi", "name_en")


class LayerFilePart(QWidget):
    """What is read from the file.

    Signals
    -------
    file_changed()
        The file has to be looked at again.
    edited()
        What was checked is out of date.
    """

    file_changed = Signal()
    edited = Signal()

    def __init__(self, kinds: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: LayerFile | None = None
        self.path = QLineEdit()
        self.path.setReadOnly(True)
        self.path.setAccessibleName(_("File"))
        self.browse = QPushButton(_("Choose…"))
        self.browse.clicked.connect(self._ask)
        self.kind, self.layer, self.crs = QComboBox(), QComboBox(), QComboBox()
        for code, words in kinds:
            self.kind.addItem(words, code)
        self.crs.setEditable(True)
        self.crs.addItem(_("as the file says"), "")
        for epsg in _SYSTEMS:
            self.crs.addItem(f"EPSG:{epsg} · {crs_name(epsg)}", str(epsg))
        self.column = QComboBox()
        self.values = QListWidget()
        self.values.setAccessibleName(_("Only features with these values"))
        self.values.setFixedHeight(theme.scaled(104))
        self.columns = {part: QComboBox() for part in _PARTS}
        self.layer.setEnabled(False)
        self._lay_out()
        self.kind.activated.connect(lambda _index: self.file_changed.emit())
        self.layer.activated.connect(lambda _index: self.file_changed.emit())
        self.crs.currentTextChanged.connect(lambda _text: self.edited.emit())
        self.column.activated.connect(lambda _index: self._show_values())
        self.values.itemChanged.connect(lambda _item: self.edited.emit())
        for box in self.columns.values():
            box.activated.connect(lambda _index: self.edited.emit())
        self.show_found(None)

    def choose(self, path: Path) -> None:
        """Take this file."""
        self.path.setText(str(path))
        self.path.setToolTip(str(path))
        self.layer.clear()
        self.crs.setCurrentIndex(0)
        self.file_changed.emit()

    def show_found(self, found: LayerFile | None) -> None:
        """Offer the columns and layers of what was found."""
        self._found = found
        for box in (self.column, *self.columns.values()):
            box.clear()
            box.setEnabled(found is not None)
        self.values.clear()
        self.values.setEnabled(False)
        if found is None:
            return
        chosen = self.layer.currentData() or found.found.layer
        self.layer.clear()
        for name in found.found.layers:
            self.layer.addItem(name, name)
        self.layer.setCurrentIndex(max(0, self.layer.findData(chosen)))
        self.layer.setEnabled(self.layer.count() > 1)
        self.column.addItem(_("all features"), "")
        for column in filter_columns(found.found):
            self.column.addItem(column.name, column.name)
        self.column.setEnabled(self.column.count() > 1)
        for part, box in self.columns.items():
            box.addItem(_("none"), "")
            for one in found.found.columns:
                box.addItem(one.name, one.name)
            box.setCurrentIndex(max(0, box.findData(found.columns.get(part, ""))))

    def filter(self) -> tuple[str, tuple[str, ...]]:
        """Give the column chosen and the values ticked; an empty column takes all."""
        ticked = [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in (self.values.item(row) for row in range(self.values.count()))
            if item.checkState() is Qt.CheckState.Checked
        ]
        column = str(self.column.currentData() or "")
        return (column, tuple(ticked)) if column else ("", ())

    def chosen_columns(self) -> dict[str, str]:
        """Give code and names → column."""
        return {part: str(box.currentData() or "") for part, box in self.columns.items()}

    def epsg(self) -> int | None:
        """Give the system chosen or typed, or None for that of the file."""
        if self.crs.currentText() == self.crs.itemText(self.crs.currentIndex()):
            chosen = self.crs.currentData()
            return int(chosen) if chosen else None
        digits = self.crs.currentText().upper().removeprefix("EPSG:").strip()
        return int(digits) if digits.isdecimal() and len(digits) <= 6 else None

    def _show_values(self) -> None:
        self.values.clear()
        name = self.column.currentData()
        columns = self._found.found.columns if self._found is not None else ()
        for value, count in next((one.values for one in columns if one.name == name), ()):
            item = QListWidgetItem(f"{value}  ({count})", self.values)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.values.setEnabled(self.values.count() > 0)
        self.edited.emit()

    def _ask(self) -> None:
        pattern = "*.geojson *.json *.gpkg *.shp *.zip *.kml *.kmz *.gpx *.tab *.mif"
        path, _filter = QFileDialog.getOpenFileName(
            self, _("Choose a map layer"), "", f"{_('Map layers')} ({pattern})"
        )
        if path:
            self.choose(Path(path))

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        form.addRow(_("File"), row)
        form.addRow(_("It is"), self.kind)
        form.addRow(_("Sheet or layer"), self.layer)
        form.addRow(_("Coordinate system"), self.crs)
        form.addRow(_("Choose by column"), self.column)
        form.addRow(_("with the values"), self.values)
        words = {
            "code": _("Column of the codes"),
            "name_vi": _("Column of the names"),
            "name_en": _("Column of English names"),
        }
        for part, box in self.columns.items():
            form.addRow(words[part], box)
