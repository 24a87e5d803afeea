"""`import FILE --kind visits`: submissions of ODK or Kobo, with their pictures."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON, REFUSED
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Function, Output, opened
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.submissions import SubmissionReport, SubmissionRow

_STATUSES = ("added", "updated", "unchanged", "refused")
_SHOWN = 40


def visit_options(function: Function) -> Function:
    """Add what only submissions need."""
    decorated: Any = function
    for option in (
        click.option(
            "--media",
            type=click.Path(path_type=Path),
            metavar="DIR|ZIP",
            help=_("Pictures of the submissions (--kind visits)."),
        ),
        click.option(
            "--edition", metavar="ID", help=_("Checklist answered (--kind visits), if not said.")
        ),
        click.option(
            "--update-known",
            is_flag=True,
            help=_("Write submissions again that are here already and differ (--kind visits)."),
        ),
    ):
        decorated = option(decorated)
    result: Function = decorated
    return result


def import_visits(ctx: click.Context, output: Output, file: Path, given: Mapping[str, Any]) -> int:
    """Bring submissions in; the exit code says whether rows were refused."""
    from geopark_app.operations.submissions import (
        SubmissionOptions,
        plan_submissions,
        take_submissions,
    )

    options = SubmissionOptions(
        edition=given["edition"],
        media=given["media"],
        layer=given["layer"],
        encoding=given["encoding"],
        update=given["update_known"],
    )
    good_only = given["take_good_rows"]
    with (
        opened(ctx) as context,
        cancel_on_interrupt() as cancel,
        output.progress(_("Importing")) as progress,
    ):
        report = plan_submissions(context, file, options, progress=progress, cancel=cancel)
        if not given["dry_run"]:
            report = take_submissions(
                context,
                report,
                options,
                take_good_rows=good_only,
                reason=_("Import of {file}").format(file=file.name),
                progress=progress,
                cancel=cancel,
            )
    _show(output, report, is_dry_run=given["dry_run"])
    if not report.count("refused"):
        return 0
    return LEFT_FOR_A_PERSON if good_only else REFUSED


def _show(output: Output, report: "SubmissionReport", *, is_dry_run: bool) -> None:
    from geopark_app.wording.importing import status_words
    from geopark_app.wording.submissions import submission_reason

    output.data(
        {
            "read": len(report.rows),
            **{status: report.count(status) for status in _STATUSES},
            "rows": [_row(row) for row in report.rows],
            "unknown_columns": list(report.unknown),
            "pictures_not_here": report.pictures_wanted,
            "dry_run": is_dry_run,
            "taken": report.is_taken,
        }
    )
    bad = [row for row in report.rows if row.status == "refused"]
    if bad:
        output.table(
            (_("Row"), _("Why not")),
            [(str(row.number), submission_reason(row.reason, row.details)) for row in bad[:_SHOWN]],
        )
    counts = ", ".join(f"{status_words(one)} {report.count(one)}" for one in _STATUSES)
    output.text(_("Read {read}: {counts}").format(read=len(report.rows), counts=counts))
    if report.pictures_wanted:
        words = _("{count} pictures did not come with the file: name them with --media.")
        output.remark(words.format(count=report.pictures_wanted))
    if is_dry_run:
        output.remark(_("Only tried; nothing was written."))
    elif not report.is_taken and bad:
        output.remark(_("Nothing was written. --take-good-rows takes the good rows alone."))


def _row(row: "SubmissionRow") -> dict[str, Any]:
    read = row.read
    return {
        "row": row.number,
        "status": row.status,
        "reason": row.reason or None,
        "details": row.details,
        "place": read.place if read else None,
        "visited_on": read.visit.visited_on if read else None,
        "instance": read.visit.instance_id if read else None,
        "answers": len(read.answers) if read else 0,
        "pictures": len(row.pictures),
        "differences": [
            {"field": name, "from": before, "to": now} for name, before, now in row.differences
        ],
    }
