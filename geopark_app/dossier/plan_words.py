"""Words of the deadlines and of the plan before them, on paper and on screen."""

from datetime import date

from geopark_app.i18n import gettext as _
from geopark_app.rules.planning import BackwardPlan, PlannedStep, StepState


def day_words(day: date | None) -> str:
    """Give a day as Vietnamese papers write it."""
    return day.strftime("%d/%m/%Y") if day is not None else ""


def span_words(first: date | None, last: date | None) -> str:
    """Give a day, or the span of two."""
    if first is None or first == last:
        return day_words(last)
    return f"{day_words(first)} – {day_words(last)}" if last else day_words(first)


def left_words(days: int | None) -> str:
    """Say how many days are left."""
    if days is None:
        return _("date not known")
    if days < 0:
        return _("past for {days} days").format(days=-days)
    return _("today") if days == 0 else _("{days} days left").format(days=days)


def step_headings() -> tuple[str, ...]:
    """Give the headings of the table of steps."""
    return (_("Step"), _("Working days"), _("From"), _("Until"), _("State"), _("Why, source"))


def state_words(planned: PlannedStep, today: date) -> str:
    """Say where a step stands."""
    state = planned.state(today)
    if state is StepState.DONE:
        return _("done {day}").format(day=day_words(planned.step.done_on))
    return {
        StepState.LATE: _("late for {days} days").format(days=(today - planned.ends).days),
        StepState.RUNNING: _("now"),
        StepState.COMING: _("to come"),
    }[state]


def source_words(source: str, proposed_days: int | None, days: int) -> str:
    """Say what a step and its days rest on."""
    if proposed_days is None:
        return _("own step of the office")
    told = _("days: proposal") if proposed_days == days else _("days: set by the office")
    return told if not source else f"{source}; {told}"


def plan_summary(plan: BackwardPlan) -> str:
    """Say whether the working days suffice."""
    words = _(
        "To be ready on {day}. The open steps take {needed} working days, {left} are left."
    ).format(day=day_words(plan.hand_in), needed=plan.needed, left=plan.left)
    if plan.missing_days:
        words += " " + _("{count} working days are missing.").format(count=plan.missing_days)
    return words
