"""How a layer is drawn: colour, width of the line, and what its labels say."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import MapLayer
from geopark_app.gui import theme
from geopark_app.gui.session import Session
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.operations.map_layers import set_layer_style
from geopark_app.operations.map_overlays import colour_of
from geopark_app.operations.vocabularies import label, terms


class LayerStyleDialog(QDialog):
    """What is chosen is one step to undo."""

    def __init__(self, session: Session, layer: MapLayer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Colour, line and labels"))
        self._session, self._layer = session, layer
        self.colour = QPushButton()
        self.colour.clicked.connect(self._ask_colour)
        self.width_box = QDoubleSpinBox()
        self.width_box.setRange(0.5, 12)
        self.width_box.setSingleStep(0.5)
        self.width_box.setDecimals(1)
        self.width_box.setValue(layer.line_width or 1.5)
        self.labels = QCheckBox(_("Names on the map"))
        self.labels.setChecked(bool(layer.has_labels))
        self.field = QComboBox()
        for term in terms(session.context, "layer_label"):
            code = term.code or ""
            self.field.addItem(label(session.context, "layer_label", code, active()), code)
        self.field.setCurrentIndex(max(0, self.field.findData(layer.label_field or "name")))
        self.field.setEnabled(self.labels.isChecked())
        self.labels.toggled.connect(self.field.setEnabled)
        self.show_colour(colour_of(layer))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.keep)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(_("Colour"), self.colour)
        form.addRow(_("Line (pixels)"), self.width_box)
        form.addRow("", self.labels)
        form.addRow(_("What the labels say"), self.field)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(buttons)
        self.resize(theme.scaled(380), self.sizeHint().height())

    def show_colour(self, colour: str) -> None:
        """Show a colour as chosen."""
        self._chosen = colour
        ink = QColor(colour)
        words = "#ffffff" if ink.lightness() < 140 else "#000000"
        self.colour.setText(colour)
        self.colour.setStyleSheet(f"background: {colour}; color: {words};")
        self.colour.setAccessibleName(_("Colour {colour}").format(colour=colour))

    def keep(self) -> None:
        """Keep what was chosen."""
        values: dict[str, object] = {
            "colour": self._chosen,
            "line_width": round(self.width_box.value(), 1),
            "has_labels": self.labels.isChecked(),
            "label_field": str(self.field.currentData() or "name"),
        }
        uuid, reason = self._layer.uuid, _("Look of a layer")
        self._session.run(lambda context: set_layer_style(context, uuid, reason=reason, **values))
        self.accept()

    def _ask_colour(self) -> None:
        chosen = QColorDialog.getColor(QColor(self._chosen), self, _("Colour"))
        if chosen.isValid():
            self.show_colour(chosen.name())
