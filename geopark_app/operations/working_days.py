"""Which days are worked: weekends, public holidays of the country, and what the office entered."""

from dataclasses import dataclass
from datetime import date

from geopark_app.domain.change import Changes
from geopark_app.i18n import active
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.keeping_settings import drop_setting, keep_settings, settings_under

_START = "plan.day."
_SATURDAY = 5
_COUNTRY = "VN"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredDay:
    """A day the office entered: off, or worked instead of another one.

    Attributes
    ----------
    day : date
        Which.
    is_worked : bool
        Whether it is worked although the calendar says otherwise.
    name : str
        Why.
    """

    day: date
    is_worked: bool
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A day nobody works that is no plain weekend, with its name."""

    day: date
    name: str
    is_entered: bool


class WorkingDays:
    """The calendar of a catalogue's country, with the days the office entered.

    The public holidays come from the library `holidays`, which needs no network; it computes
    Tết for coming years before the government has announced the days around it, so the office's
    own days stand above it.
    """

    def __init__(self, context: AppContext) -> None:
        """Read the office's days; the holidays of a year are looked up when first asked for."""
        country = str(profile_of(context).get("country_code") or _COUNTRY)
        self._country = country
        self._years: dict[int, dict[date, str]] = {}
        self.entered = {one.day: one for one in entered_days(context)}

    def is_working(self, day: date) -> bool:
        """Say whether people work on a day."""
        entered = self.entered.get(day)
        if entered is not None:
            return entered.is_worked
        return day.weekday() < _SATURDAY and day not in self._holidays(day.year)

    def name_of(self, day: date) -> str:
        """Give the name of a holiday or of a day the office entered; else an empty text."""
        entered = self.entered.get(day)
        if entered is not None:
            return entered.name
        return self._holidays(day.year).get(day, "")

    def days_off(self, first: date, last: date) -> list[DayOff]:
        """Give holidays and entered days off between two days, both counted."""
        found = {
            day: DayOff(day=day, name=name, is_entered=False)
            for year in range(first.year, last.year + 1)
            for day, name in self._holidays(year).items()
        }
        for entered in self.entered.values():
            found.pop(entered.day, None)
            if not entered.is_worked:
                found[entered.day] = DayOff(day=entered.day, name=entered.name, is_entered=True)
        return [found[day] for day in sorted(found) if first <= day <= last]

    def _holidays(self, year: int) -> dict[date, str]:
        if year not in self._years:
            self._years[year] = public_holidays(self._country, year)
        return self._years[year]


def public_holidays(country: str, year: int) -> dict[date, str]:
    """Give the public holidays of a year by their day; none for a country not known."""
    import holidays

    language = "vi" if active() == "vi" else "en_US"
    try:
        known = holidays.country_holidays(country, years=year, language=language)
    except NotImplementedError:
        return {}
    return {day: str(name) for day, name in known.items() if day.year == year}


def entered_days(context: AppContext) -> list[EnteredDay]:
    """Give the days the office entered, in their order."""
    days = []
    for name, value in settings_under(context, _START).items():
        try:
            day = date.fromisoformat(name)
        except ValueError:
            continue
        if isinstance(value, dict):
            words = str(value.get("name") or "")
            days.append(EnteredDay(day=day, is_worked=value.get("kind") == "work", name=words))
    return sorted(days, key=lambda one: one.day)


def enter_day(
    context: AppContext, day: date, *, name: str, is_worked: bool = False, reason: str = ""
) -> Changes:
    """Enter a day off, or one that is worked instead."""
    value = {"kind": "work" if is_worked else "off", "name": name}
    return keep_settings(
        context, {f"{_START}{day.isoformat()}": value}, reason=reason or "enter day"
    )


def forget_day(context: AppContext, day: date, *, reason: str = "") -> Changes:
    """Take an entered day back; raises NOT_FOUND when there is none."""
    return drop_setting(context, f"{_START}{day.isoformat()}", reason=reason or "forget day")
