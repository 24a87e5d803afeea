"""The plan written for others: PDF with a timeline, XLSX, and ICS for calendars."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.fitted_pdf import FittedSheet
from geopark_app.dossier.plan_words import (
    day_words,
    left_words,
    plan_summary,
    source_words,
    span_words,
    state_words,
    step_headings,
)
from geopark_app.exchange.calendar_file import CalendarEntry, write_calendar
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Column, Table
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.processes import ProcessPlan, StepLine, all_plans, plan_status
from geopark_app.operations.sheet_files import write_sheet
from geopark_app.rules.planning import StepState

SUFFIXES = (".pdf", ".xlsx", ".ics")
_SIZES = (8.5, 8.0, 7.5, 7.0, 6.4)
_REMINDERS = (30, 7, 1)
_MOST_MONTHS = 8


def write_plans(
    context: AppContext, plans: Sequence[ProcessPlan], out: Path, cancel: CancelToken
) -> int:
    """Write plans by the suffix of `out`; gives the pages of a PDF, else 0.

    Raises
    ------
    Cancelled, GeoparkError
        UNSUPPORTED_FORMAT for another suffix; an environment code.
    """
    known = [plan for plan in plans if plan.plan is not None]
    match out.suffix.lower():
        case ".pdf":
            return write_sheet(_sheet(context, known), out, cancel).pages
        case ".xlsx":
            _write_workbook(context, known, out)
        case ".ics":
            entries = [entry for plan in known for entry in _entries(plan)]
            name = _("Geopark: deadlines")
            write_calendar(out, entries, name=name, made_at=context.now())
        case _:
            raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=out)
    return 0


def followed_plans(context: AppContext) -> list[ProcessPlan]:
    """Give the plans of what the office works towards."""
    return [plan for plan in all_plans(context) if plan.deadline.is_followed]


def _cells(plan: ProcessPlan, line: StepLine) -> tuple[str, ...]:
    planned = line.planned
    return (
        line.label,
        str(planned.step.days),
        day_words(planned.starts),
        day_words(planned.ends),
        state_words(planned, plan.today) if plan.deadline.is_followed else "",
        source_words(line.source, line.proposed_days, planned.step.days),
    )


# PDF ------------------------------------------------------------------------------------------


def _sheet(context: AppContext, plans: Sequence[ProcessPlan]) -> FittedSheet:
    today = context.now()
    return FittedSheet(
        template="plan.typ",
        content={
            "title": _("Plan before the deadlines"),
            "subtitle": plan_status(),
            "author": context.author.person,
            "footer": _("Printed from the geopark inventory on {day}").format(
                day=today.strftime("%d/%m/%Y")
            ),
            "page": _("Page"),
            "today": _("today"),
            "language": active(),
            "headings": step_headings(),
            "plans": [_plan_content(plan) for plan in plans],
        },
        sizes=_SIZES,
        made_at=today.replace(microsecond=0),
    )


def _plan_content(plan: ProcessPlan) -> dict[str, Any]:
    assert plan.plan is not None
    deadline = plan.deadline
    first = min((line.planned.starts for line in plan.lines), default=plan.plan.hand_in)
    if deadline.is_followed and plan.today < plan.plan.deadline:
        first = min(first, plan.today)
    last = plan.plan.deadline
    span = max(1, (last - first).days)

    def place(day: date) -> float:
        return round(min(1.0, max(0.0, (day - first).days / span)), 4)

    begins = min((line.planned.starts for line in plan.lines), default=first)
    off = plan.days.days_off(begins, last)
    return {
        "name": deadline.label,
        "due": span_words(deadline.opens or deadline.day, deadline.closes or deadline.day),
        "left": left_words(deadline.days_left(plan.today)),
        "source": deadline.source,
        "summary": plan_summary(plan.plan),
        "off": _off_words([(one.day, one.name) for one in off]),
        "today": place(plan.today) if first <= plan.today <= last else None,
        "months": [
            {"at": place(day), "name": f"{day.month}/{day:%y}"} for day in _months(first, last)
        ],
        "rows": [
            {
                "cells": _cells(plan, line),
                "state": line.planned.state(plan.today).value if deadline.is_followed else "coming",
                "from": place(line.planned.starts),
                "to": place(line.planned.ends + timedelta(days=1)),
            }
            for line in plan.lines
        ],
    }


def _off_words(days: Sequence[tuple[date, str]]) -> str:
    """Name the days off, those of one stretch together."""
    stretches: list[list[tuple[date, str]]] = []
    for day in days:
        if stretches and (day[0] - stretches[-1][-1][0]).days == 1:
            stretches[-1].append(day)
        else:
            stretches.append([day])
    words = [
        f"{span_words(one[0][0], one[-1][0])} {one[min(2, len(one) - 1)][1]}" for one in stretches
    ]
    return _("Days off in between: {days}.").format(days="; ".join(words)) if words else ""


def _months(first: date, last: date) -> list[date]:
    months = []
    day = date(first.year, first.month, 1)
    while day <= last:
        if day >= first:
            months.append(day)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    every = -(-len(months) // _MOST_MONTHS)
    return months[::every] if months else []


# XLSX, ICS ------------------------------------------------------------------------------------


def _write_workbook(context: AppContext, plans: Sequence[ProcessPlan], out: Path) -> None:
    names = ("step", "days", "from", "until", "state", "source")
    widths = (60, 10, 13, 13, 20, 50)
    heads = (_("Deadline"), _("Due on"), _("Days left"), *step_headings())
    columns = tuple(
        Column(
            name=name, label_vi=head, label_en=head, width=width, is_number=name in {"days", "left"}
        )
        for name, head, width in zip(
            ("deadline", "due", "left", *names), heads, (44, 24, 10, *widths), strict=True
        )
    )
    rows = []
    for plan in plans:
        deadline = plan.deadline
        due = span_words(deadline.opens or deadline.day, deadline.closes or deadline.day)
        for line in plan.lines:
            label, _days, *rest = _cells(plan, line)
            left = deadline.days_left(plan.today)
            rows.append((deadline.label, due, left, label, line.planned.step.days, *rest))
    title = _("Plan before the deadlines")
    about = [
        plan_status(),
        *(f"{p.deadline.label}: {plan_summary(p.plan)}" for p in plans if p.plan),
    ]
    about += [f"{p.deadline.label}: {p.deadline.source}" for p in plans if p.deadline.source]
    write_workbook(
        Workbook(
            title=title,
            author=context.author.person,
            made_at=context.now(),
            tables=(
                Table(
                    name="Plan", title_vi=title, title_en=title, columns=columns, rows=tuple(rows)
                ),
            ),
            about=tuple((line, line) for line in about),
            languages=(active(),),
        ),
        out,
    )


def _entries(plan: ProcessPlan) -> list[CalendarEntry]:
    deadline = plan.deadline
    assert plan.plan is not None
    assert deadline.day is not None
    last = deadline.closes or deadline.day
    entries = [
        CalendarEntry(
            key=f"deadline-{deadline.id}",
            first=deadline.day,
            last=last,
            title=deadline.label,
            note=plan_summary(plan.plan),
            days_before=_REMINDERS,
        )
    ]
    entries += [
        CalendarEntry(
            key=f"step-{deadline.id}-{line.key}",
            first=line.planned.starts,
            last=line.planned.ends,
            title=f"{deadline.label}: {line.label}",
            days_before=(1,),
        )
        for line in plan.lines
        if line.planned.state(plan.today) is not StepState.DONE
    ]
    return entries
