"""`new`, `backup` and `check`: catalogues as a whole."""

from pathlib import Path

import click

from geopark_app.cli.exit_codes import INTERRUPTED, LEFT_FOR_A_PERSON
from geopark_app.cli.interrupt import cancel_on_interrupt
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
    @click.option(
        "--photos", is_flag=True, help=_("Also every photo and document, into the folder OUT.")
    )
    @click.option(
        "--verify", is_flag=True, help=_("With --photos: read what is in the backup again too.")
    )
    @common_options
    @click.pass_context
    def backup(
        ctx: click.Context, output: Output, out: Path | None, photos: bool, verify: bool
    ) -> int | None:
        from geopark_app.operations.safety import back_up_catalogue

        if photos or verify:
            if out is None or not photos:
                raise click.UsageError(_("Write: backup OUT --photos, with a folder for OUT."))
            return _back_up_with_photos(ctx, output, out, verify=verify)
        with opened(ctx) as context:
            path = back_up_catalogue(context, out)
        output.data({"file": str(path), "bytes": path.stat().st_size})
        output.text(_("Backup written and checked: {path}").format(path=path))
        return None

    return backup


def _back_up_with_photos(ctx: click.Context, output: Output, out: Path, *, verify: bool) -> int:
    from geopark_app.operations.backups import back_up_with_photos
    from geopark_app.wording.photo_safety import backup_words

    with (
        opened(ctx) as context,
        cancel_on_interrupt() as cancel,
        output.progress(_("Backup")) as progress,
    ):
        report = back_up_with_photos(context, out, verify=verify, progress=progress, cancel=cancel)
    left_out = [*report.missing, *report.damaged]
    output.data(
        {
            "file": str(report.database),
            "bytes": report.database.stat().st_size,
            "files": report.files,
            "copied": report.copied,
            "there": report.there,
            "mended": report.mended,
            "missing": [file.sha256 for file in report.missing],
            "damaged": [file.sha256 for file in report.damaged],
            "not_reached": report.not_reached,
            "remembered": report.is_known,
        }
    )
    output.text(
        backup_words(
            copied=report.copied,
            there=report.there,
            missing=len(report.missing),
            damaged=len(report.damaged),
            not_reached=report.not_reached,
            path=report.folder,
        )
    )
    for file in left_out:
        output.text(f"• {file.name or file.sha256} ({file.role})")
    if report.not_reached:
        return INTERRUPTED
    return LEFT_FOR_A_PERSON if left_out else 0


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
