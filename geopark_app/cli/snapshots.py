"""`team snapshot` and `team start`: a new laptop starts from one file of the office."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened, remember_who_works, who_works
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.snapshots import SnapshotReport

_PATH = click.Path(path_type=Path)


def snapshot_command() -> click.Command:
    """Make `team snapshot`."""

    @click.command("snapshot", help=_("Write one file a new laptop of the team starts from."))
    @click.argument("out", metavar="OUT", type=_PATH)
    @click.option("--without-pictures", is_flag=True, help=_("No thumbnails and small pictures."))
    @common_options
    @click.pass_context
    def snapshot(ctx: click.Context, output: Output, out: Path, without_pictures: bool) -> None:
        with opened(ctx) as context:
            report = say_snapshot(output, context, out, small_pictures=not without_pictures)
        output.data({"file": str(report.path), "bytes": report.bytes, "pictures": report.pictures})

    return snapshot


def say_snapshot(
    output: Output, context: "AppContext", out: Path, *, small_pictures: bool
) -> "SnapshotReport":
    """Write a snapshot and say where it is."""
    from geopark_app.operations.snapshots import write_snapshot

    with cancel_on_interrupt() as cancel, output.progress(_("Snapshot")) as progress:
        report = write_snapshot(
            context, out, small_pictures=small_pictures, progress=progress, cancel=cancel
        )
    output.text(
        _(
            "Snapshot written: {path} ({mb} MB, {count} small pictures); only laptops of the team "
            "can open it."
        ).format(path=report.path, mb=round(report.bytes / 1e6, 1), count=report.pictures)
    )
    return report


def start_command() -> click.Command:
    """Make `team start`."""

    @click.command("start", help=_("Start a new laptop from the office's snapshot."))
    @click.argument("snapshot", metavar="SNAPSHOT", type=_PATH)
    @click.argument("folder", metavar="DIR", type=_PATH)
    @click.option("--author", help=_("Who works."))
    @click.option("--device", help=_("Name of this laptop."))
    @common_options
    def start(
        output: Output, snapshot: Path, folder: Path, author: str | None, device: str | None
    ) -> None:
        from geopark_app.domain.kinds import Site
        from geopark_app.operations.snapshots import start_from_snapshot
        from geopark_app.operations.teams import require_team

        person, laptop = who_works(author, device)
        remember_who_works(person, laptop)
        with cancel_on_interrupt() as cancel, output.progress(_("Snapshot")) as progress:
            context = start_from_snapshot(
                snapshot, folder, person=person, device=laptop, progress=progress, cancel=cancel
            )
        with context.catalogue as catalogue:
            count, team = len(catalogue.records(Site)), require_team(context)
        output.data(
            {
                "catalogue": str(catalogue.folder.root),
                "file": str(catalogue.folder.marker),
                "id": catalogue.folder.catalogue_id,
                "sites": count,
                "team": team.membership.name,
                "fingerprint": team.fingerprint,
            }
        )
        output.text(
            _("Catalogue made: {path} ({count} sites)").format(
                path=catalogue.folder.marker, count=count
            )
        )
        output.text(
            _("Team {name}, fingerprint {digits}").format(
                name=team.membership.name, digits=team.fingerprint
            )
        )

    return start
