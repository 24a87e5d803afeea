"""Dates planned backwards: worked out by hand on the calendar of January 2028."""

from datetime import date

import pytest

from geopark_app.operations.working_days import public_holidays
from geopark_app.rules.planning import (
    Step,
    StepState,
    next_yearly,
    plan_backwards,
    working_day_before,
)

# Tết 2028: Monday 24 to Friday 28 January; 3 January stands for New Year's Day, a Saturday.
OFF = {date(2028, 1, day) for day in (1, 3, 24, 25, 26, 27, 28)}
DEADLINE = date(2028, 1, 31)


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in OFF


STEPS = (
    Step(key="translation", days=3),
    Step(key="signature", days=2, done_on=date(2028, 1, 10)),
    Step(key="reserve", days=5),
)


def test_steps_are_laid_backwards_over_weekends_and_tet() -> None:
    plan = plan_backwards(DEADLINE, STEPS, date(2028, 1, 11), is_working=works)
    # 31, then 21, 20, 19, 18 January: the week of Tết and two weekends are skipped.
    assert [(one.step.key, one.starts, one.ends) for one in plan.steps] == [
        ("translation", date(2028, 1, 11), date(2028, 1, 13)),
        ("signature", date(2028, 1, 14), date(2028, 1, 17)),
        ("reserve", date(2028, 1, 18), date(2028, 1, 31)),
    ]
    assert plan.hand_in == DEADLINE
    # 11–14, 17–21 and 31 January are ten days; the open steps take eight.
    assert (plan.left, plan.needed, plan.missing_days) == (10, 8, 0)


def test_a_deadline_on_a_day_off_is_met_on_the_working_day_before() -> None:
    plan = plan_backwards(date(2028, 1, 30), (Step(key="a", days=1),), DEADLINE, is_working=works)
    assert plan.hand_in == date(2028, 1, 21)
    assert (plan.left, plan.missing_days) == (0, 1)


@pytest.mark.parametrize(
    ("today", "states"),
    [
        (date(2028, 1, 10), ("coming", "done", "coming")),
        (date(2028, 1, 13), ("running", "done", "coming")),
        (date(2028, 1, 14), ("late", "done", "coming")),
        (date(2028, 2, 1), ("late", "done", "late")),
    ],
)
def test_a_step_is_late_when_its_last_day_is_past_and_it_is_not_done(
    today: date, states: tuple[str, ...]
) -> None:
    plan = plan_backwards(DEADLINE, STEPS, today, is_working=works)
    assert tuple(one.state(today).value for one in plan.steps) == states
    late = [one for one in plan.steps if one.state(today) is StepState.LATE]
    assert list(plan.late(today)) == late


def test_a_calendar_without_working_days_does_not_hang() -> None:
    assert working_day_before(DEADLINE, lambda _day: False) == date(2028, 1, 30)


def test_a_yearly_date_is_the_next_one_today_counted() -> None:
    assert next_yearly(7, 1, date(2027, 7, 1)) == date(2027, 7, 1)
    assert next_yearly(7, 1, date(2027, 7, 2)) == date(2028, 7, 1)


def test_the_library_says_that_tet_2028_is_on_26_january() -> None:
    found = public_holidays("VN", 2028)
    assert found[date(2028, 1, 26)] == "Tết Nguyên Đán"
    assert {day for day in found if day.month == 1} >= OFF
    assert public_holidays("XX", 2028) == {}
