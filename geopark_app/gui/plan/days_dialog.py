"""Days off between now and the last deadline: the holidays known, and those of the office."""

from datetime import date
from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.formats import shown_date
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.working_days import WorkingDays, enter_day, forget_day


def _forget(context: AppContext, day: date) -> Changes:
    return forget_day(context, day, reason=_("Change the days off"))


class DaysOffDialog(QDialog):
    """Enters days off, and days that are worked instead.

    Attributes
    ----------
    table : PlainTable
        Days off and days entered.
    day, name, worked : QDateEdit, QLineEdit, QCheckBox
        What is entered.
    add_button, remove_button : QPushButton
        The deeds.
    """

    def __init__(
        self, session: Session, first: date, last: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._span = first, last
        self.setWindowTitle(_("Days off"))
        self.table = PlainTable("days-off")
        self.table.setAccessibleName(_("Days off"))
        self.day = QDateEdit(QDate(first.year, first.month, first.day))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("dd/MM/yyyy")
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("Reason, for example: day off swapped by the government"))
        self.worked = QCheckBox(_("This day is worked instead (such as a Saturday)"))
        self.add_button = QPushButton(_("Enter the day"))
        self.add_button.clicked.connect(self.add)
        self.remove_button = QPushButton(_("Take the day entered back"))
        self.remove_button.clicked.connect(self.remove)
        self.table.itemSelectionChanged.connect(self._allow)
        self._lay_out()
        self.read()

    def _lay_out(self) -> None:
        note = QLabel(
            _(
                "Public holidays are worked out beforehand; the government announces the days "
                "around Tết each year. Enter what differs here."
            )
        )
        note.setWordWrap(True)
        note.setProperty("look", "muted")
        form = QFormLayout()
        form.addRow(_("Day"), self.day)
        form.addRow(_("Name"), self.name)
        form.addRow("", self.worked)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addWidget(self.remove_button)
        foot.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(note)
        column.addWidget(self.table, 1)
        column.addLayout(form)
        column.addLayout(foot)
        self.resize(theme.scaled(640), theme.scaled(520))

    def read(self) -> None:
        """Show the days again."""
        days = WorkingDays(self._session.context)
        rows = {
            one.day: (one.name, _("office") if one.is_entered else "")
            for one in days.days_off(*self._span)
        }
        for day, entered in days.entered.items():
            if entered.is_worked:
                rows[day] = (entered.name, _("worked instead"))
        self.table.show_rows(
            (_("Day"), _("Name"), _("Entered by the office")),
            [(day, (shown_date(day), *rows[day])) for day in sorted(rows)],
        )
        self.table.setColumnWidth(1, theme.scaled(300))
        self._allow()

    def add(self) -> None:
        """Enter the day."""
        day = self.day.date()
        when = date(day.year(), day.month(), day.day())
        name, worked = self.name.text().strip(), self.worked.isChecked()
        self._session.run(
            lambda context: enter_day(
                context, when, name=name, is_worked=worked, reason=_("Change the days off")
            ),
            while_alive(self, lambda _none: self.read()),
        )

    def remove(self) -> None:
        """Take the chosen day back."""
        for key in self.table.chosen_keys():
            assert isinstance(key, date)
            self._session.run(
                partial(_forget, day=key), while_alive(self, lambda _none: self.read())
            )

    def _allow(self) -> None:
        entered = WorkingDays(self._session.context).entered
        may_write = not self._session.is_read_only
        self.add_button.setEnabled(may_write)
        self.remove_button.setEnabled(
            may_write and any(key in entered for key in self.table.chosen_keys())
        )
