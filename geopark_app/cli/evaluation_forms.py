"""`evaluation forms|write-form|take-form`: editions of the forms, typed in or imported."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

if TYPE_CHECKING:
    from geopark_app.domain.kinds import EvaluationForm
    from geopark_app.operations.evaluation import OpenForm


def forms_command() -> click.Command:
    """Make `forms`."""

    @click.command("forms", help=_("List the editions of the forms with how far they are known."))
    @common_options
    @click.pass_context
    def show_all(ctx: click.Context, output: Output) -> None:
        from geopark_app.operations.evaluation import forms_of, open_form

        with opened(ctx) as context:
            found = [(one, open_form(context, one.edition)) for one in forms_of(context)]
        output.data({"forms": [_json(*one) for one in found], "count": len(found)})
        output.table(
            (_("Document"), _("Edition"), _("Name"), _("Items"), _("To be typed in"), _("State")),
            [
                (
                    one.document or "A",
                    one.edition or "",
                    pick(one.title_vi, one.title_en),
                    str(len(form.items)),
                    str(len(form.result.untyped) or ""),
                    _("PROVISIONAL") if form.is_provisional else _("confirmed"),
                )
                for one, form in found
            ],
        )

    return show_all


def _json(one: "EvaluationForm", form: "OpenForm") -> dict[str, Any]:
    return {
        "edition": one.edition,
        "document": one.document or "A",
        "title_vi": one.title_vi,
        "title_en": one.title_en,
        "source": one.source,
        "provisional": form.is_provisional,
        "confirmed_note": one.confirmed_note,
        "items": len(form.items),
        "answered": len(form.items) - len(form.result.unanswered),
        "untyped": list(form.result.untyped),
    }


def write_form_command() -> click.Command:
    """Make `write-form`."""

    @click.command(
        "write-form", help=_("Write a form as a workbook to be corrected or typed over.")
    )
    @click.argument("out", metavar="OUT.xlsx", type=click.Path(path_type=Path))
    @click.option(
        "--form", "edition", metavar="ID", help=_("Edition or document; A when left out.")
    )
    @common_options
    @click.pass_context
    def write(ctx: click.Context, output: Output, out: Path, edition: str | None) -> None:
        from geopark_app.operations.evaluation import open_form
        from geopark_app.operations.form_editions import draft_of
        from geopark_app.operations.form_workbooks import write_form_workbook

        with opened(ctx) as context:
            write_form_workbook(context, draft_of(open_form(context, edition)), out)
        output.data({"out": str(out)})
        output.text(_("Written: {path}").format(path=out))

    return write


def take_form_command() -> click.Command:
    """Make `take-form`."""

    @click.command("take-form", help=_("Take a form from a workbook as a new edition."))
    @click.argument("path", metavar="FILE.xlsx", type=click.Path(path_type=Path))
    @click.option("--edition", default="", metavar="ID", help=_("Name of the new edition."))
    @click.option("--dry-run", is_flag=True, help=_("Check the file only; save nothing."))
    @common_options
    @click.pass_context
    def take(ctx: click.Context, output: Output, path: Path, edition: str, dry_run: bool) -> None:
        from geopark_app.operations.form_editions import add_form, draft_faults, fault_words
        from geopark_app.operations.form_workbooks import read_form_workbook

        with opened(ctx) as context:
            draft = read_form_workbook(context, path, edition=edition)
            faults = draft_faults(context, draft)
            if not dry_run:
                reason = _("Take the form {edition}").format(edition=draft.edition)
                add_form(context, draft, reason=reason)
        output.data(
            {
                "edition": draft.edition,
                "rows": len(draft.rows),
                "faults": [
                    {"row": one.row, "code": one.code, "found": one.found, "grave": one.is_grave}
                    for one in faults
                ],
                "saved": not dry_run,
            }
        )
        for one in faults:
            output.text(f"{'!' if one.is_grave else '·'} {fault_words(one)}")
        output.text(
            _("Nothing was saved (dry run).")
            if dry_run
            else _("Saved; its points are provisional until they are confirmed.")
        )

    return take
