"""The editor of a position: coordinates as typed, how good they are, how they were taken."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QLineEdit, QWidget

from geopark_app.domain.declaration import FieldSpec
from geopark_app.gui.forms.choice_box import ChoiceBox, Options
from geopark_app.gui.forms.editor import FieldEditor, TypedValues
from geopark_app.gui.forms.readings_list import ReadingsList
from geopark_app.gui.forms.text_editors import STAYING
from geopark_app.i18n import gettext as _
from geopark_app.operations.locating import Location, Place

_PAUSE_MS = 250
Locate = Callable[[str], Location]


class PositionEditor(FieldEditor):
    """One composite value: it is saved as one when the focus leaves all of its parts.

    While coordinates are typed, their readings stand below; where there are several, or the only
    one is doubtful, the person chooses by a click, or with the arrow keys and Enter.

    Signals
    -------
    places_read(tuple of Place)
        The readings of what is typed now; empty when there are none to show.
    """

    places_read = Signal(object)

    def __init__(
        self, spec: FieldSpec, qualities: Options, methods: Options, parent: QWidget | None = None
    ) -> None:
        super().__init__(spec, parent)
        self._shown: dict[str, str] = {}
        self._chosen: tuple[str, Place] | None = None
        self._locate: Locate | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.show_readings)
        self.readings = ReadingsList(f"readings-{spec.name}")
        self.readings.chosen.connect(self._choose)
        self.readings.given_up.connect(self._back_to_typing)
        self.coordinates = QLineEdit()
        self.coordinates.setObjectName(f"field-{spec.name}")
        self.accuracy = QLineEdit()
        self.accuracy.setObjectName(f"field-{spec.name}-accuracy_m")
        self.quality = ChoiceBox(qualities)
        self.quality.setObjectName(f"field-{spec.name}-quality")
        self.method = ChoiceBox(methods)
        self.method.setObjectName(f"field-{spec.name}-method")
        self._labels = {"quality": QLabel(), "method": QLabel(), "accuracy_m": QLabel()}
        self._lay_out()
        # before anybody asks for the typed values
        self.coordinates.textEdited.connect(self._say_anew)
        for line in (self.coordinates, self.accuracy):
            line.textEdited.connect(self.typed)
            line.returnPressed.connect(self.left)
        for box in (self.quality, self.method):
            box.activated.connect(self.typed)
        for widget in self._parts():
            widget.installEventFilter(self)
        self.coordinates.textEdited.connect(self._read_soon)
        self.retranslate()

    def _parts(self) -> tuple[QWidget, ...]:
        return (self.coordinates, self.readings.list, self.quality, self.method, self.accuracy)

    def read_with(self, locate: Locate) -> None:
        """Show the readings that `locate` gives while coordinates are typed."""
        self._locate = locate

    def _lay_out(self) -> None:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.coordinates, 0, 0, 1, 3)
        grid.addWidget(self.readings, 1, 0, 1, 3)
        for column, (part, widget) in enumerate(
            (("quality", self.quality), ("method", self.method), ("accuracy_m", self.accuracy))
        ):
            label = self._labels[part]
            label.setProperty("look", "muted")
            label.setBuddy(widget)
            grid.addWidget(label, 2, column)
            grid.addWidget(widget, 3, column)
            grid.setColumnStretch(column, 2 if part != "accuracy_m" else 1)
        inner.setFocusProxy(self.coordinates)
        self.hold(inner)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if watched is self.coordinates and is_down and event.type() == QEvent.Type.KeyPress:
            self.show_readings()
            return self.readings.take_focus()
        if isinstance(event, QFocusEvent) and event.lostFocus():
            stays = event.reason() in STAYING or QApplication.focusWidget() in self._parts()
            if not stays:
                self.left.emit()
        return super().eventFilter(watched, event)

    # Readings -------------------------------------------------------------------------------

    def _read_soon(self) -> None:
        self._chosen = None
        self._pause.start()

    def _say_anew(self) -> None:
        """Empty what was said of the old place: a new one is not "known by commune only"."""
        name = self.spec.name
        is_new = self.coordinates.text() != self._shown.get(name, "")
        for part, box in (("quality", self.quality), ("method", self.method)):
            said = self._shown.get(f"{name}.{part}", "")
            if box.key() in {said, ""}:
                box.choose("" if is_new else said)
        said = self._shown.get(f"{name}.accuracy_m", "")
        if self.accuracy.text() in {said, ""}:
            self._show_line(self.accuracy, "" if is_new else said)

    def show_readings(self) -> None:
        """Read what stands in the line now and show what it can mean."""
        self._pause.stop()
        text = self.coordinates.text()
        if self._locate is None or not text.strip() or self.coordinates.isReadOnly():
            self._hide_readings()
            return
        found = self._locate(text)
        self.readings.show_location(found)
        self.places_read.emit(tuple(place for place in found.places if place.is_near))

    def show_refusal(self) -> None:
        """Show the readings; the sentence stands below the field already."""
        self.show_readings()
        self.readings.hide_sentence()

    def _hide_readings(self) -> None:
        self._pause.stop()
        if not self.readings.isHidden():
            self.readings.clear()
            self.places_read.emit(())

    def _choose(self, place: Place) -> None:
        self._chosen = (self.coordinates.text(), place)
        self.readings.show_chosen(place)
        self.places_read.emit((place,))
        self.coordinates.setFocus()
        self.typed.emit()
        self.left.emit()

    def _back_to_typing(self) -> None:
        self.coordinates.setFocus()

    # Values ---------------------------------------------------------------------------------

    def show_values(self, values: TypedValues) -> None:
        name = self.spec.name
        if values.get(name, "") != self.coordinates.text():
            self._chosen = None
            self._hide_readings()
        self._shown = dict(values)
        self._show_line(self.coordinates, values.get(name, ""))
        self._show_line(self.accuracy, values.get(f"{name}.accuracy_m", ""))
        self.quality.choose(values.get(f"{name}.quality", ""))
        self.method.choose(values.get(f"{name}.method", ""))

    @staticmethod
    def _show_line(line: QLineEdit, text: str) -> None:
        if line.text() != text:
            line.setText(text)
            line.setCursorPosition(0)

    def typed_values(self) -> TypedValues:
        """Give the parts that differ from what was shown; new coordinates bring all parts."""
        name = self.spec.name
        now = {
            name: self.coordinates.text(),
            f"{name}.quality": self.quality.key(),
            f"{name}.method": self.method.key(),
            f"{name}.accuracy_m": self.accuracy.text(),
        }
        if now[name] != self._shown.get(name, "") or self._chosen is not None:
            return now | self._chosen_point()
        return {key: text for key, text in now.items() if text != self._shown.get(key, "")}

    def _chosen_point(self) -> dict[str, str]:
        """Give the reading chosen for the text, or say that none is, also to an older draft."""
        name = self.spec.name
        if self._chosen is None or self._chosen[0] != self.coordinates.text():
            return {f"{name}.lon": "", f"{name}.lat": "", f"{name}.source_crs": ""}
        one = self._chosen[1].candidate
        return {
            f"{name}.lon": f"{one.lon:.10f}",
            f"{name}.lat": f"{one.lat:.10f}",
            f"{name}.source_crs": f"EPSG:{one.source_epsg}",
        }

    def set_read_only(self, read_only: bool) -> None:
        self.coordinates.setReadOnly(read_only)
        self.accuracy.setReadOnly(read_only)
        self.quality.setEnabled(not read_only)
        self.method.setEnabled(not read_only)

    def retranslate(self) -> None:
        self.coordinates.setPlaceholderText(
            _("Latitude, longitude, or X and Y of VN-2000, such as 21.8526, 106.7610")
        )
        self.coordinates.setToolTip(
            _("Degrees, X and Y of VN-2000 or UTM, or a map link; ↓ goes to the readings.")
        )
        self._labels["quality"].setText(_("How well known"))
        self._labels["method"].setText(_("How it was taken"))
        self._labels["accuracy_m"].setText(_("Accuracy (m)"))
        self.quality.refill()
        self.method.refill()
