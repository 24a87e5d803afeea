"""`units list|send|waiting|import`: lists out to communes and departments, and back."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON, REFUSED
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.cli.planning import read_day
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.unit_answers import Difference, ReturnedFile, ReturnedRow
    from geopark_app.operations.unit_sendings import SentRequest

KINDS = ("work", "facility", "partner", "activity")


def units_command() -> click.Group:
    """Make `units`."""
    group = click.Group(
        name="units", help=_("Lists sent to communes and departments, and their answers.")
    )
    for command in (_list(), _send(), _waiting(), _import()):
        group.add_command(command)
    return group


def _list() -> click.Command:
    @click.command("list", help=_("List the communes and bodies that can be asked."))
    @common_options
    @click.pass_context
    def listing(ctx: click.Context, output: Output) -> None:
        from geopark_app.operations.unit_rows import UnitRows

        with opened(ctx) as context:
            finder = UnitRows(context)
            units = [(unit, finder.counts(unit)) for unit in finder.units()]
        output.data(
            {
                "units": [
                    {"kind": unit.kind, "key": unit.key, "name": unit.name, "rows": counts}
                    for unit, counts in units
                ],
                "count": len(units),
            }
        )
        output.table(
            (_("Unit"), _("Key"), _("Works"), _("Facilities"), _("Partners"), _("Activities")),
            [
                (unit.name, unit.key, *(str(counts.get(kind, 0)) for kind in KINDS))
                for unit, counts in units
            ],
        )

    return listing


def _send() -> click.Command:
    @click.command(
        "send", help=_("Write a workbook and a letter for each unit into a folder, and record it.")
    )
    @click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
    @click.option("--unit", "names", multiple=True, help=_("Code, key or name; all without it."))
    @click.option(
        "--kind",
        "kinds",
        multiple=True,
        type=click.Choice(KINDS),
        help=_("What is asked; everything without it."),
    )
    @click.option("--answer-by", metavar="YYYY-MM-DD", help=_("Until when an answer is asked for."))
    @click.option("--no-letters", is_flag=True, help=_("Workbooks only."))
    @common_options
    @click.pass_context
    def send(
        ctx: click.Context,
        output: Output,
        folder: Path,
        names: tuple[str, ...],
        kinds: tuple[str, ...],
        answer_by: str | None,
        no_letters: bool,
    ) -> None:
        from geopark_app.operations.unit_requests import send_requests
        from geopark_app.operations.unit_rows import UnitRows

        by = read_day(answer_by) if answer_by else None
        with opened(ctx) as context, cancel_on_interrupt() as cancel:
            finder = UnitRows(context, kinds or KINDS)
            units = [finder.unit(name) for name in names] if names else finder.units()
            with output.progress(_("Writing the lists")) as progress:
                report = send_requests(
                    context,
                    units,
                    folder,
                    kinds=kinds or KINDS,
                    answer_by=by,
                    letters=not no_letters,
                    reason=_("Send lists to {count} units").format(count=len(units)),
                    progress=progress,
                    cancel=cancel,
                )
        output.data(
            {
                "sent": [
                    {
                        **_request_json(one.request, one.request.sent_on),
                        "workbook": str(one.workbook),
                        "letter": str(one.letter) if one.letter else None,
                    }
                    for one in report.made
                ],
                "count": len(report.made),
            }
        )
        output.table(
            (_("Unit"), _("Rows"), _("File")),
            [
                (one.request.unit.name, str(one.request.row_count), one.workbook.name)
                for one in report.made
            ],
        )

    return send


def _request_json(request: "SentRequest", today: date) -> dict[str, Any]:
    awaited = request.awaited
    return {
        "request": request.key,
        "unit": request.unit.key,
        "name": request.unit.name,
        "number": request.number,
        "rows": request.row_count,
        "sent_on": request.sent_on.isoformat(),
        "answer_by": request.answer_by.isoformat() if request.answer_by else None,
        "answered_on": request.answered_on.isoformat() if request.answered_on else None,
        "days_waiting": awaited.days_waiting(today),
        "days_late": awaited.days_late(today),
        "sha256": request.sha256,
    }


def _waiting() -> click.Command:
    @click.command("waiting", help=_("List who has not answered yet, with the days."))
    @click.option("--all", "everything", is_flag=True, help=_("Those that answered too."))
    @common_options
    @click.pass_context
    def waiting(ctx: click.Context, output: Output, everything: bool) -> None:
        from geopark_app.dossier.plan_words import day_words
        from geopark_app.operations.processes import today_of
        from geopark_app.operations.unit_sendings import sent_requests, waiting_requests

        with opened(ctx) as context:
            today = today_of(context)
            found = sent_requests(context) if everything else waiting_requests(context)
        output.data({"requests": [_request_json(one, today) for one in found], "count": len(found)})
        output.table(
            (_("Unit"), _("Sent on"), _("Days"), _("Answer by"), _("Days late"), _("Answered on")),
            [
                (
                    one.unit.name,
                    day_words(one.sent_on),
                    str(one.awaited.days_waiting(today)),
                    day_words(one.answer_by),
                    str(one.awaited.days_late(today) or ""),
                    day_words(one.answered_on),
                )
                for one in found
            ],
        )

    return waiting


def _import() -> click.Command:
    @click.command(
        "import",
        help=_(
            "Compare returned files with what was sent and what is here; with --take write the "
            "rows that were changed by the unit only."
        ),
    )
    @click.argument(
        "files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path)
    )
    @click.option("--take", is_flag=True, help=_("Write; without it only show."))
    @click.option("--conflicts", is_flag=True, help=_("Take rows changed here too."))
    @click.option("--row", "rows", multiple=True, metavar="KEY", help=_("Only these rows."))
    @common_options
    @click.pass_context
    def importing(
        ctx: click.Context,
        output: Output,
        files: tuple[Path, ...],
        take: bool,
        conflicts: bool,
        rows: tuple[str, ...],
    ) -> int:
        from geopark_app.operations.unit_answers import read_answers, take_answers

        with opened(ctx) as context, cancel_on_interrupt() as cancel:
            with output.progress(_("Reading the answers")) as progress:
                found = read_answers(context, files, progress=progress, cancel=cancel)
            accepted = {
                (file.request.key, row.uuid)
                for file in found
                if file.request is not None
                for row in file.rows
                if row.may_be_taken
                and (conflicts or not row.has_conflict)
                and (not rows or row.uuid in rows)
            }
            taken = None
            if take and any(file.request is not None for file in found):
                reason = _("Take the answers of {count} units").format(
                    count=sum(file.request is not None for file in found)
                )
                taken = take_answers(context, found, accepted, reason=reason)
        output.data(
            {
                "files": [_file_json(file) for file in found],
                "taken": taken.taken if taken else 0,
                "refused": taken.refused if taken else 0,
                "is_written": taken is not None,
            }
        )
        _tell(output, found)
        if taken is not None:
            output.text(
                _("{taken} rows taken, {refused} not taken.").format(
                    taken=taken.taken, refused=taken.refused
                )
            )
        if all(file.request is None for file in found):
            return REFUSED
        is_whole = all(
            file.request is not None
            and not any(row.trouble or row.has_problem for row in file.rows)
            for file in found
        )
        return 0 if is_whole else LEFT_FOR_A_PERSON

    return importing


def _tell(output: Output, files: "list[ReturnedFile]") -> None:
    from geopark_app.wording.errors import error_sentence

    for file in files:
        if file.problem is not None:
            output.text(f"{file.path.name}: {error_sentence(file.problem).message}")
            continue
        assert file.request is not None
        output.text(
            _("{file} ({unit}): {changed} rows with differences, {same} as sent").format(
                file=file.path.name,
                unit=file.request.unit.name,
                changed=len(file.rows),
                same=file.unchanged,
            )
        )
        output.table(
            (_("Row"), _("Field"), _("Sent"), _("Returned"), _("Now here"), _("State")),
            [line for row in file.rows for line in _lines(row)],
        )


def _lines(row: "ReturnedRow") -> list[tuple[str, ...]]:
    from geopark_app.wording.answers import outcome_words, trouble_words
    from geopark_app.wording.errors import error_sentence
    from geopark_app.wording.field_names import label_of_field

    if row.trouble is not None:
        return [(row.name or row.uuid, "", "", "", "", trouble_words(row.trouble.value))]
    return [
        (
            row.name,
            label_of_field(row.kind, one.field),
            _text(one.sent),
            _text(one.returned),
            _text(one.now),
            error_sentence(one.problem).message
            if one.problem
            else outcome_words(one.outcome.value),
        )
        for one in row.differences
    ]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _file_json(file: "ReturnedFile") -> dict[str, Any]:
    return {
        "file": str(file.path),
        "unit": file.request.unit.key if file.request else None,
        "request": file.request.key if file.request else None,
        "problem": (file.problem.details.get("reason") or file.problem.code.value)
        if file.problem
        else None,
        "unchanged": file.unchanged,
        "missing": file.missing,
        "rows": [
            {
                "kind": row.kind,
                "uuid": row.uuid,
                "row": row.number,
                "trouble": row.trouble.value if row.trouble else None,
                "differences": [_difference_json(one) for one in row.differences],
            }
            for row in file.rows
        ],
    }


def _difference_json(one: "Difference") -> dict[str, Any]:
    return {
        "field": one.field,
        "sent": one.sent,
        "returned": one.returned,
        "now": one.now,
        "outcome": one.outcome.value,
        "problem": one.problem.code.value if one.problem else None,
    }
