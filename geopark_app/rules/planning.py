"""Dates planned backwards from a deadline over working days, and what of them is late."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

MOST_DAYS = 250
_DAY = timedelta(days=1)
# No country has a longer row of days off; a calendar that says so is wrong.
_LONGEST_BREAK = 60

IsWorking = Callable[[date], bool]


class StepState(Enum):
    """Where a step stands today."""

    DONE = "done"
    LATE = "late"
    RUNNING = "running"
    COMING = "coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step before a deadline, as it is set.

    Attributes
    ----------
    key : str
        Its name in the settings.
    days : int
        Working days it takes.
    done_on : date or None
        When it was done.
    """

    key: str
    days: int
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """A step with its dates: the first and the last working day it may use."""

    step: Step
    starts: date
    ends: date

    def state(self, today: date) -> StepState:
        """Say where it stands: late is what is not done and past its last day."""
        if self.step.done_on is not None:
            return StepState.DONE
        if self.ends < today:
            return StepState.LATE
        return StepState.RUNNING if self.starts <= today else StepState.COMING


@dataclass(frozen=True, slots=True, kw_only=True)
class BackwardPlan:
    """The steps before one deadline, first to last.

    Attributes
    ----------
    deadline : date
        The day it is due.
    hand_in : date
        The last working day on or before it.
    steps : tuple of PlannedStep
        In their order.
    needed : int
        Working days the steps that are not done take together.
    left : int
        Working days from today to the day of handing in, both counted; 0 when it is past.
    """

    deadline: date
    hand_in: date
    steps: tuple[PlannedStep, ...]
    needed: int
    left: int

    @property
    def missing_days(self) -> int:
        """Working days that are missing; 0 when there are enough."""
        return max(0, self.needed - self.left)

    def late(self, today: date) -> tuple[PlannedStep, ...]:
        """Give the steps that are late."""
        return tuple(one for one in self.steps if one.state(today) is StepState.LATE)


def plan_backwards(
    deadline: date, steps: Sequence[Step], today: date, *, is_working: IsWorking
) -> BackwardPlan:
    """Lay the steps end to end so that the last one ends when the file has to be handed in.

    Every step takes its working days, the first and the last counted; days on which nobody works
    are skipped. A deadline on such a day is met on the working day before it.
    """
    hand_in = working_day_before(deadline + _DAY, is_working)
    planned: list[PlannedStep] = []
    ends = hand_in
    for step in reversed(steps):
        starts = ends
        for _number in range(step.days - 1):
            starts = working_day_before(starts, is_working)
        planned.append(PlannedStep(step=step, starts=starts, ends=ends))
        ends = working_day_before(starts, is_working)
    return BackwardPlan(
        deadline=deadline,
        hand_in=hand_in,
        steps=tuple(reversed(planned)),
        needed=sum(step.days for step in steps if step.done_on is None),
        left=working_days_between(today, hand_in, is_working),
    )


def working_day_before(day: date, is_working: IsWorking) -> date:
    """Give the last working day before a day."""
    for back in range(1, _LONGEST_BREAK):
        if is_working(day - back * _DAY):
            return day - back * _DAY
    return day - _DAY


def working_days_between(first: date, last: date, is_working: IsWorking) -> int:
    """Count the working days from `first` to `last`, both counted."""
    span = (last - first).days + 1
    return sum(is_working(first + ahead * _DAY) for ahead in range(max(0, span)))


def next_yearly(month: int, day: int, today: date) -> date:
    """Give the next time a day of the year comes, today counted."""
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)
