"""Name and dates of a new mission."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui import theme
from geopark_app.i18n import gettext as _

_USUAL_DAYS = 4


class NewMissionDialog(QDialog):
    """Asks for what a mission begins with."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("New mission"))
        self.name_vi = QLineEdit()
        self.name_en = QLineEdit()
        first = QDate(today.year, today.month, today.day)
        self.starts = self._day(first)
        self.ends = self._day(first.addDays(_USUAL_DAYS - 1))
        self.starts.dateChanged.connect(self._keep_length)
        fields = QFormLayout()
        fields.addRow(_("Name (Vietnamese)"), self.name_vi)
        fields.addRow(_("Name (English)"), self.name_en)
        fields.addRow(_("First day"), self.starts)
        fields.addRow(_("Last day"), self.ends)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        ok = buttons.button(standard.Ok)
        ok.setEnabled(False)
        self.name_vi.textChanged.connect(lambda text: ok.setEnabled(bool(text.strip())))
        column = QVBoxLayout(self)
        column.addLayout(fields)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.scaled(460))
        self.finished.connect(self.deleteLater)

    def _day(self, day: QDate) -> QDateEdit:
        field = QDateEdit(day)
        field.setCalendarPopup(True)
        field.setDisplayFormat("dd/MM/yyyy")
        return field

    def _keep_length(self, first: QDate) -> None:
        if self.ends.date() < first:
            self.ends.setDate(first.addDays(_USUAL_DAYS - 1))
        self.ends.setMinimumDate(first)

    def entered(self) -> tuple[str, str, str, str]:
        """Give name in both languages, first and last day."""
        return (
            self.name_vi.text().strip(),
            self.name_en.text().strip(),
            self.starts.date().toString("yyyy-MM-dd"),
            self.ends.date().toString("yyyy-MM-dd"),
        )
