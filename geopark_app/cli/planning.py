"""`plan show|set|done|step|day|follow|export`: the dates before a deadline, planned backwards."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.processes import Deadline, ProcessPlan

_DEFAULT = "default"


def plan_command() -> click.Group:
    """Make `plan`."""
    group = click.Group(name="plan", help=_("Deadlines, and the steps planned before them."))
    for command in (_show(), _set(), _done(), _step(), _day(), _follow(), _export()):
        group.add_command(command)
    return group


def _show() -> click.Command:
    @click.command("show", help=_("Show the deadlines with the days left, and their steps."))
    @click.argument("deadline", required=False)
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output, deadline: str | None) -> None:
        from geopark_app.dossier.plan_words import step_headings
        from geopark_app.operations.processes import all_plans, plan_of, plan_status

        with opened(ctx) as context:
            plans = [plan_of(context, deadline)] if deadline else all_plans(context)
        output.data({"status": plan_status(), "deadlines": [_plan_json(plan) for plan in plans]})
        for plan in plans:
            output.text(_deadline_line(plan))
            output.table((_("Name"), *step_headings()[:-1]), _rows(plan))
        output.remark(plan_status())

    return show


def _deadline_line(plan: "ProcessPlan") -> str:
    from geopark_app.dossier.plan_words import left_words, plan_summary, span_words

    one = plan.deadline
    when = span_words(one.opens or one.day, one.closes or one.day)
    words = f"{one.label} ({one.id}): {when}, {left_words(one.days_left(plan.today))}. "
    if not one.is_followed:
        return words + _("Not followed now.")
    return words + (plan_summary(plan.plan) if plan.plan else "")


def _rows(plan: "ProcessPlan") -> list[tuple[str, ...]]:
    from geopark_app.dossier.plan_words import day_words, state_words

    return [
        (
            line.key,
            line.label,
            str(line.planned.step.days),
            day_words(line.planned.starts),
            day_words(line.planned.ends),
            state_words(line.planned, plan.today) if plan.deadline.is_followed else "",
        )
        for line in plan.lines
    ]


def deadline_json(one: "Deadline", today: date) -> dict[str, Any]:
    """Give a deadline for `--json`."""
    return {
        "id": one.id,
        "process": one.process,
        "label": one.label,
        "date": one.day.isoformat() if one.day else None,
        "opens": one.opens.isoformat() if one.opens else None,
        "closes": one.closes.isoformat() if one.closes else None,
        "days_left": one.days_left(today),
        "set_by_office": one.is_set,
        "followed": one.is_followed,
        "source": one.source or None,
    }


def _plan_json(plan: "ProcessPlan") -> dict[str, Any]:
    content = deadline_json(plan.deadline, plan.today)
    if plan.plan is None:
        return content
    return {
        **content,
        "hand_in": plan.plan.hand_in.isoformat(),
        "working_days_needed": plan.plan.needed,
        "working_days_left": plan.plan.left,
        "working_days_missing": plan.plan.missing_days,
        "steps": [
            {
                "step": line.key,
                "label": line.label,
                "days": line.planned.step.days,
                "proposed_days": line.proposed_days,
                "from": line.planned.starts.isoformat(),
                "until": line.planned.ends.isoformat(),
                "state": line.planned.state(plan.today).value,
                "source": line.source or None,
            }
            for line in plan.lines
        ],
    }


def _set() -> click.Command:
    @click.command("set", help=_("Set a deadline's date, or the working days of one of its steps."))
    @click.argument("deadline")
    @click.option("--date", "day", metavar="YYYY-MM-DD|default", help=_("When it is due."))
    @click.option("--step", metavar="STEP", help=_("One of its steps."))
    @click.option("--days", metavar="N|default", help=_("Working days the step takes."))
    @common_options
    @click.pass_context
    def setting(
        ctx: click.Context,
        output: Output,
        deadline: str,
        day: str | None,
        step: str | None,
        days: str | None,
    ) -> None:
        from geopark_app.operations.processes import plan_of, set_deadline, set_step_days

        if (day is None) == (days is None) or (days is None) != (step is None):
            raise click.UsageError(_("Give --date, or --step with --days."))
        reason = _("Change the plan")
        with opened(ctx) as context:
            if day is not None:
                wanted = None if day == _DEFAULT else read_day(day)
                set_deadline(context, deadline, wanted, reason=reason)
            else:
                assert step is not None
                assert days is not None
                count = None if days == _DEFAULT else _whole(days)
                set_step_days(context, deadline, step, count, reason=reason)
            plan = plan_of(context, deadline)
        output.data(_plan_json(plan))
        output.text(_deadline_line(plan))

    return setting


def _done() -> click.Command:
    @click.command("done", help=_("Mark a step as done, or with --undo as not done."))
    @click.argument("deadline")
    @click.argument("step")
    @click.option("--date", "day", metavar="YYYY-MM-DD", help=_("When; today when left out."))
    @click.option("--undo", is_flag=True, help=_("It is not done."))
    @common_options
    @click.pass_context
    def done(
        ctx: click.Context, output: Output, deadline: str, step: str, day: str | None, undo: bool
    ) -> None:
        from geopark_app.operations.processes import plan_of, set_step_done, today_of

        with opened(ctx) as context:
            when = None if undo else read_day(day) if day else today_of(context)
            set_step_done(context, deadline, step, when, reason=_("Change the plan"))
            plan = plan_of(context, deadline)
        output.data(_plan_json(plan))
        output.text(_deadline_line(plan))

    return done


def _step() -> click.Command:
    @click.command("step", help=_("Add a step of the office, or take one away."))
    @click.argument("deadline")
    @click.option("--add", "label", metavar="WORDS", help=_("What is done."))
    @click.option("--days", type=int, default=5, help=_("Working days the step takes."))
    @click.option("--before", metavar="STEP", help=_("Which step comes after it."))
    @click.option("--remove", metavar="STEP", help=_("Take this step of the office away."))
    @common_options
    @click.pass_context
    def step(
        ctx: click.Context,
        output: Output,
        deadline: str,
        label: str | None,
        days: int,
        before: str | None,
        remove: str | None,
    ) -> None:
        from geopark_app.operations.processes import add_step, plan_of, remove_step

        if (label is None) == (remove is None):
            raise click.UsageError(_("Give --add or --remove."))
        reason = _("Change the plan")
        with opened(ctx) as context:
            if label is not None:
                add_step(context, deadline, label, days, before=before, reason=reason)
            if remove is not None:
                remove_step(context, deadline, remove, reason=reason)
            plan = plan_of(context, deadline)
        output.data(_plan_json(plan))
        output.table((_("Name"), _("Step")), [(line.key, line.label) for line in plan.lines])

    return step


def _day() -> click.Command:
    @click.command("day", help=_("List the days off of a year, or enter one of the office."))
    @click.argument("day", metavar="YYYY|YYYY-MM-DD")
    @click.option("--off", "name", metavar="NAME", help=_("Nobody works on this day."))
    @click.option("--work", "worked", metavar="NAME", help=_("This day is worked instead."))
    @click.option("--remove", is_flag=True, help=_("Take the day entered back."))
    @common_options
    @click.pass_context
    def entered(
        ctx: click.Context,
        output: Output,
        day: str,
        name: str | None,
        worked: str | None,
        remove: bool,
    ) -> None:
        from geopark_app.operations.working_days import WorkingDays, enter_day, forget_day

        is_year = day.isdigit() and len(day) == 4
        when = date(max(1, int(day)), 1, 1) if is_year else read_day(day)
        if is_year and (name or worked or remove):
            raise click.UsageError(_("Name a day, not a year."))
        with opened(ctx) as context:
            if remove:
                forget_day(context, when, reason=_("Change the days off"))
            elif name or worked:
                enter_day(
                    context,
                    when,
                    name=worked or name or "",
                    is_worked=bool(worked),
                    reason=_("Change the days off"),
                )
            days = WorkingDays(context)
            off = days.days_off(date(when.year, 1, 1), date(when.year, 12, 31))
            is_working = days.is_working(when)
        output.data(
            {
                "year": when.year,
                "day": None if is_year else when.isoformat(),
                "is_worked": None if is_year else is_working,
                "days_off": [
                    {"date": one.day.isoformat(), "name": one.name, "entered": one.is_entered}
                    for one in off
                ],
            }
        )
        output.table(
            (_("Day"), _("Name"), _("Entered by the office")),
            [(one.day.isoformat(), one.name, "x" if one.is_entered else "") for one in off],
        )

    return entered


def _follow() -> click.Command:
    @click.command("follow", help=_("Say whether the office works towards a process now."))
    @click.argument(
        "process",
        metavar="revalidation|application",
        type=click.Choice(("revalidation", "application")),
    )
    @click.argument("answer", metavar="yes|no", type=click.Choice(("yes", "no")))
    @common_options
    @click.pass_context
    def follow(ctx: click.Context, output: Output, process: str, answer: str) -> None:
        from geopark_app.operations.processes import follow_process

        with opened(ctx) as context:
            follow_process(
                context, process, is_followed=answer == "yes", reason=_("Change the plan")
            )
        output.data({"process": process, "followed": answer == "yes"})

    return follow


def _export() -> click.Command:
    @click.command("export", help=_("Write the plan: PDF, XLSX, or ICS for calendars."))
    @click.argument("out", metavar="OUT.pdf|OUT.xlsx|OUT.ics", type=click.Path(path_type=Path))
    @click.option("--deadline", metavar="ID", help=_("Only this deadline."))
    @common_options
    @click.pass_context
    def export(ctx: click.Context, output: Output, out: Path, deadline: str | None) -> None:
        from geopark_app.dossier.works_words import written_words
        from geopark_app.operations.plan_export import followed_plans, write_plans
        from geopark_app.operations.processes import plan_of

        with opened(ctx) as context, cancel_on_interrupt() as cancel:
            plans = [plan_of(context, deadline)] if deadline else followed_plans(context)
            pages = write_plans(context, plans, out, cancel)
        output.data({"out": str(out), "pages": pages or None, "deadlines": len(plans)})
        output.text(written_words(out, pages))

    return export


def read_day(typed: str) -> date:
    """Read a day as typed: ISO or day/month/year; raises BAD_VALUE."""
    from geopark_app.domain.errors import ErrorCode, GeoparkError
    from geopark_app.rules.typed_values import read_date_or_instant

    text = read_date_or_instant("date", typed)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="date", value=typed, expected="YYYY-MM-DD"
        ) from error


def _whole(typed: str) -> int:
    from geopark_app.domain.errors import ErrorCode, GeoparkError

    if not (typed.isascii() and typed.isdigit() and len(typed) < 6):
        raise GeoparkError(ErrorCode.BAD_VALUE, field="days", value=typed, expected="1–250")
    return int(typed)
