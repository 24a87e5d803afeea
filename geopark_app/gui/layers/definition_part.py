"""Right half of the layer dialog: name, source, licence, date of the layer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QLineEdit, QWidget

from geopark_app.i18n import gettext as _


class LayerDefinitionPart(QWidget):
    """What stands in the definition of the layer.

    Signals
    -------
    edited()
        What was checked is out of date.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name_vi, self.name_en = QLineEdit(), QLineEdit()
        self.source, self.licence, self.dated_on = QLineEdit(), QLineEdit(), QLineEdit()
        self.dated_on.setPlaceholderText(_("such as 2025-07-01 or 01/07/2025"))
        self.official = QCheckBox(_("Official line of the authority"))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(_("Name (Vietnamese)"), self.name_vi)
        form.addRow(_("Name (English)"), self.name_en)
        form.addRow(_("Source"), self.source)
        form.addRow(_("Licence"), self.licence)
        form.addRow(_("In force from"), self.dated_on)
        form.addRow("", self.official)
        note = QLabel(
            _(
                "Without an official boundary every map says: sketch, not an official boundary. "
                "Classified layers do not belong here: the catalogue travels."
            )
        )
        note.setWordWrap(True)
        note.setProperty("look", "muted")
        form.addRow("", note)
        for line in (self.name_vi, self.name_en, self.source, self.licence, self.dated_on):
            line.textEdited.connect(lambda _text: self.edited.emit())
        self.official.toggled.connect(lambda _on: self.edited.emit())

    def words(self) -> dict[str, str]:
        """Give the texts by the names of `LayerOptions`."""
        return {
            "name_vi": self.name_vi.text().strip(),
            "name_en": self.name_en.text().strip(),
            "source": self.source.text().strip(),
            "licence": self.licence.text().strip(),
            "dated_on": self.dated_on.text().strip(),
        }
