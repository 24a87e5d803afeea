"""`new`, `backup` and `check`: catalogues as a whole."""

from pathlib import Path

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.cli.output import Output, common_options, opened, remember_who_works, who_works
from geopark_app.i18n import gettext as _


def new_command() -> click.Command:
    """Make `new`."""

    @click.command("new", help=_("Create a catalogue in a new folder."))
    @click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
    @click.option(
        "--starter",
        type=click.Choice(("langson", "empty")),
        default="langson",
        show_default=True,
        help=_("What it starts with."),
    )
    @click.option(
        "--profile",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help=_("Profile file of another geopark."),
    )
    @click.option("--author", help=_("Who works."))
    @click.option("--device", help=_("Name of this laptop."))
    @common_options
    def new(
        output: Output,
        folder: Path,
        starter: str,
        profile: Path | None,
        author: str | None,
        device: str | None,
    ) -> None:
        from geopark_app.domain.kinds import Site
        from geopark_app.operations.catalogues import create_new

        person, laptop = who_works(author, device)
        remember_who_works(person, laptop)
        context = create_new(folder, starter=starter, person=person, device=laptop, profile=profile)
        with context.catalogue as catalogue:
            count = len(catalogue.records(Site))
            marker = catalogue.folder.marker
            output.data(
                {
                    "catalogue": str(catalogue.folder.root),
                    "file": str(marker),
                    "id": catalogue.folder.catalogue_id,
                    "sites": count,
                }
            )
        output.text(_("Catalogue made: {path} ({count} sites)").format(path=marker, count=count))

    return new


def backup_command() -> click.Command:
    """Make `backup`."""

    @click.command("backup", help=_("Write a checked copy of the database."))
    @click.argument("out", metavar="[OUT]", required=False, type=click.Path(path_type=Path))
    @common_options
    @click.pass_context
    def backup(ctx: click.Context, output: Output, out: Path | None) -> None:
        from geopark_app.operations.safety import back_up_catalogue

        with opened(ctx) as context:
            path = back_up_catalogue(context, out)
        output.data({"file": str(path), "bytes": path.stat().st_size})
        output.text(_("Backup written and checked: {path}").format(path=path))

    return backup


def check_command() -> click.Command:
    """Make `check`."""

    @click.command("check", help=_("Check database, log and picture files."))
    @common_options
    @click.pass_context
    def check(ctx: click.Context, output: Output) -> int:
        from geopark_app.operations.safety import check_catalogue
        from geopark_app.wording import finding_sentence

        with opened(ctx) as context, output.progress(_("Checking")) as progress:
            findings = check_catalogue(context, progress=progress)
        output.data(
            {
                "ok": not findings,
                "log_equals_state": not any(item.code == "log-differs" for item in findings),
                "findings": [
                    {
                        "code": item.code,
                        "kind": item.kind,
                        "uuid": item.uuid,
                        "field": item.field,
                        "message": finding_sentence(item),
                    }
                    for item in findings
                ],
            }
        )
        for finding in findings:
            output.text(f"• {finding_sentence(finding)}")
        if not findings:
            output.text(_("The catalogue is whole: database, log and picture files agree."))
        return LEFT_FOR_A_PERSON if findings else 0

    return check
