"""Which route or which day is meant: part of the dialogs that cut maps and check their cover."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QStackedWidget, QWidget

from geopark_app.domain.kinds import Route
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_areas import Outing, outing_of_day, outing_of_route

ROUTE, DAY = "route", "day"


class OutingPart(QWidget):
    """A route, or the agenda of a day; tomorrow to begin with.

    Signals
    -------
    changed()
        Another one is meant.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.route, self.day = QComboBox(), QDateEdit()
        self.route.setAccessibleName(_("Route"))
        self.day.setAccessibleName(_("Day"))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("dd/MM/yyyy")
        tomorrow = session.context.now().date() + timedelta(days=1)
        self.day.setDate(QDate(tomorrow.year, tomorrow.month, tomorrow.day))
        routes = session.context.catalogue.records(Route)
        for route in sorted(routes, key=lambda one: one.number or 0):
            if route.number is not None:
                name = pick(route.name_vi or "", route.name_en or "")
                self.route.addItem(f"{route.number} · {name}", route.number)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.route)
        self._stack.addWidget(self.day)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._stack)
        self.route.activated.connect(lambda _index: self.changed.emit())
        self.day.dateChanged.connect(lambda _date: self.changed.emit())

    def ask_for(self, what: str) -> None:
        """Show the choice of a route, or that of a day."""
        self._stack.setCurrentWidget(self.day if what == DAY else self.route)

    @property
    def what(self) -> str:
        """Give which of the two is asked for."""
        return DAY if self._stack.currentWidget() is self.day else ROUTE

    def chosen(self) -> tuple[str, int | date | None]:
        """Give what is meant: the number of a route or a day; None without routes."""
        if self.what == DAY:
            at = self.day.date()
            return DAY, date(at.year(), at.month(), at.day())
        number = self.route.currentData()
        return ROUTE, None if number is None else int(number)


def outing_of(context: AppContext, what: str, value: int | date) -> Outing:
    """Give the outing that was chosen."""
    if isinstance(value, date):
        return outing_of_day(context, value)
    assert what == ROUTE
    return outing_of_route(context, value)
