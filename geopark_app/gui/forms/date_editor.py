"""The editor of a date: typed as day/month/year or chosen in a calendar."""

import datetime

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton, QWidget

from geopark_app.domain.declaration import FieldSpec
from geopark_app.domain.errors import GeoparkError
from geopark_app.gui.forms.editor import OneTextEditor
from geopark_app.gui.forms.texts import date_text
from geopark_app.gui.icons import icon
from geopark_app.i18n import gettext as _
from geopark_app.rules.typed_values import read_value


class DateEditor(OneTextEditor):
    """A day of the calendar; unknown is empty."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.line = QLineEdit()
        self.line.setObjectName(f"field-{spec.name}")
        self.line.textEdited.connect(self.typed)
        self.line.editingFinished.connect(self.left)
        self.hold(self.line)
        self.button = QToolButton()
        self.button.setIcon(icon("calendar"))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._open_calendar)
        self.hold(self.button, 0)
        self.calendar: QCalendarWidget | None = None
        self.retranslate()

    def _open_calendar(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setSelectedDate(self._date())
        calendar.activated.connect(self._picked)
        calendar.clicked.connect(self._picked)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        below = self.line.mapToGlobal(QPoint(0, self.line.height()))
        room = self.screen().availableGeometry()
        size = calendar.sizeHint()
        calendar.move(
            min(below.x(), room.right() - size.width()),
            min(below.y(), room.bottom() - size.height()),
        )
        calendar.show()
        self.calendar = calendar

    def _date(self) -> QDate:
        try:
            iso = read_value(self.spec, self.line.text())
        except GeoparkError:
            iso = None
        if not isinstance(iso, str):
            return QDate.currentDate()
        day = datetime.date.fromisoformat(iso)
        return QDate(day.year, day.month, day.day)

    def _picked(self, day: QDate) -> None:
        self.line.setText(date_text(day.toString(Qt.DateFormat.ISODate)))
        if self.calendar is not None:
            self.calendar.close()
            self.calendar = None
        self.typed.emit()
        self.left.emit()

    def show_text(self, text: str) -> None:
        if text != self.line.text():
            self.line.setText(text)

    def typed_text(self) -> str:
        return self.line.text()

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        self.button.setEnabled(not read_only)

    def retranslate(self) -> None:
        self.line.setPlaceholderText(_("day/month/year"))
        self.button.setToolTip(_("Choose in the calendar"))
        self.button.setAccessibleName(_("Choose in the calendar"))
