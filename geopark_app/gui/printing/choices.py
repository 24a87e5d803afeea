"""What a person chooses for a printed map: subject, sheet, words, layers, base map."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import Audience
from geopark_app.domain.kinds import Route, Site
from geopark_app.gui import theme
from geopark_app.gui.session import Session
from geopark_app.i18n import active, pick
from geopark_app.i18n import gettext as _
from geopark_app.maps.paper.content import PaperMapKind
from geopark_app.maps.paper.sizes import PaperSize
from geopark_app.maps.wording import MapLanguage
from geopark_app.operations.basemaps import printable_basemaps
from geopark_app.operations.map_layers import TRACK
from geopark_app.operations.paper_layers import office_base, printable_layers
from geopark_app.operations.print_options import BaseMapChoice, PrintOptions

_SCALES = (25_000, 50_000, 100_000, 150_000, 200_000, 250_000, 300_000, 400_000, 500_000, 1_000_000)


class PrintChoices(QWidget):
    """The form beside the preview.

    Attributes
    ----------
    kind, subject, paper_size, orientation, tiles, language, audience, scale : QComboBox
        The choices.
    layers : QListWidget
        Layers with a tick each.
    facilities, towns : QCheckBox
        What else is drawn.
    base : QComboBox
        The base map below.
    title, attribution : QLineEdit
        Words; empty for the usual ones.

    Signals
    -------
    changed()
        A choice is another one now.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.kind, self.subject, self.paper_size, self.orientation = (
            QComboBox() for _n in range(4)
        )
        self.tiles, self.language, self.audience, self.scale = (QComboBox() for _n in range(4))
        self.scale.setEditable(True)
        self.base, self.base_button = QComboBox(), QPushButton()
        for box, least in ((self.subject, 18), (self.base, 10)):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(least)
        self.layers = QListWidget()
        self.layers.setMaximumHeight(theme.scaled(110))
        self.facilities, self.towns = QCheckBox(), QCheckBox()
        for tick in (self.facilities, self.towns):
            tick.setChecked(True)
        self.title, self.attribution = QLineEdit(), QLineEdit()
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(10, 100)
        self.opacity.setValue(60)
        self._files: list[BaseMapChoice] = []
        self._labels = [QLabel() for _n in range(13)]
        self._lay_out()
        self.retranslate()
        self.paper_size.setCurrentIndex(self.paper_size.findData(PaperSize.A3.value))
        self._connect()

    def options(self) -> PrintOptions:
        """Give what is chosen.

        Raises
        ------
        GeoparkError
            BAD_VALUE for a scale that cannot be printed.
        """
        title, language = self.title.text().strip(), MapLanguage(str(self.language.currentData()))
        is_english = language is MapLanguage.ENGLISH
        return PrintOptions(
            kind=PaperMapKind(str(self.kind.currentData())),
            reference=str(self.subject.currentData() or ""),
            size=PaperSize(str(self.paper_size.currentData())),
            is_landscape=self.orientation.currentData() == "landscape",
            language=language,
            audience=Audience(str(self.audience.currentData())),
            layers=tuple(
                str(item.data(Qt.ItemDataRole.UserRole))
                for item in self._items()
                if item.checkState() is Qt.CheckState.Checked
            ),
            facilities=self.facilities.isChecked(),
            place_names=self.towns.isChecked(),
            denominator=self._denominator(),
            title_vi="" if is_english else title,
            title_en=title if is_english else "",
            tiled_on=PaperSize(str(self.tiles.currentData())) if self.tiles.currentData() else None,
            base=self._base_choice(),
        )

    def show_subject(self, kind: PaperMapKind, reference: str) -> None:
        """Choose what the map is about, such as the site selected on the map."""
        self.kind.setCurrentIndex(self.kind.findData(kind.value))
        self.subject.setCurrentIndex(max(0, self.subject.findData(reference)))

    def choose_base(self, path: Path | None) -> None:
        """Take a file as base map, or none."""
        if path is None:
            self.base.setCurrentIndex(0)
            return
        self._files = [BaseMapChoice(path=path)]
        self._fill_bases()
        self.base.setCurrentIndex(self.base.count() - 1)

    def retranslate(self) -> None:
        """Set all words again; what was chosen stays."""
        words = (
            _("What"), _("Which"), _("Paper"), _("Orientation"), _("Office printer"), _("Scale"),
            _("Language of the map"), _("For whom"), _("Title"), _("Layers"), _("Base map"),
            _("Strength"), _("Source of the base map"),
        )  # fmt: skip
        for label, text in zip(self._labels, words, strict=True):
            label.setText(text)
        self._fill_all()
        self.facilities.setText(_("Facilities"))
        self.towns.setText(_("Towns"))
        self.title.setPlaceholderText(_("the usual title"))
        self.base_button.setText(_("Choose…"))
        self.base_button.setToolTip(_("A GeoTIFF or MBTiles that is not in the catalogue"))
        self.layers.setAccessibleName(_("Layers"))
        self._show_base()

    def _fill_all(self) -> None:
        _fill(self.kind, [("park", _("Map of the geopark")), ("route", _("Map of a route")),
                          ("site", _("Map of a site"))])  # fmt: skip
        _fill(self.paper_size, [(one.value, one.value) for one in PaperSize])
        _fill(self.orientation, [("landscape", _("landscape")), ("portrait", _("portrait"))])
        _fill(self.tiles, [("", _("one sheet")), ("A4", _("cut into A4 sheets")),
                           ("A3", _("cut into A3 sheets"))])  # fmt: skip
        _fill(self.language, [("vi", "Tiếng Việt"), ("en", "English"),
                              ("both", _("both languages"))])  # fmt: skip
        _fill(self.audience, [("evaluators", _("evaluators")), ("internal", _("internal use")),
                              ("public", _("the public"))])  # fmt: skip
        _fill(self.scale, [(0, _("as large as fits")), *((n, _scale(n)) for n in _SCALES)])
        self._fill_subjects()
        self._fill_layers()
        self._fill_bases()

    def _fill_subjects(self) -> None:
        kind = self.kind.currentData()
        context = self._session.context
        found: list[tuple[object, str]] = []
        if kind == PaperMapKind.ROUTE.value:
            routes = sorted(context.catalogue.records(Route), key=lambda one: one.number or 0)
            found = [
                (one.uuid, f"{one.number or ''}. {pick(one.name_vi, one.name_en)}")
                for one in routes
            ]
        elif kind == PaperMapKind.SITE.value:
            sites = sorted(context.catalogue.records(Site), key=lambda one: one.code or "")
            found = [
                (one.uuid, f"{one.code or ''} {pick(one.name_vi, one.name_en)}".strip())
                for one in sites
                if one.position is not None and one.position.is_known
            ]
        _fill(self.subject, found)
        self.subject.setEnabled(bool(found))

    def _fill_layers(self) -> None:
        known = {item.data(Qt.ItemDataRole.UserRole): item.checkState() for item in self._items()}
        self.layers.clear()
        for layer in printable_layers(self._session.context):
            item = QListWidgetItem(pick(layer.name_vi, layer.name_en))
            item.setData(Qt.ItemDataRole.UserRole, layer.uuid)
            usual = layer.is_visible is not False and layer.layer_kind != TRACK
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            first = Qt.CheckState.Checked if usual else Qt.CheckState.Unchecked
            item.setCheckState(known.get(layer.uuid, first))
            self.layers.addItem(item)
        has_layers = self.layers.count() > 0
        self.layers.setVisible(has_layers)
        self._labels[9].setVisible(has_layers)

    def _items(self) -> list[QListWidgetItem]:
        return [self.layers.item(row) for row in range(self.layers.count())]

    def _denominator(self) -> int | None:
        if self.scale.currentIndex() == 0 and self.scale.currentText() == self.scale.itemText(0):
            return None
        digits = "".join(char for char in self.scale.currentText().split(":")[-1] if char.isdigit())
        return int(digits) if digits else None

    def _base_choice(self) -> BaseMapChoice | None:
        chosen = self._chosen_base()
        if chosen is None:
            return None
        return replace(
            chosen,
            opacity=self.opacity.value() / 100,
            attribution=self.attribution.text().strip() or chosen.attribution,
        )

    def _chosen_base(self) -> BaseMapChoice | None:
        chosen = self.base.currentData()
        return chosen if isinstance(chosen, BaseMapChoice) else None

    def _fill_bases(self) -> None:
        """List the base maps of the catalogue that lie here, then the file chosen besides."""
        at = self.base.currentIndex()
        self.base.blockSignals(True)
        self.base.clear()
        self.base.addItem(_("no base map"))
        for one in printable_basemaps(self._session.context):
            words = pick(one.layer.name_vi, one.layer.name_en) or one.layer.file_name or ""
            self.base.addItem(words, office_base(one))
        for file in self._files:
            self.base.addItem(file.path.name, file)
        self.base.setCurrentIndex(max(0, at))
        self.base.blockSignals(False)

    def _show_base(self) -> None:
        chosen = self._chosen_base()
        has_base = chosen is not None
        said = chosen.attribution if chosen is not None else ""
        self.attribution.setPlaceholderText(said or _("as the file says"))
        for widget in (self.opacity, self.attribution, self._labels[11], self._labels[12]):
            widget.setVisible(has_base)

    def _ask_base(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Base map"), "", _("Base maps") + " (*.tif *.tiff *.mbtiles)"
        )
        if path:
            self.choose_base(Path(path))

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _index: self._fill_subjects())
        for box in (self.kind, self.subject, self.paper_size, self.orientation, self.tiles,
                    self.language, self.audience):  # fmt: skip
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.scale.currentTextChanged.connect(lambda _text: self.changed.emit())
        self.layers.itemChanged.connect(lambda _item: self.changed.emit())
        for check in (self.facilities, self.towns):
            check.toggled.connect(lambda _on: self.changed.emit())
        for line in (self.title, self.attribution):
            line.textChanged.connect(lambda _text: self.changed.emit())
        self.opacity.valueChanged.connect(lambda _value: self.changed.emit())
        self.base_button.clicked.connect(self._ask_base)
        self.base.currentIndexChanged.connect(lambda _index: self._show_base())
        self.base.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        base = QWidget()
        row = QHBoxLayout(base)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.base, 1)
        row.addWidget(self.base_button)
        more = QWidget()
        ticks = QHBoxLayout(more)
        ticks.setContentsMargins(0, 0, 0, 0)
        ticks.addWidget(self.facilities)
        ticks.addWidget(self.towns)
        ticks.addStretch(1)
        fields: tuple[QWidget, ...] = (
            self.kind, self.subject, self.paper_size, self.orientation, self.tiles, self.scale,
            self.language, self.audience, self.title, self.layers, base, self.opacity,
            self.attribution,
        )  # fmt: skip
        for label, widget in zip(self._labels, fields, strict=True):
            label.setBuddy(self.base if widget is base else widget)
            form.addRow(label, widget)
        form.insertRow(10, "", more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.scaled(8), 0)
        layout.addLayout(form)
        layout.addStretch(1)


def _fill(combo: QComboBox, items: list[tuple[object, str]]) -> None:
    chosen, was_filled = combo.currentData(), combo.count() > 0
    combo.blockSignals(True)
    combo.clear()
    for data, label in items:
        combo.addItem(label, data)
    at = combo.findData(chosen) if was_filled else -1
    combo.setCurrentIndex(at if at >= 0 else 0)
    combo.blockSignals(False)


def _scale(denominator: int) -> str:
    number = f"{denominator:,}"
    return f"1:{number if active() == 'en' else number.replace(',', '.')}"
