"""What is worked out of a site, read-only: projected coordinates, totals, who changed it when."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from geopark_app.domain.declaration import FieldType, kind_of
from geopark_app.domain.kinds import Site
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.texts import number_text
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.derived import derived_values


class DerivedFacts(LanguageAware, QWidget):
    """The derived values of a site; closed until the person asks for them."""

    def __init__(
        self, session: Session, options: FormOptions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._options = options
        self._site: Site | None = None
        self.heading = QPushButton(icon("chevron-right"), "")
        self.heading.setCheckable(True)
        self.heading.setProperty("look", "link")
        self.heading.toggled.connect(self._toggle)
        self.body = QWidget()
        grid = QGridLayout(self.body)
        grid.setContentsMargins(4, 2, 4, 10)
        self.specs = kind_of(Site).derived
        self.labels = {spec.name: QLabel() for spec in self.specs}
        self.values = {name: QLabel() for name in (*self.labels, "uuid")}
        self.labels["uuid"] = QLabel()
        for at, (name, value) in enumerate(self.values.items()):
            self.labels[name].setProperty("look", "muted")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(self.labels[name], at, 0)
            grid.addWidget(value, at, 1)
        grid.setColumnStretch(1, 1)
        self.body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.heading)
        column.addWidget(self.body)
        self.retranslate()

    def _toggle(self, shown: bool) -> None:
        self.heading.setIcon(icon("chevron-down" if shown else "chevron-right"))
        self.body.setVisible(shown)
        self._fill()

    def show_site(self, site: Site | None) -> None:
        """Show the values of a site."""
        self._site = site
        self.setVisible(site is not None)
        self._fill()

    def _fill(self) -> None:
        if self._site is None or not self.heading.isChecked():
            return
        found = derived_values(self._session.context, self._site)
        for spec in self.specs:
            value = found[spec.name]
            if value is None:
                text = "–"
            elif spec.type is FieldType.CHOICE:
                text = self._options.label_of(spec.vocabulary or "", str(value))
            else:
                text = number_text(value) if isinstance(value, float) else str(value)
            self.values[spec.name].setText(text)
        self.values["uuid"].setText(self._site.uuid)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.heading.setText(_("Worked out by the program"))
        for spec in self.specs:
            self.labels[spec.name].setText(pick(spec.label_vi, spec.label_en))
        self.labels["uuid"].setText(_("Permanent id"))
        self._fill()
