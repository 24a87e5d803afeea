"""`works gaps|make|list|assign|…`: what is to be done, by whom, until when."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.exit_codes import REFUSED
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.works import Gap, WorksByCommune
    from geopark_app.rules.works import WorkLine, WorkSums


def works_command() -> click.Group:
    """Make `works`."""
    group = click.Group(name="works", help=_("What is still to be done, by whom, until when."))
    commands = (_gaps, _make, _list, _assign, _move, _photo, _calendar, _export)
    for command in (make() for make in commands):
        group.add_command(command)
    return group


def _gaps() -> click.Command:
    @click.command("gaps", help=_("List checklist items not met that have no open work yet."))
    @click.option("--site", metavar="SITE", help=_("Only this site."))
    @common_options
    @click.pass_context
    def gaps(ctx: click.Context, output: Output, site: str | None) -> None:
        from geopark_app.wording.readiness import status_words

        with opened(ctx) as context:
            found = _found_gaps(context, site)
        output.data({"gaps": [_gap_json(gap) for gap in found], "count": len(found)})
        output.table(
            (_("Place"), _("Item"), _("Answer"), _("Critical")),
            [
                (
                    _place(gap),
                    f"{gap.item.code} {pick(gap.item.label_vi, gap.item.label_en)}",
                    status_words(gap.answer.status or "not_checked"),
                    "!" if gap.item.critical else "",
                )
                for gap in found
            ],
        )

    return gaps


def _found_gaps(context: "AppContext", site: str | None) -> "list[Gap]":
    from geopark_app.operations.sites import find_site
    from geopark_app.operations.works import open_gaps

    return open_gaps(context, find_site(context, site).uuid if site else None)


def _place(gap: "Gap") -> str:
    if gap.route is not None:
        return _("Route {number}").format(number=gap.route.number or "")
    return (gap.site.code or "") if gap.site else _("Whole park")


def _gap_json(gap: "Gap") -> dict[str, Any]:
    return {
        "site": gap.site.code if gap.site else None,
        "route": gap.route.number if gap.route else None,
        "scope": gap.item.scope,
        "item": gap.item.code,
        "label_vi": gap.item.label_vi,
        "label_en": gap.item.label_en,
        "status": gap.answer.status,
        "critical": bool(gap.item.critical),
    }


def _make() -> click.Command:
    @click.command("make", help=_("Make a planned work of every gap, as one save."))
    @click.option("--site", metavar="SITE", help=_("Only this site."))
    @click.option("--due", metavar="YYYY-MM-DD", help=_("Until when."))
    @click.option("--dry-run", is_flag=True, help=_("Show what would change; save nothing."))
    @common_options
    @click.pass_context
    def make(
        ctx: click.Context, output: Output, site: str | None, due: str | None, dry_run: bool
    ) -> None:
        from geopark_app.operations.works import make_works

        with opened(ctx) as context:
            found = _found_gaps(context, site)
            day = _day(due)
            if found and not dry_run:
                reason = _("Make {count} works of gaps").format(count=len(found))
                make_works(context, found, due_on=day, reason=reason)
        output.data(
            {"gaps": [_gap_json(gap) for gap in found], "made": 0 if dry_run else len(found)}
        )
        output.text(_("{count} works made.").format(count=0 if dry_run else len(found)))

    return make


def _day(typed: str | None) -> str | None:
    from geopark_app.domain.declaration import kind_of
    from geopark_app.domain.kinds import Work
    from geopark_app.rules.typed_values import read_value

    spec = kind_of(Work).field("due_on")
    assert spec is not None
    return str(read_value(spec, typed)) if typed else None


def _list() -> click.Command:
    @click.command("list", help=_("List the works by commune, the most urgent first."))
    @click.option("--commune", metavar="CODE", help=_("Only this commune."))
    @click.option("--open", "only_open", is_flag=True, help=_("Only what is not done yet."))
    @common_options
    @click.pass_context
    def listing(ctx: click.Context, output: Output, commune: str | None, only_open: bool) -> None:
        from geopark_app.dossier.works_words import cells, commune_words, headings, sums_words

        works = _read(ctx, commune, only_open)
        output.data(
            {
                "today": works.today.isoformat(),
                **_sums_json(works.sums),
                "communes": [
                    {
                        "commune": group.commune or None,
                        **_sums_json(group.sums),
                        "works": [
                            _line_json(line, late=line.is_late(works.today)) for line in group.lines
                        ],
                    }
                    for group in works.groups
                ],
            }
        )
        for group in works.groups:
            output.text(f"{commune_words(group.commune)}: {sums_words(group.sums)}")
            output.table(headings(), [cells(line) for line in group.lines])

    return listing


def _read(ctx: click.Context, commune: str | None, only_open: bool) -> "WorksByCommune":
    from geopark_app.operations.works import works_by_commune

    with opened(ctx) as context:
        return works_by_commune(context, commune_code=commune, only_open=only_open)


def _sums_json(sums: "WorkSums") -> dict[str, Any]:
    return {
        "count": sums.count,
        "open": sums.open,
        "late": sums.late,
        "blocked": sums.blocked,
        "cost_vnd": sums.cost_vnd,
        "not_estimated": sums.unpriced,
    }


def _line_json(line: "WorkLine", *, late: bool) -> dict[str, Any]:
    return {
        "uuid": line.uuid,
        "place": line.place,
        "title": line.title,
        "state": line.state_code or None,
        "blocked_by": line.block_code or None,
        "unit": line.unit or None,
        "due_on": line.due.isoformat() if line.due else None,
        "late": late,
        "cost_vnd": line.cost_vnd,
    }


def _assign() -> click.Command:
    @click.command("assign", help=_("Give unit, person or day to works, as one save."))
    @click.argument("works", metavar="KEY", nargs=-1, required=True)
    @click.option("--unit", metavar="UNIT", help=_("Responsible unit."))
    @click.option("--person", metavar="NAME", help=_("Responsible person."))
    @click.option("--due", metavar="YYYY-MM-DD", help=_("Until when."))
    @common_options
    @click.pass_context
    def assign(
        ctx: click.Context,
        output: Output,
        works: tuple[str, ...],
        unit: str | None,
        person: str | None,
        due: str | None,
    ) -> None:
        from geopark_app.operations.works import assign_works

        given = {"organisation_uuid": unit, "responsible": person, "due_on": due}
        typed = {field: text for field, text in given.items() if text is not None}
        reason = _("Assign {count} works").format(count=len(works))
        with opened(ctx) as context:
            assign_works(context, works, typed, reason=reason)
        output.data({"works": list(works), "fields": sorted(typed)})
        output.text(reason)

    return assign


def _move() -> click.Command:
    @click.command("move", help=_("Give a work another state, as on the board."))
    @click.argument("work", metavar="KEY")
    @click.argument("state")
    @common_options
    @click.pass_context
    def move(ctx: click.Context, output: Output, work: str, state: str) -> None:
        from geopark_app.domain.kinds import Work
        from geopark_app.operations.works import move_work

        with opened(ctx) as context:
            move_work(context, work, state, reason=_("Move a work"))
            found = context.catalogue.get(Work, work)
        assert found is not None
        output.data({"uuid": work, "state": found.work_state, "done_on": found.done_on})
        output.text(f"{pick(found.title_vi, found.title_en)}: {found.work_state}")

    return move


def _photo() -> click.Command:
    @click.command("photo", help=_("Let a picture stand before or after a work."))
    @click.argument("work", metavar="KEY")
    @click.argument("when", metavar="before|after", type=click.Choice(("before", "after")))
    @click.argument("file", type=click.Path(path_type=Path))
    @common_options
    @click.pass_context
    def photo(ctx: click.Context, output: Output, work: str, when: str, file: Path) -> int:
        from geopark_app.operations.work_photos import photograph_work

        reason = _("Photo before") if when == "before" else _("Photo after")
        with opened(ctx) as context, cancel_on_interrupt() as cancel:
            found = photograph_work(context, work, when, file, reason=reason, cancel=cancel)
        output.data({"work": work, "when": when, "photo": found.photo_uuid})
        output.text(found.photo_uuid or _("This picture cannot be read."))
        return 0 if found.photo_uuid else REFUSED

    return photo


def _calendar() -> click.Command:
    @click.command("calendar", help=_("List what falls on the days of a month."))
    @click.argument("month", metavar="YYYY-MM", required=False)
    @common_options
    @click.pass_context
    def calendar(ctx: click.Context, output: Output, month: str | None) -> None:
        from geopark_app.cli.planning import read_day
        from geopark_app.operations.works import works_by_commune
        from geopark_app.operations.works_calendar import calendar_days, weeks_of

        with opened(ctx) as context:
            works = works_by_commune(context)
            first = read_day(f"{month}-01") if month else works.today.replace(day=1)
            lines = [line for group in works.groups for line in group.lines]
            found = calendar_days(context, weeks_of(first), lines)
        days = [
            one
            for day, one in found.items()
            if day.month == first.month and (one.holiday or one.deadlines or one.steps or one.works)
        ]
        output.data(
            {
                "month": f"{first:%Y-%m}",
                "days": [
                    {
                        "date": one.day.isoformat(),
                        "is_worked": one.is_working,
                        "holiday": one.holiday or None,
                        "deadlines": [words for _key, words in one.deadlines],
                        "steps": [words for _key, words in one.steps],
                        "works": [
                            _line_json(line, late=line.is_late(works.today)) for line in one.works
                        ],
                    }
                    for one in days
                ],
            }
        )
        output.table(
            (_("Day"), _("What")),
            [
                (one.day.isoformat(), words)
                for one in days
                for words in (
                    *filter(None, (one.holiday,)),
                    *(words for _key, words in (*one.deadlines, *one.steps)),
                    *(f"{line.title} · {line.place}" for line in one.works),
                )
            ],
        )

    return calendar


def _export() -> click.Command:
    @click.command("export", help=_("Write the list for a meeting: PDF or XLSX, by the suffix."))
    @click.argument("out", metavar="OUT.pdf|OUT.xlsx", type=click.Path(path_type=Path))
    @click.option("--commune", metavar="CODE", help=_("Only this commune."))
    @click.option("--open", "only_open", is_flag=True, help=_("Only what is not done yet."))
    @common_options
    @click.pass_context
    def export(
        ctx: click.Context, output: Output, out: Path, commune: str | None, only_open: bool
    ) -> None:
        from geopark_app.dossier.works_words import written_words
        from geopark_app.operations.works import works_by_commune
        from geopark_app.operations.works_export import write_works

        if out.suffix.lower() not in {".pdf", ".xlsx"}:
            raise GeoparkError(
                ErrorCode.BAD_VALUE, field="OUT", value=out.name, expected=".pdf, .xlsx"
            )
        with opened(ctx) as context, cancel_on_interrupt() as cancel:
            works = works_by_commune(context, commune_code=commune, only_open=only_open)
            pages = write_works(context, works, out, cancel)
        output.data({"out": str(out), "pages": pages or None, **_sums_json(works.sums)})
        output.text(written_words(out, pages))

    return export
