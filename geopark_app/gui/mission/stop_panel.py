"""One entry of the agenda: its time, drive and version, who speaks, the rules of the border."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui.evidence.parts import push
from geopark_app.gui.forms.text_editors import WheelGuard
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.missions import AgendaStop
from geopark_app.rules.mission import Drive
from geopark_app.wording.missions import source_words

_NOTHING = -1


class StopPanel(QWidget):
    """Shows an entry and says what was changed.

    Signals
    -------
    entered(str, str, str)
        Key of the entry, name of a field and what was typed.
    drive_entered(str, int)
        Minutes of the drive to the entry; -1 takes the statement away.
    opened(str)
        The whole record is to be shown.
    """

    entered = Signal(str, str, str)
    drive_entered = Signal(str, int)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._stop: AgendaStop | None = None
        self._guard = WheelGuard(self)
        self.title = QLabel()
        self.title.setProperty("look", "strong")
        self.title.setWordWrap(True)
        self.starts = self._line("starts_at", _("Begins at"))
        self.starts.setPlaceholderText(_("after the drive"))
        self.minutes = self._spin(_("Minutes on the spot"))
        self.minutes.valueChanged.connect(lambda value: self._number("minutes", value))
        self.drive = self._spin(_("Drive there (min)"))
        self.drive.valueChanged.connect(self._drive_changed)
        self.source = QLabel()
        self.source.setProperty("look", "muted")
        self.source.setWordWrap(True)
        self.weather = QComboBox()
        self.weather.setAccessibleName(_("Weather version"))
        for key, words in (
            ("both", _("In any weather")),
            ("dry", _("Only in dry weather")),
            ("wet", _("Only in wet weather")),
        ):
            self.weather.addItem(words, key)
        self.weather.activated.connect(
            lambda _at: self._say("weather", str(self.weather.currentData()))
        )
        self.speaker = self._line("speaker", _("Speaker"))
        self.caretaker = self._line("caretaker", _("Caretaker"))
        self.permit = QCheckBox(_("Border-area permit is ready"))
        self.permit.clicked.connect(
            lambda checked: self._say("permit_ready", "yes" if checked else "no")
        )
        self.border = QLabel()
        self.border.setWordWrap(True)
        self.border.setProperty("look", "error")
        self.open_button = push(_("All fields…"), self._open)
        self._lay_out()

    def _line(self, field: str, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.editingFinished.connect(lambda: self._typed(line, field))
        return line

    def _spin(self, name: str) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(_NOTHING, 24 * 60)
        spin.setSpecialValueText("–")
        spin.setAccessibleName(name)
        spin.setKeyboardTracking(False)
        spin.installEventFilter(self._guard)
        return spin

    def _lay_out(self) -> None:
        fields = QFormLayout()
        fields.addRow(_("Begins at"), self.starts)
        fields.addRow(_("Minutes on the spot"), self.minutes)
        fields.addRow(_("Drive there (min)"), self.drive)
        fields.addRow("", self.source)
        fields.addRow(_("Weather version"), self.weather)
        fields.addRow(_("Speaker"), self.speaker)
        fields.addRow(_("Caretaker"), self.caretaker)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.title)
        column.addLayout(fields)
        column.addWidget(self.border)
        column.addWidget(self.permit)
        column.addWidget(self.open_button)
        column.addStretch(1)

    def show_stop(self, stop: AgendaStop | None, drive: Drive | None, *, read_only: bool) -> None:
        """Show an entry; nothing is taken for typed."""
        same = stop is not None and self._stop is not None
        is_same = same and stop.record.uuid == self._stop.record.uuid  # type: ignore[union-attr]
        self._stop = None
        self.setEnabled(stop is not None)
        if stop is None:
            self.title.setText(_("No entry is chosen."))
            self.border.clear()
            self.permit.hide()
            return
        record = stop.record
        self.title.setText(stop.name or _("(no place yet)"))
        for line, value in (
            (self.starts, record.starts_at),
            (self.speaker, record.speaker),
            (self.caretaker, record.caretaker),
        ):
            # What is being typed stays while another save comes in.
            if not (is_same and line.hasFocus()):
                line.setText(value or "")
            line.setReadOnly(read_only)
        self.minutes.setValue(_NOTHING if record.minutes is None else record.minutes)
        is_stated = drive is not None and drive.source in {"entered", "measured"}
        self.drive.setValue(drive.minutes if drive is not None and is_stated else _NOTHING)
        self.source.setText(_source(drive))
        self.weather.setCurrentIndex(max(self.weather.findData(record.weather or "both"), 0))
        for widget in (self.minutes, self.drive, self.weather, self.permit):
            widget.setEnabled(not read_only)
        self._show_border(stop)
        self._stop = stop

    def _show_border(self, stop: AgendaStop) -> None:
        self.permit.setVisible(stop.needs_permit)
        self.permit.setChecked(bool(stop.record.permit_ready))
        self.border.setVisible(stop.needs_permit)
        if not stop.needs_permit:
            return
        lines = [_("Foreign visitors need a border-area permit here.")]
        for rule in stop.rules:
            paper = pick(rule.paper_foreign_vi, rule.paper_foreign_en)
            issuer = pick(rule.issued_by_vi, rule.issued_by_en)
            lines.append(" · ".join(part for part in (paper, issuer) if part))
            if rule.days_ahead:
                lines.append(_("Ask {days} days ahead.").format(days=rule.days_ahead))
        if not stop.rules:
            lines.append(_("The rules of this commune are not recorded yet."))
        self.border.setText("\n".join(line for line in lines if line))

    def _typed(self, line: QLineEdit, field: str) -> None:
        stop = self._stop
        if stop is not None and line.text().strip() != (getattr(stop.record, field) or ""):
            self._say(field, line.text().strip())

    def _number(self, field: str, value: int) -> None:
        self._say(field, "" if value == _NOTHING else str(value))

    def _say(self, field: str, typed: str) -> None:
        if self._stop is not None:
            self.entered.emit(self._stop.record.uuid, field, typed)

    def _drive_changed(self, value: int) -> None:
        if self._stop is not None:
            self.drive_entered.emit(self._stop.record.uuid, value)

    def _open(self) -> None:
        if self._stop is not None:
            self.opened.emit(self._stop.record.uuid)


def _source(drive: Drive | None) -> str:
    if drive is None:
        return _("the day begins here; enter minutes for a drive from the place of departure")
    if drive.source == "estimated":
        return _("estimated: {minutes} min; entering minutes replaces it").format(
            minutes=drive.minutes
        )
    return source_words(drive.source)
