"""What falls on which day: works by their due date, deadlines, steps of plans, days off."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from geopark_app.operations.context import AppContext
from geopark_app.operations.processes import all_plans
from geopark_app.operations.working_days import WorkingDays
from geopark_app.rules.works import WorkLine

_DAY = timedelta(days=1)
_WEEKS = 6


@dataclass(slots=True, kw_only=True)
class CalendarDay:
    """One day.

    Attributes
    ----------
    day : date
        Which.
    is_working : bool
        Whether people work.
    holiday : str
        Its name, where it has one.
    deadlines : list of (str, str)
        Name and words of deadlines that fall on it.
    steps : list of (str, str)
        Deadline and words of steps whose last day it is.
    works : list of WorkLine
        Works due on it.
    """

    day: date
    is_working: bool
    holiday: str
    deadlines: list[tuple[str, str]] = field(default_factory=list)
    steps: list[tuple[str, str]] = field(default_factory=list)
    works: list[WorkLine] = field(default_factory=list)


def weeks_of(month: date) -> list[date]:
    """Give the 42 days shown for a month: whole weeks, Monday first."""
    first = month.replace(day=1)
    start = first - first.weekday() * _DAY
    return [start + at * _DAY for at in range(7 * _WEEKS)]


def calendar_days(
    context: AppContext, days: Iterable[date], works: Iterable[WorkLine]
) -> dict[date, CalendarDay]:
    """Give what falls on these days; deadlines and steps of what the office works towards."""
    calendar = WorkingDays(context)
    found = {
        day: CalendarDay(
            day=day, is_working=calendar.is_working(day), holiday=calendar.name_of(day)
        )
        for day in days
    }
    for plan in all_plans(context):
        one = plan.deadline
        if not one.is_followed or one.day is None:
            continue
        for day in {one.day, one.closes or one.day}:
            if day in found:
                found[day].deadlines.append((one.id, one.label))
        for line in plan.lines:
            if line.planned.ends in found and line.planned.step.done_on is None:
                found[line.planned.ends].steps.append((one.id, f"{line.label} ({one.label})"))
    for work in works:
        if work.due in found:
            found[work.due].works.append(work)
    return found
