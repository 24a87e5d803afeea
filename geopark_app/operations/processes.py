"""Deadlines of the two processes as data, and the office's plan for each, laid backwards."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from geopark_app import paths
from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import pick
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.keeping_settings import drop_setting, keep_settings, settings_under
from geopark_app.operations.working_days import WorkingDays
from geopark_app.rules.planning import (
    MOST_DAYS,
    BackwardPlan,
    PlannedStep,
    Step,
    next_yearly,
    plan_backwards,
)
from geopark_app.store.new_keys import new_uuid

_START = "plan."
_OWN_STEP = "own-"
_LAST_PLACE = 10_000
_YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One date of a process.

    Attributes
    ----------
    id, process : str
        Its name, and that of the process.
    label, process_label : str
        In the language chosen.
    day : date or None
        When it is due; None while nobody has said it.
    opens : date or None
        First day on which it can be handed in.
    closes : date or None
        Last day of a window that begins with `day`.
    is_set : bool
        Whether the office entered the date itself.
    is_provisional : bool
        Whether no source states it.
    is_followed : bool
        Whether the office works towards it; what is late is told of these only.
    source : str
        Where the date is from.
    """

    id: str
    process: str
    label: str
    process_label: str
    day: date | None
    opens: date | None
    closes: date | None
    is_set: bool
    is_provisional: bool
    is_followed: bool
    source: str

    def days_left(self, today: date) -> int | None:
        """Days until it is due; negative when it is past, None when it is not known."""
        return None if self.day is None else (self.day - today).days


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step of the plan with its words.

    Attributes
    ----------
    planned : PlannedStep
        With its dates.
    label, source : str
        What is done, and what says that it is needed.
    proposed_days : int or None
        Working days the program proposes; None for a step of the office.
    """

    planned: PlannedStep
    label: str
    source: str
    proposed_days: int | None

    @property
    def key(self) -> str:
        """Its name."""
        return self.planned.step.key

    @property
    def is_proposal(self) -> bool:
        """Whether the days are still those proposed."""
        return self.proposed_days == self.planned.step.days


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessPlan:
    """The plan of one deadline; `plan` is None while its date is not known."""

    deadline: Deadline
    plan: BackwardPlan | None
    lines: tuple[StepLine, ...]
    today: date
    days: WorkingDays


@cache
def _definition() -> dict[str, Any]:
    path = paths.bundled("resources", "processes", "processes.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def today_of(context: AppContext) -> date:
    """Give the day it is at the geopark."""
    return context.now().astimezone(VIETNAM).date()


def plan_status() -> str:
    """Say how sure the deadlines and days are."""
    return pick(_definition()["status_vi"], _definition()["status_en"])


def deadlines(context: AppContext) -> list[Deadline]:
    """Give the deadlines of both processes, those of revalidation first."""
    own = settings_under(context, _START)
    profile = _profile_dates(context)
    today = today_of(context)
    return [
        _deadline(process, one, own=own, profile=profile, today=today)
        for process in _definition()["processes"]
        for one in process["deadlines"]
    ]


def next_deadline(context: AppContext) -> Deadline | None:
    """Give the first date the office works towards that is not past, or None."""
    today = today_of(context)
    coming = [
        (one.day, one)
        for one in deadlines(context)
        if one.is_followed and one.day is not None and one.day >= today
    ]
    return min(coming, key=lambda pair: pair[0])[1] if coming else None


def plan_of(
    context: AppContext, deadline_id: str, *, days: WorkingDays | None = None
) -> ProcessPlan:
    """Give the plan of a deadline.

    Raises
    ------
    GeoparkError
        NOT_FOUND for an unknown deadline.
    """
    deadline = _known(context, deadline_id)
    calendar = days or WorkingDays(context)
    steps, words = _steps(context, deadline_id)
    if deadline.day is not None and "yearly" in _defined(deadline_id):
        # What was done for last year's date says nothing of this one.
        steps = [_of_this_year(step, deadline.day) for step in steps]
    today = today_of(context)
    plan = None
    if deadline.day is not None:
        plan = plan_backwards(deadline.day, steps, today, is_working=calendar.is_working)
    lines = () if plan is None else tuple(
        StepLine(planned=one, **words[one.step.key]) for one in plan.steps
    )  # fmt: skip
    return ProcessPlan(deadline=deadline, plan=plan, lines=lines, today=today, days=calendar)


def all_plans(context: AppContext) -> list[ProcessPlan]:
    """Give the plan of every deadline, with one calendar."""
    calendar = WorkingDays(context)
    return [plan_of(context, one.id, days=calendar) for one in deadlines(context)]


# Writing --------------------------------------------------------------------------------------


def set_deadline(
    context: AppContext, deadline_id: str, day: date | None, *, reason: str = ""
) -> Changes:
    """Set the date of a deadline as a letter says it; None goes back to the one that ships."""
    _known(context, deadline_id)
    name = f"{_START}deadline.{deadline_id}"
    return _keep_or_drop(context, name, day.isoformat() if day else None, reason=reason)


def follow_process(
    context: AppContext, process: str, *, is_followed: bool, reason: str = ""
) -> Changes:
    """Say whether the office works towards a process now.

    Raises
    ------
    GeoparkError
        NOT_FOUND for an unknown process.
    """
    if process not in {one["id"] for one in _definition()["processes"]}:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="process", reference=process)
    return keep_settings(
        context, {f"{_START}follow.{process}": is_followed}, reason=reason or "plan"
    )


def set_step_days(
    context: AppContext, deadline_id: str, step: str, days: int | None, *, reason: str = ""
) -> Changes:
    """Set the working days a step takes; None goes back to the proposal.

    Raises
    ------
    GeoparkError
        NOT_FOUND; BAD_VALUE for days below 1 or above 250.
    """
    _known_step(context, deadline_id, step)
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="days", value=days, expected=f"1–{MOST_DAYS}")
    name = f"{_START}days.{deadline_id}.{step}"
    return _keep_or_drop(context, name, days, reason=reason)


def set_step_done(
    context: AppContext, deadline_id: str, step: str, day: date | None, *, reason: str = ""
) -> Changes:
    """Mark a step as done on a day, or as not done."""
    _known_step(context, deadline_id, step)
    name = f"{_START}done.{deadline_id}.{step}"
    return _keep_or_drop(context, name, day.isoformat() if day else None, reason=reason)


def add_step(
    context: AppContext,
    deadline_id: str,
    label: str,
    days: int,
    *,
    before: str | None = None,
    reason: str = "",
) -> tuple[str, Changes]:
    """Add a step of the office's own, before another one or as the last; give its name.

    Raises
    ------
    GeoparkError
        NOT_FOUND; BAD_VALUE for an empty label or impossible days.
    """
    _known(context, deadline_id)
    if before is not None:
        _known_step(context, deadline_id, before)
    if not label.strip() or not 1 <= days <= MOST_DAYS:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="days", value=days, expected=f"1–{MOST_DAYS}")
    key = f"{_OWN_STEP}{new_uuid()}"
    value = {"label": label.strip(), "days": days, "before": before}
    name = f"{_START}step.{deadline_id}.{key}"
    return key, keep_settings(context, {name: value}, reason=reason or "add step")


def remove_step(context: AppContext, deadline_id: str, step: str, *, reason: str = "") -> Changes:
    """Take a step of the office's own away.

    Raises
    ------
    GeoparkError
        NOT_FOUND, also for a step of the program: give that one fewer days instead.
    """
    name = f"{_START}step.{deadline_id}.{step}"
    return drop_setting(context, name, reason=reason or "remove step")


def _keep_or_drop(context: AppContext, name: str, value: object, *, reason: str) -> Changes:
    if value is not None:
        return keep_settings(context, {name: value}, reason=reason or "plan")
    if context.catalogue.setting(name) is None:
        return Changes()
    return drop_setting(context, name, reason=reason or "plan")


# Reading --------------------------------------------------------------------------------------


def _profile_dates(context: AppContext) -> dict[str, Mapping[str, Any]]:
    entries = profile_of(context).get("dates")
    found = entries if isinstance(entries, list) else []
    return {str(one.get("id")): one for one in found if isinstance(one, dict)}


def _deadline(
    process: Mapping[str, Any],
    one: Mapping[str, Any],
    *,
    own: Mapping[str, object],
    profile: Mapping[str, Mapping[str, Any]],
    today: date,
) -> Deadline:
    stated = profile.get(one.get("profile_date", ""), {})
    set_day = _date(own.get(f"deadline.{one['id']}"))
    day = set_day or _date(stated.get("date") or stated.get("start"))
    if day is None and "yearly" in one:
        day = next_yearly(*_month_day(one["yearly"]), today)
    opens = None
    if day is not None and "opens" in one:
        month, of_month = _month_day(one["opens"])
        opens = date(day.year, month, of_month)
    source = "" if set_day else str(one.get("source") or stated.get("source") or "")
    status = str(one.get("status") or stated.get("status") or "")
    return Deadline(
        id=one["id"],
        process=process["id"],
        label=pick(one["label_vi"], one["label_en"]),
        process_label=pick(process["label_vi"], process["label_en"]),
        day=day,
        opens=opens,
        closes=_date(stated.get("end")) if not set_day else None,
        is_set=set_day is not None,
        is_provisional=set_day is None and status not in {"stated", "confirmed"},
        is_followed=own.get(f"follow.{process['id']}", process["follow"]) is True,
        source=source,
    )


def _steps(context: AppContext, deadline_id: str) -> tuple[list[Step], dict[str, dict[str, Any]]]:
    set_days = settings_under(context, f"{_START}days.{deadline_id}.")
    done = settings_under(context, f"{_START}done.{deadline_id}.")
    own = settings_under(context, f"{_START}step.{deadline_id}.")
    steps: list[Step] = []
    words: dict[str, dict[str, Any]] = {}
    for one in _defined(deadline_id)["steps"]:
        days = _days(set_days.get(one["id"]), one["days"])
        steps.append(Step(key=one["id"], days=days, done_on=_date(done.get(one["id"]))))
        words[one["id"]] = {
            "label": pick(one["label_vi"], one["label_en"]),
            "source": pick(one["source_vi"], one["source_en"]),
            "proposed_days": one["days"],
        }
    for key, value in sorted(own.items()):
        if not isinstance(value, dict):
            continue
        days = _days(set_days.get(key), _days(value.get("days"), 1))
        step = Step(key=key, days=days, done_on=_date(done.get(key)))
        names = [other.key for other in steps]
        before = value.get("before")
        steps.insert(names.index(before) if before in names else _LAST_PLACE, step)
        words[key] = {
            "label": str(value.get("label") or ""), "source": "", "proposed_days": None
        }  # fmt: skip
    return steps, words


def _defined(deadline_id: str) -> dict[str, Any]:
    for process in _definition()["processes"]:
        for one in process["deadlines"]:
            if one["id"] == deadline_id:
                found: dict[str, Any] = one
                return found
    raise GeoparkError(ErrorCode.NOT_FOUND, kind="deadline", reference=deadline_id)


def _known(context: AppContext, deadline_id: str) -> Deadline:
    for one in deadlines(context):
        if one.id == deadline_id:
            return one
    raise GeoparkError(ErrorCode.NOT_FOUND, kind="deadline", reference=deadline_id)


def _known_step(context: AppContext, deadline_id: str, step: str) -> None:
    _defined(deadline_id)
    if step not in {one.key for one in _steps(context, deadline_id)[0]}:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="step", reference=step)


def _of_this_year(step: Step, deadline: date) -> Step:
    is_old = step.done_on is not None and (deadline - step.done_on).days >= _YEAR
    return replace(step, done_on=None) if is_old else step


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _days(value: object, otherwise: int) -> int:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 1 <= value <= MOST_DAYS else otherwise  # type: ignore[operator,return-value]
