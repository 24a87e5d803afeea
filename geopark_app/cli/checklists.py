"""`visit record` and `visit form`: checklists answered, and the paper to answer them on."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext

_ANSWERS_LIMIT = 5_000_000


def visit_command() -> click.Group:
    """Make `visit`."""
    group = click.Group(name="visit", help=_("Visits that answer a checklist."))
    group.add_command(_record())
    group.add_command(_form())
    return group


def _record() -> click.Command:
    @click.command("record", help=_("Record a visit with its answers from a file."))
    @click.argument("place", metavar="SITE|ROUTE|park")
    @click.option("--checklist", metavar="ID", help=_("Edition; the newest when left out."))
    @click.option(
        "--answers", type=click.Path(path_type=Path), help=_("JSON file with the answers by item.")
    )
    @click.option(
        "--answer",
        "lines",
        multiple=True,
        metavar="LINE",
        help=_("A line of the paper form: number or code, digit, value, note; may be repeated."),
    )
    @click.option("--date", "visited_on", metavar="YYYY-MM-DD", help=_("Day of the visit."))
    @common_options
    @click.pass_context
    def record(
        ctx: click.Context,
        output: Output,
        place: str,
        checklist: str | None,
        answers: Path | None,
        lines: tuple[str, ...],
        visited_on: str | None,
    ) -> None:
        from geopark_app.cli.record_json import readiness_json
        from geopark_app.operations.visits import record_visit

        if answers is None and not lines:
            raise click.UsageError(_("Give --answers or --answer."))
        given = _read_answers(answers) if answers is not None else {}
        with opened(ctx) as context:
            given |= _typed_answers(context, place, checklist, lines)
            visit, result = record_visit(
                context,
                place,
                given,
                edition=checklist,
                visited_on=visited_on,
                photo_folder=answers.parent if answers is not None else None,
                reason=_("Record visit: {place}").format(place=place),
            )
        output.data(
            {"visit": visit.uuid, "answers": len(given), "readiness": readiness_json(result.total)}
        )
        output.text(_("Visit recorded with {count} answers.").format(count=len(given)))

    return record


def _typed_answers(
    context: "AppContext", place: str, edition: str | None, lines: tuple[str, ...]
) -> dict[str, dict[str, Any]]:
    from geopark_app.operations.checklist_parts import checklist_for
    from geopark_app.operations.visits import find_place
    from geopark_app.rules.paper_entry import FormItem, read_entry

    opened_list = checklist_for(context, find_place(context, place)[0], edition=edition)
    items = [
        FormItem(number=number, code=item.code or "", is_measured=item.answer_type == "measure")
        for number, item in enumerate(opened_list.items, start=1)
    ]
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        entry = read_entry(line, items)
        if entry is None:
            raise GeoparkError(
                ErrorCode.BAD_VALUE, field="--answer", value=line, expected='"B11 2 4,5"'
            )
        found[entry.code] = {"status": entry.status, "value": entry.value, "note": entry.note}
    return found


def _read_answers(path: Path) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=path)
    if path.stat().st_size > _ANSWERS_LIMIT:
        raise GeoparkError(ErrorCode.TOO_LARGE, path=path)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        items = content["items"]
        if all(isinstance(answer, dict) for answer in items.values()):
            return dict(items)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise GeoparkError(
        ErrorCode.BAD_VALUE,
        field="--answers",
        value=path.name,
        expected='{"items": {"B01": {"status": "met"}}}',
    )


def _form() -> click.Command:
    @click.command("form", help=_("Print blank forms of places into one PDF."))
    @click.argument("places", metavar="SITE|ROUTE|park", nargs=-1)
    @click.option("--all-sites", is_flag=True, help=_("A form for every site."))
    @click.option(
        "--out",
        required=True,
        type=click.Path(path_type=Path),
        metavar="FILE.pdf",
        help=_("The file to write."),
    )
    @click.option(
        "--languages",
        type=click.Choice(("vi", "en", "vi,en")),
        default="vi",
        show_default=True,
        help=_("Languages of the items."),
    )
    @click.option("--checklist", metavar="ID", help=_("Edition; the newest when left out."))
    @click.option("--without-last", is_flag=True, help=_("Do not print the last answers."))
    @common_options
    @click.pass_context
    def form(
        ctx: click.Context,
        output: Output,
        places: tuple[str, ...],
        all_sites: bool,
        out: Path,
        languages: str,
        checklist: str | None,
        without_last: bool,
    ) -> None:
        from geopark_app.operations.paper_forms import write_forms
        from geopark_app.operations.site_lists import site_rows

        if not places and not all_sites:
            raise click.UsageError(_("Name the places, or ask for --all-sites."))
        with opened(ctx) as context, cancel_on_interrupt() as cancel:
            wanted = list(places)
            if all_sites:
                wanted.extend(row.code or row.uuid for row in site_rows(context))
            count = write_forms(
                context,
                wanted,
                out,
                languages=tuple(languages.split(",")),
                edition=checklist,
                with_last=not without_last,
                cancel=cancel,
            )
        output.data({"out": str(out), "forms": count, "bytes": out.stat().st_size})
        output.text(_("{count} forms written: {path}").format(count=count, path=out))

    return form
