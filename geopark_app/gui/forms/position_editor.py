"""The editor of a position: coordinates as typed, how good they are, how they were taken."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QLineEdit, QWidget

from geopark_app.domain.declaration import FieldSpec
from geopark_app.gui.forms.choice_editors import ChoiceBox, Options
from geopark_app.gui.forms.editor import FieldEditor, TypedValues
from geopark_app.gui.forms.text_editors import STAYING
from geopark_app.i18n import gettext as _


class PositionEditor(FieldEditor):
    """One composite value: it is saved as one when the focus leaves all of its parts."""

    def __init__(
        self, spec: FieldSpec, qualities: Options, methods: Options, parent: QWidget | None = None
    ) -> None:
        super().__init__(spec, parent)
        self._shown: dict[str, str] = {}
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
        for line in (self.coordinates, self.accuracy):
            line.textEdited.connect(self.typed)
            line.returnPressed.connect(self.left)
        for box in (self.quality, self.method):
            box.activated.connect(self.typed)
        for widget in self._parts():
            widget.installEventFilter(self)
        self.retranslate()

    def _parts(self) -> tuple[QWidget, ...]:
        return (self.coordinates, self.quality, self.method, self.accuracy)

    def _lay_out(self) -> None:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.coordinates, 0, 0, 1, 3)
        for column, (part, widget) in enumerate(
            (("quality", self.quality), ("method", self.method), ("accuracy_m", self.accuracy))
        ):
            label = self._labels[part]
            label.setProperty("look", "muted")
            label.setBuddy(widget)
            grid.addWidget(label, 1, column)
            grid.addWidget(widget, 2, column)
            grid.setColumnStretch(column, 2 if part != "accuracy_m" else 1)
        inner.setFocusProxy(self.coordinates)
        self.hold(inner)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus():
            stays = event.reason() in STAYING or QApplication.focusWidget() in self._parts()
            if not stays:
                self.left.emit()
        return super().eventFilter(watched, event)

    def show_values(self, values: TypedValues) -> None:
        name = self.spec.name
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
        if now[name] != self._shown.get(name, ""):
            return now
        return {key: text for key, text in now.items() if text != self._shown.get(key, "")}

    def set_read_only(self, read_only: bool) -> None:
        self.coordinates.setReadOnly(read_only)
        self.accuracy.setReadOnly(read_only)
        self.quality.setEnabled(not read_only)
        self.method.setEnabled(not read_only)

    def retranslate(self) -> None:
        self.coordinates.setPlaceholderText(
            _("Latitude, longitude, or X and Y of VN-2000, such as 21.8526, 106.7610")
        )
        self._labels["quality"].setText(_("How well known"))
        self._labels["method"].setText(_("How it was taken"))
        self._labels["accuracy_m"].setText(_("Accuracy (m)"))
        self.quality.refill()
        self.method.refill()
