"""Coordinates in WGS 84 and VN-2000 side by side, each ready to copy."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from geopark_app.domain.position import Position
from geopark_app.geo.coordinate_error import CoordinateError
from geopark_app.geo.position import describe_position, format_projected
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.operations.records import display_epsg


class CoordinatesCard(LanguageAware, QWidget):
    """Says where a site is with no more digits than its quality allows."""

    def __init__(
        self, session: Session, options: FormOptions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._options = options
        self._epsg = display_epsg(session.context)
        self._position: Position | None = None
        self._commune = ""
        self._titles = [QLabel(), QLabel()]
        self.wgs84 = QLabel()
        self.projected = QLabel()
        self.quality = QLabel()
        self.quality.setWordWrap(True)
        self.quality.setProperty("look", "muted")
        self.copy_buttons: list[QToolButton] = []
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        for row, value in enumerate((self.wgs84, self.projected)):
            value.setWordWrap(True)
            name = self._titles[row]
            name.setProperty("look", "muted")
            button = QToolButton()
            button.setIcon(icon("content-copy"))
            button.setAutoRaise(True)
            button.clicked.connect(lambda _=False, label=value: _copy(label.text()))
            self.copy_buttons.append(button)
            grid.addWidget(name, 2 * row, 0, 1, 2)
            grid.addWidget(value, 2 * row + 1, 0)
            grid.addWidget(button, 2 * row + 1, 1)
        grid.addWidget(self.quality, 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(5, 1)

    def show_position(self, position: Position | None, commune_name: str) -> None:
        """Show a position; one of a commune shows the commune's name and no numbers."""
        self._position, self._commune = position, commune_name
        language = active()
        self.wgs84.setText(
            describe_position(position, commune_name=commune_name, language=language)
        )
        self.projected.setText(self._projected(language) or "–")
        is_pin = position is not None and position.is_pin
        for button in self.copy_buttons:
            button.setEnabled(is_pin)
        self.quality.setText(self._quality_words())

    def _projected(self, language: str) -> str:
        if self._position is None:
            return ""
        try:
            return format_projected(self._position, self._epsg, language=language)
        except CoordinateError as error:
            return error.sentence(language)

    def _quality_words(self) -> str:
        position = self._position
        if position is None or not position.is_known:
            return _("No position yet.")
        words = [self._options.label_of("coord_quality", position.quality or "unknown")]
        if position.accuracy_m is not None:
            words.append(_("± {metres} m").format(metres=f"{position.accuracy_m:g}"))
        return " · ".join(words)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self._titles[0].setText(_("WGS 84"))
        self._titles[1].setText(_("VN-2000 (EPSG:{code})").format(code=self._epsg))
        for button in self.copy_buttons:
            button.setToolTip(_("Copy"))
            button.setAccessibleName(_("Copy"))
        self.show_position(self._position, self._commune)


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
